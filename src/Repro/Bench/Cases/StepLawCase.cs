using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;
using FourSixteens = Crosspoint.Kernels.FourWide<Crosspoint.Kernels.Width512, System.Runtime.Intrinsics.Vector512<float>>;

namespace Crosspoint.Repro.Bench;

/// <summary>
/// The law of a step alone: four blocks of weights side by side (one at a time with 256-bit vectors), none of which waits for another, with
/// everything in the first cache and the same numbers for all devices.
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
        return visits => Run(law, scale, shape, low, high, weights, changes, visits);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<TLaw>(TLaw law, float scale, float shape, float low, float high, float[] weights, float[] changes, int visits)
        where TLaw : struct, IStepLaw
    {
        ref float from = ref weights[0], to = ref changes[0];
        if (Vector512.IsHardwareAccelerated)
        {
            PulseParameters<Four<Vector512<float>>> p = new() { P0 = FourSixteens.All(scale), P1 = FourSixteens.All(shape) };
            Four<Vector512<float>> lower = FourSixteens.All(low), upper = FourSixteens.All(high);
            for (int n = 0; n < visits; n += 4)
            {
                nuint at = Lanes * ((uint)n % Blocks);
                Four<Vector512<float>> change = law.Change<FourSixteens, Four<Vector512<float>>>(
                    new(
                        Vector512.LoadUnsafe(ref from, at), Vector512.LoadUnsafe(ref from, at + Lanes),
                        Vector512.LoadUnsafe(ref from, at + (2 * Lanes)), Vector512.LoadUnsafe(ref from, at + (3 * Lanes))),
                    p, lower, upper);
                change.V0.StoreUnsafe(ref to, at);
                change.V1.StoreUnsafe(ref to, at + Lanes);
                change.V2.StoreUnsafe(ref to, at + (2 * Lanes));
                change.V3.StoreUnsafe(ref to, at + (3 * Lanes));
            }

            return;
        }

        PulseParameters<Vector256<float>> half = default;
        half.P0 = Vector256.Create(scale);
        half.P1 = Vector256.Create(shape);
        Vector256<float> least = Vector256.Create(low), most = Vector256.Create(high);
        for (int n = 0; n < 2 * visits; n++)
        {
            nuint at = Lanes / 2 * ((uint)n % (2 * Blocks));
            law.Change<Width256, Vector256<float>>(Vector256.LoadUnsafe(ref from, at), half, least, most).StoreUnsafe(ref to, at);
        }
    }
}
