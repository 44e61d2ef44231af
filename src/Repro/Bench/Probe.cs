using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>Measures one limit of the machine, again and again.</summary>
/// <param name="name">Such as "l2"; the row is "calibrate/l2".</param>
/// <param name="unit">Unit of the rate.</param>
/// <param name="warmUpSeconds">See <see cref="Timing.WarmUp"/>.</param>
/// <param name="once">Does some work and returns how many multiply-adds or bytes it was.</param>
internal sealed class Probe(string name, string unit, double warmUpSeconds, Func<double> once)
{
    private const string Prefix = "calibrate/";
    private const double WarmUpSeconds = 0.25;
    private const double SampleSeconds = 150e-6;
    private const long LeastBytes = 1 << 20; // so many that the call around them does not count
    private int calls;

    /// <summary>The name of its row.</summary>
    public string Row => Prefix + name;

    /// <summary>Unit of the rate.</summary>
    public string Unit => unit;

    /// <summary>Every rate that was measured.</summary>
    public Samples Rates { get; } = new();

    /// <summary>Billions of fused multiply-adds a second.</summary>
    public static Probe MultiplyAdds() => new("fma", "GFMA/s", WarmUpSeconds, () => PeakKernels.MultiplyAdd(4_000, out _));

    /// <summary>Bandwidth of reading so many bytes over and over, whole chunks of 512.</summary>
    public static Probe Bandwidth(string name, long bytes, double warmUpSeconds = WarmUpSeconds)
    {
        const int Chunk = 128;
        int count = (int)Math.Max(bytes / (Chunk * sizeof(float)), 1) * Chunk;
        int passes = (int)Math.Max(LeastBytes / bytes, 1);
        PaddedMatrix? memory = null;
        return new(name, "GB/s", warmUpSeconds, () =>
        {
            memory ??= Written(count);
            for (int pass = 0; pass < passes; pass++)
            {
                PeakKernels.Read(memory.Padded);
            }

            return (double)passes * count * sizeof(float);
        });
    }

    /// <summary>Takes one more sample.</summary>
    /// <returns>The rate.</returns>
    public double Sample()
    {
        if (calls == 0)
        {
            Timing.WarmUp(warmUpSeconds, () => once());
            calls = Timing.CallsFor(() => once(), SampleSeconds);
        }

        // The first call brings back what the row before has driven out of the caches.
        double work = once() * calls;
        double rate = work / Timing.Seconds(() => once(), calls) / 1e9;
        Rates.Add(rate);
        return rate;
    }

    // Pages that nothing was written to are one and the same page of zeros, which every cache holds.
    private static PaddedMatrix Written(int count)
    {
        PaddedMatrix memory = new(1, count);
        memory.Padded.Fill(1);
        return memory;
    }
}
