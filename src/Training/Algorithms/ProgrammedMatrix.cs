using Crosspoint.Devices;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>Weights that were trained elsewhere, programmed into an array and read through its periphery: inference on analog hardware.</summary>
public sealed class ProgrammedMatrix : IWeightMatrix
{
    private readonly AnalogTile tile;
    private readonly PaddedMatrix weights;
    private readonly ProgrammingOptions programming;
    private readonly ulong seed;
    private readonly int id;

    /// <summary>Puts a periphery around an array.</summary>
    /// <param name="array">The cross-points.</param>
    /// <param name="periphery">Converters and noise.</param>
    /// <param name="programming">How <see cref="Program"/> brings weights into the devices: exactly, or with the errors of a real procedure.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the matrix in its network, from 1; it keeps the random numbers of matrices apart.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public ProgrammedMatrix(ICrosspointArray array, AnalogTile.Options periphery, ProgrammingOptions programming, ulong seed, int id)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        ArgumentNullException.ThrowIfNull(programming);
        tile = new AnalogTile(array, periphery);
        weights = new PaddedMatrix(tile.Inputs, tile.Outputs);
        (this.programming, this.seed, this.id) = (programming, seed, id);
    }

    /// <inheritdoc/>
    public int Inputs => tile.Inputs;

    /// <inheritdoc/>
    public int Outputs => tile.Outputs;

    /// <inheritdoc/>
    /// <remarks>What the devices hold, programming errors included; a copy as of now, in logical units, taken anew each time.</remarks>
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

    /// <summary>What the last programming came to, in array units.</summary>
    public ProgrammingReport Report { get; private set; }

    /// <inheritdoc/>
    public void Program(PaddedMatrix weights) => Report = tile.Program(weights, programming, At(new Moment(Phase.Extract, 0)));

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment) => tile.Forward(x, y, At(moment));

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment) => tile.Backward(d, z, At(moment));

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: these weights are not trained.</exception>
    public void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment) =>
        throw new NotSupportedException("weights that were programmed for inference take no updates");

    /// <inheritdoc/>
    public IEnumerable<StatePlane> Planes =>
        [new("weights", "weight", Weights), .. tile.Array.Planes.Select(plane => plane with { Name = "array." + plane.Name })];

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => tile.Save(writer);

    /// <inheritdoc/>
    public void Load(BinaryReader reader) => tile.Load(reader);

    private RandomAddress At(Moment moment) => moment.Tile(seed, id, 0);
}
