using System.Runtime.CompilerServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(w) = P0 max(1 - R exp(P1 (w - e)), 0), e the bound in the direction of the pulse and R the rest there.</summary>
/// <param name="UpRest">log₂ R of up pulses: the step at the upper bound is 1 - R of its scale.</param>
/// <param name="DownRest">log₂ R of down pulses.</param>
/// <remarks>P1 is above 0 for up pulses and below 0 for down pulses.</remarks>
public readonly record struct ExponentialStep(float UpRest, float DownRest) : IStepLaw
{
    /// <inheritdoc/>
    public static bool IsLongChain => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Change<TWidth, T>(T weight, in PulseParameters<T> p, T low, T high)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T edge = TWidth.SelectBySign(p.P0, low, high), rest = TWidth.SelectBySign(p.P0, TWidth.All(DownRest), TWidth.All(UpRest));
        T part = Elementary.Exp2<TWidth, T>(TWidth.FusedMultiplyAdd(TWidth.Multiply(p.P1, Elementary.Log2E), TWidth.Subtract(weight, edge), rest));
        return TWidth.Multiply(p.P0, TWidth.MaxNative(TWidth.Subtract(TWidth.All(1), part), TWidth.All(0)));
    }
}
