using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>The response of single devices to trains of equal pulses, as a device physicist measures it.</summary>
public static class PulseMeasurement
{
    private const ulong NoiseStream = 3;

    /// <summary>Pulses every device of one row of an array, one pulse at a time: some up, then some down, and again.</summary>
    /// <param name="array">An array of one input line; each output line is a device.</param>
    /// <param name="seed">Seed of the cycle-to-cycle noise.</param>
    /// <param name="up">Up pulses in one round, at least 0.</param>
    /// <param name="down">Down pulses in one round, at least 0.</param>
    /// <param name="repeat">Rounds, at least 1.</param>
    /// <returns>Weights before the first and behind every pulse, in weight units, shape [devices, (up + down) repeat + 1].</returns>
    /// <exception cref="ArgumentException">The array has another number of rows, or a number is out of range.</exception>
    public static float[,] Trace(ICrosspointArray array, ulong seed, int up, int down, int repeat)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(up);
        ArgumentOutOfRangeException.ThrowIfNegative(down);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeat, 1);
        if (array.Weights.Inputs != 1)
        {
            throw new ArgumentException($"array: expected 1 input line, got {array.Weights.Inputs}.", nameof(array));
        }

        int devices = array.Weights.Outputs;
        float[,] weights = new float[devices, checked(((up + down) * repeat) + 1)];
        LineTrains row = new(1, 1), columns = new(devices, 1);
        float[] ones = new float[devices];
        Array.Fill(ones, 1f);
        columns.Draw(default, ones, 1, 1);
        Record(array, weights, 0);
        for (int pulse = 0; pulse < weights.GetLength(1) - 1; pulse++)
        {
            bool isUp = pulse % (up + down) < up;
            row.Draw(default, [isUp ? 1 : -1], 1, 1);
            array.Pulse(row, columns, new RandomAddress(seed, NoiseStream, (ulong)pulse));
            Record(array, weights, pulse + 1);
        }

        return weights;
    }

    private static void Record(ICrosspointArray array, float[,] weights, int pulse)
    {
        ReadOnlySpan<float> now = array.Weights.Row(0);
        for (int device = 0; device < now.Length; device++)
        {
            weights[device, pulse] = now[device];
        }
    }
}
