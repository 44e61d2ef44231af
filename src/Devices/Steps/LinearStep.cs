using System.Runtime.CompilerServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(w) = P0 + P1 w: a step that falls linearly with the weight, or stays the same where P1 is 0.</summary>
public readonly struct LinearStep : IStepLaw
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Change<TWidth, T>(T weight, in PulseParameters<T> p, T low, T high)
        where TWidth : struct, IWidth<T>
        where T : struct =>
        TWidth.FusedMultiplyAdd(p.P1, weight, p.P0);
}
