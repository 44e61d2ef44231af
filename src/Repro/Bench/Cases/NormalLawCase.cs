using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>
/// What turns uniform numbers into normal ones by the transformation of Box and Muller, alone: the logarithm, the root, the sine and the cosine of
/// an eighth of a turn, and two products a pair, with everything in the first cache. Without what makes uniform numbers and angles of
/// words, and chooses eighths.
/// </summary>
/// <remarks>G. E. P. Box, M. E. Muller, Ann. Math. Stat. 29:610 (1958).</remarks>
internal static class NormalLawCase
{
    private const int Pairs = 256;

    /// <summary>Makes a loop over so many normal numbers, a multiple of 512.</summary>
    public static Action Of(int numbers)
    {
        float[] uniform = [.. Enumerable.Range(0, Pairs).Select(n => (n + 0.5f) / Pairs)], angles = [.. uniform.Select(u => u - 0.5f)];
        float[] first = new float[Pairs], second = new float[Pairs];
        return Vector512.IsHardwareAccelerated
            ? () => Run<Width512, Vector512<float>>(numbers, uniform, angles, first, second)
            : () => Run<Width256, Vector256<float>>(numbers, uniform, angles, first, second);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<TWidth, T>(int numbers, float[] uniform, float[] angles, float[] first, float[] second)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        int width = Unsafe.SizeOf<T>() / sizeof(float);
        for (int n = 0; n < numbers; n += 2 * Pairs)
        {
            // In two loops: the chain of one is longer than what a processor of 256 bits overlaps.
            for (int at = 0; at < Pairs; at += width)
            {
                Vector(second, at) = Elementary.MinusLog<TWidth, T>(Vector(uniform, at));
            }

            for (int at = 0; at < Pairs; at += width)
            {
                T r = TWidth.Sqrt(Vector(second, at)), t = Vector(angles, at), t2 = TWidth.Multiply(t, t);
                T s = TWidth.FusedMultiplyAdd(TWidth.FusedMultiplyAdd(t2, 0.1f, -0.2f), t2, -0.3f);
                s = TWidth.FusedMultiplyAdd(TWidth.Multiply(s, t2), t, t);
                T c = TWidth.FusedMultiplyAdd(TWidth.FusedMultiplyAdd(TWidth.FusedMultiplyAdd(t2, 0.1f, 0.2f), t2, -0.5f), t2, 1.4f);
                Vector(first, at) = TWidth.Multiply(r, s);
                Vector(second, at) = TWidth.Multiply(r, c);
            }
        }

        static ref T Vector(float[] numbers, int at) => ref Unsafe.As<float, T>(ref numbers[at]);
    }
}
