using Crosspoint.Devices.Models;
using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench.Rows;

/// <summary>
/// Updates of every registered device model, each pulse with noise of its own. The steps of linear devices vary from device to device; the
/// other models are as their parameters stand by default, most of them all alike.
/// </summary>
internal static class PulsedDeviceRows
{
    private const float Step = 0.001f, Bound = 0.6f, Sigma = 0.3f;
    private const int Alike = sizeof(float), SpreadSteps = Alike + (2 * sizeof(ushort)), OwnBounds = SpreadSteps + (2 * sizeof(float)); // bytes

    private static readonly LinearStepModel LinearModel = new()
    {
        Step = new(Step, 0.3f),
        UpDownDeviation = 0.005f,
        UpSlope = 1 / Bound,
        DownSlope = 1 / Bound,
        Bounded = true,
        CycleNoise = Sigma,
    };

    private static readonly UpdateDevice Linear = Of("linear-step", LinearModel, SpreadSteps);

    public static IEnumerable<BenchRow> All =>
    [
        Linear.Row(512, 512, "dense", goal: 2.4),
        Linear.Row(512, 512, "dense10", goal: 1),
        Linear.Row(512, 512, "sparse", goal: 0.015),
        Linear.Row(256, 784, "sparse", goal: 0.015),
        Of("linear-step-aggregated", LinearModel with { PulseNoise = PulseNoiseKind.Aggregated }, SpreadSteps).Row(512, 512, "dense", plain: false),
        Of("linear-step-additive", LinearModel with { CycleNoise = 0, AdditiveNoise = Sigma }, SpreadSteps).Row(512, 512, "dense", plain: false),
        Of("linear-step-own-bounds", LinearModel with { Low = new(-Bound, 0.3f), High = new(Bound, 0.3f) }, OwnBounds).Row(512, 512, "dense", plain: false),
        Of("linear-step-finite-states", LinearModel with { States = 1200 }, OwnBounds).Row(512, 512, "dense", plain: false),
        .. from entry in DeviceModels.All
           where entry.Name is not ("constant-step" or "linear-step" or "unidirectional-pair" or "off-state") // rows of their own, or no pulse
           let hasGoal = entry.Name is "exponential-step" or "power-step"
           let model = entry.Default() is PulsedDeviceModel pulsed ? pulsed with { CycleNoise = Sigma } : entry.Default()
           let device = Of(entry.Name, model, hasGoal ? Alike : 0)
           from signals in (string[])["dense", "sparse"]
           select device.Row(512, 512, signals, signals == "dense" && hasGoal ? 5 : null, plain: false),
    ];

    public static IEnumerable<BenchRow> OfSize(int n) => [Linear.Row(n, n, "dense", plain: false), Linear.Row(n, n, "sparse", plain: false)];

    private static UpdateDevice Of(string name, DeviceModel model, int bytes) => new(
        name, bytes, (inputs, outputs) => model.Create(inputs, outputs, new RandomAddress(1, 9, 0)),
        signals => new PlainUpdate<Plain>(new(new float[signals.X.Length * signals.D.Length], new Random(1)), signals).Run, IsNoisy: true,
        Law: model switch
        {
            LinearStepModel => StepLawCase.Of(default(LinearStep), Step, Step / Bound, -Bound, Bound),
            ExponentialStepModel => StepLawCase.Of(new ExponentialStep(0, 0), Step, 1 / Bound, -Bound, Bound),
            PowerStepModel => StepLawCase.Of(new PowerStep(1 / (2 * Bound)), Step, 2, -Bound, Bound),
            _ => null,
        });

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
