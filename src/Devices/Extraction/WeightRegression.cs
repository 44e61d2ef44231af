using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Extraction;

/// <summary>Weights by least squares over reads of random vectors: Ŵ = M_xx⁻¹ M_xy with the running sums M_xx = Σ x xᵀ, M_xy = Σ x yᵀ.</summary>
/// <remarks>
/// <para>
/// T. Gokmen, Front. Artif. Intell. 4:699148 (2021), eq. 4. Inputs are uniform in [-1, 1] and shared: an array with fewer lines than the widest
/// takes the first of them, so that its M_xx is the leading block of the one that is kept and its factor the leading block of the one factor.
/// Sums do not care whether the weights move between reads: then the estimate is their mean over the reads.
/// </para>
/// <para>
/// Sums are of double precision, in the order of the reads. The same bits at every vector width and after <see cref="Save"/> and
/// <see cref="Load"/>. A read allocates nothing.
/// </para>
/// </remarks>
public sealed class WeightRegression
{
    private const int Block = 32;
    private readonly IReadable[] arrays;
    private readonly RandomAddress inputs;
    private readonly RegressionOptions options;
    private readonly int width;
    private readonly uint[] words;
    private readonly float[] x;
    private readonly float[][] y;
    private readonly double[] xBlock;
    private readonly double[][] yBlocks;
    private readonly double[] squares;
    private readonly double[][] products;
    private readonly double[][] outputSquares;
    private int waiting;

    /// <summary>Begins with no reads.</summary>
    /// <param name="inputs">Where the random inputs of the read number 0 stand; those of the others follow in its steps.</param>
    /// <param name="options">Inputs and ridge.</param>
    /// <param name="arrays">What is read, at least one.</param>
    /// <exception cref="ArgumentException">There is no array, or an option is out of range.</exception>
    public WeightRegression(RandomAddress inputs, RegressionOptions options, params IReadOnlyList<IReadable> arrays)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (arrays.Count == 0)
        {
            throw new ArgumentException("arrays: expected at least one, got none.", nameof(arrays));
        }

        this.arrays = [.. arrays];
        (this.inputs, this.options) = (inputs, options);
        width = arrays.Max(array => array.Inputs);
        words = new uint[width];
        x = new float[width];
        y = [.. arrays.Select(array => new float[array.Outputs])];
        xBlock = new double[Block * width];
        yBlocks = [.. arrays.Select(array => new double[Block * array.Outputs])];
        squares = new double[checked(width * width)];
        products = [.. arrays.Select(array => new double[checked(array.Inputs * array.Outputs)])];
        outputSquares = [.. arrays.Select(array => new double[array.Outputs])];
    }

    /// <summary>Vectors read so far.</summary>
    public long Reads { get; private set; }

    /// <summary>Reads all arrays with the same random vector, once.</summary>
    /// <param name="number">Number of the read: its inputs and noise.</param>
    public void Read(ulong number)
    {
        RandomWords.Fill(inputs with { Step = inputs.Step + number }, words);
        for (int i = 0; i < x.Length; i++)
        {
            float uniform = (int)words[i] / 2147483648f;
            x[i] = options.InputStep > 0 ? MathF.Round(uniform / options.InputStep) * options.InputStep : uniform;
        }

        TensorPrimitives.ConvertSaturating<float, double>(x, xBlock.AsSpan(waiting * width, width));
        for (int k = 0; k < arrays.Length; k++)
        {
            arrays[k].Read(x.AsSpan(0, arrays[k].Inputs), y[k], number);
            Span<double> row = yBlocks[k].AsSpan(waiting * y[k].Length, y[k].Length);
            TensorPrimitives.ConvertSaturating<float, double>(y[k], row);
            TensorPrimitives.MultiplyAdd(row, row, outputSquares[k], outputSquares[k]);
        }

        waiting++;
        Reads++;
        if (waiting == Block)
        {
            Flush();
        }
    }

    /// <summary>Solves for the weights of every array, with one factorisation for all.</summary>
    /// <returns>The estimates, in the order of the arrays.</returns>
    /// <exception cref="InvalidOperationException">Nothing has been read.</exception>
    public IReadOnlyList<ExtractedWeights> Solve()
    {
        if (Reads == 0)
        {
            throw new InvalidOperationException("expected at least one read before weights are solved for");
        }

        Flush();
        NormalEquations equations = new(squares, width, options);
        return [.. arrays.Select((array, k) => equations.Solve(array.Inputs, array.Outputs, products[k], outputSquares[k], Reads))];
    }

    /// <summary>Writes the sums.</summary>
    public void Save(BinaryWriter writer)
    {
        Flush();
        writer.Write(Reads);
        foreach (double[] sums in Sums())
        {
            writer.Write(sums.Length);
            writer.Write(MemoryMarshal.AsBytes<double>(sums));
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, for arrays of the same shapes.</summary>
    /// <exception cref="InvalidDataException">The sums are of other shapes or hold what cannot be one.</exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    public void Load(BinaryReader reader)
    {
        waiting = 0;
        Reads = reader.ReadInt64();
        if (Reads < 0)
        {
            throw new InvalidDataException($"expected a number of reads, got {Reads}");
        }

        foreach (double[] sums in Sums())
        {
            int length = reader.ReadInt32();
            if (length != sums.Length)
            {
                throw new InvalidDataException($"expected {sums.Length} sums of reads, got {length}");
            }

            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(sums.AsSpan()));
            if (!sums.All(double.IsFinite))
            {
                throw new InvalidDataException("expected finite sums of reads");
            }
        }
    }

    private IEnumerable<double[]> Sums() => [squares, .. products, .. outputSquares];

    private void Flush()
    {
        CrossProducts.AddSymmetric(squares, xBlock, width, waiting);
        for (int k = 0; k < arrays.Length; k++)
        {
            CrossProducts.Add(products[k], xBlock, arrays[k].Inputs, width, yBlocks[k], y[k].Length, waiting);
        }

        waiting = 0;
    }
}
