using System.Numerics.Tensors;

namespace Crosspoint.Devices;

/// <summary>Events counted in one array.</summary>
public sealed class ArrayCounters
{
    /// <summary>Coincidences of a row and a column pulse.</summary>
    public long Coincidences { get; internal set; }

    /// <summary>Programming events: cross-points that saw at least one coincidence in an update.</summary>
    public long Events { get; internal set; }

    /// <summary>Pairs that a reset chose; an exact one leaves those with one raised device as they are.</summary>
    public long PairsReset { get; internal set; }

    /// <summary>Counts the coincidences of one row, shape [columns].</summary>
    internal void Add(ReadOnlySpan<uint> counts)
    {
        Coincidences += TensorPrimitives.Sum(counts);
        Events += counts.Length - counts.Count(0u);
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Coincidences);
        writer.Write(Events);
        writer.Write(PairsReset);
    }

    internal void Load(BinaryReader reader)
    {
        Coincidences = reader.ReadInt64();
        Events = reader.ReadInt64();
        PairsReset = reader.ReadInt64();
    }
}
