using Crosspoint.Devices;

namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Updates of ideal devices: a step of one size, hard bounds, no noise.</summary>
internal static class ConstantStepRows
{
    private const float Step = 0.001f, Bound = 0.6f;

    private static readonly UpdateDevice Device = new(
        "constant-step", sizeof(float),
        (inputs, outputs) => new ConstantStepArray(inputs, outputs, Step, Bound),
        signals => new PlainUpdate<Plain>(new(new float[signals.X.Length * signals.D.Length]), signals).Run);

    public static IEnumerable<BenchRow> All =>
    [
        Device.Row(512, 512, "dense", goal: 0.25),
        Device.Row(512, 512, "dense10"),
        Device.Row(512, 512, "sparse", goal: 0.015),
        Device.Row(256, 784, "sparse", goal: 0.015),
    ];

    public static IEnumerable<BenchRow> OfSize(int n) => [Device.Row(n, n, "dense", plain: false), Device.Row(n, n, "sparse", plain: false)];

    private readonly struct Plain(float[] weights) : IPlainDevice
    {
        public void Pulse(int place, int pulses, bool up) =>
            weights[place] = Math.Clamp(weights[place] + (up ? pulses * Step : -pulses * Step), -Bound, Bound);
    }
}
