using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Standard normal random numbers by address.</summary>
/// <remarks>
/// G. E. P. Box, M. E. Muller, Ann. Math. Stat. 29, 610 (1958): two words give two numbers, r cos θ and r sin θ with r² = -2 ln u.
/// u is (w + 1/2) / 2³², so that the tails reach 6.7 standard deviations. Of a group of 64 words, components 0 and 1 give the numbers
/// 0 to 15 and 16 to 31, components 2 and 3 the numbers 32 to 63. The same bits at every vector width: every step is an exact operation,
/// a correctly rounded one or a fused multiply-add.
/// </remarks>
public static class Gaussian
{
    /// <summary>Numbers in a group; a span that is filled in pieces is cut at multiples of it.</summary>
    public const int GroupLength = Threefry.GroupWords;

    // ln(1 + x) = x - x²/2 + x³ P(x) for 1 + x in [1/√2, √2).
    private const float P8 = 7.0376836292e-2f, P7 = -1.1514610310e-1f, P6 = 1.1676998740e-1f, P5 = -1.2420140846e-1f;
    private const float P4 = 1.4249322787e-1f, P3 = -1.6668057665e-1f, P2 = 2.0000714765e-1f, P1 = -2.4999993993e-1f, P0 = 3.3333331174e-1f;

    // sin t = t + t³ S(t²), cos t = 1 - t²/2 + t⁴ C(t²) for |t| at most π/4.
    private const float S2 = -1.9515295891e-4f, S1 = 8.3321608736e-3f, S0 = -1.6666654611e-1f;
    private const float C2 = 2.443315711809948e-5f, C1 = -1.388731625493765e-3f, C0 = 4.166664568298827e-2f;

    private const float TwoToMinus32 = 1 / 4294967296f;
    private const float Ln2 = 0.693147180559945f;
    private const float EighthTurn = MathF.PI / 2 * TwoToMinus32; // a signed word times this lies in [-π/4, π/4)
    private const int MantissaOfRootHalf = 0x3F35_04F3;
    private const uint SignBit = 0x8000_0000;
    private const uint SwapBit = 0x4000_0000;

    /// <summary>Fills a span with the numbers 64 <paramref name="firstGroup"/>, 64 <paramref name="firstGroup"/> + 1, ... of an address.</summary>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="values">Receives mean 0, standard deviation 1, any length.</param>
    /// <param name="firstGroup">The group of 64 numbers to begin with.</param>
    /// <remarks>The same bits at every vector width, in whatever pieces they are drawn.</remarks>
    public static void Fill(in RandomAddress at, Span<float> values, ulong firstGroup = 0)
    {
        Threefry.Key key = new(at);
        ulong group = firstGroup;
        while (values.Length >= GroupLength)
        {
            Group(key, at, group++, ref MemoryMarshal.GetReference(values));
            values = values[GroupLength..];
        }

        if (values.Length > 0)
        {
            Span<float> last = stackalloc float[GroupLength];
            Group(key, at, group, ref MemoryMarshal.GetReference(last));
            last[..values.Length].CopyTo(values);
        }
    }

