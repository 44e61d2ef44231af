using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>Stochastic gradient descent on one array: read through its periphery both ways, updated in place by pulses.</summary>
/// <remarks>
/// T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016); T. Gokmen, M. Onen, W. Haensch, Front. Neurosci. 11:538 (2017). The learning rate is
/// that of the logical weights, so that one rate means the same to it and to <see cref="DigitalSgd"/>: the array moves by η / scale x dᵀ.
/// </remarks>
public sealed class PulsedSgd : IWeightMatrix
{
    private readonly AnalogTile tile;
    private readonly PaddedMatrix weights;
    private readonly float[] scaled;
    private readonly ulong seed;
    private readonly int id;

    /// <summary>Puts the algorithm over an array.</summary>
    /// <param name="array">The cross-points.</param>
    /// <param name="periphery">Converters, noise and pulse scheme.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the matrix in its network, from 1; it keeps the random numbers of matrices apart.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public PulsedSgd(ICrosspointArray array, AnalogTile.Options periphery, ulong seed, int id)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        tile = new AnalogTile(array, periphery);
        weights = new PaddedMatrix(Inputs, Outputs);
        scaled = new float[Outputs];
        this.seed = seed;
        this.id = id;
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
    public void Program(PaddedMatrix weights) => tile.Program(weights);

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment) => tile.Forward(x, y, At(moment));

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment) => tile.Backward(d, z, At(moment));

    /// <inheritdoc/>
    public void Forward(PaddedMatrix x, PaddedMatrix y, int steps, Moment moment) => tile.Forward(x, y, steps, At(moment));

    /// <inheritdoc/>
    public void Backward(PaddedMatrix d, PaddedMatrix z, int steps, Moment moment) => tile.Backward(d, z, steps, At(moment));

    /// <inheritdoc/>
    public void BeginBackward(PaddedMatrix d, int known, int asked, PaddedMatrix z, int n, Moment moment) =>
        tile.BeginBackward(d, known, asked, z, n, At(moment));

    /// <inheritdoc/>
    public void EndBackward(PaddedMatrix d, int known, PaddedMatrix z, int steps, Moment moment) => tile.EndBackward(d, known, z, steps, At(moment));

    /// <inheritdoc/>
    public void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment)
    {
        Require.NotNegative(nameof(rate), rate);
        TensorPrimitives.Divide(d, tile.OutputScales, scaled);
        tile.Update(x, scaled, rate, At(moment));
    }

    /// <inheritdoc/>
    public IEnumerable<StatePlane> Planes =>
        [new("weights", "weight", Weights), .. tile.Array.Planes.Select(plane => plane with { Name = "array." + plane.Name })];

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => tile.Save(writer);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => tile.Load(reader);

    private RandomAddress At(Moment moment) => moment.Tile(seed, id, 0);
}
