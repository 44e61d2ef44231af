using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>
/// The law of a step alone: four vectors of weights side by side, none of which waits for another, with everything in the first cache and the
/// same numbers for all devices.
/// </summary>
internal static class StepLawCase
{
    private const int Lanes = 16, Blocks = 64;

    /// <summary>Makes a loop over so many blocks of sixteen weights.</summary>
    public static Action<int> Of<TLaw>(TLaw law, float scale, float shape, float low, float high)
        where TLaw : struct, IStepLaw
    {
        float[] weights = [.. Enumerable.Range(0, Lanes * Blocks).Select(n => low + ((high - low) * n / (Lanes * Blocks)))];
        float[] changes = new float[weights.Length];
        return Vector512.IsHardwareAccelerated
            ? visits => Run<TLaw, Width512, Vector512<float>>(law, scale, shape, low, high, weights, changes, visits)
            : visits => Run<TLaw, Width256, Vector256<float>>(law, scale, shape, low, high, weights, changes, visits);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<TLaw, TWidth, T>(TLaw law, float scale, float shape, float low, float high, float[] weights, float[] changes, int visits)
        where TLaw : struct, IStepLaw
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        ref float from = ref weights[0], to = ref changes[0];
        PulseParameters<Four<T>> p = new() { P0 = FourWide<TWidth, T>.All(scale), P1 = FourWide<TWidth, T>.All(shape) };
        Four<T> lower = FourWide<TWidth, T>.All(low), upper = FourWide<TWidth, T>.All(high);
        int width = Unsafe.SizeOf<T>() / sizeof(float);
        for (int n = 0, at = 0; n < visits * Lanes; n += 4 * width, at = n % (Lanes * Blocks))
        {
            Four<T> change = law.Change<FourWide<TWidth, T>, Four<T>>(
                new(
                    Vector(ref from, at), Vector(ref from, at + width), Vector(ref from, at + (2 * width)), Vector(ref from, at + (3 * width))),
                p, lower, upper);
            Vector(ref to, at) = change.V0;
            Vector(ref to, at + width) = change.V1;
            Vector(ref to, at + (2 * width)) = change.V2;
            Vector(ref to, at + (3 * width)) = change.V3;
        }

        static ref T Vector(ref float numbers, int at) => ref Unsafe.As<float, T>(ref Unsafe.Add(ref numbers, at));
    }
}
