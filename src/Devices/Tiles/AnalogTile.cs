using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <summary>An array behind its periphery: read both ways through converters and noise, updated by pulse trains.</summary>
/// <remarks>
/// Everything above works in logical weights: logical weight = <see cref="Options.Scale"/> times array weight, a digital factor (M. J. Rasch,
/// T. Gokmen, W. Haensch, IEEE Des. Test 37(2), 2020). Each operation takes the address of its random numbers, whose stream has its low eight
/// bits zero; the tile tells its purposes apart by them. Made once; no operation allocates.
/// </remarks>
public sealed class AnalogTile
{
    private readonly Options options;
    private readonly AnalogReader reader;
    private readonly AnalogReader transferReader;
    private readonly LineTrains rows;
    private readonly LineTrains columns;
    private readonly float[] oneHot;

    /// <summary>Periphery and pulse scheme of a tile.</summary>
    public sealed record Options
    {
        /// <summary>The periphery from rows to columns, in array weight units.</summary>
        public ReadParameters Forward { get; init; } = new();

        /// <summary>The periphery from columns to rows, in array weight units.</summary>
        public ReadParameters Backward { get; init; } = new();

        /// <summary>The periphery of reads of one line, in array weight units.</summary>
        public ReadParameters Transfer { get; init; } = new();

        /// <summary>Logical weight over array weight, above 0.</summary>
        public float Scale { get; init; } = 1;

        /// <summary>How an update reaches the devices.</summary>
        public PulseScheme Scheme { get; init; } = PulseScheme.Stochastic;

        /// <summary>BL: slots of a train; with <see cref="BitLengthManagement"/> the most there may be. 1 to <see cref="PulseTrains.MaxBitLength"/>.</summary>
        public int BitLength { get; init; } = 31;

        /// <summary>Whether row and column gains are shifted so that both sides pulse equally often at their maxima.</summary>
        public bool UpdateManagement { get; init; } = true;

        /// <summary>Whether trains are shortened to the slots that the largest input and error need.</summary>
        public bool BitLengthManagement { get; init; } = true;
    }

    private enum Purpose
    {
        Forward = 32,
        Backward,
        Transfer,
        UpdateRows,
        UpdateColumns,
        UpdateNoise,
        LineNoise,
    }

    /// <summary>Puts a periphery around an array.</summary>
    /// <param name="array">The cross-points.</param>
    /// <param name="options">Periphery and pulse scheme.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public AnalogTile(ICrosspointArray array, Options options)
    {
        Require.Positive(nameof(options.Scale), options.Scale);
        Array = array;
        this.options = options;
        reader = new AnalogReader(Inputs, Outputs, options.Forward, options.Backward);
        transferReader = new AnalogReader(Inputs, Outputs, options.Transfer, options.Transfer);
        rows = new LineTrains(Inputs, options.BitLength);
        columns = new LineTrains(Outputs, options.BitLength);
        oneHot = new float[Math.Max(Inputs, Outputs)];
    }

    /// <summary>The cross-points.</summary>
    public ICrosspointArray Array { get; }

    /// <summary>Number of input lines.</summary>
    public int Inputs => Array.Weights.Inputs;

    /// <summary>Number of output lines.</summary>
    public int Outputs => Array.Weights.Outputs;

    /// <summary>Logical weight over array weight.</summary>
    public float Scale => options.Scale;

    /// <summary>y[j] ≈ scale Σ_i w[i, j] x[i].</summary>
    /// <param name="x">Inputs, shape [inputs].</param>
    /// <param name="y">Receives the outputs in logical units, shape [outputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    public ReadOutcome Forward(ReadOnlySpan<float> x, Span<float> y, in RandomAddress at) =>
        Scaled(reader.Forward(Array.Weights, x, For(at, Purpose.Forward), y), y);

    /// <summary>z[i] ≈ scale Σ_j w[i, j] d[j].</summary>
    /// <param name="d">Errors, shape [outputs].</param>
    /// <param name="z">Receives the products in logical units, shape [inputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    public ReadOutcome Backward(ReadOnlySpan<float> d, Span<float> z, in RandomAddress at) =>
        Scaled(reader.Backward(Array.Weights, d, For(at, Purpose.Backward), z), z);

    /// <summary>v[j] ≈ w[i, j] x, in array units: the read of one input line, for a transfer.</summary>
    /// <param name="i">The line, 0 to inputs - 1.</param>
    /// <param name="x">The input on it.</param>
    /// <param name="v">Receives the line in array units, shape [outputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    public ReadOutcome ReadRow(int i, float x, Span<float> v, in RandomAddress at) =>
        transferReader.ForwardOneHot(Array.Weights, i, x, For(at, Purpose.Transfer), v);

