using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>What the weights of one device type do under pulses without noise: one meaning, scalar and vector.</summary>
/// <typeparam name="TParameters">The numbers of one array.</typeparam>
public interface IPulseResponse<TParameters>
    where TParameters : struct
{
    /// <summary>The weight after so many pulses, one after the other; a negative number is down pulses.</summary>
    /// <param name="weight">The weight before, in weight units.</param>
    /// <param name="pulses">Signed number of pulses, whole.</param>
    /// <param name="p">The numbers of the array.</param>
    /// <returns>The weight behind the last pulse.</returns>
    /// <remarks>All three forms give the same bits.</remarks>
    static abstract float Apply(float weight, float pulses, in TParameters p);

    /// <inheritdoc cref="Apply(float, float, in TParameters)"/>
    static abstract Vector256<float> Apply(Vector256<float> weight, Vector256<float> pulses, in TParameters p);

    /// <inheritdoc cref="Apply(float, float, in TParameters)"/>
    static abstract Vector512<float> Apply(Vector512<float> weight, Vector512<float> pulses, in TParameters p);
}
