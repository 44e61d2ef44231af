using System.Numerics;
using System.Runtime.InteropServices;
using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Extraction;

/// <summary>Running mean and deviation of every weight of a matrix over samples of it.</summary>
/// <remarks>
/// Sums of differences to the first sample and of their squares, in double precision: what moves little beside its size loses nothing. The mean
/// over the iterates of a digital model is stochastic weight averaging (P. Izmailov et al., UAI 2018). The same bits at every vector width.
/// </remarks>
public sealed class WeightMoments
{
    private readonly PaddedMatrix first;
    private readonly double[] sums;
    private readonly double[] squares;

    /// <summary>Begins with no samples.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    public WeightMoments(int inputs, int outputs)
    {
        first = new PaddedMatrix(inputs, outputs);
        sums = new double[first.Padded.Length];
        squares = new double[sums.Length];
    }

    /// <summary>Samples so far.</summary>
    public long Samples { get; private set; }

    /// <summary>Takes a sample.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Add(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), first, weights);
        if (Samples++ == 0)
        {
            weights.Padded.CopyTo(first.Padded);
            return;
        }

        // Rows are padded to sixteen numbers: no vector is broken.
        Span<float> now = weights.Padded, then = first.Padded;
        Span<Vector<double>> s = MemoryMarshal.Cast<double, Vector<double>>(sums.AsSpan()), q = MemoryMarshal.Cast<double, Vector<double>>(squares.AsSpan());
        for (int k = 0; k < s.Length; k += 2)
        {
            int at = k * Vector<double>.Count;
            Vector.Widen(new Vector<float>(now[at..]) - new Vector<float>(then[at..]), out Vector<double> low, out Vector<double> high);
            s[k] += low;
            s[k + 1] += high;
            q[k] += low * low;
            q[k + 1] += high * high;
        }
    }

    /// <summary>The means, shape [inputs, outputs].</summary>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    public PaddedMatrix Mean() => Each((k, n) => first.Padded[k] + (sums[k] / n));

    /// <summary>The standard deviations of the samples, shape [inputs, outputs]; 0 for one sample.</summary>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    public PaddedMatrix Deviation() =>
        Each((k, n) => n > 1 ? Math.Sqrt(Math.Max(0, (squares[k] - (sums[k] * sums[k] / n)) / (n - 1))) : 0);

    /// <summary>Writes the sums.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Samples);
        MatrixState.Save(writer, first);
        writer.Write(MemoryMarshal.AsBytes<double>(sums));
        writer.Write(MemoryMarshal.AsBytes<double>(squares));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The sums are of another shape or hold what cannot be one.</exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    public void Load(BinaryReader reader)
    {
        Samples = reader.ReadInt64();
        MatrixState.Load(reader, first);
        Require.StoredNumbers("weights", first);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(sums.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(squares.AsSpan()));
        if (Samples < 0 || !sums.All(double.IsFinite) || !squares.All(value => double.IsFinite(value) && value >= 0))
        {
            throw new InvalidDataException("expected finite sums of samples of weights");
        }
    }

    private PaddedMatrix Each(Func<int, double, double> number)
    {
        if (Samples == 0)
        {
            throw new InvalidOperationException("expected at least one sample of the weights");
        }

        PaddedMatrix result = new(first.Inputs, first.Outputs);
        for (int i = 0; i < first.Inputs; i++)
        {
            for (int j = 0; j < first.Outputs; j++)
            {
                result[i, j] = (float)number((i * first.Stride) + j, Samples);
            }
        }

        return result;
    }
}
