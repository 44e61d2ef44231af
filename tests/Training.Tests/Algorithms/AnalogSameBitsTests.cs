using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Training.Tests.Algorithms;

/// <summary>State and reads of every algorithm after training on noisy devices: one stored fingerprint for every width.</summary>
public class AnalogSameBitsTests
{
    [Theory]
    [InlineData("sgd", "707dfdc58bb19deafe43444bc8f2092d5deb1643a4d24af920f31e3426348c81")]
    [InlineData("tiki-taka", "e601d3e199b33a89abaa251b27b7f631ffe565b021e335c301a480e6a8812ee3")]
    [InlineData("tiki-taka column", "647ae40354145dfa7096d820867a343d5452a0b8b678d447e34a560855fd3c64")]
    [InlineData("tiki-taka hadamard", "68fa1a80f26ceeecb924ab427add0de3f47aacf380855aec08bc1d230d020494")]
    [InlineData("tiki-taka two reads", "ab7ee4d540814bb87e39e2a6fa98da19311c09474f930efb24f6b62015bd0372")]
    [InlineData("ttv2", "78f0931c343ce7011e85eecda3a8e25b7650c3740a2611198d7621901d2749b7")]
    [InlineData("ttv2 hysteresis", "78f0931c343ce7011e85eecda3a8e25b7650c3740a2611198d7621901d2749b7")]
    [InlineData("ttv2 column", "1a7cfb99524c4eb06971ba76aeaaea55ab52e205d1fa0e0debb8ee1a65a639de")]
    [InlineData("c-ttv2", "4961c754643fb19a474c76f52d31bda036af11d2d453daa8a11f1b0d05c7ef87")]
    [InlineData("c-ttv2 column", "136737f3f5023351656ce54610cfab0e81304d9a1f187e64830812fcc9bcd488")]
    [InlineData("agad", "e2620693cf1da0429672c65bf829258b7acf0992441253dd0199461a23cd2825")]
    [InlineData("agad column", "779ea44699057c1d465dffcd3d98a3f3523ba9229a1b681175142c827bc48df5")]
    [InlineData("mixed precision", "668baaa10c4496017d3a28d6896760d845db626fa1a93c4f15b49b41c418b378")]
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
