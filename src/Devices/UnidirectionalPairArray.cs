using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>
/// Synapses of two devices that can only be raised: w = κ (G⁺ - G⁻). A positive step raises G⁺, a negative one G⁻, and a periodic
/// reset brings both back down.
/// </summary>
/// <remarks>
/// A. V. Babu, B. Rajendran, ICECS 2017, 214-217: linear response, on-off ratio 15, 32 states, n coincidences move a device by
/// n B + N(0, σ). Conductances are kept as g = (G - G_min) / B in [0, states - 1], so that one coincidence is one unit; the on-off
/// ratio fixes B = (ratio - 1) G_min / (states - 1) and cancels in the weight. Each reset is the array's <see cref="Reset"/>.
/// </remarks>
public sealed class UnidirectionalPairArray : ICrosspointArray
{
    private readonly Parameters parameters;
    private readonly float top;
    private readonly PaddedMatrix conductances; // G+ in the upper half of the rows, G- in the lower
    private readonly MeetingFinder finder;
    private readonly float[] noise;

    /// <summary>The numbers of one array.</summary>
    public sealed record Parameters
    {
        /// <summary>Number of conductance states of a device, at least 2.</summary>
        public int States { get; init; } = 32;

        /// <summary>G_max / G_min, above 1.</summary>
        public float OnOffRatio { get; init; } = 15;

        /// <summary>G_min in microsiemens, above 0; fixes the unit of <see cref="StepMicrosiemens"/> and nothing else.</summary>
        public float MinimumMicrosiemens { get; init; } = 1;

        /// <summary>The weight of a pair with one device at the top and the other at the bottom, in weight units, above 0.</summary>
        public float MaxWeight { get; init; } = 1;

        /// <summary>σ/B, the deviation of the programming error in steps, at least 0.</summary>
        public float Sigma { get; init; } = 0.1f;

        /// <summary>The law of the programming error.</summary>
        public ProgrammingNoise Noise { get; init; } = ProgrammingNoise.PerEvent;

        /// <summary>Which pairs a reset programs anew.</summary>
        public ResetSelection Selection { get; init; } = ResetSelection.All;

        /// <summary>How a reset writes them.</summary>
        public ResetWrite Write { get; init; } = ResetWrite.Exact;

        /// <summary>Where a device counts as saturated, as a fraction of its range, in (0, 1].</summary>
        public float SaturationFraction { get; init; } = 0.95f;

        /// <summary>B in microsiemens: (ratio - 1) G_min / (states - 1).</summary>
        public float StepMicrosiemens => (OnOffRatio - 1) * MinimumMicrosiemens / (States - 1);

        internal void Validate()
        {
            if (States < 2)
            {
                throw new ArgumentOutOfRangeException(nameof(States), States, $"States: expected at least 2, got {States}.");
            }

            if (!(OnOffRatio > 1 && float.IsFinite(OnOffRatio)))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(OnOffRatio), OnOffRatio, $"OnOffRatio: expected a finite number above 1, got {OnOffRatio}.");
            }

