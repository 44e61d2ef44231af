using System.Numerics;
using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>H of TTv2: adds up the reads of each line in floating point and fires where their sum passes 1. T. Gokmen, 2021, Algorithm 2.</summary>
/// <param name="lines">Lines.</param>
/// <param name="length">Cross-points of a line.</param>
/// <param name="hysteresis">Where H goes after it fired, as a fraction of the threshold, 0 to 1.</param>
/// <remarks>The same bits at every vector width.</remarks>
internal sealed class DigitalFilter(int lines, int length, float hysteresis)
{
    private readonly PaddedMatrix h = new(lines, length);

    /// <summary>H, in thresholds, shape [lines, length]; never beyond ± 1.</summary>
    public PaddedMatrix Values => h;

    /// <summary>H[t] += rate v; H[t, i] = κ sign(H[t, i]) where |H[t, i]| > 1.</summary>
    /// <param name="t">The line.</param>
    /// <param name="rate">What a unit of v adds.</param>
    /// <param name="v">What was read, with zeros up to the stride, shape [stride].</param>
    /// <param name="signs">Receives the signs of those that fired and zeros elsewhere, shape [stride].</param>
    /// <returns>Whether one fired.</returns>
    public bool Add(int t, float rate, ReadOnlySpan<float> v, Span<float> signs)
    {
        Span<float> line = h.PaddedRow(t);
        Vector<int> any = Vector<int>.Zero;
        Vector<float> rates = Vector.Create(rate), back = Vector.Create(hysteresis);
        for (int i = 0; i < line.Length; i += Vector<float>.Count)
        {
            Vector<float> sum = Vector.FusedMultiplyAdd(rates, new Vector<float>(v[i..]), new Vector<float>(line[i..]));
            Vector<int> fires = Vector.GreaterThan(Vector.Abs(sum), Vector<float>.One);
            Vector<float> sign = Vector.ConditionalSelect(fires, Vector.CopySign(Vector<float>.One, sum), Vector<float>.Zero);
            sign.CopyTo(signs[i..]);
            Vector.ConditionalSelect(fires, back * sign, sum).CopyTo(line[i..]);
            any |= fires;
        }

        return any != Vector<int>.Zero;
    }

    public void Clear() => h.Padded.Clear();

    public void Save(BinaryWriter writer) => MatrixState.Save(writer, h);

    public void Load(BinaryReader reader)
    {
        MatrixState.Load(reader, h);
        foreach (float value in h.Padded)
        {
            Require.Stored("H", -1, 1, value);
        }
    }
}
