using Crosspoint.Kernels;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>Arrays of each device behind some updates: one stored fingerprint each, which the run at every vector width must give.</summary>
public class SameBitsTests
{
    private const float Bound = 0.6f;

    [Theory]
    [InlineData(PulseNoiseKind.EachPulse, "39826d474b8056336e357e6153b9aa4cfa887edf5257448a2a2900be7172e199")]
    [InlineData(PulseNoiseKind.Aggregated, "b0b0c49f197e4b9871c7bc038800e4b383c02291a9ca4bf94d2a78dfebc4378a")]
    public void Linear_steps(PulseNoiseKind kind, string expected) =>
        AssertIs(expected, table =>
            new PulsedArray<LinearStep>(Inputs(table), Outputs(table), new(table, Bound), 0.01f, Bound, 0.3f, kind));

    [Theory]
    [InlineData(PulseNoiseKind.EachPulse, "420e4c3aec3009142f709a93a20b1ca6726f3923d8ea8e749ff1f45684d5dda2")]
    [InlineData(PulseNoiseKind.Aggregated, "165880382746ca99679816b05f3b8767fa248e83c9ec023c9bbc541367f4f51d")]
    public void Exponential_steps(PulseNoiseKind kind, string expected) =>
        AssertIs(expected, table =>
            new PulsedArray<ExponentialStep>(Inputs(table), Outputs(table), new(table, Bound, 3), 0.01f, Bound, 0.3f, kind));

    [Theory]
    [InlineData(PulseNoiseKind.EachPulse, "2e1d4dc7afc9fa58af7ae6dd6d18137fe95a7409d07dc0a633f9fe4349289523")]
    [InlineData(PulseNoiseKind.Aggregated, "e91c04d8a140e5d96c64d18ffd7c7540b2debf3d79b6c1f6b6d724b5f2296f2f")]
    public void Power_steps(PulseNoiseKind kind, string expected) =>
        AssertIs(expected, table =>
            new PulsedArray<PowerStep>(Inputs(table), Outputs(table), new(table, Bound, 1.5f), 0.01f, Bound, 0.3f, kind));

    private static void AssertIs(string expected, Func<StepTable, ICrosspointArray> make)
    {
        using Fingerprint fingerprint = new();
        foreach (int outputs in new[] { 1, 7, 8, 9, 15, 16, 17, 33, 100, 129 })
        {
            StepTable.Parameters p = new() { Step = 0.01f, StepSpread = 0.3f, UpDownSpread = 0.05f, Slope = 1 / Bound, SlopeSpread = 0.1f };
            ICrosspointArray array = make(new StepTable(20, outputs, p, new(1, 2, 3)));
            Random random = new(outputs);
            array.Program(random.Matrix(20, outputs, 0.9f));
            foreach (int slots in new[] { 1, 10, 31, 32, 33, 100 })
            {
                Trains t = new(random, 20, outputs, slots, 0.7f);
                array.Pulse(t.Rows, t.Columns, new(7, 3, (ulong)slots));
                fingerprint.Add(array.Weights.Padded);
            }

            fingerprint.Add([array.Counters.Coincidences, array.Counters.Events]);
        }

        fingerprint.AssertIs(expected);
    }

    private static int Inputs(StepTable table) => table.Up.Inputs;

    private static int Outputs(StepTable table) => table.Up.Outputs;
}
