using System.Numerics;
using System.Runtime.InteropServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>An array whose cross-points are cells of several devices: w = Σ_k γ_k w_k, each w_k in an array of its own.</summary>
/// <remarks>
/// <see cref="Weights"/> is true after every operation. The counters are those of the devices, summed: a coincidence that moves two devices
/// counts twice. An inner array draws from an address of its own: the upper 24 bits of the step name it, so steps stay below 2⁴⁰, and cells
/// nest three deep at most. A cell that moves a value from one device to another programs their arrays as a whole: a device that it leaves
/// alone is programmed with the weight it shows.
/// </remarks>
public abstract class CellArray : ICrosspointArray
{
    /// <summary>The most devices of a cell.</summary>
    public const int MaxDevices = 31;

    private readonly ICrosspointArray[] devices;
    private readonly float[] gains;
    private long refreshed;

    /// <summary>Joins arrays into one.</summary>
    /// <param name="devices">One array for each device of a cell, all of one shape, 1 to <see cref="MaxDevices"/>.</param>
    /// <param name="gains">γ, the weight of each device in the cell, finite.</param>
    /// <param name="minStep">The weight change of one coincidence, in weight units, above 0.</param>
    /// <exception cref="ArgumentException">Numbers or shapes do not fit.</exception>
    private protected CellArray(ICrosspointArray[] devices, float[] gains, float minStep)
    {
        Require.InRange(nameof(devices), 1, MaxDevices, devices.Length);
        Require.Positive(nameof(minStep), minStep);
        Weights = new PaddedMatrix(devices[0].Weights.Inputs, devices[0].Weights.Outputs);
        foreach (ICrosspointArray device in devices)
        {
            Require.SameShape(nameof(devices), Weights, device.Weights);
        }

        this.devices = devices;
        this.gains = gains;
        MinStep = minStep;
        Target = new PaddedMatrix(Weights.Inputs, Weights.Outputs);
        WeightsChanged();
    }

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <inheritdoc/>
    public float MinStep { get; }

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <summary>The arrays of the devices.</summary>
    public ReadOnlySpan<ICrosspointArray> Devices => devices;

    /// <summary>γ, the weight of each device in the cell.</summary>
    public ReadOnlySpan<float> Gains => gains;

    /// <summary>Room for what a device is to hold.</summary>
    private protected PaddedMatrix Target { get; }

    /// <inheritdoc/>
    public void Program(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Weights, weights);
        Require.NoNaN(nameof(weights), weights);
        ProgramDevices(weights);
        WeightsChanged();
    }

    /// <inheritdoc/>
    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        Require.Fit(Weights, rows, columns);
        PulseDevices(rows, columns, at);
        long resets = Counters.PairsReset;
        Sum();
        if (Counters.PairsReset != resets)
        {
            Compose(); // a refresh may change any cell, a pulse only those of a line that pulses
            return;
        }

        for (int i = 0; i < Weights.Inputs; i++)
        {
            if (Pulses(rows, i))
            {
                Compose(i);
            }
        }
    }

    /// <inheritdoc/>
    public void Reset(in RandomAddress at)
    {
        ResetDevices(at);
        WeightsChanged();
    }

    /// <inheritdoc/>
    public void Rest(double updates, in RandomAddress at)
    {
        for (int k = 0; k < devices.Length; k++)
        {
            devices[k].Rest(updates, CellAddress.Of(at, k));
        }

        Compose();
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.Write(devices.Length);
        writer.Write(refreshed);
        SaveCell(writer);
        foreach (ICrosspointArray device in devices)
        {
            device.Save(writer);
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count != devices.Length)
        {
            throw new InvalidDataException($"expected cells of {devices.Length} devices, got {count}");
        }

        refreshed = reader.ReadInt64();
        LoadCell(reader);
        foreach (ICrosspointArray device in devices)
        {
            device.Load(reader);
        }

        WeightsChanged();
    }

    /// <summary>Places weights in the devices.</summary>
    private protected abstract void ProgramDevices(PaddedMatrix weights);

    /// <summary>Hands the coincidences of an update on to the devices.</summary>
    private protected abstract void PulseDevices(LineTrains rows, LineTrains columns, in RandomAddress at);

    /// <summary>What a reset does; unless a cell knows better, each device does it for itself.</summary>
    private protected virtual void ResetDevices(in RandomAddress at)
    {
        for (int k = 0; k < devices.Length; k++)
        {
            devices[k].Reset(CellAddress.Of(at, k));
        }
    }

    /// <summary>Writes what a cell holds beside its devices.</summary>
    private protected virtual void SaveCell(BinaryWriter writer)
    {
    }

    /// <summary>Reads what <see cref="SaveCell"/> wrote.</summary>
    private protected virtual void LoadCell(BinaryReader reader)
    {
    }

    /// <summary>Counts cells that the cell itself has brought back into their range.</summary>
    private protected void CountRefreshed(long cells) => refreshed += cells;

    private static bool Pulses(LineTrains rows, int i)
    {
        for (int p = 0; p < rows.Planes; p++)
        {
            if (rows.Words[(p * rows.Lines) + i] != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes weights and counters those of the devices.</summary>
    private protected void WeightsChanged()
    {
        Sum();
        Compose();
    }

    /// <summary>The same where only one row has changed.</summary>
    private protected void RowChanged(int i)
    {
        Sum();
        Compose(i);
    }

    private void Sum()
    {
        (Counters.Coincidences, Counters.Events, Counters.PairsReset) = (0, 0, refreshed);
        foreach (ICrosspointArray device in devices)
        {
            Counters.Coincidences += device.Counters.Coincidences;
            Counters.Events += device.Counters.Events;
            Counters.PairsReset += device.Counters.PairsReset;
        }
    }

    private void Compose()
    {
        for (int i = 0; i < Weights.Inputs; i++)
        {
            Compose(i);
        }
    }

    // w = γ_0 w_0, then one fused multiply-add for each further device.
    private void Compose(int i)
    {
        Span<Vector<float>> w = MemoryMarshal.Cast<float, Vector<float>>(Weights.PaddedRow(i));
        w.Clear();
        for (int k = 0; k < devices.Length; k++)
        {
            ReadOnlySpan<Vector<float>> part = MemoryMarshal.Cast<float, Vector<float>>(devices[k].Weights.PaddedRow(i));
            Vector<float> gain = new(gains[k]);
            for (int v = 0; v < w.Length; v++)
            {
                w[v] = Vector.FusedMultiplyAdd(gain, part[v], w[v]);
            }
        }
    }
}
