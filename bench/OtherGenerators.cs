using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Bench;

/// <summary>
/// Counter-based generators that the library does not use, with 512-bit vectors where .NET has the instructions, plain elsewhere, to tell
/// what its own one costs beside them.
/// </summary>
internal static class OtherGenerators
{
    // Words that are made at a time; spans are whole multiples.
    private const int Group = 128;

    private const ulong Weyl0 = 0x9E37_79B9, Weyl1 = 0xBB67_AE85, Multiplier0 = 0xD251_1F53, Multiplier1 = 0xCD9E_8D57;
    private const ulong ArsLow = 0x9E37_79B9_7F4A_7C15, ArsHigh = 0xBB67_AE85_84CA_A73B;
    private const int ArsRounds = 5;

    /// <summary>Philox-4x32 with ten rounds (J. K. Salmon et al., SC11, 2011): eight blocks in a vector, a word in each 64 bits, four vectors of them.</summary>
    public static void Philox(ulong key, ulong block, Span<uint> words)
    {
        for (; words.Length >= Group; words = words[Group..], block += Group / 4)
        {
            if (Avx512F.IsSupported)
            {
                Philox(key, block, ref MemoryMarshal.GetReference(words));
                continue;
            }

            for (int n = 0; n < Group / 4; n++)
            {
                int even = 2 * n;
                (words[even], words[even + 1], words[even + (Group / 2)], words[even + (Group / 2) + 1]) = PhiloxBlock(key, block + (ulong)n);
            }
        }
    }

    /// <summary>One block of <see cref="Philox(ulong, ulong, Span{uint})"/>, as the paper writes it.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) PhiloxBlock(ulong key, ulong block)
    {
        uint x0 = (uint)block, x1 = (uint)(block >> 32), x2 = 0, x3 = 0, k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++, k0 += (uint)Weyl0, k1 += (uint)Weyl1)
        {
            ulong p0 = x0 * Multiplier0, p1 = x2 * Multiplier1;
            (x0, x1, x2, x3) = ((uint)(p1 >> 32) ^ x1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ x3 ^ k1, (uint)p0);
        }