    /// <summary>v[i] ≈ w[i, j] d, in array units: the read of one output line, for a transfer.</summary>
    /// <param name="j">The line, 0 to outputs - 1.</param>
    /// <param name="d">The signal on it.</param>
    /// <param name="v">Receives the line in array units, shape [inputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    public ReadOutcome ReadColumn(int j, float d, Span<float> v, in RandomAddress at) =>
        transferReader.BackwardOneHot(Array.Weights, j, d, For(at, Purpose.Transfer), v);

    /// <summary>v[j] ≈ Σ_i w[i, j] x[i], in array units: the read of many input lines at once, for a transfer.</summary>
    /// <param name="x">Inputs, shape [inputs].</param>
    /// <param name="v">Receives the sums in array units, shape [outputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    public ReadOutcome ReadRows(ReadOnlySpan<float> x, Span<float> v, in RandomAddress at) =>
        transferReader.Forward(Array.Weights, x, For(at, Purpose.Transfer), v);

    /// <summary>v[i] ≈ Σ_j w[i, j] d[j], in array units: the read of many output lines at once, for a transfer.</summary>
    /// <param name="d">Signals, shape [outputs].</param>
    /// <param name="v">Receives the sums in array units, shape [inputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    public ReadOutcome ReadColumns(ReadOnlySpan<float> d, Span<float> v, in RandomAddress at) =>
        transferReader.Backward(Array.Weights, d, For(at, Purpose.Transfer), v);

    /// <summary>w[i, j] += rate x[i] d[j] in the mean, in array units, by the pulse scheme.</summary>
    /// <param name="x">Inputs, shape [inputs].</param>
    /// <param name="d">Errors in the direction of descent, shape [outputs].</param>
    /// <param name="rate">Learning rate of the array's weights, at least 0.</param>
    /// <param name="at">Where the random numbers stand.</param>
    public void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, in RandomAddress at)
    {
        if (!(rate >= 0 && float.IsFinite(rate)))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"rate: expected a finite number of at least 0, got {rate}.");
        }

        if (options.Scheme == PulseScheme.Exact)
        {
            MatVec.AddOuter(Array.Weights, rate, x, d);
            return;
        }

        PulseCoding coding = PulseCoding.Of(
            x, d, rate, Array.MinStep, options.BitLength, options.UpdateManagement, options.BitLengthManagement);
        if (!coding.Pulses)
        {
            return;
        }

        columns.Draw(For(at, Purpose.UpdateColumns), d, coding.ColumnGain, coding.BitLength);
        if (rows.DrawAgainst(columns, For(at, Purpose.UpdateRows), x, coding.RowGain))
        {
            Array.Pulse(rows, columns, For(at, Purpose.UpdateNoise));
        }
    }

    /// <summary>One pulse to every cross-point of an input line where a sign is given: up above 0, down below, none at 0.</summary>
    /// <param name="i">The line, 0 to inputs - 1.</param>
    /// <param name="signs">Signs, shape [outputs].</param>
    /// <param name="at">Where the noise stands.</param>
    public void PulseRow(int i, ReadOnlySpan<float> signs, in RandomAddress at)
    {
        columns.Fire(signs);
        Span<float> line = oneHot.AsSpan(0, Inputs);
        line[i] = 1;
        rows.Fire(line);
        line[i] = 0;
        Array.Pulse(rows, columns, For(at, Purpose.LineNoise));
    }

    /// <summary>One pulse to every cross-point of an output line where a sign is given: up above 0, down below, none at 0.</summary>
    /// <param name="j">The line, 0 to outputs - 1.</param>
    /// <param name="signs">Signs, shape [inputs].</param>
    /// <param name="at">Where the noise stands.</param>
    public void PulseColumn(int j, ReadOnlySpan<float> signs, in RandomAddress at)
    {
        rows.Fire(signs);
        Span<float> line = oneHot.AsSpan(0, Outputs);
        line[j] = 1;
        columns.Fire(line);
        line[j] = 0;
        Array.Pulse(rows, columns, For(at, Purpose.LineNoise));
    }

    private static RandomAddress For(in RandomAddress at, Purpose purpose) => at with { Stream = at.Stream | (ulong)purpose };

    private ReadOutcome Scaled(ReadOutcome outcome, Span<float> y)
    {
        if (options.Scale != 1)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(y, options.Scale, y);
        }

        return outcome;
    }
}
