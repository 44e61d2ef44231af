using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>The signed step of one pulse at the weight a device has now: one equation, scalar and vector, of the same bits.</summary>
/// <remarks>
/// P0 is the signed step scale of the device in the direction of the pulse: its sign bit tells the direction, even where the scale is a
/// zero. P1 is the number of <see cref="DeviceTable.UpShape"/> or <see cref="DeviceTable.DownShape"/>. An empty or constant struct, so
/// that the loop over pulses is compiled for it alone.
/// </remarks>
public interface IStepLaw
{
    /// <summary>The step, in weight units.</summary>
    /// <param name="weight">The weight before the pulse, within its bounds.</param>
    /// <param name="p">The numbers of the device.</param>
    /// <param name="low">Its lower bound.</param>
    /// <param name="high">Its upper bound.</param>
    float Change(float weight, in PulseParameters<float> p, float low, float high);

    /// <inheritdoc cref="Change(float, in PulseParameters{float}, float, float)"/>
    Vector256<float> Change(Vector256<float> weight, in PulseParameters<Vector256<float>> p, Vector256<float> low, Vector256<float> high);

    /// <inheritdoc cref="Change(float, in PulseParameters{float}, float, float)"/>
    Vector512<float> Change(Vector512<float> weight, in PulseParameters<Vector512<float>> p, Vector512<float> low, Vector512<float> high);

    /// <inheritdoc cref="Change(float, in PulseParameters{float}, float, float)"/>
    /// <remarks>Laws of many operations let the four take turns at each of them; short ones do one vector after the other.</remarks>
    FourVectors Change(in FourVectors weight, in FourParameters p, in FourVectors low, in FourVectors high);
}
