using Crosspoint.Devices;

namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Updates of pairs of devices that can only be raised, one programming error an event; devices at the top cost what others do.</summary>
internal static class UnidirectionalPairRows
{
    private const int BytesOfPair = 3 * sizeof(float); // two conductances and the weight that is read
    private static readonly UnidirectionalPairArray.Parameters Parameters = new() { MaxWeight = 0.25f };

    private static readonly UpdateDevice Device = new(
        "unidirectional-pair", BytesOfPair,
        (inputs, outputs) => new UnidirectionalPairArray(inputs, outputs, Parameters),
        signals => new PlainUpdate<Plain>(new(signals.X.Length * signals.D.Length), signals).Run,
        BytesWritten: 2 * sizeof(float));

    public static IEnumerable<BenchRow> All =>
    [
        Device.Row(512, 512, "dense"),
        Device.Row(512, 512, "dense10"),
        Device.Row(512, 512, "sparse"),
        Device.Row(256, 784, "sparse"),
    ];

    public static IEnumerable<BenchRow> OfSize(int n) => [Device.Row(n, n, "dense", plain: false), Device.Row(n, n, "sparse", plain: false)];

    private readonly struct Plain(int crossPoints) : IPlainDevice
    {
        private readonly Random random = new(2);
        private readonly float[] plus = new float[crossPoints];
        private readonly float[] minus = new float[crossPoints];
        private readonly float[] weights = new float[crossPoints];

        public void Pulse(int place, int pulses, bool up)
        {
            float[] raised = up ? plus : minus;
            float top = Parameters.States - 1;
            raised[place] = Math.Clamp(raised[place] + pulses + (Parameters.Sigma * PlainRandom.Gaussian(random)), 0, top);
            weights[place] = Parameters.MaxWeight / top * (plus[place] - minus[place]);
        }
    }
}
