namespace Crosspoint.Repro.Bench;

/// <summary>How fast the machine is while it is measured: peak arithmetic and the bandwidth of each cache.</summary>
internal sealed class Calibration
{
    /// <summary>Makes the probes of this machine; each takes its memory when it is first used.</summary>
    public Calibration(Caches caches)
    {
        Caches = caches;
        MultiplyAdds = Probe.MultiplyAdds();
        L2 = Probe.Bandwidth("l2", caches.L2 / 2);
        Probes =
        [
            MultiplyAdds,
            Probe.Bandwidth("l1", caches.L1 / 2),
            L2,
            Probe.Bandwidth("l3", Math.Max(2 * caches.L2, Math.Min(8 << 20, caches.L3 / 4))),
            Probe.Bandwidth("memory", Math.Clamp(4 * caches.L3, 64 << 20, 256 << 20)),
        ];
    }

    /// <summary>The caches.</summary>
    public Caches Caches { get; }

    /// <summary>calibrate/fma, sampled with every row.</summary>
    public Probe MultiplyAdds { get; }

    /// <summary>calibrate/l2, sampled with every row.</summary>
    public Probe L2 { get; }

    /// <summary>All of them, in the order of the table.</summary>
    public IReadOnlyList<Probe> Probes { get; }
}
