using Crosspoint.Devices;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>A fast array A, which is updated, and a slow array C, which is read; the algorithm says how A is transferred into C.</summary>
/// <remarks>This class holds what carries the listings: tiles, buffers, state. <see cref="Update"/> of each algorithm is its listing.</remarks>
public abstract class TransferMatrix : IWeightMatrix
{
    private readonly PaddedMatrix weights;
    private readonly TransferOptions options;
    private readonly ulong seed;
    private readonly int id;

    private protected TransferMatrix(
        ICrosspointArray fast, ICrosspointArray slow, AnalogTile.Options periphery, TransferOptions options, ulong seed, int id)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        A = new AnalogTile(fast, periphery);
        C = new AnalogTile(slow, periphery);
        Require.Shape(nameof(slow), options.TurnedFast ? A.Outputs : A.Inputs, options.TurnedFast ? A.Inputs : A.Outputs, slow.Weights);
        weights = new PaddedMatrix(Inputs, Outputs);
        this.options = options;
        this.seed = seed;
        this.id = id;
        LineBuffer = new float[new PaddedMatrix(1, C.LineLength(options.By)).Stride];
        Signs = new float[LineBuffer.Length];
        Cursor = new TransferCursor(options.Every, options.TransfersOfCycle(C.Lines(options.By)));
    }

    /// <summary>The fast array A behind its periphery; of the shape [outputs, inputs] where <see cref="TransferOptions.TurnedFast"/> is set.</summary>
    public AnalogTile A { get; }

    /// <summary>The slow array C behind its periphery.</summary>
    public AnalogTile C { get; }

    /// <inheritdoc/>
    public int Inputs => C.Inputs;

    /// <inheritdoc/>
    public int Outputs => C.Outputs;

    /// <inheritdoc/>
    /// <remarks>A copy as of now of what <see cref="Forward(ReadOnlySpan{float}, Span{float}, Moment)"/> reads, in logical units; taken anew each time.</remarks>
    public PaddedMatrix Weights
    {
        get
        {
            Reads.Weights(weights);
            return weights;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Those of both arrays together, as of now.</remarks>
    public ArrayCounters Counters => ArrayCounters.Sum(A.Array.Counters, C.Array.Counters);

    /// <summary>The line to transfer next, t of the listings.</summary>
    public int NextLine => Cursor.Line;

    private protected TransferCursor Cursor { get; }

    /// <summary>v, with zeros behind the line up to a multiple of 16.</summary>
    private protected float[] LineBuffer { get; }

    /// <summary>What the digital filter fires, of the same length.</summary>
    private protected float[] Signs { get; }

    /// <summary>v without its padding.</summary>
    private protected Span<float> V => LineBuffer.AsSpan(0, LineLength);

    private protected int LineLength => C.LineLength(options.By);

    /// <summary>The tile whose weights are those of the matrix.</summary>
    private protected virtual AnalogTile Reads => C;

    /// <summary>Whether a read of the matrix is one read of <see cref="Reads"/>.</summary>
    private protected virtual bool ReadsOnce => true;

    /// <inheritdoc/>
    /// <remarks>C takes the weights; A, and all that the transfers remember, begins anew at zero.</remarks>
    public virtual void Program(PaddedMatrix weights)
    {
        C.Program(weights);
        if (!options.TurnedFast)
        {
            A.Program(weights); // so that A has the scale of C, where weights choose it
        }

        A.Array.Program(new PaddedMatrix(A.Inputs, A.Outputs));
        Cursor.Restart();
        Restart();
    }

    /// <inheritdoc/>
    public virtual void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment) => C.Forward(x, y, OfC(moment));

    /// <inheritdoc/>
    public virtual void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment) => C.Backward(d, z, OfC(moment));

    /// <inheritdoc/>
    public void Forward(PaddedMatrix x, PaddedMatrix y, int steps, Moment moment)
    {
        if (ReadsOnce)
        {
            Reads.Forward(x, y, steps, OfC(moment));
            return;
        }

        for (int n = 0; n < steps; n++)
        {
            Forward(x.Row(n), y.Row(n), moment.Later(n));
        }
    }

    /// <inheritdoc/>
    public void Backward(PaddedMatrix d, PaddedMatrix z, int steps, Moment moment)
    {
        if (ReadsOnce)
        {
            Reads.Backward(d, z, steps, OfC(moment));
            return;
        }

        for (int n = 0; n < steps; n++)
        {
            Backward(d.Row(n), z.Row(n), moment.Later(n));
        }
    }

    /// <inheritdoc/>
    public void BeginBackward(PaddedMatrix d, int known, int asked, PaddedMatrix z, int n, Moment moment)
    {
        if (ReadsOnce)
        {
            Reads.BeginBackward(d, known, asked, z, n, OfC(moment));
            return;
        }

        Backward(d.Row(n), z.Row(n), moment);
    }

    /// <inheritdoc/>
    public void EndBackward(PaddedMatrix d, int known, PaddedMatrix z, int steps, Moment moment)
    {
        if (ReadsOnce)
        {
            Reads.EndBackward(d, known, z, steps, OfC(moment));
        }
    }

    /// <inheritdoc/>
    public abstract void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment);

    /// <inheritdoc/>
    public IEnumerable<StatePlane> Planes =>
    [
        new("weights", "weight", Weights),
        .. C.Array.Planes.Select(plane => plane with { Name = "c." + plane.Name }),
        .. A.Array.Planes.Select(plane => plane with { Name = "a." + plane.Name }),
        .. Memory,
    ];

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        A.Save(writer);
        C.Save(writer);
        Cursor.Save(writer);
        SaveMemory(writer);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        A.Load(reader);
        C.Load(reader);
        Cursor.Load(reader);
        LoadMemory(reader);
    }

    /// <summary>Forgets what the algorithm keeps beside the arrays and the cursor.</summary>
    private protected abstract void Restart();

    /// <summary>What the algorithm keeps beside the arrays.</summary>
    private protected virtual IEnumerable<StatePlane> Memory => [];

    /// <summary>Writes what the algorithm keeps beside the arrays and the cursor.</summary>
    private protected abstract void SaveMemory(BinaryWriter writer);

    /// <summary>Reads what <see cref="SaveMemory"/> wrote.</summary>
    private protected abstract void LoadMemory(BinaryReader reader);

    /// <summary>η_a of an update, of the array.</summary>
    private protected float FastRate(float rate) => options.ScheduleFastRate ? options.FastRate * rate : options.FastRate;

    /// <summary>η_c of an update.</summary>
    private protected float TransferRate(float rate)
    {
        Require.NotNegative(nameof(rate), rate);
        return options.TransferRate * rate;
    }

    /// <summary>A += η x δᵀ by pulses, in the layout of A.</summary>
    private protected void UpdateFast(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment)
    {
        if (options.TurnedFast)
        {
            A.Update(d, x, rate, OfA(moment));
        }
        else
        {
            A.Update(x, d, rate, OfA(moment));
        }
    }

    /// <summary>v = the line t of A, by reads through converters and noise.</summary>
    private protected void ReadFast(int t, Moment moment) =>
        A.ReadLine(options.TurnedFast == (options.By == TransferBy.Row) ? TransferBy.Column : TransferBy.Row, t, V, OfA(moment));

    private protected RandomAddress OfA(Moment moment) => moment.Tile(seed, id, 0);

    private protected RandomAddress OfC(Moment moment) => moment.Tile(seed, id, 1);

    /// <summary>Where the random numbers of an algorithm stand that belong to no array.</summary>
    private protected RandomAddress OfChoppers(Moment moment) => moment.Tile(seed, id, 2);
}
