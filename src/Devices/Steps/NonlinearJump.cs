using System.Runtime.CompilerServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(G) = P0 (1 - u) exp(-u) up and P0 u exp(-u) down, u = (G - G_min) / (G_max - G_min).</summary>
/// <param name="Clip">The part of the range that is cut off at each end: the bounds stand at u = Clip and 1 - Clip.</param>
internal readonly record struct NonlinearJump(float Clip) : IStepLaw
{
    private const float Smallest = 1e-30f; // a range to divide by

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Change<TWidth, T>(T weight, in PulseParameters<T> p, T low, T high)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T part = TWidth.Divide(TWidth.Subtract(weight, low), TWidth.MaxNative(TWidth.Subtract(high, low), TWidth.All(Smallest)));
        T u = TWidth.FusedMultiplyAdd(part, TWidth.All(1 - (2 * Clip)), TWidth.All(Clip));
        T way = TWidth.SelectBySign(p.P0, u, TWidth.Subtract(TWidth.All(1), u));
        return TWidth.Multiply(p.P0, TWidth.Multiply(way, Elementary.Exp<TWidth, T>(TWidth.Negate(u))));
    }
}
