using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <summary>An array behind its periphery: read both ways through converters and noise, updated by pulses.</summary>
/// <remarks>
/// Everything above works in logical weights: logical weight = <see cref="Scale"/> times array weight, a digital factor (M. J. Rasch,
/// T. Gokmen, W. Haensch, IEEE Des. Test 37(2), 2020). Each operation takes the address of its random numbers, whose stream has its low eight
/// bits zero: the tile tells its purposes apart by them, and lines and repetitions by bits 40 and up of the step, which is to be below 2⁴⁰.
/// Made once; reads, updates and line pulses allocate nothing after the first. Not for two threads at once.
/// </remarks>
public sealed partial class AnalogTile
{
    private readonly Options options;
    private readonly AnalogReader reader;
    private readonly AnalogReader transferReader;
    private readonly LineTrains rows;
    private readonly LineTrains columns;
    private readonly TileScale scale;
    private readonly string devices;

    private enum Purpose
    {
        Forward = 32,
        Backward,
        RowRead,
        ColumnRead,
        UpdateRows,
        UpdateColumns,
        UpdateNoise,
        RowNoise,
        ColumnNoise,
        Reset,
        Programming,
        Verification,
        ReadOut,
        TransferForward,
        TransferBackward,
        Rest,
    }

    /// <summary>Puts a periphery around an array.</summary>
    /// <param name="array">The cross-points.</param>
    /// <param name="options">Periphery and pulse scheme.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public AnalogTile(ICrosspointArray array, Options options)
        : this(array, options, "")
    {
    }

    /// <summary>Makes devices and puts a periphery around them; a snapshot of the tile then tells them from all others.</summary>
    /// <param name="model">The devices.</param>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="options">Periphery and pulse scheme.</param>
    /// <param name="at">Where the numbers stand from which the devices are drawn.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public AnalogTile(DeviceModel model, int inputs, int outputs, Options options, in RandomAddress at)
        : this(model.Create(inputs, outputs, at), options, $"{model} drawn at {at}")
    {
    }

    private AnalogTile(ICrosspointArray array, Options options, string devices)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Array = array;
        this.options = options;
        this.devices = devices;
        reader = new AnalogReader(Inputs, Outputs, options.Forward, options.Backward);
        transferReader = new AnalogReader(Inputs, Outputs, options.Transfer, options.Transfer);
        rows = new LineTrains(Inputs, options.BitLength);
        columns = new LineTrains(Outputs, options.BitLength);
        scale = new TileScale(Outputs, options);
        Counters = new TileCounters(array);
        counts = new int[options.Scheme == PulseScheme.MeanCount ? Outputs : 0];
        words = new uint[counts.Length];
        lineSum = new float[Outputs];
        updated = options.Scheme == PulseScheme.Exact ? new PaddedMatrix(Inputs, Outputs) : null;
    }

    /// <summary>The cross-points.</summary>
    public ICrosspointArray Array { get; }

    /// <summary>What has been counted since the tile was made.</summary>
    public TileCounters Counters { get; }

    /// <summary>Number of input lines.</summary>
    public int Inputs => Array.Weights.Inputs;

    /// <summary>Number of output lines.</summary>
    public int Outputs => Array.Weights.Outputs;

    /// <summary>Logical weight over array weight; with <see cref="WeightScaling.PerOutput"/> the largest of <see cref="OutputScales"/>.</summary>
    public float Scale => scale.Largest;

    /// <summary>Logical weight over array weight of each output line, shape [outputs].</summary>
    public ReadOnlySpan<float> OutputScales => scale.Factors;

    private static RandomAddress For(in RandomAddress at, Purpose purpose)
    {
        TileRequire.FreePurpose(at);
        return at with { Stream = at.Stream | (ulong)purpose };
    }

    private static RandomAddress For(in RandomAddress at, Purpose purpose, long number)
    {
        TileRequire.FreePurpose(at);
        return new(at.Seed, at.Stream | (ulong)purpose, at.Step ^ ((ulong)number << 40));
    }
}
