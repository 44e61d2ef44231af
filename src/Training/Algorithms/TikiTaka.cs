using System.Numerics;
using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>The vectors u by which Tiki-Taka reads A.</summary>
public enum TransferVectors
{
    /// <summary>One line after the other.</summary>
    OneHot,

    /// <summary>
    /// ± 1 on all lines: row t of the Hadamard matrix of the next power of two N, u_i = (-1)^popcount(t ∧ i). A cycle of N adds up to
    /// Σ_t u uᵀ = N 1, so that it moves C by N times as much as a cycle of one-hot vectors at the same η_c.
    /// </summary>
    Hadamard,
}

/// <summary>Tiki-Taka: gradients accumulate on A and are transferred into C, both by pulses; γ A + C is what is read.</summary>
/// <remarks>
/// T. Gokmen, W. Haensch, Front. Neurosci. 14:103 (2020); T. Gokmen, Front. Artif. Intell. 4:699148 (2021), Algorithm 1. For each sample
/// <code>
/// y = (γ A + C) x;  z = (γ A + C)ᵀ δ
/// A += η_a x δᵀ by pulses
/// k = (k + 1) mod n_s;  if k = 0:
///     v = A u_t;  v_i = 0 where |v_i| &lt; T
///     C += η_c u_t vᵀ by pulses
///     t = (t + 1) mod n
/// </code>
/// The sum is read once, on common lines with one noise, or twice, see <see cref="Options.SeparateReads"/>; the paper does not say.
/// </remarks>
public sealed class TikiTaka : TransferMatrix
{
    private readonly Options options;
    private readonly SummedArray sum;
    private readonly AnalogTile both;
    private readonly float[] u;
    private readonly float[] ofA;

    /// <summary>Rates and transfers of Tiki-Taka.</summary>
    public sealed record Options : TransferOptions
    {
        /// <summary>γ, part of A in what is read, at least 0.</summary>
        public float Gamma { get; init; } = 1;

        /// <summary>T: reads of A below it count as nothing; array weight units, at least 0. The paper takes the noise of a read, 0.06.</summary>
        public float Threshold { get; init; } = 0.06f;

        /// <summary>The vectors that A is read by.</summary>
        public TransferVectors Vectors { get; init; }

        /// <summary>Whether γ A and C are read one after the other, each with noise of its own, and added up digitally.</summary>
        public bool SeparateReads { get; init; }

        internal override int TransfersOfCycle(int lines) =>
            Vectors == TransferVectors.OneHot ? lines : (int)BitOperations.RoundUpToPowerOf2((uint)lines);

        internal override void Validate()
        {
            base.Validate();
            Require.NotNegative(nameof(Gamma), Gamma);
            Require.NotNegative(nameof(Threshold), Threshold);
            Require.InRange(nameof(Vectors), 0, (int)TransferVectors.Hadamard, (int)Vectors);
            if (TurnedFast)
            {
                throw new ArgumentException($"{nameof(TurnedFast)}: expected false, since A and C are read together; got true.", nameof(TurnedFast));
            }
        }
    }

    /// <summary>Puts the algorithm over two arrays.</summary>
    /// <param name="fast">A, of C's shape.</param>
    /// <param name="slow">C.</param>
    /// <param name="periphery">Converters, noise and pulse scheme of both.</param>
    /// <param name="options">Rates and transfers.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the matrix in its network, from 1; it keeps the random numbers of matrices apart.</param>
    /// <exception cref="ArgumentException">A shape differs, or a number is out of range.</exception>
    public TikiTaka(ICrosspointArray fast, ICrosspointArray slow, AnalogTile.Options periphery, Options options, ulong seed, int id)
        : base(fast, slow, periphery, options, seed, id)
    {
        this.options = options;
        sum = new SummedArray(fast, slow, options.Gamma);
        both = new AnalogTile(sum, periphery);
        u = new float[C.Lines(options.By)];
        ofA = new float[Math.Max(Inputs, Outputs)];
    }

    private protected override AnalogTile Reads => both;

    private protected override bool ReadsOnce => !options.SeparateReads;

    /// <inheritdoc/>
    public override void Program(PaddedMatrix weights)
    {
        both.Program(weights); // chooses its scale only
        base.Program(weights);
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment)
    {
        if (!options.SeparateReads)
        {
            both.Forward(x, y, OfC(moment));
            return;
        }

        C.Forward(x, y, OfC(moment));
        Span<float> a = ofA.AsSpan(0, Outputs);
        A.Forward(x, a, OfA(moment));
        TensorPrimitives.FusedMultiplyAdd(a, options.Gamma, y, y);
    }

    /// <inheritdoc/>
    public override void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment)
    {
        if (!options.SeparateReads)
        {
            both.Backward(d, z, OfC(moment));
            return;
        }

        C.Backward(d, z, OfC(moment));
        Span<float> a = ofA.AsSpan(0, Inputs);
        A.Backward(d, a, OfA(moment));
        TensorPrimitives.FusedMultiplyAdd(a, options.Gamma, z, z);
    }

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment)
    {
        float transferRate = TransferRate(rate);
        A.Update(x, d, FastRate(rate), OfA(moment));
        sum.Changed();
        if (!Cursor.CountUpdate())
        {
            return;
        }

        ReadA(Cursor.Line, moment);
        foreach (ref float v in V)
        {
            v = MathF.Abs(v) < options.Threshold ? 0 : v;
        }

        if (options.By == TransferBy.Row)
        {
            C.Update(u, V, transferRate, OfC(moment));
        }
        else
        {
            C.Update(V, u, transferRate, OfC(moment));
        }

        sum.Changed();
        Cursor.Advance();
    }

    // v = A u_t, by row; v = Aᵀ u_t, by column.
    private void ReadA(int t, Moment moment)
    {
        if (options.Vectors == TransferVectors.OneHot)
        {
            u.AsSpan().Clear();
            u[t] = 1;
            A.ReadLine(options.By, t, V, OfA(moment));
            return;
        }

        for (int i = 0; i < u.Length; i++)
        {
            u[i] = 1 - (2 * (BitOperations.PopCount((uint)(t & i)) & 1));
        }

        if (options.By == TransferBy.Row)
        {
            A.ReadRows(u, V, OfA(moment));
        }
        else
        {
            A.ReadColumns(u, V, OfA(moment));
        }
    }

    private protected override void Restart() => sum.Changed();

    private protected override void SaveMemory(BinaryWriter writer) => both.Save(writer);

    private protected override void LoadMemory(BinaryReader reader)
    {
        both.Load(reader);
        sum.Changed();
    }
}