        return (x0, x1, x2, x3);
    }

    /// <summary>Squares with four rounds (B. Widynski, arXiv:2004.06278): a word for each counter, eight in a vector, four vectors of them.</summary>
    public static void Squares(ulong key, ulong counter, Span<uint> words)
    {
        int n = 0;
        for (; Avx512DQ.IsSupported && n <= words.Length - 32; n += 32)
        {
            Squares(key, counter + (ulong)n, ref words[n]);
        }

        for (; n < words.Length; n++)
        {
            words[n] = SquaresWord(key, counter + (ulong)n);
        }
    }

    /// <summary>One word of <see cref="Squares(ulong, ulong, Span{uint})"/>, as the paper writes it.</summary>
    public static uint SquaresWord(ulong key, ulong counter)
    {
        ulong y = counter * key, z = y + key, x = ulong.RotateLeft((y * y) + y, 32);
        x = ulong.RotateLeft((x * x) + z, 32);
        x = ulong.RotateLeft((x * x) + y, 32);
        return (uint)(((x * x) + z) >> 32);
    }

    /// <summary>ARS-4x32 with five rounds (Salmon et al.): rounds of AES under keys that grow by a constant, eight blocks side by side.</summary>
    /// <remarks>.NET 10 has the instruction for 128 bits alone.</remarks>
    public static void Ars(ulong key, ulong block, Span<uint> words)
    {
        for (int n = 0; n <= words.Length - 32; n += 32, block += 8)
        {
            Ars(key, block, ref words[n]);
        }
    }

    /// <summary>One block of <see cref="Ars(ulong, ulong, Span{uint})"/>.</summary>
    public static Vector128<uint> ArsBlock(ulong key, ulong block)
    {
        Vector128<ulong> k = Vector128.Create(key, 0), state = Vector128.Create(block, 0) ^ k, step = Vector128.Create(ArsLow, ArsHigh);
        for (int round = 1; round <= ArsRounds; round++)
        {
            k += step;
            state = (round < ArsRounds ? Aes.Encrypt(state.AsByte(), k.AsByte()) : Aes.EncryptLast(state.AsByte(), k.AsByte())).AsUInt64();
        }

        return state.AsUInt32();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Philox(ulong key, ulong block, ref uint words)
    {
        Vector512<ulong> counters = Vector512.Create(block) + Vector512<ulong>.Indices;
        Four x0 = new(counters, counters + Vector512.Create(8ul), counters + Vector512.Create(16ul), counters + Vector512.Create(24ul));
        Four x1 = x0.High(), x2 = default, x3 = default;
        ulong k0 = key, k1 = key >> 32;
        for (int round = 0; round < 10; round++, k0 += Weyl0, k1 += Weyl1)
        {
            Four p0 = x0.TimesLow(Multiplier0), p1 = x2.TimesLow(Multiplier1);
            (x0, x1, x2, x3) = (p1.High().Xor(x1, k0), p1, p0.High().Xor(x3, k1), p0);
        }

        x0.Store(x1, ref words);
        x2.Store(x3, ref Unsafe.Add(ref words, 64));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Squares(ulong key, ulong counter, ref uint words)
    {
        Vector512<ulong> k = Vector512.Create(key), first = (Vector512.Create(counter) + Vector512<ulong>.Indices) * k;
        Four y = new(first, first + (k << 3), first + (k << 4), first + (k << 4) + (k << 3));
        Four z = y.Plus(k), x = y.Squared(y).Turned();
        x = x.Squared(z).Turned();
        x = x.Squared(y).Turned();
        x = x.Squared(z).High();
        Vector512.Narrow(x.A, x.B).StoreUnsafe(ref words);
        Vector512.Narrow(x.C, x.D).StoreUnsafe(ref words, 16);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Ars(ulong key, ulong block, ref uint words)
    {
        Vector128<ulong> k = Vector128.Create(key, 0), one = Vector128.Create(1ul, 0), step = Vector128.Create(ArsLow, ArsHigh);
        Vector128<ulong> a = Vector128.Create(block, 0), b = a + one, c = b + one, d = c + one, e = d + one, f = e + one, g = f + one, h = g + one;
        (a, b, c, d, e, f, g, h) = (a ^ k, b ^ k, c ^ k, d ^ k, e ^ k, f ^ k, g ^ k, h ^ k);
        for (int round = 1; round < ArsRounds; round++)
        {
            k += step;
            Vector128<byte> r = k.AsByte();
            a = Aes.Encrypt(a.AsByte(), r).AsUInt64();
            b = Aes.Encrypt(b.AsByte(), r).AsUInt64();
            c = Aes.Encrypt(c.AsByte(), r).AsUInt64();
            d = Aes.Encrypt(d.AsByte(), r).AsUInt64();
            e = Aes.Encrypt(e.AsByte(), r).AsUInt64();
            f = Aes.Encrypt(f.AsByte(), r).AsUInt64();
            g = Aes.Encrypt(g.AsByte(), r).AsUInt64();
            h = Aes.Encrypt(h.AsByte(), r).AsUInt64();
        }

        Vector128<byte> last = (k + step).AsByte();
        Aes.EncryptLast(a.AsByte(), last).AsUInt32().StoreUnsafe(ref words);
        Aes.EncryptLast(b.AsByte(), last).AsUInt32().StoreUnsafe(ref words, 4);
        Aes.EncryptLast(c.AsByte(), last).AsUInt32().StoreUnsafe(ref words, 8);
        Aes.EncryptLast(d.AsByte(), last).AsUInt32().StoreUnsafe(ref words, 12);
        Aes.EncryptLast(e.AsByte(), last).AsUInt32().StoreUnsafe(ref words, 16);
        Aes.EncryptLast(f.AsByte(), last).AsUInt32().StoreUnsafe(ref words, 20);
        Aes.EncryptLast(g.AsByte(), last).AsUInt32().StoreUnsafe(ref words, 24);
        Aes.EncryptLast(h.AsByte(), last).AsUInt32().StoreUnsafe(ref words, 28);
    }

    // Four vectors side by side, so that none waits for a product of its own.
    private readonly struct Four(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d)
    {
        public readonly Vector512<ulong> A = a, B = b, C = c, D = d;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four Plus(Vector512<ulong> v) => new(A + v, B + v, C + v, D + v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four High() => new(A >> 32, B >> 32, C >> 32, D >> 32);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four Turned() => new(Avx512F.RotateLeft(A, 32), Avx512F.RotateLeft(B, 32), Avx512F.RotateLeft(C, 32), Avx512F.RotateLeft(D, 32));

        // Low halves times a constant, 64 bits of product.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four TimesLow(ulong multiplier)
        {
            Vector512<uint> m = Vector512.Create(multiplier).AsUInt32();
            return new(
                Avx512F.Multiply(A.AsUInt32(), m), Avx512F.Multiply(B.AsUInt32(), m), Avx512F.Multiply(C.AsUInt32(), m), Avx512F.Multiply(D.AsUInt32(), m));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four Squared(Four add) => new((A * A) + add.A, (B * B) + add.B, (C * C) + add.C, (D * D) + add.D);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four Xor(Four other, ulong key)
        {
            Vector512<ulong> k = Vector512.Create(key);
            return new(A ^ other.A ^ k, B ^ other.B ^ k, C ^ other.C ^ k, D ^ other.D ^ k);
        }

        // Low halves of both, those of the other as high ones.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(Four high, ref uint words)
        {
            Vector512<ulong> low = Vector512.Create((ulong)uint.MaxValue);
            Vector512.ConditionalSelect(low, A, high.A << 32).AsUInt32().StoreUnsafe(ref words);
            Vector512.ConditionalSelect(low, B, high.B << 32).AsUInt32().StoreUnsafe(ref words, 16);
            Vector512.ConditionalSelect(low, C, high.C << 32).AsUInt32().StoreUnsafe(ref words, 32);
            Vector512.ConditionalSelect(low, D, high.D << 32).AsUInt32().StoreUnsafe(ref words, 48);
        }
    }
}