    /// <summary>The number with one index: what <see cref="Fill"/> would put there.</summary>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="index">Index of the number.</param>
    /// <returns>One standard normal number.</returns>
    /// <remarks>The same bits at every vector width.</remarks>
    public static float At(in RandomAddress at, ulong index)
    {
        ulong block = (index / GroupLength * Threefry.GroupBlocks) + (index % Threefry.GroupBlocks);
        Threefry.Block(at, block, out uint w0, out uint w1, out uint w2, out uint w3);
        int component = (int)(index / Threefry.GroupBlocks % 4);
        (float first, float second) = component < 2 ? Pair(w0, w1) : Pair(w2, w3);
        return component % 2 == 0 ? first : second;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Group(in Threefry.Key key, in RandomAddress at, ulong group, ref float values)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Threefry.Group(key, at.Step, group, out var a, out var b, out var c, out var d);
            Pair(a, b, out var n0, out var n1);
            Pair(c, d, out var n2, out var n3);
            n0.StoreUnsafe(ref values);
            n1.StoreUnsafe(ref values, 16);
            n2.StoreUnsafe(ref values, 32);
            n3.StoreUnsafe(ref values, 48);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (uint half = 0; half < 2; half++)
            {
                Threefry.HalfGroup(key, at.Step, group, half, out var a, out var b, out var c, out var d);
                Pair(a, b, out var n0, out var n1);
                Pair(c, d, out var n2, out var n3);
                n0.StoreUnsafe(ref values, 8 * half);
                n1.StoreUnsafe(ref values, (8 * half) + 16);
                n2.StoreUnsafe(ref values, (8 * half) + 32);
                n3.StoreUnsafe(ref values, (8 * half) + 48);
            }
        }
        else
        {
            for (int lane = 0; lane < Threefry.GroupBlocks; lane++)
            {
                Threefry.Block(at, (group * Threefry.GroupBlocks) + (uint)lane, out uint a, out uint b, out uint c, out uint d);
                (Unsafe.Add(ref values, lane), Unsafe.Add(ref values, lane + 16)) = Pair(a, b);
                (Unsafe.Add(ref values, lane + 32), Unsafe.Add(ref values, lane + 48)) = Pair(c, d);
            }
        }
    }

    private static (float First, float Second) Pair(uint a, uint b)
    {
        float u = MathF.FusedMultiplyAdd(a, TwoToMinus32, 0.5f * TwoToMinus32);
        int bits = BitConverter.SingleToInt32Bits(u) - MantissaOfRootHalf;
        float e = bits >> 23;
        float x = BitConverter.Int32BitsToSingle((bits & 0x007F_FFFF) + MantissaOfRootHalf) - 1;
        float p = MathF.FusedMultiplyAdd(P8, x, P7);
        p = MathF.FusedMultiplyAdd(p, x, P6);
        p = MathF.FusedMultiplyAdd(p, x, P5);
        p = MathF.FusedMultiplyAdd(p, x, P4);
        p = MathF.FusedMultiplyAdd(p, x, P3);
        p = MathF.FusedMultiplyAdd(p, x, P2);
        p = MathF.FusedMultiplyAdd(p, x, P1);
        p = MathF.FusedMultiplyAdd(p, x, P0);
        p = MathF.FusedMultiplyAdd(p, x, -0.5f);
        float ln = MathF.FusedMultiplyAdd(e, Ln2, MathF.FusedMultiplyAdd(x * x, p, x));
        float r = MathF.Sqrt(ln * -2);

        float t = (int)(b << 2) * EighthTurn;
        float t2 = t * t;
        float s = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(S2, t2, S1), t2, S0);
        s = MathF.FusedMultiplyAdd(s * t2, t, t);
        float c = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(C2, t2, C1), t2, C0);
        c = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(c, t2, -0.5f), t2, 1);

        r = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(r) ^ (int)(b & SignBit));
        return (b & SwapBit) == 0 ? (r * c, r * s) : (r * s, r * c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(Vector512<uint> a, Vector512<uint> b, out Vector512<float> first, out Vector512<float> second)
    {
        Vector512<float> u = Vector512.FusedMultiplyAdd(
            Vector512.ConvertToSingle(a), Vector512.Create(TwoToMinus32), Vector512.Create(0.5f * TwoToMinus32));
        Vector512<int> bits = u.AsInt32() - Vector512.Create(MantissaOfRootHalf);
        Vector512<float> e = Vector512.ConvertToSingle(bits >> 23);
        Vector512<float> x = ((bits & Vector512.Create(0x007F_FFFF)) + Vector512.Create(MantissaOfRootHalf)).AsSingle() - Vector512<float>.One;
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(P8), x, Vector512.Create(P7));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(P6));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(P5));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(P4));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(P3));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(P2));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(P1));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(P0));
        p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.5f));
        Vector512<float> ln = Vector512.FusedMultiplyAdd(e, Vector512.Create(Ln2), Vector512.FusedMultiplyAdd(x * x, p, x));
        Vector512<float> r = Vector512.Sqrt(ln * Vector512.Create(-2f));

        Vector512<float> t = Vector512.ConvertToSingle((b << 2).AsInt32()) * Vector512.Create(EighthTurn);
        Vector512<float> t2 = t * t;
        Vector512<float> s = Vector512.FusedMultiplyAdd(
            Vector512.FusedMultiplyAdd(Vector512.Create(S2), t2, Vector512.Create(S1)), t2, Vector512.Create(S0));
        s = Vector512.FusedMultiplyAdd(s * t2, t, t);
        Vector512<float> c = Vector512.FusedMultiplyAdd(
            Vector512.FusedMultiplyAdd(Vector512.Create(C2), t2, Vector512.Create(C1)), t2, Vector512.Create(C0));
        c = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(c, t2, Vector512.Create(-0.5f)), t2, Vector512<float>.One);

        r = (r.AsUInt32() ^ (b & Vector512.Create(SignBit))).AsSingle();
        Vector512<float> straight = Vector512.Equals(b & Vector512.Create(SwapBit), Vector512<uint>.Zero).AsSingle();
        first = r * Vector512.ConditionalSelect(straight, c, s);
        second = r * Vector512.ConditionalSelect(straight, s, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(Vector256<uint> a, Vector256<uint> b, out Vector256<float> first, out Vector256<float> second)
    {
        Vector256<float> u = Vector256.FusedMultiplyAdd(
            Vector256.ConvertToSingle(a), Vector256.Create(TwoToMinus32), Vector256.Create(0.5f * TwoToMinus32));
        Vector256<int> bits = u.AsInt32() - Vector256.Create(MantissaOfRootHalf);
        Vector256<float> e = Vector256.ConvertToSingle(bits >> 23);
        Vector256<float> x = ((bits & Vector256.Create(0x007F_FFFF)) + Vector256.Create(MantissaOfRootHalf)).AsSingle() - Vector256<float>.One;
        Vector256<float> p = Vector256.FusedMultiplyAdd(Vector256.Create(P8), x, Vector256.Create(P7));
        p = Vector256.FusedMultiplyAdd(p, x, Vector256.Create(P6));
        p = Vector256.FusedMultiplyAdd(p, x, Vector256.Create(P5));
        p = Vector256.FusedMultiplyAdd(p, x, Vector256.Create(P4));
        p = Vector256.FusedMultiplyAdd(p, x, Vector256.Create(P3));
        p = Vector256.FusedMultiplyAdd(p, x, Vector256.Create(P2));
        p = Vector256.FusedMultiplyAdd(p, x, Vector256.Create(P1));
        p = Vector256.FusedMultiplyAdd(p, x, Vector256.Create(P0));
        p = Vector256.FusedMultiplyAdd(p, x, Vector256.Create(-0.5f));
        Vector256<float> ln = Vector256.FusedMultiplyAdd(e, Vector256.Create(Ln2), Vector256.FusedMultiplyAdd(x * x, p, x));
        Vector256<float> r = Vector256.Sqrt(ln * Vector256.Create(-2f));

        Vector256<float> t = Vector256.ConvertToSingle((b << 2).AsInt32()) * Vector256.Create(EighthTurn);
        Vector256<float> t2 = t * t;
        Vector256<float> s = Vector256.FusedMultiplyAdd(
            Vector256.FusedMultiplyAdd(Vector256.Create(S2), t2, Vector256.Create(S1)), t2, Vector256.Create(S0));
        s = Vector256.FusedMultiplyAdd(s * t2, t, t);
        Vector256<float> c = Vector256.FusedMultiplyAdd(
            Vector256.FusedMultiplyAdd(Vector256.Create(C2), t2, Vector256.Create(C1)), t2, Vector256.Create(C0));
        c = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(c, t2, Vector256.Create(-0.5f)), t2, Vector256<float>.One);

        r = (r.AsUInt32() ^ (b & Vector256.Create(SignBit))).AsSingle();
        Vector256<float> straight = Vector256.Equals(b & Vector256.Create(SwapBit), Vector256<uint>.Zero).AsSingle();
        first = r * Vector256.ConditionalSelect(straight, c, s);
        second = r * Vector256.ConditionalSelect(straight, s, c);
    }
}
