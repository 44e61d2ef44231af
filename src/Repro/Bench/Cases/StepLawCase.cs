using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>
/// Steps alone, law, factor and hard bounds, with everything in the first cache, the same numbers for all devices, and factors that lie where
/// they are needed: four vectors of weights side by side, none of which waits for another, or one after the other if four do not fit the registers.
/// </summary>
internal static class StepLawCase
{
    private const int Weights = 1024;

    /// <summary>Weights of a vector.</summary>
    public static int Lanes => Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;

    /// <summary>Makes a loop over so many vectors of weights.</summary>
    public static Action<int> Of<TLaw>(TLaw law, float scale, float shape, float low, float high)
        where TLaw : struct, IStepLaw
    {
        float[] weights = [.. Enumerable.Range(0, Weights).Select(n => low + ((high - low) * n / Weights))];
        float[] factors = [.. weights.Select(w => 1 + w)], moved = new float[Weights];
        return Vector512.IsHardwareAccelerated ? Loop<FourWide<Width512, Vector512<float>>, Four<Vector512<float>>>()
            : TLaw.IsLongChain ? Loop<Width256, Vector256<float>>()
            : Loop<FourWide<Width256, Vector256<float>>, Four<Vector256<float>>>();

        Action<int> Loop<TWidth, T>()
            where TWidth : struct, IWidth<T>
            where T : struct => visits => Run<TLaw, TWidth, T>(law, scale, shape, low, high, weights, factors, moved, visits);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<TLaw, TWidth, T>(
        TLaw law, float scale, float shape, float low, float high, float[] weights, float[] factors, float[] moved, int visits)
        where TLaw : struct, IStepLaw
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        PulseParameters<T> p = new() { P0 = TWidth.All(scale), P1 = TWidth.All(shape) };
        T lower = TWidth.All(low), upper = TWidth.All(high);
        int width = Unsafe.SizeOf<T>() / sizeof(float);
        for (int n = 0, at = 0; n < visits * Lanes; n += width, at = n % Weights)
        {
            T w = Vector(weights, at), change = law.Change<TWidth, T>(w, p, lower, upper);
            w = TWidth.FusedMultiplyAdd(change, Vector(factors, at), w);
            Vector(moved, at) = TWidth.MaxNative(TWidth.MinNative(w, upper), lower);
        }

        static ref T Vector(float[] numbers, int at) => ref Unsafe.As<float, T>(ref numbers[at]);
    }
}
