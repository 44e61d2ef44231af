using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Training.Tests.Algorithms;

/// <summary>State and reads of every algorithm after training on noisy devices: one stored fingerprint for every width.</summary>
public class AnalogSameBitsTests
{
    [Theory]
    [InlineData("sgd", "42977ee8ad2146d8e333b6c33ced19d8005657d2104cab77fbe98982231f75d3")]
    [InlineData("tiki-taka", "2414b51c9f03c621104e3514b7a583281701932fd03875535fe935f2f5a6fffe")]
    [InlineData("tiki-taka column", "42a6116173aca252ee115cd620a747a2cda212261d013e74d0514c08e254cd1d")]
    [InlineData("tiki-taka hadamard", "d90194a10c0b3d3973bdd9fc65182b963cdaf2e2e07a14f126d21f794d442e32")]
    [InlineData("tiki-taka two reads", "b319c87e85439bb04537c64db8b913f2d2f91ed86e1b9cc5213d1fcc0180c364")]
    [InlineData("ttv2", "0e0738263d86bda3c7aa2efc2e431b2dbd8c2f6879abaa8a5f6869191c388ef1")]
    [InlineData("ttv2 hysteresis", "0e0738263d86bda3c7aa2efc2e431b2dbd8c2f6879abaa8a5f6869191c388ef1")]
    [InlineData("ttv2 column", "1062bf92f367a9431bb29655246d34323b7fd633d6f2dc08a1ee36812744de2c")]
    [InlineData("c-ttv2", "af59f8ffbe0785eace537be19b1bce0d75bb0d49db767ad6ad5489f39dce19f4")]
    [InlineData("c-ttv2 column", "7a83172e1d53eb8e48a576b5dfd9f4a1f57c37966e2001091cc08e4fb7dffe22")]
    [InlineData("agad", "341fac6affb69284d378c1566c6f6f5b4a008a18e8523af81580f88c140e7cbd")]
    [InlineData("agad column", "f2b076c61836bbd3da89eea9741154b0e5e2519e9f11c40a969ee4b3d2dd7680")]
    [InlineData("mixed precision", "00d95f16190d923f4aaa348f5ada813c192ffda1e388682c4ab522a972d2c8ed")]
    public void Training_gives_the_same_bits_at_every_width(string name, string expected)
    {
        IWeightMatrix matrix = Analog.Matrix(name, 19, 35);
        Regression regression = new(matrix, 1);
        regression.Run(300, 0.5f);
        using Fingerprint fingerprint = new();
        fingerprint.Add(Analog.State(matrix));
        fingerprint.Add(matrix.Weights.Padded);
        fingerprint.Add(regression.Products);
        fingerprint.AssertIs(expected);
    }

    [Fact]
    public void Every_algorithm_has_its_fingerprint() =>
        Assert.Equal(
            Analog.Names,
            typeof(AnalogSameBitsTests).GetMethod(nameof(Training_gives_the_same_bits_at_every_width))!
                .GetCustomAttributes(typeof(InlineDataAttribute), false)
                .Select(a => (string)((InlineDataAttribute)a).GetData(null!).Single()[0]));
}
