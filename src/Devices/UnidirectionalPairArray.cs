using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
    private const int Ahead = 16; // pairs whose cache lines are asked for before their turn
    private readonly Parameters parameters;
    private readonly float top;
    private readonly PaddedMatrix conductances; // G+ of the pair at place k of Weights.Padded at place 2 k, G- at 2 k + 1
    private readonly ulong[] raised; // one bit for each place in Weights.Padded: the pairs that the next reset may choose
    private readonly int[] places;
    private readonly float[] errors;
    private readonly MeetingFinder finder;
    private readonly float saturation;

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
        places = new int[finder.Capacity];
        errors = new float[finder.Capacity + Gaussian.GroupLength];
        saturation = parameters.SaturationFraction * top;
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
    /// <remarks>One draw for each pair that is written with an error, in the order of rows, then columns.</remarks>
    public void Reset(in RandomAddress at)
    {
        if (parameters.Write == ResetWrite.Exact)
        {
            Lower();
            return;
        }

        long numbered = 0;
        for (int k = 0; k < raised.Length;)
        {
            int n = ListRaised(ref k);
            numbered += Rewrite(places.AsSpan(0, n), Errors(at, numbered, n));
        }
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
        Span<int> devices = places.AsSpan(0, events.Length);
        for (int n = 0; n < devices.Length; n++)
        {
            int i = events.Rows[n], j = events.Columns[n];
            int place = (i * stride) + j;
            uint differ = BitConverter.SingleToUInt32Bits(rowSigns[i]) ^ BitConverter.SingleToUInt32Bits(columnSigns[j]);
            devices[n] = (2 * place) + (int)(differ >> 31);
            Prefetch.Line(ref Unsafe.Add(ref g, 2 * place));
            Prefetch.Line(ref Unsafe.Add(ref w, place));
        }

        float sigma = parameters.Sigma, highest = top, step = MinStep;
        bool perPulse = parameters.Noise == ProgrammingNoise.PerPulse;
        int belowLimit = BitConverter.SingleToInt32Bits(parameters.Selection == ResetSelection.Saturated ? saturation : 0) - 1;
        ref ulong bits = ref MemoryMarshal.GetArrayDataReference(raised);
        long coincidences = 0;
        for (int n = 0; n < devices.Length; n++)
        {
            int count = events.Counts[n], place = devices[n] / 2;
            ref float device = ref Unsafe.Add(ref g, devices[n]);
            float deviation = perPulse ? sigma * MathF.Sqrt(count) : sigma;
            float level = device + count + (sigma > 0 ? normal[n] * deviation : 0);
            device = float.MinNative(float.MaxNative(level, 0), highest);

            // Numbers that are not negative compare as their bits do.
            uint reached = (uint)(belowLimit - BitConverter.SingleToInt32Bits(device)) >> 31;
            Unsafe.Add(ref bits, place / 64) |= (ulong)reached << place;
            Unsafe.Add(ref w, place) = step * (Unsafe.Add(ref g, 2 * place) - Unsafe.Add(ref g, (2 * place) + 1));
            coincidences += count;
        }

        Counters.Coincidences += coincidences;
    }

    // Lists the pairs of the words of the bit list from the k-th on, as many as there is room for.
    private int ListRaised(ref int k)
    {
        int n = 0;
        for (; k < raised.Length && n <= places.Length - 64; k++)
        {
            ulong word = raised[k];
            if (word == 0)
            {
                continue;
            }

            // Sixteen bits at a time, without a branch for each.
            ref int to = ref MemoryMarshal.GetArrayDataReference(places);
            for (int part = 0; part < 64; part += 16)
            {
                if (Avx512F.IsSupported)
                {
                    Vector512<int> isSet = Vector512.Create((int)(word >> part)) & BitOfLane;
                    Vector512<int> place = Vector512.Create((64 * k) + part) + Vector512<int>.Indices;
                    Avx512F.Compress(Vector512<int>.Zero, ~Vector512.Equals(isSet, Vector512<int>.Zero), place).StoreUnsafe(ref to, (nuint)n);
                    n += BitOperations.PopCount((ushort)(word >> part));
                    continue;
                }

                for (uint left = (ushort)(word >> part); left != 0; left &= left - 1)
                {
                    Unsafe.Add(ref to, n++) = (64 * k) + part + BitOperations.TrailingZeroCount(left);
                }
            }
        }

        return n;
    }

    // Writes the chosen ones of these pairs anew, and lists those that would be chosen again; returns how many took an error.
    private int Rewrite(ReadOnlySpan<int> pairs, ReadOnlySpan<float> normal)
    {
        ref float g = ref conductances.First;
        ref float w = ref Weights.First;
        bool rounded = parameters.Write == ResetWrite.Rounded;
        int events = 0, chosen = 0;
        for (int n = 0; n < pairs.Length; n++)
        {
            int place = pairs[n], soon = pairs[Math.Min(n + Ahead, pairs.Length - 1)];
            Prefetch.Line(ref Unsafe.Add(ref g, 2 * soon));
            Prefetch.Line(ref Unsafe.Add(ref w, soon));
            ref float plus = ref Unsafe.Add(ref g, 2 * place), minus = ref Unsafe.Add(ref plus, 1);
            if (IsChosen(plus, minus))
            {
                // A difference of no steps needs no event. No branch hangs on a sign, which nothing foretells.
                float difference = plus - minus, target = MathF.Abs(difference);
                target = rounded ? MathF.Round(target) : target;
                int moved = target > 0 ? 1 : 0;
                float signed = MathF.CopySign(moved * Written(target, normal[events]), difference);
                events += moved;
                plus = float.MaxNative(signed, 0);
                minus = float.MaxNative(-signed, 0);
                Unsafe.Add(ref w, place) = MinStep * (plus - minus);
                chosen++;
            }

            raised[place / 64] ^= (ulong)(IsChosen(plus, minus) ? 0 : 1) << place;
        }

        Counters.PairsReset += chosen;
        return events;
    }

    private float Written(float level, float normal)
    {
        float sigma = parameters.Sigma;
        if (sigma == 0)
        {
            return level;
        }

        float deviation = parameters.Noise == ProgrammingNoise.PerPulse ? sigma * MathF.Sqrt(level) : sigma;
        return float.MinNative(float.MaxNative(level + (deviation * normal), 0), top);
    }

    // The exact reset: both devices of a pair fall by their common part, which leaves every weight as it is.
    private void Lower()
    {
        for (int k = 0; k < raised.Length; k++)
        {
            Span<float> devices = conductances.Padded[(128 * k)..Math.Min(128 * (k + 1), conductances.Padded.Length)];
            if (raised[k] != 0 && !Lower(devices))
            {
                raised[k] = 0;
            }
        }
    }

    // False where no pair was chosen, nor will be before another event raises one.
    private bool Lower(Span<float> devices)
    {
        int chosen = 0;
        for (int k = 0; k < devices.Length; k += Vector<float>.Count)
        {
            // Lane by lane a conductance g and its partner's; max(g - partner, 0) is what a device keeps.
            Vector<float> g = new(devices[k..]);
            Vector<float> partner = Partners(g);
            Vector<int> isChosen = IsChosen(g, partner);
            Vector.ConditionalSelect(isChosen, Vector.Max(g - partner, Vector<float>.Zero), g).CopyTo(devices[k..]);
            chosen -= Vector.Sum(isChosen) / 2;
        }

        Counters.PairsReset += chosen;
        return chosen > 0;
    }

    private static Vector512<int> BitOfLane => Vector512.Create(
        1, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);

    private static Vector<float> Partners(Vector<float> g)
    {
        Vector<ulong> pairs = g.As<float, ulong>();
        return ((pairs << 32) | (pairs >>> 32)).As<ulong, float>();
    }

    private bool IsChosen(float plus, float minus) => parameters.Selection switch
    {
        ResetSelection.All => MathF.Max(plus, minus) > 0,
        ResetSelection.Saturated => MathF.Max(plus, minus) >= saturation,
        _ => MathF.Min(plus, minus) > 0,
    };

    // Of every pair of lanes.
    private Vector<int> IsChosen(Vector<float> g, Vector<float> partner) => parameters.Selection switch
    {
        ResetSelection.All => Vector.GreaterThan(Vector.Max(g, partner), Vector<float>.Zero),
        ResetSelection.Saturated => Vector.GreaterThanOrEqual(Vector.Max(g, partner), new Vector<float>(saturation)),
        _ => Vector.GreaterThan(Vector.Min(g, partner), Vector<float>.Zero),
    };
}
