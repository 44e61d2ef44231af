using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tests;

/// <summary>Single pulses to all devices of an array of one row.</summary>
internal sealed class FiredPulses
{
    private readonly ICrosspointArray array;
    private readonly LineTrains row = new(1, 1);
    private readonly LineTrains columns;
    private readonly ulong seed;
    private ulong step;

    public FiredPulses(ICrosspointArray array, ulong seed = 5)
    {
        this.array = array;
        this.seed = seed;
        columns = new LineTrains(array.Weights.Outputs, 1);
        float[] ones = new float[array.Weights.Outputs];
        Array.Fill(ones, 1f);
        columns.Fire(ones);
    }

    public void Fire(bool isUp, int times = 1)
    {
        row.Fire([isUp ? 1 : -1]);
        for (int n = 0; n < times; n++)
        {
            array.Pulse(row, columns, new RandomAddress(seed, 3, step++));
        }
    }

    /// <summary>The change of each device by one pulse from a weight; the weight is that of the device once programmed.</summary>
    public double[] Steps(float weight, bool isUp)
    {
        float[] before = Program(weight);
        Fire(isUp);
        return [.. array.Weights.Row(0).ToArray().Select((w, j) => w - (double)before[j])];
    }

    public float[] Program(float weight)
    {
        PaddedMatrix weights = new(1, array.Weights.Outputs);
        weights.Values.Fill(weight);
        array.Program(weights);
        return array.Weights.Row(0).ToArray();
    }
}
