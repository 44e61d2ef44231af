using System.Numerics;
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

    // √2 sin(t/√2) = t + t³ S(t²), √2 cos(t/√2) = √2 + t² C(t²) for |t| at most √2 π/4, to 5e-8: √2 r is taken into them.
    private const float S2 = -2.439662373e-5f, S1 = 2.08304453654e-3f, S0 = -8.33332747185e-2f;
    private const float C2 = -2.40377823262e-4f, C1 = 1.47277241879e-2f, C0 = -0.353552646585f;
    private const float RootTwo = 1.41421356237f;

    private const float TwoToMinus32 = 1 / 4294967296f;
    private const float EighthTurn = RootTwo * MathF.PI / 2 * TwoToMinus32; // a signed word times this lies in √2 [-π/4, π/4)
    private const uint SignBit = 0x8000_0000, SwapBit = 0x4000_0000;

    /// <summary>Fills a span with the numbers 64 <paramref name="firstGroup"/>, 64 <paramref name="firstGroup"/> + 1, ... of an address.</summary>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="values">Receives mean 0, standard deviation 1, any length.</param>
    /// <param name="firstGroup">The group of 64 numbers to begin with.</param>
    /// <remarks>The same bits at every vector width, in whatever pieces they are drawn.</remarks>
    [SkipLocalsInit] // what is copied has been drawn before
    public static void Fill(in RandomAddress at, Span<float> values, ulong firstGroup = 0)
    {
        Threefry.Key key = new(at);
        ulong group = firstGroup;
        for (int groups; (groups = RandomWords.GroupsAtOnce(values.Length)) > 0; values = values[(groups * GroupLength)..])
        {
            Groups(key, at.Step, group, groups, ref MemoryMarshal.GetReference(values));
            group += (ulong)groups;
        }

        // One call for whole groups and a part: inlined twice, the second one would keep its vectors in memory.
        Span<float> part = stackalloc float[GroupLength];
        while (values.Length > 0)
        {
            bool whole = values.Length >= GroupLength;
            Group(key, at, group++, ref MemoryMarshal.GetReference(whole ? values : part));
            if (!whole)
            {
                part[..values.Length].CopyTo(values);
                return;
            }

            values = values[GroupLength..];
        }
    }

    /// <summary>Fills a span of whole groups with factors offset + scale ξ, ξ as <see cref="Fill"/> draws them.</summary>
    internal static void FillFactors(in RandomAddress at, Span<float> values, ulong firstGroup, float scale, float offset)
    {
        Threefry.Key key = new(at);
        ulong group = firstGroup;
        for (int groups; (groups = RandomWords.GroupsAtOnce(values.Length)) > 0; values = values[(groups * GroupLength)..])
        {
            Groups(key, at.Step, group, groups, ref MemoryMarshal.GetReference(values), scale, offset);
            group += (ulong)groups;
        }

        Fill(at, values, group);
        Vector<float> s = new(scale), m = new(offset);
        foreach (ref Vector<float> v in MemoryMarshal.Cast<float, Vector<float>>(values))
        {
            v = Vector.FusedMultiplyAdd(s, v, m);
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
            Groups(key, at.Step, group, 1, ref values);
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

    // The words are written where the numbers go, then each pair of vectors is turned into numbers in its place: with both in one loop
    // there are too few registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Groups(in Threefry.Key key, ulong step, ulong group, int groups, ref float values)
    {
        ref uint words = ref Unsafe.As<float, uint>(ref values);
        nuint length = (nuint)(groups * GroupLength);
        RandomWords.Groups(key, step, group, groups, ref words);
        if (!Vector512.IsHardwareAccelerated)
        {
            MinusLogs(ref values, length);
            for (nuint n = 0; n < length; n = NextHalf(n))
            {
                Turn(Vector256.LoadUnsafe(ref values, n), Vector256.LoadUnsafe(ref words, n + 16), out var first, out var second);
                first.StoreUnsafe(ref values, n);
                second.StoreUnsafe(ref values, n + 16);
            }

            return;
        }

        for (nuint n = 0; n < length; n += 32)
        {
            Pair(Vector512.LoadUnsafe(ref words, n), Vector512.LoadUnsafe(ref words, n + 16), out var first, out var second);
            first.StoreUnsafe(ref values, n);
            second.StoreUnsafe(ref values, n + 16);
        }
    }

    // The first words of all pairs become -ln u in their place. In 256 bits a pair goes through three loops: a processor keeps some hundred
    // instructions waiting, and the whole chain of one is longer than what they overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MinusLogs(ref float values, nuint length)
    {
        for (nuint n = 0; n < length; n = NextHalf(n))
        {
            Uniform(Vector256.LoadUnsafe(ref values, n).AsUInt32()).StoreUnsafe(ref values, n);
        }

        for (nuint n = 0; n < length; n = NextHalf(n))
        {
            Elementary.MinusLog(Vector256.LoadUnsafe(ref values, n)).StoreUnsafe(ref values, n);
        }
    }

    // Blocks 0 to 7 of a component, 8 to 15, then the next but one component. One vector in a loop leaves its constants in memory, where two
    // would take registers that there are not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint NextHalf(nuint n) => n + 8 + ((n + 8) & 16);

    // The same, turned into factors on the way.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Groups(
        in Threefry.Key key, ulong step, ulong group, int groups, ref float values, float scale, float offset)
    {
        ref uint words = ref Unsafe.As<float, uint>(ref values);
        nuint length = (nuint)(groups * GroupLength);
        RandomWords.Groups(key, step, group, groups, ref words);
        if (!Vector512.IsHardwareAccelerated)
        {
            MinusLogs(ref values, length);
            Vector256<float> halfS = Vector256.Create(scale), halfM = Vector256.Create(offset);
            for (nuint n = 0; n < length; n = NextHalf(n))
            {
                Turn(Vector256.LoadUnsafe(ref values, n), Vector256.LoadUnsafe(ref words, n + 16), out var first, out var second);
                Vector256.FusedMultiplyAdd(halfS, first, halfM).StoreUnsafe(ref values, n);
                Vector256.FusedMultiplyAdd(halfS, second, halfM).StoreUnsafe(ref values, n + 16);
            }

            return;
        }

        Vector512<float> s = Vector512.Create(scale), m = Vector512.Create(offset);
        for (nuint n = 0; n < length; n += 32)
        {
            Pair(Vector512.LoadUnsafe(ref words, n), Vector512.LoadUnsafe(ref words, n + 16), out var first, out var second);
            Vector512.FusedMultiplyAdd(s, first, m).StoreUnsafe(ref values, n);
            Vector512.FusedMultiplyAdd(s, second, m).StoreUnsafe(ref values, n + 16);
        }
    }

    private static (float First, float Second) Pair(uint a, uint b)
    {
        float u = MathF.FusedMultiplyAdd(a, TwoToMinus32, 0.5f * TwoToMinus32);
        float r = MathF.Sqrt(Elementary.MinusLog(u));
        r = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(r) ^ (b & SignBit));

        float t = (int)(b << 2) * EighthTurn;
        float t2 = t * t;
        float s = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(S2, t2, S1), t2, S0);
        s = MathF.FusedMultiplyAdd(s * t2, t, t);
        float c = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(C2, t2, C1), t2, C0);
        c = MathF.FusedMultiplyAdd(c, t2, RootTwo);

        return (int)(b << 1) < 0 ? (r * s, r * c) : (r * c, r * s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(Vector512<uint> a, Vector512<uint> b, out Vector512<float> first, out Vector512<float> second)
    {
        Vector512<float> u = Vector512.FusedMultiplyAdd(
            Vector512.ConvertToSingle(a), Vector512.Create(TwoToMinus32), Vector512.Create(0.5f * TwoToMinus32));
        Vector512<float> r = Vector512.Sqrt(Elementary.MinusLog(u));
        r = (r.AsUInt32() ^ (b & Vector512.Create(SignBit))).AsSingle();

        Vector512<float> t = Vector512.ConvertToSingle((b << 2).AsInt32()) * Vector512.Create(EighthTurn);
        Vector512<float> t2 = t * t;
        Vector512<float> s = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(S2), t2, Vector512.Create(S1)), t2, Vector512.Create(S0));
        s = Vector512.FusedMultiplyAdd(s * t2, t, t);
        Vector512<float> c = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(C2), t2, Vector512.Create(C1)), t2, Vector512.Create(C0));
        c = Vector512.FusedMultiplyAdd(c, t2, Vector512.Create(RootTwo));

        // Compared twice: a mask that is used twice would go through a vector.
        first = r * Vector512.ConditionalSelect(Vector512.Equals(b & Vector512.Create(SwapBit), Vector512<uint>.Zero).AsSingle(), c, s);
        second = r * Vector512.ConditionalSelect(Vector512.Equals(b & Vector512.Create(SwapBit), Vector512<uint>.Zero).AsSingle(), s, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Uniform(Vector256<uint> a) => Vector256.FusedMultiplyAdd(
        Vector256.ConvertToSingle(a), Vector256.Create(TwoToMinus32), Vector256.Create(0.5f * TwoToMinus32));

    // Both numbers of -ln u and a second word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(Vector256<float> minusLog, Vector256<uint> b, out Vector256<float> first, out Vector256<float> second)
    {
        Vector256<float> r = Vector256.Sqrt(minusLog);
        r = (r.AsUInt32() ^ (b & Vector256.Create(SignBit))).AsSingle();

        Vector256<float> t = Vector256.ConvertToSingle((b << 2).AsInt32()) * Vector256.Create(EighthTurn);
        Vector256<float> t2 = t * t;
        Vector256<float> s = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(Vector256.Create(S2), t2, Vector256.Create(S1)), t2, Vector256.Create(S0));
        s = Vector256.FusedMultiplyAdd(s * t2, t, t);
        Vector256<float> c = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(Vector256.Create(C2), t2, Vector256.Create(C1)), t2, Vector256.Create(C0));
        c = Vector256.FusedMultiplyAdd(c, t2, Vector256.Create(RootTwo));

        Vector256<float> swap = (b << 1).AsSingle();
        first = r * Width256.SelectBySign(swap, s, c);
        second = r * Width256.SelectBySign(swap, c, s);
    }
}
