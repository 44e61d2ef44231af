using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array of devices that are stepped by pulses, each drawn once.</summary>
public abstract class PulsedArray : ICrosspointArray
{
    private readonly int states;

    private protected PulsedArray(DeviceTable devices, float minStep, int states)
    {
        Require.Positive(nameof(minStep), minStep);
        Devices = devices;
        Weights = new PaddedMatrix(devices.Up.Inputs, devices.Up.Outputs);
        MinStep = minStep;
        this.states = states;
        Settle();
    }

    /// <summary>The devices: drawn once, not to be changed.</summary>
    public DeviceTable Devices { get; }

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <inheritdoc/>
    public float MinStep { get; }

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <inheritdoc/>
    public void Program(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Weights, weights);
        Require.NoNaN(nameof(weights), weights);
        weights.Padded.CopyTo(Weights.Padded);
        Settle();
    }

    /// <inheritdoc/>
    public abstract void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at);

    /// <inheritdoc/>
    public void Reset(in RandomAddress at)
    {
    }

    /// <inheritdoc/>
    /// <remarks>The devices themselves are drawn anew from their address.</remarks>
    public void Save(BinaryWriter writer)
    {
        MatrixState.Save(writer, Weights);
        Counters.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        MatrixState.Load(reader, Weights);
        Settle();
        Counters.Load(reader);
    }

    // Every weight to where its device can be: a pulse keeps it there.
    private void Settle()
    {
        Span<float> w = Weights.Padded, low = Devices.Low.Padded, high = Devices.High.Padded;
        for (int place = 0; place < w.Length; place++)
        {
            w[place] = Math.Clamp(w[place], low[place], high[place]);
            if (states > 0)
            {
                w[place] = FiniteLevels.Nearest(w[place], low[place], high[place], states - 1);
            }
        }
    }
}

/// <summary>An array of devices of one type, pulsed one coincidence after the other.</summary>
/// <typeparam name="TDevice">What a pulse does.</typeparam>
public sealed class PulsedArray<TDevice> : PulsedArray, IRowPulsed
    where TDevice : struct, IPulsedDevice
{
    private readonly TDevice device;
    private readonly PulsedUpdater updater;
    private readonly RowPulser rowPulser = new();
    private readonly float sigma;
    private readonly PulseNoiseKind noise;

    /// <summary>Makes an array of zero weights, or of those nearest to it that its devices can hold.</summary>
    /// <param name="device">What a pulse does to the devices.</param>
    /// <param name="table">The devices, of the same shape.</param>
    /// <param name="minStep">Mean weight change of one pulse at zero weight, in weight units, above 0.</param>
    /// <param name="sigma">Deviation of a step from cycle to cycle, as a fraction of it, at least 0.</param>
    /// <param name="noise">How the noise of several pulses of one update is drawn.</param>
    /// <param name="states">Levels that the devices round to; 0 for a continuous state.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the devices are of another shape.</exception>
    public PulsedArray(
        TDevice device, DeviceTable table, float minStep, float sigma, PulseNoiseKind noise = PulseNoiseKind.EachPulse, int states = 0)
        : base(table, minStep, states)
    {
        Require.NotNegative(nameof(sigma), sigma);
        if (noise is not (PulseNoiseKind.EachPulse or PulseNoiseKind.Aggregated))
        {
            throw new ArgumentOutOfRangeException(nameof(noise), noise, $"noise: expected a kind of 0 or 1, got {(int)noise}.");
        }

        if (device.Shape != (Weights.Inputs, Weights.Outputs))
        {
            throw new ArgumentException(
                $"device: expected shape [{Weights.Inputs}, {Weights.Outputs}], got [{device.Shape.Inputs}, {device.Shape.Outputs}].",
                nameof(device));
        }

        updater = new PulsedUpdater(Weights.Inputs, Weights.Outputs);
        this.device = device;
        this.sigma = sigma;
        this.noise = noise;
    }

    /// <inheritdoc/>
    public override void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        Require.Fit(Weights, rows, columns);
        Counters.Coincidences += updater.Apply(device, Weights, rows, columns, sigma, noise, at, out long events);
        Counters.Events += events;
    }

    /// <inheritdoc/>
    public void PulseRow(int row, ReadOnlySpan<float> signals, float threshold, bool negate, in RandomAddress at)
    {
        int pulses = rowPulser.Apply(device, Weights, row, signals, threshold, negate, sigma, at);
        Counters.Coincidences += pulses;
        Counters.Events += pulses;
    }
}
