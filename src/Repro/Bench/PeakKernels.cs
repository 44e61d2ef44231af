using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Repro.Bench;

/// <summary>The loops that no kernel can beat: multiply-adds and mixes of words without memory, and reads without arithmetic.</summary>
internal static class PeakKernels
{
    // Twice as many as latency times issue rate asks for on processors of today, and few enough for sixteen registers.
    private const int Chains = 12;

    // Two words that are mixed, side by side, and such mixes of sixteen lanes for 64 words: twelve rounds of two, less what all lanes share of
    // the first two rounds, which makes two; and twelve additions of keys, as many operations as four mixes.
    private const int Pairs = 6, MixesOf64Words = 22 + 4;

    // Without an instruction that rotates a mix is five operations.
    private const int OperationsOfMix256 = 5, OperationsOf64Words256 = (22 * OperationsOfMix256) + 12;

    private const float Factor = 0.999f, Summand = 0.001f; // 1 stays 1: neither infinities nor subnormal numbers

    /// <summary>Fused multiply-adds in twelve independent chains at the widest vector.</summary>
    /// <param name="steps">Steps of each chain.</param>
    /// <param name="sum">Receives the sum of all chains, so that none can be left out.</param>
    /// <returns>Multiply-adds of single numbers that were done.</returns>
    public static double MultiplyAdd(int steps, out float sum)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            sum = Vector512.Sum(MultiplyAdd512(steps));
            return (double)steps * Chains * Vector512<float>.Count;
        }

        if (Vector256.IsHardwareAccelerated)
        {
            sum = Vector256.Sum(MultiplyAdd256(steps));
            return (double)steps * Chains * Vector256<float>.Count;
        }

        sum = MultiplyAddScalar(steps);
        return (double)steps * Chains;
    }

    /// <summary>Reads aligned memory once, by whole vectors into eight accumulators.</summary>
    /// <param name="data">A multiple of 128 numbers.</param>
    /// <returns>A value that depends on all of them.</returns>
    public static uint Read(ReadOnlySpan<float> data)
    {
        ref uint from = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(data));
        nuint count = (nuint)data.Length;
        return Vector512.IsHardwareAccelerated ? Read512(ref from, count)
            : Vector256.IsHardwareAccelerated ? Read256(ref from, count)
            : ReadScalar(ref from, count);
    }

    /// <summary>The operations of Threefry-4x32-12 for so many words, rounds and keys, on independent chains in registers: nothing is spread or stored.</summary>
    /// <param name="words">A multiple of 64.</param>
    /// <param name="sum">Receives a value that depends on all of them.</param>
    public static void Mix(int words, out uint sum)
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            Vector512<uint> one = Vector512<uint>.One, a = one, b = one, c = one, d = one, e = one, f = one;
            Vector512<uint> s = one, t = one, u = one, v = one, w = one, x = one;
            for (int n = 0; n < words * MixesOf64Words / (64 * Pairs); n++)
            {
                a += s; b += t; c += u; d += v; e += w; f += x;
                s = Avx512F.RotateLeft(s, 13) ^ a; t = Avx512F.RotateLeft(t, 13) ^ b; u = Avx512F.RotateLeft(u, 13) ^ c;
                v = Avx512F.RotateLeft(v, 13) ^ d; w = Avx512F.RotateLeft(w, 13) ^ e; x = Avx512F.RotateLeft(x, 13) ^ f;
            }

            sum = Vector512.Sum(s ^ t ^ u ^ v ^ w ^ x);
            return;
        }

        Vector256<uint> g = Vector256<uint>.One, h = g, i = g, j = g, k = g, l = g;
        Vector256<uint> m = g, o = g, p = g, q = g, r = g, y = g;
        for (int n = 0; n < 2 * words * OperationsOf64Words256 / (64 * Pairs * OperationsOfMix256); n++)
        {
            g += m; h += o; i += p; j += q; k += r; l += y;
            m = ((m << 13) | (m >>> 19)) ^ g; o = ((o << 13) | (o >>> 19)) ^ h; p = ((p << 13) | (p >>> 19)) ^ i;
            q = ((q << 13) | (q >>> 19)) ^ j; r = ((r << 13) | (r >>> 19)) ^ k; y = ((y << 13) | (y >>> 19)) ^ l;
        }

        sum = Vector256.Sum(m ^ o ^ p ^ q ^ r ^ y);
    }

    private static Vector512<float> MultiplyAdd512(int steps)
    {
        Vector512<float> m = Vector512.Create(Factor), s = Vector512.Create(Summand);
        Vector512<float> a0 = Vector512<float>.One, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
        Vector512<float> a6 = a0, a7 = a0, a8 = a0, a9 = a0, a10 = a0, a11 = a0;
        for (int n = 0; n < steps; n++)
        {
            a0 = Vector512.FusedMultiplyAdd(a0, m, s);
            a1 = Vector512.FusedMultiplyAdd(a1, m, s);
            a2 = Vector512.FusedMultiplyAdd(a2, m, s);
            a3 = Vector512.FusedMultiplyAdd(a3, m, s);
            a4 = Vector512.FusedMultiplyAdd(a4, m, s);
            a5 = Vector512.FusedMultiplyAdd(a5, m, s);
            a6 = Vector512.FusedMultiplyAdd(a6, m, s);
            a7 = Vector512.FusedMultiplyAdd(a7, m, s);
            a8 = Vector512.FusedMultiplyAdd(a8, m, s);
            a9 = Vector512.FusedMultiplyAdd(a9, m, s);
            a10 = Vector512.FusedMultiplyAdd(a10, m, s);
            a11 = Vector512.FusedMultiplyAdd(a11, m, s);
        }

        return a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11;
    }

    private static Vector256<float> MultiplyAdd256(int steps)
    {
        Vector256<float> m = Vector256.Create(Factor), s = Vector256.Create(Summand);
        Vector256<float> a0 = Vector256<float>.One, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
        Vector256<float> a6 = a0, a7 = a0, a8 = a0, a9 = a0, a10 = a0, a11 = a0;
        for (int n = 0; n < steps; n++)
        {
            a0 = Vector256.FusedMultiplyAdd(a0, m, s);
            a1 = Vector256.FusedMultiplyAdd(a1, m, s);
            a2 = Vector256.FusedMultiplyAdd(a2, m, s);
            a3 = Vector256.FusedMultiplyAdd(a3, m, s);
            a4 = Vector256.FusedMultiplyAdd(a4, m, s);
            a5 = Vector256.FusedMultiplyAdd(a5, m, s);
            a6 = Vector256.FusedMultiplyAdd(a6, m, s);
            a7 = Vector256.FusedMultiplyAdd(a7, m, s);
            a8 = Vector256.FusedMultiplyAdd(a8, m, s);
            a9 = Vector256.FusedMultiplyAdd(a9, m, s);
            a10 = Vector256.FusedMultiplyAdd(a10, m, s);
            a11 = Vector256.FusedMultiplyAdd(a11, m, s);
        }

        return a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11;
    }

    private static float MultiplyAddScalar(int steps)
    {
        float a0 = 1, a1 = 1, a2 = 1, a3 = 1, a4 = 1, a5 = 1, a6 = 1, a7 = 1, a8 = 1, a9 = 1, a10 = 1, a11 = 1;
        for (int n = 0; n < steps; n++)
        {
            a0 = MathF.FusedMultiplyAdd(a0, Factor, Summand);
            a1 = MathF.FusedMultiplyAdd(a1, Factor, Summand);
            a2 = MathF.FusedMultiplyAdd(a2, Factor, Summand);
            a3 = MathF.FusedMultiplyAdd(a3, Factor, Summand);
            a4 = MathF.FusedMultiplyAdd(a4, Factor, Summand);
            a5 = MathF.FusedMultiplyAdd(a5, Factor, Summand);
            a6 = MathF.FusedMultiplyAdd(a6, Factor, Summand);
            a7 = MathF.FusedMultiplyAdd(a7, Factor, Summand);
            a8 = MathF.FusedMultiplyAdd(a8, Factor, Summand);
            a9 = MathF.FusedMultiplyAdd(a9, Factor, Summand);
            a10 = MathF.FusedMultiplyAdd(a10, Factor, Summand);
            a11 = MathF.FusedMultiplyAdd(a11, Factor, Summand);
        }

        return a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11;
    }

    private static uint Read512(ref uint from, nuint count)
    {
        Vector512<uint> a0 = Vector512<uint>.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        for (nuint i = 0; i < count; i += 128)
        {
            a0 ^= Vector512.LoadUnsafe(ref from, i);
            a1 ^= Vector512.LoadUnsafe(ref from, i + 16);
            a2 ^= Vector512.LoadUnsafe(ref from, i + 32);
            a3 ^= Vector512.LoadUnsafe(ref from, i + 48);
            a4 ^= Vector512.LoadUnsafe(ref from, i + 64);
            a5 ^= Vector512.LoadUnsafe(ref from, i + 80);
            a6 ^= Vector512.LoadUnsafe(ref from, i + 96);
            a7 ^= Vector512.LoadUnsafe(ref from, i + 112);
        }

        return Vector512.Sum(a0 ^ a1 ^ a2 ^ a3 ^ a4 ^ a5 ^ a6 ^ a7);
    }

    private static uint Read256(ref uint from, nuint count)
    {
        Vector256<uint> a0 = Vector256<uint>.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        for (nuint i = 0; i < count; i += 64)
        {
            a0 ^= Vector256.LoadUnsafe(ref from, i);
            a1 ^= Vector256.LoadUnsafe(ref from, i + 8);
            a2 ^= Vector256.LoadUnsafe(ref from, i + 16);
            a3 ^= Vector256.LoadUnsafe(ref from, i + 24);
            a4 ^= Vector256.LoadUnsafe(ref from, i + 32);
            a5 ^= Vector256.LoadUnsafe(ref from, i + 40);
            a6 ^= Vector256.LoadUnsafe(ref from, i + 48);
            a7 ^= Vector256.LoadUnsafe(ref from, i + 56);
        }

        return Vector256.Sum(a0 ^ a1 ^ a2 ^ a3 ^ a4 ^ a5 ^ a6 ^ a7);
    }

    private static uint ReadScalar(ref uint from, nuint count)
    {
        uint a0 = 0, a1 = 0, a2 = 0, a3 = 0;
        for (nuint i = 0; i < count; i += 4)
        {
            a0 ^= Unsafe.Add(ref from, i);
            a1 ^= Unsafe.Add(ref from, i + 1);
            a2 ^= Unsafe.Add(ref from, i + 2);
            a3 ^= Unsafe.Add(ref from, i + 3);
        }

        return a0 ^ a1 ^ a2 ^ a3;
    }
}
