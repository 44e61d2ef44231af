using System.Runtime.CompilerServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>The law of <see cref="PowerStep"/> for devices each of which has a range of its own: a division a pulse.</summary>
public readonly record struct PowerStepOfOwnRange : IStepLaw
{
    private const float Smallest = 1e-30f; // a range to divide by

    /// <inheritdoc/>
    public static bool IsLongChain => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Change<TWidth, T>(T weight, in PulseParameters<T> p, T low, T high)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T range = TWidth.MaxNative(TWidth.Subtract(high, low), TWidth.All(Smallest));
        return PowerStep.Power<TWidth, T>(p, TWidth.Divide(PowerStep.Distance<TWidth, T>(weight, p, low, high), range));
    }
}
