using System.Text.Json;
using Crosspoint.Repro.Bench;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Experiments;

/// <summary>How fast one core of this machine is beside the reference machine, for which figures state their expected times.</summary>
/// <param name="MultiplyAdds">Billions of fused multiply-adds a second.</param>
/// <param name="Bandwidth">GB/s from the second-level cache.</param>
internal sealed record MachineSpeed(double MultiplyAdds, double Bandwidth)
{
    private const int Samples = 41;
    private const string File = "speed.json";
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1); // it may have been measured beside other work, or the machine be another one by now

    /// <summary>The reference machine.</summary>
    public static MachineSpeed Reference { get; } = new(Goal.ReferenceMultiplyAdds, Goal.ReferenceBandwidth);

    /// <summary>Speed over that of the reference machine: the geometric mean of arithmetic and bandwidth.</summary>
    public double Relative => Math.Sqrt(MultiplyAdds / Goal.ReferenceMultiplyAdds * (Bandwidth / Goal.ReferenceBandwidth));

    /// <summary>Where it is kept.</summary>
    public static string PathOf(Host host) => Path.Combine(new DataLocator(null, host.Variable).CacheFolder, File);

    /// <summary>This machine as it was measured within the last hour, kept in the user's cache folder; measured now, in half a second, where it was not.</summary>
    public static MachineSpeed OfThisMachine(Host host)
    {
        string path = PathOf(host);
        string identity = $"{BuildInfo.ProcessorName()}, {BuildInfo.VectorBits} bits";
        if (Stored(path, identity) is { } stored)
        {
            return stored;
        }

        MachineSpeed measured = host.MeasureSpeed();
        try
        {
            AtomicFile.Write(path, stream =>
            {
                using Utf8JsonWriter json = new(stream, JsonPoint.WriterOptions);
                json.WriteStartObject();
                json.WriteString("machine", identity);
                json.WriteNumber("multiplyAdds", measured.MultiplyAdds);
                json.WriteNumber("bandwidth", measured.Bandwidth);
                json.WriteEndObject();
            });
        }
        catch (CommandException)
        {
            // Without a cache folder it is measured each time.
        }

        return measured;
    }

    /// <summary>Measures the machine.</summary>
    public static MachineSpeed Measure()
    {
        Probe arithmetic = Probe.MultiplyAdds(), cache = Probe.Bandwidth("l2", Caches.OfThisMachine().L2 / 2);
        return new MachineSpeed(Median(arithmetic), Median(cache));
    }

    private static double Median(Probe probe) => Enumerable.Range(0, Samples).Select(_ => probe.Sample()).Order().ElementAt(Samples / 2);

    private static MachineSpeed? Stored(string path, string identity)
    {
        try
        {
            if (DateTime.UtcNow - System.IO.File.GetLastWriteTimeUtc(path) > Kept)
            {
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            return root.GetProperty("machine").GetString() == identity
                && root.GetProperty("multiplyAdds").GetDouble() is > 0 and double arithmetic && double.IsFinite(arithmetic)
                && root.GetProperty("bandwidth").GetDouble() is > 0 and double bandwidth && double.IsFinite(bandwidth)
                ? new MachineSpeed(arithmetic, bandwidth)
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
