using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>Mixed precision: weights on one array, their gradients accumulated digitally and handed over as whole pulses.</summary>
/// <remarks>
/// S. R. Nandakumar et al., Front. Neurosci. 14:406 (2020). For each sample
/// <code>
/// y = C x;  z = Cᵀ δ
/// χ += η x δᵀ in floating point
/// every n_s updates:
///     p = χ[t] / ε rounded towards zero, at most the largest number of pulses
///     C[t] takes |p| pulses of sign p;  χ[t] -= p ε
///     t = (t + 1) mod n
/// </code>
/// ε is the mean step of a device at zero weight. The learning rate is that of the logical weights: η is it over the scale of the tile.
/// </remarks>
public sealed class MixedPrecision : IWeightMatrix
{
    // Each of several pulses at one moment has random numbers of its own.
    private const int MostPulses = 250;

    private readonly AnalogTile tile;
    private readonly PaddedMatrix weights;
    private readonly float[] scaled;
    private readonly Options options;
    private readonly ulong seed;
    private readonly int id;
    private readonly TransferCursor cursor;
    private readonly PaddedMatrix chi;
    private readonly float[] pulses;
    private readonly float[] signs;

    /// <summary>Transfers of mixed precision.</summary>
    public sealed record Options
    {
        /// <summary>n_s, updates from the transfer of one row to that of the next, at least 1.</summary>
        public int Every { get; init; } = 1;

        /// <summary>The most pulses that a cross-point receives in one transfer, 1 to 250; what is left stays in χ.</summary>
        public int LargestPulses { get; init; } = 31;
    }

    /// <summary>Puts the algorithm over an array.</summary>
    /// <param name="array">The cross-points.</param>
    /// <param name="periphery">Converters, noise and scale.</param>
    /// <param name="options">Transfers.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the matrix in its network, from 1; it keeps the random numbers of matrices apart.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public MixedPrecision(ICrosspointArray array, AnalogTile.Options periphery, Options options, ulong seed, int id)
    {
        Require.AtLeast(nameof(Options.Every), 1, options.Every);
        Require.InRange(nameof(Options.LargestPulses), 1, MostPulses, options.LargestPulses);
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        tile = new AnalogTile(array, periphery);
        weights = new PaddedMatrix(Inputs, Outputs);
        scaled = new float[Outputs];
        this.options = options;
        this.seed = seed;
        this.id = id;
        cursor = new TransferCursor(options.Every, Inputs);
        chi = new PaddedMatrix(Inputs, Outputs);
        pulses = new float[Outputs];
        signs = new float[Outputs];
    }

    /// <inheritdoc/>
    public int Inputs => tile.Inputs;

    /// <inheritdoc/>
    public int Outputs => tile.Outputs;

    /// <inheritdoc/>
    /// <remarks>A copy as of now, in logical units; taken anew each time.</remarks>
    public PaddedMatrix Weights
    {
        get
        {
            tile.Weights(weights);
            return weights;
        }
    }

    /// <inheritdoc/>
    public ArrayCounters Counters => tile.Array.Counters;

    /// <inheritdoc/>
    /// <remarks>What had accumulated is forgotten.</remarks>
    public void Program(PaddedMatrix weights)
    {
        tile.Program(weights);
        chi.Padded.Clear();
        cursor.Restart();
    }

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment) => tile.Forward(x, y, At(moment, 0));

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment) => tile.Backward(d, z, At(moment, 0));

    /// <inheritdoc/>
    public void Forward(PaddedMatrix x, PaddedMatrix y, int steps, Moment moment) => tile.Forward(x, y, steps, At(moment, 0));

    /// <inheritdoc/>
    public void Backward(PaddedMatrix d, PaddedMatrix z, int steps, Moment moment) => tile.Backward(d, z, steps, At(moment, 0));

    /// <inheritdoc/>
    public void BeginBackward(PaddedMatrix d, int known, int asked, PaddedMatrix z, int n, Moment moment) =>
        tile.BeginBackward(d, known, asked, z, n, At(moment, 0));

    /// <inheritdoc/>
    public void EndBackward(PaddedMatrix d, int known, PaddedMatrix z, int steps, Moment moment) => tile.EndBackward(d, known, z, steps, At(moment, 0));

    /// <inheritdoc/>
    public void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment)
    {
        Require.NotNegative(nameof(rate), rate);
        TensorPrimitives.Divide(d, tile.OutputScales, scaled);
        MatVec.AddOuter(chi, rate, x, scaled);
        if (!cursor.CountUpdate())
        {
            return;
        }

        int t = cursor.Line, most = TakeWholePulses(chi.Row(t));
        for (int n = 0; n < most; n++)
        {
            for (int j = 0; j < signs.Length; j++)
            {
                signs[j] = MathF.Abs(pulses[j]) > n ? pulses[j] : 0;
            }

            tile.PulseRow(t, signs, At(moment, 1 + n));
        }

        cursor.Advance();
    }

    /// <inheritdoc/>
    public IEnumerable<StatePlane> Planes =>
        [new("weights", "weight", Weights), .. tile.Array.Planes.Select(plane => plane with { Name = "array." + plane.Name }), new("chi", "array weight", chi)];

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        tile.Save(writer);
        cursor.Save(writer);
        MatrixState.Save(writer, chi);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        tile.Load(reader);
        cursor.Load(reader);
        MatrixState.Load(reader, chi);
        Require.StoredNumbers("chi", chi);
    }

    // p of every cross-point of a row, taken off χ; returns the largest |p|.
    private int TakeWholePulses(Span<float> row)
    {
        float epsilon = tile.Array.MinStep, largest = options.LargestPulses, most = 0;
        for (int j = 0; j < row.Length; j++)
        {
            float p = Math.Clamp(MathF.Truncate(row[j] / epsilon), -largest, largest);
            row[j] = MathF.FusedMultiplyAdd(-p, epsilon, row[j]);
            pulses[j] = p;
            most = MathF.Max(most, MathF.Abs(p));
        }

        return (int)most;
    }

    private RandomAddress At(Moment moment, int tileNumber) => moment.Tile(seed, id, tileNumber);
}
