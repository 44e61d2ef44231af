using System.Runtime.CompilerServices;
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
public sealed partial class UnidirectionalPairArray : ICrosspointArray
{
    private readonly Parameters parameters;
    private readonly float top;
    private readonly PaddedMatrix conductances; // G+ of the pair at place k of Weights.Padded at place 2 k, G- at 2 k + 1
    private readonly ulong[] raised; // one bit for each place in Weights.Padded: the pairs that the next reset may choose
    private readonly int[] moved; // the device that each event of a batch raises, as a place in conductances
    private readonly float[] errors;
    private readonly MeetingFinder finder;
    private readonly float chosenFrom; // the lowest level at which a reset chooses a pair

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
        conductances = new PaddedMatrix(inputs, 2 * Weights.Stride);
        raised = new ulong[(Weights.Padded.Length + 63) / 64];
        finder = new MeetingFinder(inputs, outputs);
        moved = new int[finder.Capacity];
        errors = new float[finder.Capacity + Gaussian.GroupLength];
        chosenFrom = parameters.Selection == ResetSelection.Saturated ? parameters.SaturationFraction * top : float.Epsilon;
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
        long numbered = 0;
        while (finder.Next(out MeetingLists events))
        {
            Raise(events, rows.Values, columns.Values, Errors(at, numbered, events.Length));
            numbered += events.Length;
        }

        Counters.Events += numbered;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        MatrixState.Save(writer, conductances, 2 * Weights.Outputs);
        Counters.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        MatrixState.Load(reader, conductances, 2 * Weights.Outputs);
        Counters.Load(reader);
        Changed();
    }

    private void Changed()
    {
        for (int i = 0; i < Weights.Inputs; i++)
        {
            for (int j = 0; j < Weights.Outputs; j++)
            {
                Weights[i, j] = MinStep * (Plus(i, j) - Minus(i, j));
                int place = (i * Weights.Stride) + j;
                raised[place / 64] |= 1UL << place;
            }
        }
    }

    // The errors of so many events of one address, from the given one on; none are drawn where there is no noise.
    private ReadOnlySpan<float> Errors(in RandomAddress at, long first, int count)
    {
        int skipped = (int)(first % Gaussian.GroupLength);
        if (parameters.Sigma > 0)
        {
            Gaussian.Fill(at, errors.AsSpan(0, skipped + count), (ulong)first / Gaussian.GroupLength);
        }

        return errors.AsSpan(skipped, count);
    }

    // One programming event for each cross-point that saw a coincidence: G+ rises where the signs agree, G- where they differ.
    private void Raise(MeetingLists events, ReadOnlySpan<float> rowSigns, ReadOnlySpan<float> columnSigns, ReadOnlySpan<float> normal)
    {
        ref float g = ref conductances.First;
        ref float w = ref Weights.First;
        int stride = Weights.Stride;
        Span<int> devices = moved.AsSpan(0, events.Length);
        for (int n = 0; n < devices.Length; n++)
        {
            int i = events.Rows[n], j = events.Columns[n];
            int place = (i * stride) + j;
            uint differ = BitConverter.SingleToUInt32Bits(rowSigns[i]) ^ BitConverter.SingleToUInt32Bits(columnSigns[j]);
            devices[n] = (2 * place) + (int)(differ >> 31);
            Prefetch.Line(ref Unsafe.Add(ref g, 2 * place));
            Prefetch.Line(ref Unsafe.Add(ref w, place));
        }

        // Without noise the normal numbers are zeros.
        float sigma = parameters.Sigma, highest = top, step = MinStep, limit = chosenFrom;
        bool perPulse = parameters.Noise == ProgrammingNoise.PerPulse;
        ReadOnlySpan<int> counts = events.Counts;
        long coincidences = 0;
        for (int n = 0; n < devices.Length; n++)
        {
            int count = counts[n], place = devices[n] >> 1;
            ref float device = ref Unsafe.Add(ref g, devices[n]);
            float deviation = perPulse ? sigma * MathF.Sqrt(count) : sigma;
            float level = float.MinNative(float.MaxNative(device + count + (normal[n] * deviation), 0), highest);
            device = level;
            if (level >= limit)
            {
                raised[place / 64] |= 1UL << place;
            }

            Unsafe.Add(ref w, place) = step * (Unsafe.Add(ref g, 2 * place) - Unsafe.Add(ref g, (2 * place) + 1));
            coincidences += count;
        }

        Counters.Coincidences += coincidences;
    }
}
