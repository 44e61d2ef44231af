using Crosspoint.Kernels;
using Crosspoint.Tests;

namespace Crosspoint.Devices.Tests;

/// <summary>Row and column trains of one update, with the coincidences of a cross-point counted slot by slot.</summary>
internal sealed class Trains
{
    public Trains(Random random, int inputs, int outputs, int slots, float gain)
    {
        Rows = new LineTrains(inputs, slots);
        Columns = new LineTrains(outputs, slots);
        Rows.Draw(new RandomAddress((ulong)random.NextInt64(), 1, 0), random.Signals(inputs), gain, slots);
        Columns.Draw(new RandomAddress((ulong)random.NextInt64(), 2, 0), random.Signals(outputs), gain, slots);
    }

    public LineTrains Rows { get; }

    public LineTrains Columns { get; }

    public int Coincidences(int i, int j)
    {
        int n = 0;
        for (int slot = 0; slot < Rows.BitLength; slot++)
        {
            uint row = Rows.Words[(slot / 32 * Rows.Lines) + i] >> (slot % 32);
            uint column = Columns.Words[(slot / 32 * Columns.Lines) + j] >> (slot % 32);
            n += (int)(row & column & 1);
        }

        return n;
    }
}
