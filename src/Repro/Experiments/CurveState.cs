namespace Crosspoint.Repro.Experiments;

/// <summary>The curve so far, as checkpoints hold it.</summary>
internal static class CurveState
{
    /// <summary>Writes the number of rows and their values.</summary>
    public static void Save(BinaryWriter writer, List<double[]> curve)
    {
        writer.Write(curve.Count);
        foreach (double value in curve.SelectMany(row => row))
        {
            writer.Write(value);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static void Load(BinaryReader reader, List<double[]> curve, int columns)
    {
        int rows = reader.ReadInt32();
        for (int row = 0; row < rows; row++)
        {
            curve.Add([.. Enumerable.Range(0, columns).Select(_ => reader.ReadDouble())]);
        }
    }
}
