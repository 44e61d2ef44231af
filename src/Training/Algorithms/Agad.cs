using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>AGAD: c-TTv2 whose reference is digital, the mean of the latest reads of A before its chopper flipped.</summary>
/// <remarks>
/// Analog gradient accumulation with dynamic reference, M. J. Rasch et al., Nat. Commun. 15:7133 (2024). For each sample
/// <code>
/// y = C x;  z = Cᵀ δ
/// A += η_a (c ∘ x) δᵀ by pulses
/// k = (k + 1) mod n_s;  if k = 0:
///     v = A u, u one-hot at t
///     H[t] += η_c c_t (v - P[t])
///     where |H[t]| &gt; 1:  C[t] takes one pulse of sign H[t];  H[t] = κ sign H[t]
///     M[t] += β (v - M[t])
///     now and then:  c_t = -c_t;  P[t] = M[t]
///     t = (t + 1) mod n
/// </code>
/// Until its chopper has flipped once a line has no reference, and H waits. By column, c multiplies δ instead of x.
/// </remarks>
public sealed class Agad : TransferMatrix
{
    private readonly Options options;
    private readonly DigitalFilter h;
    private readonly Choppers choppers;
    private readonly PaddedMatrix mean;
    private readonly PaddedMatrix reference;
    private readonly bool[] referenced;
    private readonly float[] difference;

    /// <summary>Rates, transfers, choppers and reference of AGAD.</summary>
    public sealed record Options : TransferOptions
    {
        /// <summary>κ, where H goes after it fired, 0 to 1.</summary>
        public float Hysteresis { get; init; }

        /// <summary>Probability that a line's sign flips after it was read, above 0, at most 1.</summary>
        public float FlipProbability { get; init; } = 0.1f;

        /// <summary>When signs flip.</summary>
        public ChopperFlips Flips { get; init; } = ChopperFlips.Regular;

        /// <summary>β, weight of a new read in the running mean M, above 0, at most 1: aihwkit's tail weighting, 5, times the probability of a flip.</summary>
        public float MeanRate { get; init; } = 0.5f;

        internal override void Validate()
        {
            base.Validate();
            Require.InRange(nameof(Hysteresis), 0, 1, Hysteresis);
            Require.InRange(nameof(MeanRate), float.Epsilon, 1, MeanRate);
            Choppers.Validate(FlipProbability, Flips);
        }
    }

    /// <summary>Puts the algorithm over two arrays.</summary>
    /// <param name="fast">A, of C's shape, or turned where the options say so.</param>
    /// <param name="slow">C.</param>
    /// <param name="periphery">Converters, noise and pulse scheme of both.</param>
    /// <param name="options">Rates, transfers, choppers and reference.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the matrix in its network, from 1; it keeps the random numbers of matrices apart.</param>
    /// <exception cref="ArgumentException">A shape differs, or a number is out of range.</exception>
    public Agad(ICrosspointArray fast, ICrosspointArray slow, AnalogTile.Options periphery, Options options, ulong seed, int id)
        : base(fast, slow, periphery, options, seed, id)
    {
        this.options = options;
        int lines = C.Lines(options.By);
        h = new DigitalFilter(lines, LineLength, options.Hysteresis);
        choppers = new Choppers(lines, options.FlipProbability, options.Flips);
        mean = new PaddedMatrix(lines, LineLength);
        reference = new PaddedMatrix(lines, LineLength);
        referenced = new bool[lines];
        difference = new float[mean.Stride];
    }

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment)
    {
        float transferRate = TransferRate(rate);
        bool byRow = options.By == TransferBy.Row;
        ReadOnlySpan<float> chopped = choppers.Chop(byRow ? x : d);
        UpdateFast(byRow ? chopped : x, byRow ? d : chopped, FastRate(rate), moment);
        if (!Cursor.CountUpdate())
        {
            return;
        }

        int t = Cursor.Line;
        ReadFast(t, moment);
        TensorPrimitives.Subtract(LineBuffer, reference.PaddedRow(t), difference);
        if (referenced[t] && h.Add(t, transferRate * choppers.Signs[t], difference, Signs))
        {
            C.PulseLine(options.By, t, Signs.AsSpan(0, LineLength), OfC(moment));
        }

        Span<float> m = mean.PaddedRow(t);
        TensorPrimitives.Subtract(LineBuffer, m, difference);
        TensorPrimitives.FusedMultiplyAdd(difference, options.MeanRate, m, m);
        if (choppers.Flip(t, Cursor.Cycle, OfChoppers(moment)))
        {
            m.CopyTo(reference.PaddedRow(t));
            referenced[t] = true;
        }

        Cursor.Advance();
    }

    private protected override void Restart()
    {
        h.Clear();
        choppers.Restart();
        mean.Padded.Clear();
        reference.Padded.Clear();
        referenced.AsSpan().Clear();
    }

    private protected override IEnumerable<StatePlane> Memory =>
        [new("h", "threshold", h.Values), new("mean", "array weight", mean), new("reference", "array weight", reference)];

    private protected override void SaveMemory(BinaryWriter writer)
    {
        h.Save(writer);
        choppers.Save(writer);
        MatrixState.Save(writer, mean);
        MatrixState.Save(writer, reference);
        foreach (bool has in referenced)
        {
            writer.Write(has);
        }
    }

    private protected override void LoadMemory(BinaryReader reader)
    {
        h.Load(reader);
        choppers.Load(reader);
        MatrixState.Load(reader, mean);
        MatrixState.Load(reader, reference);
        Require.StoredNumbers("mean", mean);
        Require.StoredNumbers("reference", reference);
        foreach (ref bool has in referenced.AsSpan())
        {
            has = reader.ReadBoolean();
        }
    }
}
