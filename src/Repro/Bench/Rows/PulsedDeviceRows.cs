using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Updates of devices whose step depends on the weight, each pulse with noise of its own; steps vary from device to device.</summary>
internal static class PulsedDeviceRows
{
    private const float Step = 0.001f, Bound = 0.6f, Sigma = 0.3f, Curvature = 3, Power = 2;
    private const int BytesOfCrossPoint = 5 * sizeof(float);

    private static readonly UpdateDevice Linear = new(
        "linear-step", BytesOfCrossPoint,
        (inputs, outputs) => Array(inputs, outputs, t => new LinearStep(t, Bound)),
        signals => new PlainUpdate<Plain>(new(new float[signals.X.Length * signals.D.Length], new Random(1)), signals).Run);

    private static readonly UpdateDevice Aggregated = Linear with
    {
        Name = "linear-step-aggregated",
        Array = (inputs, outputs) => Array(inputs, outputs, t => new LinearStep(t, Bound), PulseNoiseKind.Aggregated),
    };

    private static readonly UpdateDevice Exponential = new(
        "exponential-step", BytesOfCrossPoint, (inputs, outputs) => Array(inputs, outputs, t => new ExponentialStep(t, Bound, Curvature)), Linear.Loop);

    private static readonly UpdateDevice Powers = new(
        "power-step", BytesOfCrossPoint, (inputs, outputs) => Array(inputs, outputs, t => new PowerStep(t, Bound, Power)), Linear.Loop);

    public static IEnumerable<BenchRow> All =>
    [
        Linear.Row(512, 512, "dense", goal: 2.4),
        Linear.Row(512, 512, "dense10", goal: 1),
        Linear.Row(512, 512, "sparse", goal: 0.015),
        Linear.Row(256, 784, "sparse", goal: 0.015),
        Aggregated.Row(512, 512, "dense", plain: false),
        Exponential.Row(512, 512, "dense", goal: 5, plain: false),
        Powers.Row(512, 512, "dense", goal: 5, plain: false),
    ];

    public static IEnumerable<BenchRow> OfSize(int n) => [Linear.Row(n, n, "dense", plain: false), Linear.Row(n, n, "sparse", plain: false)];

    private static PulsedArray<TDevice> Array<TDevice>(
        int inputs, int outputs, Func<StepTable, TDevice> device, PulseNoiseKind noise = PulseNoiseKind.EachPulse)
        where TDevice : struct, IPulsedDevice
    {
        StepTable table = new(
            inputs, outputs, new() { Step = Step, StepSpread = 0.3f, UpDownSpread = 0.01f, Slope = 1 / Bound }, new RandomAddress(1, 9, 0));
        return new PulsedArray<TDevice>(inputs, outputs, device(table), Step, Bound, Sigma, noise);
    }

    private readonly struct Plain(float[] weights, Random random) : IPlainDevice
    {
        public void Pulse(int place, int pulses, bool up)
        {
            for (int n = 0; n < pulses; n++)
            {
                float w = weights[place], step = Step * (1 + (Sigma * PlainRandom.Gaussian(random)));
                weights[place] = Math.Clamp(up ? w + (step * (1 - (w / Bound))) : w - (step * (1 + (w / Bound))), -Bound, Bound);
            }
        }
    }
}
