using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array whose rows can be pulsed at once, each cross-point in a direction of its own: the write of a sign rule.</summary>
/// <remarks>What it does is defined by <see cref="ICrosspointArray.Pulse"/>; <see cref="RowPulses"/> does it so for any array.</remarks>
public interface IRowPulsed : ICrosspointArray
{
    /// <summary>One pulse up where a signal is above a threshold, one down where it is below minus the threshold.</summary>
    /// <param name="row">0 to inputs - 1.</param>
    /// <param name="signals">One number for each output, shape [stride of the weights]; the padding is zero.</param>
    /// <param name="threshold">At least 0.</param>
    /// <param name="negate">Whether all directions are turned round.</param>
    /// <param name="at">Where the noise of these pulses stands.</param>
    /// <exception cref="ArgumentException">A length or a range does not hold.</exception>
    void PulseRow(int row, ReadOnlySpan<float> signals, float threshold, bool negate, in RandomAddress at);
}
