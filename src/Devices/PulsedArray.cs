using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array of devices of one type, pulsed one coincidence after the other.</summary>
/// <typeparam name="TDevice">What a pulse does.</typeparam>
public sealed class PulsedArray<TDevice> : IRowPulsed
    where TDevice : struct, IPulsedDevice
{
    private readonly TDevice device;
    private readonly PulsedUpdater updater;
    private readonly RowPulser rowPulser = new();
    private readonly float sigma;
    private readonly float bound;
    private readonly PulseNoiseKind noise;

    /// <summary>Makes an array of zero weights.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="device">Its devices, of the same shape.</param>
    /// <param name="minStep">Mean weight change of one pulse at zero weight, in weight units, above 0.</param>
    /// <param name="bound">Largest magnitude of a weight, in weight units, above 0; infinity for none.</param>
    /// <param name="sigma">Deviation of a step from cycle to cycle, as a fraction of it, at least 0.</param>
    /// <param name="noise">How the noise of several pulses of one update is drawn.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the devices are of another shape.</exception>
    public PulsedArray(
        int inputs, int outputs, TDevice device, float minStep, float bound, float sigma, PulseNoiseKind noise = PulseNoiseKind.EachPulse)
    {
        Require.Positive(nameof(minStep), minStep);
        Require.NotNegative(nameof(sigma), sigma);
        Require.Bound(nameof(bound), bound);
        if (noise is not (PulseNoiseKind.EachPulse or PulseNoiseKind.Aggregated))
        {
            throw new ArgumentOutOfRangeException(nameof(noise), noise, $"noise: expected a kind of 0 or 1, got {(int)noise}.");
        }

        Weights = new PaddedMatrix(inputs, outputs);
        if (device.Shape != (inputs, outputs))
        {
            throw new ArgumentException(
                $"device: expected shape [{inputs}, {outputs}], got [{device.Shape.Inputs}, {device.Shape.Outputs}].", nameof(device));
        }

        updater = new PulsedUpdater(inputs, outputs);
        MinStep = minStep;
        this.device = device;
        this.bound = bound;
        this.sigma = sigma;
        this.noise = noise;
    }

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
        Clip();
    }

    /// <inheritdoc/>
    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at)
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
        Clip();
        Counters.Load(reader);
    }

    // A pulse keeps a weight within its bounds that is there already.
    private void Clip()
    {
        foreach (ref float w in Weights.Padded)
        {
            w = Math.Clamp(w, -bound, bound);
        }
    }
}
