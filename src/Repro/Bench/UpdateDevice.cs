using Crosspoint.Devices;

namespace Crosspoint.Repro.Bench;

/// <summary>A device whose pulsed update is measured.</summary>
/// <param name="Name">As in the names of rows.</param>
/// <param name="BytesHeld">Bytes of one cross-point that a pulse reads: its weight and what the array keeps beside it; 0 where no roofline is told.</param>
/// <param name="Array">Makes an array of so many inputs and outputs.</param>
/// <param name="Loop">Makes the same as a plain loop.</param>
/// <param name="IsNoisy">Whether each pulse takes a normal number of its own.</param>
/// <param name="BytesWritten">Bytes of one cross-point that a pulse writes.</param>
/// <param name="Law">Steps so many vectors of weights; <see langword="null"/> where that is not measured.</param>
internal sealed record UpdateDevice(
    string Name, int BytesHeld, Func<int, int, ICrosspointArray> Array, Func<UpdateSignals, Action> Loop, bool IsNoisy = false,
    int BytesWritten = sizeof(float), Action<int>? Law = null)
{
    /// <summary>update/DEVICE/ROWSxCOLS/CASE: a whole update, drawing the trains included.</summary>
    /// <param name="outputs">Rows, as the papers count.</param>
    /// <param name="inputs">Columns.</param>
    /// <param name="signals">One of the cases of <see cref="UpdateSignals"/>.</param>
    /// <param name="goal">Nanoseconds a cross-point on the processor of reference.</param>
    /// <param name="plain">Whether the plain loop is measured beside it.</param>
    public BenchRow Row(int outputs, int inputs, string signals, double? goal = null, bool plain = true) => new()
    {
        Name = $"update/{Name}/{outputs}x{inputs}/{signals}",
        Unit = "ns/cross-point",
        Operations = (double)outputs * inputs,
        CrossPoints = 1,
        WorkingSet = (double)outputs * inputs * BytesHeld,
        BytesMoved = signals == "sparse" || BytesHeld == 0 ? 0 : (double)outputs * inputs * (BytesHeld + BytesWritten),
        Goal = goal is { } limit ? new Goal(limit, Bound.Compute) : null,
        Prepare = () =>
        {
            UpdateSignals given = UpdateSignals.Of(signals, outputs, inputs);
            UpdateCase update = new(Array(inputs, outputs), given);
            return new BenchCase(update.Run)
            {
                Loop = plain ? Loop(given) : null,
                Limit = goal is null ? null : new UpdateLimit(given, IsNoisy, BytesHeld > sizeof(float), Law).Run,
                Coincidences = () => update.Coincidences,
            };
        },
    };
}
