using Crosspoint.Devices;
using Crosspoint.Devices.Tiles;

namespace Crosspoint.Training.Algorithms;

/// <summary>TTv2: gradients accumulate on A, are filtered digitally in H, and reach C as single pulses.</summary>
/// <remarks>
/// T. Gokmen, Front. Artif. Intell. 4:699148 (2021), Algorithm 2. For each sample
/// <code>
/// y = C x;  z = Cᵀ δ
/// A += η_a x δᵀ by pulses
/// k = (k + 1) mod n_s;  if k = 0:
///     v = A u, u one-hot at t
///     H[t] += η_c v
///     where |H[t]| &gt; 1:  C[t] takes one pulse of sign H[t];  H[t] = κ sign H[t]
///     t = (t + 1) mod n
/// </code>
/// κ = 0 is the plain threshold, κ = 0.6 the hysteretic one: the next pulse of the same sign needs 0.4, one of the other sign 1.6. Under a
/// constant v of η_c |v| well below 1 - κ a cross-point of C moves at Δ η_c |v| / ((1 - κ) n_s n) an update. Noise σ of a read alone fires it
/// every (1 - κ²) / (η_c σ)² reads, and each pulse pulls a device with a symmetry point towards it: at one gain η_c / (1 - κ) the less often,
/// the nearer κ is to 1, by (1 - κ) / (1 + κ).
/// </remarks>
public sealed class TikiTaka2 : TransferMatrix
{
    private readonly Options options;
    private readonly DigitalFilter h;

    /// <summary>Rates and transfers of TTv2.</summary>
    public sealed record Options : TransferOptions
    {
        /// <summary>κ, where H goes after it fired, 0 to 1: 0 plain, 0.6 the paper's hysteretic threshold.</summary>
        public float Hysteresis { get; init; }

        internal override void Validate()
        {
            base.Validate();
            Require.InRange(nameof(Hysteresis), 0, 1, Hysteresis);
        }
    }

    /// <summary>Puts the algorithm over two arrays.</summary>
    /// <param name="fast">A, of C's shape, or turned where the options say so.</param>
    /// <param name="slow">C.</param>
    /// <param name="periphery">Converters, noise and pulse scheme of both.</param>
    /// <param name="options">Rates and transfers.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the matrix in its network, from 1; it keeps the random numbers of matrices apart.</param>
    /// <exception cref="ArgumentException">A shape differs, or a number is out of range.</exception>
    public TikiTaka2(ICrosspointArray fast, ICrosspointArray slow, AnalogTile.Options periphery, Options options, ulong seed, int id)
        : base(fast, slow, periphery, options, seed, id)
    {
        this.options = options;
        h = new DigitalFilter(C.Lines(options.By), LineLength, options.Hysteresis);
    }

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment)
    {
        float transferRate = TransferRate(rate);
        UpdateFast(x, d, FastRate(rate), moment);
        if (!Cursor.CountUpdate())
        {
            return;
        }

        int t = Cursor.Line;
        ReadFast(t, moment);
        if (h.Add(t, transferRate, LineBuffer, Signs))
        {
            C.PulseLine(options.By, t, Signs.AsSpan(0, LineLength), OfC(moment));
        }

        Cursor.Advance();
    }

    private protected override void Restart() => h.Clear();

    private protected override IEnumerable<StatePlane> Memory => [new("h", "threshold", h.Values)];

    private protected override void SaveMemory(BinaryWriter writer) => h.Save(writer);

    private protected override void LoadMemory(BinaryReader reader) => h.Load(reader);
}
