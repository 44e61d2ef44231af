using System.Numerics;

namespace Crosspoint.Repro.Bench;

/// <summary>What one cross-point of a plain update does with its pulses.</summary>
internal interface IPlainDevice
{
    /// <summary>Applies pulses to the cross-point at one place.</summary>
    /// <param name="place">Row times columns plus column.</param>
    /// <param name="pulses">At least 1.</param>
    /// <param name="up">Whether they are up pulses.</param>
    void Pulse(int place, int pulses, bool up);
}

/// <summary>A pulsed update as one would write it without the library: trains slot by slot, then every cross-point in turn.</summary>
/// <typeparam name="TDevice">A struct, so that the loop is compiled for it.</typeparam>
internal sealed class PlainUpdate<TDevice>(TDevice device, UpdateSignals signals)
    where TDevice : struct, IPlainDevice
{
    private readonly Random random = new(1);
    private readonly uint[] rows = new uint[signals.X.Length];
    private readonly uint[] columns = new uint[signals.D.Length];
    private bool flip;

    public void Run()
    {
        flip = !flip;
        PlainRandom.Trains(random, signals.X, signals.BitLength, rows);
        PlainRandom.Trains(random, signals.D, signals.BitLength, columns);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < columns.Length; j++)
            {
                int pulses = BitOperations.PopCount(rows[i] & columns[j]);
                if (pulses > 0)
                {
                    device.Pulse((i * columns.Length) + j, pulses, signals.X[i] * signals.D[j] > 0 != flip);
                }
            }
        }
    }
}
