using Crosspoint.Devices;
using Crosspoint.Devices.Tiles;

namespace Crosspoint.Training.Algorithms;

/// <summary>c-TTv2: TTv2 whose writes to A and reads of A carry a sign for each line, so that an offset of A's reference cancels.</summary>
/// <remarks>
/// M. J. Rasch et al., Nat. Commun. 15:7133 (2024). For each sample
/// <code>
/// y = C x;  z = Cᵀ δ
/// A += η_a (c ∘ x) δᵀ by pulses
/// k = (k + 1) mod n_s;  if k = 0:
///     v = A u, u one-hot at t
///     H[t] += η_c c_t v
///     where |H[t]| &gt; 1:  C[t] takes one pulse of sign H[t];  H[t] = κ sign H[t]
///     c_t = -c_t now and then
///     t = (t + 1) mod n
/// </code>
/// By column, c multiplies δ instead of x.
/// </remarks>
public sealed class ChoppedTikiTaka2 : TransferMatrix
{
    private readonly Options options;
    private readonly DigitalFilter h;
    private readonly Choppers choppers;

    /// <summary>Rates, transfers and choppers of c-TTv2.</summary>
    public sealed record Options : TransferOptions
    {
        /// <summary>κ, where H goes after it fired, 0 to 1.</summary>
        public float Hysteresis { get; init; }

        /// <summary>Probability that a line's sign flips after it was read, above 0, at most 1.</summary>
        public float FlipProbability { get; init; } = 0.1f;

        /// <summary>When signs flip.</summary>
        public ChopperFlips Flips { get; init; }

        internal override void Validate()
        {
            base.Validate();
            Require.InRange(nameof(Hysteresis), 0, 1, Hysteresis);
            Choppers.Validate(FlipProbability, Flips);
        }
    }

    /// <summary>Puts the algorithm over two arrays.</summary>
    /// <param name="fast">A, of C's shape, or turned where the options say so.</param>
    /// <param name="slow">C.</param>
    /// <param name="periphery">Converters, noise and pulse scheme of both.</param>
    /// <param name="options">Rates, transfers and choppers.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the matrix in its network, from 1; it keeps the random numbers of matrices apart.</param>
    /// <exception cref="ArgumentException">A shape differs, or a number is out of range.</exception>
    public ChoppedTikiTaka2(ICrosspointArray fast, ICrosspointArray slow, AnalogTile.Options periphery, Options options, ulong seed, int id)
        : base(fast, slow, periphery, options, seed, id)
    {
        this.options = options;
        int lines = C.Lines(options.By);
        h = new DigitalFilter(lines, LineLength, options.Hysteresis);
        choppers = new Choppers(lines, options.FlipProbability, options.Flips);
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
        if (h.Add(t, transferRate * choppers.Signs[t], LineBuffer, Signs))
        {
            C.PulseLine(options.By, t, Signs.AsSpan(0, LineLength), OfC(moment));
        }

        choppers.Flip(t, Cursor.Cycle, OfChoppers(moment));
        Cursor.Advance();
    }

    private protected override void Restart()
    {
        h.Clear();
        choppers.Restart();
    }

    private protected override IEnumerable<StatePlane> Memory => [new("h", "threshold", h.Values)];

    private protected override void SaveMemory(BinaryWriter writer)
    {
        h.Save(writer);
        choppers.Save(writer);
    }

    private protected override void LoadMemory(BinaryReader reader)
    {
        h.Load(reader);
        choppers.Load(reader);
    }
}
