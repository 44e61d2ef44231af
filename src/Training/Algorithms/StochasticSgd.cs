using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>
/// Gradient descent by pulse trains: signals of the forward and backward pass are read as the means of Bernoulli trains, and the update
/// is the coincidence of two trains at each cross-point.
/// </summary>
/// <remarks>
/// A. V. Babu, B. Rajendran, ICECS 2017. With probabilities C_x |x| and C_d |d|, BL slots and a step b a coincidence, the mean update is
/// BL b C_x C_d x d, so that C_x C_d = η / (BL b) gives η x d (T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333, 2016).
/// </remarks>
public sealed class StochasticSgd : IWeightMatrix
{
    /// <summary>The longest train at inference, in slots.</summary>
    public const int MaxInferenceBitLength = 256;

    // An error this small moves nothing, and its reciprocal would be infinite.
    private const float SmallestError = 1e-35f;

    private readonly ICrosspointArray array;
    private readonly Options options;
    private readonly ulong seed;
    private readonly int id;
    private readonly LineTrains rows;
    private readonly LineTrains columns;
    private readonly float[] decodedRows;
    private readonly float[] decodedColumns;
    private int inferenceBitLength;

    /// <summary>How signals are coded, and when devices are reset.</summary>
    public sealed record Options
    {
        /// <summary>BL, slots of a train in training, 1 to <see cref="PulseTrains.MaxBitLength"/>.</summary>
        public int BitLength { get; init; } = 10;

        /// <summary>Slots of a train at inference, at most <see cref="MaxInferenceBitLength"/>; 0 reads exactly.</summary>
        public int InferenceBitLength { get; init; } = 10;

        /// <summary>Whether training reads exactly and only the update is coded.</summary>
        public bool ExactPasses { get; init; }

        /// <summary>Whether errors are scaled by their largest magnitude before the backward pass codes them, and back behind it.</summary>
        public bool NoiseManagement { get; init; } = true;

        /// <summary>Whether C_x and C_d are shifted so that rows and columns pulse equally often at their maxima.</summary>
        public bool UpdateManagement { get; init; }

        /// <summary>Whether the update's trains are shortened to the slots that the largest input and error need.</summary>
        public bool BitLengthManagement { get; init; }

        /// <summary>Images from one reset of the array to the next; 0 for never.</summary>
        public int ResetEvery { get; init; }
    }

    /// <summary>Puts the algorithm over an array.</summary>
    /// <param name="array">The cross-points.</param>
    /// <param name="options">Coding and reset.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the array in its network, from 1; it keeps the random numbers of arrays apart.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public StochasticSgd(ICrosspointArray array, Options options, ulong seed, int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.InferenceBitLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.InferenceBitLength, MaxInferenceBitLength);
        ArgumentOutOfRangeException.ThrowIfNegative(options.ResetEvery);
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        this.array = array;
        this.options = options;
        this.seed = seed;
        this.id = id;
        InferenceBitLength = options.InferenceBitLength;
        rows = new LineTrains(Inputs, Math.Max(options.BitLength, MaxInferenceBitLength));
        columns = new LineTrains(Outputs, options.BitLength);
        decodedRows = new float[Inputs];
        decodedColumns = new float[Outputs];
    }

    /// <inheritdoc/>
    public int Inputs => array.Weights.Inputs;

    /// <inheritdoc/>
    public int Outputs => array.Weights.Outputs;

    /// <inheritdoc/>
    public PaddedMatrix Weights => array.Weights;

    /// <inheritdoc/>
    public ArrayCounters Counters => array.Counters;

    /// <summary>Slots of a train at inference, at most <see cref="MaxInferenceBitLength"/>; 0 reads exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int InferenceBitLength
    {
        get => inferenceBitLength;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxInferenceBitLength);
            inferenceBitLength = value;
        }
    }

    /// <inheritdoc/>
    public void Program(PaddedMatrix weights) => array.Program(weights);

    /// <inheritdoc/>
    /// <remarks>x is replaced by sign(x) Binomial(BL, min(1, |x|)) / BL.</remarks>
    public void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment)
    {
        int bitLength = moment.Phase != Phase.Train ? InferenceBitLength : options.ExactPasses ? 0 : options.BitLength;
        if (bitLength == 0)
        {
            MatVec.Forward(Weights, x, y);
            return;
        }

        rows.Draw(moment.Address(seed, id, Purpose.Forward), x, 1, bitLength);
        rows.Decode(1f / bitLength, decodedRows);
        MatVec.Forward(Weights, decodedRows, y);
    }

    /// <inheritdoc/>
    /// <remarks>d is replaced by m sign(d) Binomial(BL, |d| / m) / BL with m = max |d|, or m = 1 without noise management.</remarks>
    public void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment)
    {
        if (options.ExactPasses)
        {
            MatVec.Backward(Weights, d, z);
            return;
        }

        float scale = options.NoiseManagement ? MaxMagnitude(d) : 1;
        if (scale < SmallestError)
        {
            z.Clear();
            return;
        }

        columns.Draw(moment.Address(seed, id, Purpose.Backward), d, 1 / scale, options.BitLength);
        columns.Decode(scale / options.BitLength, decodedColumns);
        MatVec.Backward(Weights, decodedColumns, z);
    }

    /// <inheritdoc/>
    /// <remarks>Fresh trains; every <see cref="Options.ResetEvery"/>-th image the array is reset behind the update.</remarks>
    public void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment)
    {
        if (!(rate >= 0 && float.IsFinite(rate)))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"rate: expected a finite number of at least 0, got {rate}.");
        }

        PulseCoding coding = PulseCoding.Of(
            x, d, rate, array.MinStep, options.BitLength, options.UpdateManagement, options.BitLengthManagement);
        if (coding.Pulses)
        {
            columns.Draw(moment.Address(seed, id, Purpose.UpdateColumns), d, coding.ColumnGain, coding.BitLength);
            if (rows.DrawAgainst(columns, moment.Address(seed, id, Purpose.UpdateRows), x, coding.RowGain))
            {
                array.Pulse(rows, columns, moment.Address(seed, id, Purpose.UpdateNoise));
            }
        }

        if (options.ResetEvery > 0 && (moment.Step + 1) % (ulong)options.ResetEvery == 0)
        {
            array.Reset(moment.Address(seed, id, Purpose.ResetNoise));
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => array.Save(writer);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => array.Load(reader);

    // A largest magnitude is exact in any order.
    private static float MaxMagnitude(ReadOnlySpan<float> v) => v.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(v));
}
