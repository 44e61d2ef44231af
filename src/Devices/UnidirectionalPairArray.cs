using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>
/// Synapses of two devices that can only be raised: w = κ (G⁺ - G⁻). A positive step raises G⁺, a negative one G⁻, and a periodic
/// reset writes the difference of the pairs it chooses to one of their devices.
/// </summary>
/// <remarks>
/// A. V. Babu, B. Rajendran, ICECS 2017, 214-217: linear response, on-off ratio 15, 32 states, n coincidences move a device by
/// n B + N(0, σ). Conductances are kept as g = (G - G_min) / B in [0, states - 1], so that one coincidence is one unit; the on-off
/// ratio fixes B = (ratio - 1) G_min / (states - 1) and cancels in the weight.
/// </remarks>
public sealed class UnidirectionalPairArray : ICrosspointArray
{
    private const int Block = 16;
    private readonly Parameters parameters;
    private readonly float top;
    private readonly PaddedMatrix conductances; // in column 2 j of a row G+, in column 2 j + 1 G- of output line j
    private readonly bool[] mayReset; // rows that can hold a pair which the next reset chooses
    private readonly MeetingFinder finder;
    private readonly float saturation;
    private readonly int[] chosenPairs;

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
        conductances = new PaddedMatrix(inputs, 2 * outputs);
        mayReset = new bool[inputs];
        finder = new MeetingFinder(inputs, outputs);
        saturation = parameters.SaturationFraction * top;
        chosenPairs = new int[(conductances.Stride / 2) + 1];
    }

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <summary>G⁺ of one pair, in steps above the bottom of the range, [0, states - 1].</summary>
    /// <param name="i">Input line.</param>
    /// <param name="j">Output line.</param>
    public float Plus(int i, int j) => conductances[i, 2 * j];

    /// <summary>G⁻ of one pair, in steps above the bottom of the range, [0, states - 1].</summary>
    /// <param name="i">Input line.</param>
    /// <param name="j">Output line.</param>
    public float Minus(int i, int j) => conductances[i, (2 * j) + 1];

    /// <inheritdoc/>
    public float MinStep { get; }

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <inheritdoc/>
    /// <remarks>Each weight is rounded to a whole number of steps and placed on one device, the other at the bottom.</remarks>
    public void Program(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Weights, weights);
        Require.NoNaN(nameof(weights), weights);
        for (int i = 0; i < weights.Inputs; i++)
        {
            for (int j = 0; j < weights.Outputs; j++)
            {
                float steps = Math.Clamp(MathF.Round(weights[i, j] / MinStep), -top, top);
                conductances[i, 2 * j] = MathF.Max(steps, 0);
                conductances[i, (2 * j) + 1] = MathF.Max(-steps, 0);
            }
        }

        Changed();
    }

    /// <inheritdoc/>
    /// <remarks>
    /// G' = clip(G + n B + N(0, σ)), or √n σ where noise is per pulse. The n-th programming event of the update, by rows, then columns,
    /// takes the n-th number of the address; none is drawn where σ = 0.
    /// </remarks>
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
    /// <remarks>One draw for each pair that is written with an error, in the order of rows, then columns.</remarks>
    public void Reset(in RandomAddress at)
    {
        GaussianSequence errors = new(at);
        for (int i = 0; i < mayReset.Length; i++)
        {
            mayReset[i] = mayReset[i] && ResetRow(i, ref errors);
        }
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
        Changed();
    }

    private void Changed()
    {
        Array.Fill(mayReset, true);
        for (int i = 0; i < Weights.Inputs; i++)
        {
            for (int j = 0; j < Weights.Outputs; j++)
            {
                Weights[i, j] = MinStep * (Plus(i, j) - Minus(i, j));
            }
        }
    }

    // One programming event for each cross-point that saw a coincidence: G+ rises where the signs agree, G- where they differ.
    private void Raise(
        ReadOnlySpan<Coincidence.Meeting> events, ReadOnlySpan<float> rowSigns, ReadOnlySpan<float> columnSigns, ref GaussianSequence errors)
    {
        ref float g = ref MemoryMarshal.GetReference(conductances.Padded);
        ref float w = ref MemoryMarshal.GetReference(Weights.Padded);
        int stride = Weights.Stride, deviceStride = conductances.Stride;
        float limit = parameters.Selection == ResetSelection.Saturated ? saturation : 0;
        float sigma = parameters.Sigma;
        bool perPulse = parameters.Noise == ProgrammingNoise.PerPulse;
        long coincidences = 0;
        foreach (ref readonly Coincidence.Meeting e in events)
        {
            uint differ = BitConverter.SingleToUInt32Bits(rowSigns[e.Row]) ^ BitConverter.SingleToUInt32Bits(columnSigns[e.Column]);
            float error = sigma > 0 ? errors.Next() * (perPulse ? sigma * MathF.Sqrt(e.Count) : sigma) : 0;
            ref float pair = ref Unsafe.Add(ref g, (e.Row * deviceStride) + (2 * e.Column));
            ref float raised = ref Unsafe.Add(ref pair, (int)(differ >> 31));
            raised = MathF.Min(MathF.Max(raised + e.Count + error, 0), top);
            mayReset[e.Row] |= raised >= limit;
            Unsafe.Add(ref w, (e.Row * stride) + e.Column) = MinStep * (pair - Unsafe.Add(ref pair, 1));
            coincidences += e.Count;
        }

        Counters.Coincidences += coincidences;
        Counters.Events += events.Length;
    }

    // False where no pair was chosen, nor will be before another event raises one.
    private bool ResetRow(int i, ref GaussianSequence errors)
    {
        Span<float> row = conductances.PaddedRow(i);
        if (parameters.Write == ResetWrite.Exact)
        {
            return LowerRow(row);
        }

        int n = parameters.Selection == ResetSelection.Saturated ? ChooseSaturated(row) : Choose(row);
        Span<float> w = Weights.PaddedRow(i);
        foreach (int j in chosenPairs.AsSpan(0, n))
        {
            Rewrite(ref row[2 * j], ref row[(2 * j) + 1], ref errors);
            w[j] = MinStep * (row[2 * j] - row[(2 * j) + 1]);
        }

        Counters.PairsReset += n;
        return n > 0;
    }

    private int Choose(ReadOnlySpan<float> row)
    {
        int n = 0;
        for (int j = 0; j < row.Length / 2; j++)
        {
            float plus = row[2 * j], minus = row[(2 * j) + 1];
            chosenPairs[n] = j;
            n += (parameters.Selection == ResetSelection.All ? MathF.Max(plus, minus) : MathF.Min(plus, minus)) > 0 ? 1 : 0;
        }

        return n;
    }

    // One test of the sixteen conductances of eight pairs; most hold none that saturated.
    private int ChooseSaturated(ReadOnlySpan<float> row)
    {
        int n = 0;
        for (int k = 0; k < row.Length; k += Block)
        {
            uint saturated = AtLeast(ref MemoryMarshal.GetReference(row[k..]), saturation);
            if (saturated == 0)
            {
                continue;
            }

            uint pairs = saturated | (saturated >> 1);
            for (int j = k / 2; j < (k + Block) / 2; j++)
            {
                chosenPairs[n] = j;
                n += (int)(pairs & 1);
                pairs >>= 2;
            }
        }

        return n;
    }

    // Bit n is set where conductance n of sixteen has reached the limit.
    private static uint AtLeast(ref float g, float limit)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return (uint)Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref g), Vector512.Create(limit)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> l = Vector256.Create(limit);
            return Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref g), l).ExtractMostSignificantBits()
                | (Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref g, 8), l).ExtractMostSignificantBits() << 8);
        }

        uint bits = 0;
        for (int n = 0; n < Block; n++)
        {
            bits |= Unsafe.Add(ref g, n) >= limit ? 1u << n : 0;
        }

        return bits;
    }

    // The exact reset of a row: both devices of a pair fall by their common part, which leaves every weight as it is.
    private bool LowerRow(Span<float> row)
    {
        int chosen = 0;
        for (int k = 0; k < row.Length; k += Vector<float>.Count)
        {
            // Lane by lane a conductance g and its partner's; max(g - partner, 0) is what a device keeps.
            Vector<float> g = new(row[k..]);
            Vector<float> partner = Partners(g);
            Vector<int> isChosen = IsChosen(g, partner);
            Vector.ConditionalSelect(isChosen, Vector.Max(g - partner, Vector<float>.Zero), g).CopyTo(row[k..]);
            chosen -= Vector.Sum(isChosen) / 2;
        }

        Counters.PairsReset += chosen;
        return chosen > 0;
    }

    // Writes the difference of a pair to one device; a difference of no steps needs no event and has no error.
    private void Rewrite(ref float plus, ref float minus, ref GaussianSequence errors)
    {
        float difference = plus - minus;
        float level = MathF.Abs(difference);
        level = parameters.Write == ResetWrite.Rounded ? MathF.Round(level) : level;
        if (level > 0 && parameters.Sigma > 0)
        {
            float deviation = parameters.Noise == ProgrammingNoise.PerPulse ? parameters.Sigma * MathF.Sqrt(level) : parameters.Sigma;
            level = MathF.Min(MathF.Max(level + (deviation * errors.Next()), 0), top);
        }

        plus = difference > 0 ? level : 0;
        minus = difference < 0 ? level : 0;
    }

    private static Vector<float> Partners(Vector<float> g)
    {
        Vector<ulong> pairs = g.As<float, ulong>();
        return ((pairs << 32) | (pairs >>> 32)).As<ulong, float>();
    }

    private Vector<int> IsChosen(Vector<float> g, Vector<float> partner) => parameters.Selection switch
    {
        ResetSelection.All => Vector.GreaterThan(Vector.Max(g, partner), Vector<float>.Zero),
        ResetSelection.Saturated => Vector.GreaterThanOrEqual(Vector.Max(g, partner), new Vector<float>(saturation)),
        _ => Vector.GreaterThan(Vector.Min(g, partner), Vector<float>.Zero),
    };
}