            Require.Positive(nameof(MinimumMicrosiemens), MinimumMicrosiemens);
            Require.Positive(nameof(MaxWeight), MaxWeight);
            Require.NotNegative(nameof(Sigma), Sigma);
            if (!(SaturationFraction > 0 && SaturationFraction <= 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(SaturationFraction), SaturationFraction,
                    $"SaturationFraction: expected a number in (0, 1], got {SaturationFraction}.");
            }
        }
    }

    /// <summary>Makes an array with every device at the bottom of its range.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="parameters">The device.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public UnidirectionalPairArray(int inputs, int outputs, Parameters parameters)
    {
        parameters.Validate();
        this.parameters = parameters;
        top = parameters.States - 1;
        MinStep = parameters.MaxWeight / top;
        Weights = new PaddedMatrix(inputs, outputs);
        conductances = new PaddedMatrix(2 * inputs, outputs);
        finder = new MeetingFinder(outputs);
        noise = new float[(Weights.Stride + Gaussian.GroupLength - 1) / Gaussian.GroupLength * Gaussian.GroupLength];
    }

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <summary>G⁺ of every pair of one input line, in steps above the bottom of the range, [0, states - 1], shape [outputs].</summary>
    public ReadOnlySpan<float> Plus(int i) => conductances.Row(i);

    /// <summary>G⁻ of every pair of one input line, in steps above the bottom of the range, [0, states - 1], shape [outputs].</summary>
    public ReadOnlySpan<float> Minus(int i) => conductances.Row(Weights.Inputs + i);

    /// <inheritdoc/>
    public float MinStep { get; }

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <inheritdoc/>
    /// <remarks>Each weight is rounded to a whole number of steps and placed on one device, the other at the bottom.</remarks>
    public void Program(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Weights, weights);
        Span<float> from = weights.Padded, w = Weights.Padded, p = conductances.Padded[..w.Length], m = conductances.Padded[w.Length..];
        for (int k = 0; k < from.Length; k++)
        {
            float steps = Math.Clamp(MathF.Round(from[k] / MinStep), -top, top);
            p[k] = MathF.Max(steps, 0);
            m[k] = MathF.Max(-steps, 0);
            w[k] = MinStep * (p[k] - m[k]);
        }
    }

    /// <inheritdoc/>
    /// <remarks>G' = clip(G + n B + N(0, σ)), one draw a cross-point and update, in the order of rows, then columns.</remarks>
    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        Require.Fit(Weights, rows, columns);
        finder.Begin(rows, columns);
        GaussianSequence errors = new(at);
        while (finder.Next(out ReadOnlySpan<Coincidence.Meeting> events))
        {
            Raise(events, rows.Values, columns.Values, ref errors);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Every pair is looked at; the draws of a pair stand at its place in the array.</remarks>
    public void Reset(in RandomAddress at)
    {
        Vector<float> saturated = new(parameters.SaturationFraction * top);
        bool noisy = parameters.Write != ResetWrite.Exact && parameters.Sigma > 0;
        int reset = 0;
        for (int i = 0; i < Weights.Inputs; i++)
        {
            Span<float> p = conductances.PaddedRow(i), m = conductances.PaddedRow(Weights.Inputs + i), w = Weights.PaddedRow(i);
            bool drawn = false;
            for (int j = 0; j < p.Length; j += Vector<float>.Count)
            {
                Vector<float> up = new(p[j..]), down = new(m[j..]);
                Vector<int> chosen = parameters.Selection switch
                {
                    ResetSelection.All => Vector.GreaterThan(Vector.Max(up, down), Vector<float>.Zero),
                    ResetSelection.Saturated => Vector.GreaterThanOrEqual(Vector.Max(up, down), saturated),
                    _ => Vector.GreaterThan(Vector.Min(up, down), Vector<float>.Zero),
                };
                if (chosen == Vector<int>.Zero)
                {
                    continue;
                }

                if (noisy && !drawn)
                {
                    Gaussian.Fill(at, noise, (ulong)i * (uint)(noise.Length / Gaussian.GroupLength));
                    drawn = true;
                }

                Vector<float> difference = up - down;
                Vector<float> level = Rewrite(Vector.Abs(difference), new Vector<float>(noise.AsSpan(j)), noisy);
                Vector<int> isUp = Vector.GreaterThan(difference, Vector<float>.Zero);
                Vector<int> isDown = Vector.LessThan(difference, Vector<float>.Zero);
                up = Vector.ConditionalSelect(chosen, Vector.ConditionalSelect(isUp, level, Vector<float>.Zero), up);
                down = Vector.ConditionalSelect(chosen, Vector.ConditionalSelect(isDown, level, Vector<float>.Zero), down);
                up.CopyTo(p[j..]);
                down.CopyTo(m[j..]);
                ((up - down) * MinStep).CopyTo(w[j..]);
                reset -= Vector.Sum(chosen);
            }
        }

        Counters.PairsReset += reset;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        MatrixState.Save(writer, conductances);
        Counters.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        MatrixState.Load(reader, conductances);
        Counters.Load(reader);
        Span<float> w = Weights.Padded, p = conductances.Padded[..w.Length], m = conductances.Padded[w.Length..];
        for (int k = 0; k < w.Length; k++)
        {
            w[k] = MinStep * (p[k] - m[k]);
        }
    }

    // One programming event for each cross-point that saw a coincidence: G+ rises where the signs agree, G- where they differ.
    private void Raise(
        ReadOnlySpan<Coincidence.Meeting> events, ReadOnlySpan<float> rowSigns, ReadOnlySpan<float> columnSigns, ref GaussianSequence errors)
    {
        ref float g = ref MemoryMarshal.GetReference(conductances.Padded);
        ref float w = ref MemoryMarshal.GetReference(Weights.Padded);
        int stride = Weights.Stride, minus = Weights.Inputs * stride;
        float sigma = parameters.Sigma;
        bool perPulse = parameters.Noise == ProgrammingNoise.PerPulse;
        long coincidences = 0;
        foreach (ref readonly Coincidence.Meeting e in events)
        {
            int differ = (BitConverter.SingleToInt32Bits(rowSigns[e.Row]) ^ BitConverter.SingleToInt32Bits(columnSigns[e.Column])) >> 31;
            float error = sigma > 0 ? errors.Next() * (perPulse ? sigma * MathF.Sqrt(e.Count) : sigma) : 0;
            int place = (e.Row * stride) + e.Column;
            ref float raised = ref Unsafe.Add(ref g, place + (differ & minus));
            raised = MathF.Min(MathF.Max(raised + e.Count + error, 0), top);
            Unsafe.Add(ref w, place) = MinStep * (Unsafe.Add(ref g, place) - Unsafe.Add(ref g, place + minus));
            coincidences += e.Count;
        }

        Counters.Coincidences += coincidences;
        Counters.Events += events.Length;
    }

    // The level that a difference is written back as; a difference of zero pulses needs no event and has no error.
    private Vector<float> Rewrite(Vector<float> size, Vector<float> gaussian, bool noisy)
    {
        Vector<float> level = parameters.Write == ResetWrite.Rounded ? Vector.Round(size) : size;
        if (!noisy)
        {
            return level;
        }

        Vector<float> error = gaussian * parameters.Sigma;
        if (parameters.Noise == ProgrammingNoise.PerPulse)
        {
            error *= Vector.SquareRoot(level);
        }

        Vector<float> written = Vector.Min(Vector.Max(level + error, Vector<float>.Zero), new Vector<float>(top));
        return Vector.ConditionalSelect(Vector.GreaterThan(level, Vector<float>.Zero), written, Vector<float>.Zero);
    }
}
