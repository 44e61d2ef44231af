using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>
/// Threefry-4x32 with 12 rounds: a counter-based generator, key (seed, stream), counter (block, step), four words a block.
/// </summary>
/// <remarks>
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011): 12 rounds are the
/// fewest of the 4x32 variant that pass BigCrush. Sixteen neighbouring blocks form a group of 64 words, stored word by word:
/// word n of an address is component (n / 16) mod 4 of block 16 (n / 64) + n mod 16. That order needs no transposition at any width.
/// </remarks>
public static class Threefry
{
    /// <summary>Blocks in a group.</summary>
    internal const int GroupBlocks = 16;

    /// <summary>Words in a group.</summary>
    internal const int GroupWords = 4 * GroupBlocks;

    private const uint Parity = 0x1BD1_1BDA;

    /// <summary>The four words of one block.</summary>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="block">Number of the block.</param>
    /// <param name="w0">First word.</param>
    /// <param name="w1">Second word.</param>
    /// <param name="w2">Third word.</param>
    /// <param name="w3">Fourth word.</param>
    /// <remarks>Exact.</remarks>
    public static void Block(in RandomAddress at, ulong block, out uint w0, out uint w1, out uint w2, out uint w3)
    {
        Key k = new(at);
        w0 = (uint)block + k.A0;
        w1 = (uint)(block >> 32) + k.B0;
        w2 = (uint)at.Step + k.C0;
        w3 = (uint)(at.Step >> 32) + k.D0;
        EvenRounds<Lane, uint>(ref w0, ref w1, ref w2, ref w3);
        FromRoundFour<Lane, uint>(k, ref w0, ref w1, ref w2, ref w3);
    }

