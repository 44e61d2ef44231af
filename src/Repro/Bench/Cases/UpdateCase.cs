using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>One whole update of an array: trains of rows and columns are drawn, and their coincidences applied.</summary>
/// <remarks>Every other update has the opposite sign, so that the weights stay where they are on average.</remarks>
internal sealed class UpdateCase
{
    private readonly ICrosspointArray array;
    private readonly UpdateSignals signals;
    private readonly float[] negative;
    private readonly LineTrains rows;
    private readonly LineTrains columns;
    private ulong step;

    public UpdateCase(ICrosspointArray array, UpdateSignals signals)
    {
        this.array = array;
        this.signals = signals;
        negative = [.. signals.D.Select(v => -v)];
        rows = new LineTrains(signals.X.Length, signals.BitLength);
        columns = new LineTrains(signals.D.Length, signals.BitLength);
    }

    /// <summary>Coincidences a cross-point, over all updates so far.</summary>
    public double Coincidences => (double)array.Counters.Coincidences / step / signals.X.Length / signals.D.Length;

    public void Run()
    {
        rows.Draw(new RandomAddress(1, 1, step), signals.X, 1, signals.BitLength);
        columns.Draw(new RandomAddress(1, 2, step), step % 2 == 0 ? signals.D : negative, 1, signals.BitLength);
        array.Pulse(rows, columns, new RandomAddress(1, 3, step++));
    }
}