    /// <summary>The four components of a group, sixteen blocks each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Group(
        in Key k, ulong step, ulong group, out Vector512<uint> a, out Vector512<uint> b, out Vector512<uint> c, out Vector512<uint> d)
    {
        Start start = new(k, step, group);
        a = Vector512.Create(start.A) + Vector512<uint>.Indices;
        b = Vector512.Create(start.B) ^ a;
        a += Vector512.Create(start.D);
        d = Vector512.Create(start.TurnedD) ^ a;
        c = Vector512.Create(start.C);
        FromRoundOne<Lanes, Vector512<uint>>(k, ref a, ref b, ref c, ref d);
    }

    /// <summary>
    /// The components of four neighbouring groups at once, so that no vector waits for another's rotation. The high word of their blocks must
    /// be the same (<see cref="ShareHighWord"/>).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void FourGroups(in Key k, ulong step, ulong group, out Four a, out Four b, out Four c, out Four d)
    {
        Start start = new(k, step, group);
        a.V0 = Vector512.Create(start.A) + Vector512<uint>.Indices;
        a.V1 = a.V0 + Vector512.Create(1u * GroupBlocks);
        a.V2 = a.V0 + Vector512.Create(2u * GroupBlocks);
        a.V3 = a.V0 + Vector512.Create(3u * GroupBlocks);
        b = new(start.B);
        b.Xor(a);
        Four.Add(ref a, start.D);
        d = new(start.TurnedD);
        d.Xor(a);
        c = new(start.C);
        FromRoundOne<Four, Four>(k, ref a, ref b, ref c, ref d);
    }

    /// <summary>Whether four neighbouring groups have one high word of their blocks: all but one in 2²⁸ do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool ShareHighWord(ulong group) => (uint)group % (1u << 28) <= (1u << 28) - 4;

    /// <summary>The components of a group in halves, blocks 0 to 7 and 8 to 15, side by side for the same reason.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Halves(in Key k, ulong step, ulong group, out Two a, out Two b, out Two c, out Two d)
    {
        Start start = new(k, step, group);
        a.V0 = Vector256.Create(start.A) + Vector256<uint>.Indices;
        a.V1 = a.V0 + Vector256.Create(8u);
        b = new(start.B);
        b.Xor(a);
        Two.Add(ref a, start.D);
        d = new(start.TurnedD);
        d.Xor(a);
        c = new(start.C);
        FromRoundOne<Two, Two>(k, ref a, ref b, ref c, ref d);
    }

    // What is left after round 0 and the half of round 1 that mixes the first word with the fourth.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FromRoundOne<TMixer, T>(in Key k, ref T a, ref T b, ref T c, ref T d)
        where TMixer : IMixer<T>
    {
        TMixer.Mix(ref c, ref b, 21);
        LastEvenRounds<TMixer, T>(ref a, ref b, ref c, ref d);
        FromRoundFour<TMixer, T>(k, ref a, ref b, ref c, ref d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FromRoundFour<TMixer, T>(in Key k, ref T a, ref T b, ref T c, ref T d)
        where TMixer : IMixer<T>
    {
        TMixer.Add(ref a, k.A1); TMixer.Add(ref b, k.B1); TMixer.Add(ref c, k.C1); TMixer.Add(ref d, k.D1);
        OddRounds<TMixer, T>(ref a, ref b, ref c, ref d);
        TMixer.Add(ref a, k.A2); TMixer.Add(ref b, k.B2); TMixer.Add(ref c, k.C2); TMixer.Add(ref d, k.D2);
        EvenRounds<TMixer, T>(ref a, ref b, ref c, ref d);
        TMixer.Add(ref a, k.A3); TMixer.Add(ref b, k.B3); TMixer.Add(ref c, k.C3); TMixer.Add(ref d, k.D3);
    }

    // Rounds 0 to 3 and 8 to 11 (the rotation constants recur after eight rounds).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EvenRounds<TMixer, T>(ref T a, ref T b, ref T c, ref T d)
        where TMixer : IMixer<T>
    {
        TMixer.Mix(ref a, ref b, 10); TMixer.Mix(ref c, ref d, 26);
        TMixer.Mix(ref a, ref d, 11); TMixer.Mix(ref c, ref b, 21);
        LastEvenRounds<TMixer, T>(ref a, ref b, ref c, ref d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LastEvenRounds<TMixer, T>(ref T a, ref T b, ref T c, ref T d)
        where TMixer : IMixer<T>
    {
        TMixer.Mix(ref a, ref b, 13); TMixer.Mix(ref c, ref d, 27);
        TMixer.Mix(ref a, ref d, 23); TMixer.Mix(ref c, ref b, 5);
    }

    // Rounds 4 to 7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OddRounds<TMixer, T>(ref T a, ref T b, ref T c, ref T d)
        where TMixer : IMixer<T>
    {
        TMixer.Mix(ref a, ref b, 6); TMixer.Mix(ref c, ref d, 20);
        TMixer.Mix(ref a, ref d, 17); TMixer.Mix(ref c, ref b, 11);
        TMixer.Mix(ref a, ref b, 25); TMixer.Mix(ref c, ref d, 10);
        TMixer.Mix(ref a, ref d, 18); TMixer.Mix(ref c, ref b, 20);
    }

    // Operations on one component T of some blocks.
    private interface IMixer<T>
    {
        /// <summary>a grows by b; b is rotated to the left and takes the exclusive or with the new a.</summary>
        static abstract void Mix(ref T a, ref T b, [ConstantExpected] byte rotation);

        /// <summary>Adds one number to all lanes.</summary>
        static abstract void Add(ref T a, uint value);
    }

    // One block.
    private readonly struct Lane : IMixer<uint>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Mix(ref uint a, ref uint b, [ConstantExpected] byte rotation)
        {
            a += b;
            b = uint.RotateLeft(b, rotation) ^ a;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(ref uint a, uint value) => a += value;
    }

    // A group.
    private readonly struct Lanes : IMixer<Vector512<uint>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Mix(ref Vector512<uint> a, ref Vector512<uint> b, [ConstantExpected] byte rotation)
        {
            a += b;
            b = (Avx512F.IsSupported ? Avx512F.RotateLeft(b, rotation) : (b << rotation) | (b >>> (32 - rotation))) ^ a;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(ref Vector512<uint> a, uint value) => a += Vector512.Create(value);
    }

    /// <summary>One component of four groups.</summary>
    internal struct Four : IMixer<Four>
    {
        public Vector512<uint> V0, V1, V2, V3;

        // All lanes alike.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four(uint value) => V0 = V1 = V2 = V3 = Vector512.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Mix(ref Four a, ref Four b, [ConstantExpected] byte rotation)
        {
            a.V0 += b.V0;
            a.V1 += b.V1;
            a.V2 += b.V2;
            a.V3 += b.V3;
            b.V0 = Avx512F.RotateLeft(b.V0, rotation) ^ a.V0;
            b.V1 = Avx512F.RotateLeft(b.V1, rotation) ^ a.V1;
            b.V2 = Avx512F.RotateLeft(b.V2, rotation) ^ a.V2;
            b.V3 = Avx512F.RotateLeft(b.V3, rotation) ^ a.V3;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(ref Four a, uint value)
        {
            Vector512<uint> v = Vector512.Create(value);
            a.V0 += v;
            a.V1 += v;
            a.V2 += v;
            a.V3 += v;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Xor(in Four other)
        {
            V0 ^= other.V0;
            V1 ^= other.V1;
            V2 ^= other.V2;
            V3 ^= other.V3;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(ref uint words, nuint component)
        {
            V0.StoreUnsafe(ref words, component);
            V1.StoreUnsafe(ref words, component + 64);
            V2.StoreUnsafe(ref words, component + 128);
            V3.StoreUnsafe(ref words, component + 192);
        }
    }

    /// <summary>
    /// What is added to the four words before the rounds and after each four of them: seed, stream and their parity word, in turns.
    /// </summary>
    /// <remarks>Each has its own place, so that the compiler spreads it over a vector from memory; from a register it takes an arithmetic unit.</remarks>
    internal readonly struct Key
    {
        public readonly uint A0, B0, C0, D0, A1, B1, C1, D1, A2, B2, C2, D2, A3, B3, C3, D3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Key(in RandomAddress at)
        {
            uint k0 = (uint)at.Seed, k1 = (uint)(at.Seed >> 32), k2 = (uint)at.Stream, k3 = (uint)(at.Stream >> 32);
            uint k4 = Parity ^ k0 ^ k1 ^ k2 ^ k3;
            A0 = k0; B0 = k1; C0 = k2; D0 = k3;
            A1 = k1; B1 = k2; C1 = k3; D1 = k4 + 1;
            A2 = k2; B2 = k3; C2 = k4; D2 = k0 + 2;
            A3 = k3; B3 = k4; C3 = k0; D3 = k1 + 3;
        }
    }

    /// <summary>
    /// What all lanes of neighbouring groups share of rounds 0 and 1, as only the first word of the counter differs: round 0 of the last two
    /// words, and the rotations of words that no lane has changed.
    /// </summary>
    private readonly struct Start
    {
        /// <summary>The first word after the addition of round 0, less the number of the block in its group.</summary>
        public readonly uint A;

        /// <summary>The second word, rotated by round 0.</summary>
        public readonly uint B;

        /// <summary>The third word after round 0.</summary>
        public readonly uint C;

        /// <summary>The fourth word after round 0.</summary>
        public readonly uint D;

        /// <summary>The same, rotated by round 1.</summary>
        public readonly uint TurnedD;

        public Start(in Key k, ulong step, ulong group)
        {
            ulong block = group * GroupBlocks;
            uint b = (uint)(block >> 32) + k.B0, d = (uint)(step >> 32) + k.D0;
            A = (uint)block + k.A0 + b;
            B = uint.RotateLeft(b, 10);
            C = (uint)step + k.C0 + d;
            D = uint.RotateLeft(d, 26) ^ C;
            TurnedD = uint.RotateLeft(D, 11);
        }
    }

    /// <summary>One component of a group, in halves.</summary>
    internal struct Two : IMixer<Two>
    {
        public Vector256<uint> V0, V1;

        // All lanes alike.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Two(uint value) => V0 = V1 = Vector256.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Mix(ref Two a, ref Two b, [ConstantExpected] byte rotation)
        {
            a.V0 += b.V0;
            a.V1 += b.V1;
            b.V0 = ((b.V0 << rotation) | (b.V0 >>> (32 - rotation))) ^ a.V0;
            b.V1 = ((b.V1 << rotation) | (b.V1 >>> (32 - rotation))) ^ a.V1;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(ref Two a, uint value)
        {
            Vector256<uint> v = Vector256.Create(value);
            a.V0 += v;
            a.V1 += v;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Xor(in Two other)
        {
            V0 ^= other.V0;
            V1 ^= other.V1;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(ref uint words, nuint component)
        {
            V0.StoreUnsafe(ref words, component);
            V1.StoreUnsafe(ref words, component + 8);
        }
    }
}
