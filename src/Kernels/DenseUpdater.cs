using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Steps weights by the coincidences of dense trains, as <see cref="PulsedUpdate"/> does, with whole rows at a time.</summary>
/// <remarks>
/// A column is a byte in every slot, ±1 by its sign if it pulses, else 0. The sum over the slots in which a row pulses holds its coincidences
/// with all columns, up or down, so that no bits are counted. It is put together from four slots at a time, whose sixteen sums are made
/// beforehand (V. L. Arlazarov, E. A. Dinic, M. A. Kronrod, I. A. Faradzev, Sov. Math. Dokl. 11:1209 (1970)). The same bits as every other way,
/// as each cross-point takes all its pulses at once. Stochastic update by coincidence: T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016).
/// </remarks>
public sealed class DenseUpdater
{
    /// <summary>The most slots whose sum a byte holds.</summary>
    public const int MaxSlots = sbyte.MaxValue;

    private const int SlotsOfPart = 4; // of trains
    private const int SumsOfPart = 1 << SlotsOfPart;
    private const int PartsOfWord = PulseTrains.SlotsPerWord / SlotsOfPart;
    private const int MaxParts = (MaxSlots + SlotsOfPart - 1) / SlotsOfPart;
    private const int ColumnsAtATime = 32;
    private readonly int columnCount;
    private readonly int stride; // bytes from one sum to the next
    private readonly uint[] trains;
    private readonly int[] isUp; // all bits set, of the columns with a positive sign
    private readonly PaddedMatrix sum; // of the row at hand
    private PaddedMatrix sums; // sixteen of each part

    /// <summary>Makes room for an array.</summary>
    /// <param name="columns">Output lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    /// <exception cref="OverflowException">There are four million or more.</exception>
    public DenseUpdater(int columns)
    {
        ThrowHelper.RequireAtLeast(nameof(columns), 1, columns);
        columnCount = columns;
        sum = new PaddedMatrix(1, (columns + sizeof(float) - 1) / sizeof(float));
        stride = sum.Stride * sizeof(float);
        _ = checked(SumsOfPart * MaxParts * stride); // places of sums are numbers of 32 bits
        trains = new uint[stride];
        isUp = new int[stride];
        sums = new PaddedMatrix(SumsOfPart * PartsOfWord, sum.Stride);
    }

    /// <summary>w[i, j] becomes the response of its device to the pulses in which row i and column j meet.</summary>
    /// <typeparam name="TResponse">The device type; the loop is compiled once for each.</typeparam>
    /// <typeparam name="TParameters">The numbers of one array.</typeparam>
    /// <param name="columns">Trains of the output lines, at most <see cref="MaxSlots"/> slots.</param>
    /// <param name="rows">Trains of the input lines, in the same slots.</param>
    /// <param name="rowOf">The input lines to take, as <see cref="LineTrains.Compact"/> lists them; not looked at where the train is empty.</param>
    /// <param name="rowTrains">Their trains, shape [planes, rows to take].</param>
    /// <param name="p">The numbers of the array.</param>
    /// <param name="weights">Weight units, shape [input lines, output lines].</param>
    /// <param name="events">Receives the number of cross-points with at least one coincidence.</param>
    /// <returns>The coincidences.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or trains are too long.</exception>
    public long Apply<TResponse, TParameters>(
        LineTrains columns, LineTrains rows, ReadOnlySpan<int> rowOf, ReadOnlySpan<uint> rowTrains, in TParameters p, PaddedMatrix weights,
        out long events)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        PulsedUpdate.Require(columns, rows, rowOf, rowTrains, weights, columnCount, MaxSlots);
        List(columns);
        ReadOnlySpan<float> values = rows.Values;
        Span<int> parts = stackalloc int[MaxParts];
        int count = Parts(rows.BitLength);
        long coincidences = 0;
        events = 0;
        for (int n = 0; n < rowOf.Length; n++)
        {
            if (!Find(rowTrains, n, rowOf.Length, parts))
            {
                continue;
            }

            (int met, int total) = Add(parts[..count]);
            events += met;
            coincidences += total;
            int i = rowOf[n];
            Step<TResponse, TParameters>(float.IsNegative(values[i]), p, ref Unsafe.Add(ref weights.First, (nint)i * weights.Stride));
        }

        return coincidences;
    }

    private static int Parts(int slots) => (slots + SlotsOfPart - 1) / SlotsOfPart;

    private static ref sbyte Bytes(PaddedMatrix matrix) => ref Unsafe.As<float, sbyte>(ref matrix.First);

    // Where the sums lie that the parts of a row's train ask for, eight parts a word; returns whether it has a pulse.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Find(ReadOnlySpan<uint> rowTrains, int row, int rows, Span<int> parts)
    {
        uint any = 0;
        for (int part = 0; row < rowTrains.Length; row += rows, part += PartsOfWord)
        {
            uint train = rowTrains[row];
            any |= train;
            // Each four bits to the top and down again, as not every processor shifts lanes by numbers of their own.
            Vector256<uint> slots = (Vector256.Create(train) * Vector256.Create(1u << 28, 1u << 24, 1u << 20, 1u << 16, 1u << 12, 1u << 8, 1u << 4, 1u)) >>> 28;
            ((slots.AsInt32() + ((Vector256<int>.Indices + Vector256.Create(part)) * SumsOfPart)) * stride).CopyTo(parts[part..]);
        }

        return any != 0;
    }

    // Makes the sums of all parts.
    private void List(LineTrains columns)
    {
        if (sums.Inputs < SumsOfPart * Parts(columns.BitLength))
        {
            sums = new PaddedMatrix(SumsOfPart * MaxParts, sum.Stride);
        }

        for (int j = 0; j < columnCount; j++)
        {
            isUp[j] = ~(BitConverter.SingleToInt32Bits(columns.Values[j]) >> 31);
        }

        for (int plane = 0, first = 0; plane < columns.Planes; plane++, first += PulseTrains.SlotsPerWord)
        {
            columns.Words.Slice(plane * columnCount, columnCount).CopyTo(trains);
            ListPlane(Parts(first), Parts(Math.Min(first + PulseTrains.SlotsPerWord, columns.BitLength)));
        }
    }

    // Those of one word.
    private void ListPlane(int first, int end)
    {
        ref sbyte to = ref Bytes(sums);
        if (!PulseLoops.AreVectors)
        {
            for (int part = first; part < end; part++)
            {
                for (int n = 0; n < SumsOfPart; n++)
                {
                    for (int j = 0; j < columnCount; j++)
                    {
                        int met = BitOperations.PopCount((trains[j] >> (SlotsOfPart * (part - first))) & (uint)n);
                        Unsafe.Add(ref to, (((part * SumsOfPart) + n) * stride) + j) = (sbyte)(isUp[j] != 0 ? met : -met);
                    }
                }
            }

            return;
        }

        ref uint words = ref MemoryMarshal.GetArrayDataReference(trains);
        ref int up = ref MemoryMarshal.GetArrayDataReference(isUp);
        for (int j = 0; j < stride; j += ColumnsAtATime)
        {
            nuint at = (nuint)j;
            Vector256<uint> a = Vector256.LoadUnsafe(ref words, at), b = Vector256.LoadUnsafe(ref words, at + 8);
            Vector256<uint> c = Vector256.LoadUnsafe(ref words, at + 16), d = Vector256.LoadUnsafe(ref words, at + 24);
            Vector256<sbyte> turn = Narrow(
                Vector256.LoadUnsafe(ref up, at), Vector256.LoadUnsafe(ref up, at + 8), Vector256.LoadUnsafe(ref up, at + 16), Vector256.LoadUnsafe(ref up, at + 24));
            ref sbyte here = ref Unsafe.Add(ref to, (first * SumsOfPart * stride) + j);
            for (int part = first; part < end; part++)
            {
                Vector256<sbyte>.Zero.StoreUnsafe(ref here);
                for (int made = 1, shift = PulseTrains.SlotsPerWord - 1 - (SlotsOfPart * (part - first)); made < SumsOfPart; made *= 2, shift--)
                {
                    Vector256<sbyte> down = Narrow(Pulses(a, shift), Pulses(b, shift), Pulses(c, shift), Pulses(d, shift)), slot = (down ^ turn) - turn;
                    for (int n = 0; n < made; n++)
                    {
                        (Vector256.LoadUnsafe(ref Unsafe.Add(ref here, n * stride)) + slot).StoreUnsafe(ref Unsafe.Add(ref here, (made + n) * stride));
                    }
                }

                here = ref Unsafe.Add(ref here, SumsOfPart * stride);
            }
        }
    }

    // -1 in the lanes whose bit, shifted to the place of the sign, is set.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Pulses(Vector256<uint> words, int shift) => (words << shift).AsInt32() >> 31;

    // The numbers of four vectors, in turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Narrow(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d)
    {
        Vector256<int> mixed = Avx2.PackSignedSaturate(Avx2.PackSignedSaturate(a, b), Avx2.PackSignedSaturate(c, d)).AsInt32();
        return Avx2.PermuteVar8x32(mixed, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsSByte();
    }

    // The sum of a row from those of its parts; returns the columns in which it is not zero, and how much it is in all of them together.
    private (int Events, int Coincidences) Add(ReadOnlySpan<int> parts)
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported)
        {
            return Add<Bytes512, Vector512<sbyte>>(parts);
        }

        if (PulseLoops.AreVectors)
        {
            return Add<Bytes256, Vector256<sbyte>>(parts);
        }

        ref sbyte all = ref Bytes(sums), to = ref Bytes(sum);
        int met = 0, pulses = 0;
        for (int j = 0; j < columnCount; j++)
        {
            int total = 0;
            foreach (int part in parts)
            {
                total += Unsafe.Add(ref all, part + j);
            }

            Unsafe.Add(ref to, j) = (sbyte)total;
            met += total != 0 ? 1 : 0;
            pulses += Math.Abs(total);
        }

        return (met, pulses);
    }

    private (int Events, int Coincidences) Add<TBytes, T>(ReadOnlySpan<int> parts)
        where TBytes : struct, IBytes<T>
        where T : struct
    {
        ref sbyte all = ref Bytes(sums), to = ref Bytes(sum);
        int width = Unsafe.SizeOf<T>(), j = 0, met = 0;
        T total = default;
        for (; j <= stride - (8 * width); j += 8 * width)
        {
            Four<T> low = default, high = default;
            foreach (int part in parts)
            {
                ref sbyte some = ref Unsafe.Add(ref all, part + j);
                low = Plus<TBytes, T>(low, ref some);
                high = Plus<TBytes, T>(high, ref Unsafe.Add(ref some, 4 * width));
            }

            met += Store<TBytes, T>(low, ref Unsafe.Add(ref to, j), ref total) + Store<TBytes, T>(high, ref Unsafe.Add(ref to, j + (4 * width)), ref total);
        }

        for (; j <= stride - (4 * width); j += 4 * width)
        {
            Four<T> four = default;
            foreach (int part in parts)
            {
                four = Plus<TBytes, T>(four, ref Unsafe.Add(ref all, part + j));
            }

            met += Store<TBytes, T>(four, ref Unsafe.Add(ref to, j), ref total);
        }

        for (; j < stride; j += width)
        {
            T one = default;
            foreach (int part in parts)
            {
                one = TBytes.Plus(one, ref Unsafe.Add(ref all, part + j), 0);
            }

            met += TBytes.Store(one, ref to, j, ref total);
        }

        return (met, TBytes.Sum(total));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Four<T> Plus<TBytes, T>(Four<T> sums, ref sbyte slot)
        where TBytes : struct, IBytes<T>
        where T : struct => new(
            TBytes.Plus(sums.V0, ref slot, 0), TBytes.Plus(sums.V1, ref slot, 1), TBytes.Plus(sums.V2, ref slot, 2), TBytes.Plus(sums.V3, ref slot, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Store<TBytes, T>(Four<T> sums, ref sbyte to, ref T total)
        where TBytes : struct, IBytes<T>
        where T : struct =>
        TBytes.Store(sums.V0, ref to, 0, ref total) + TBytes.Store(sums.V1, ref to, Unsafe.SizeOf<T>(), ref total)
        + TBytes.Store(sums.V2, ref to, 2 * Unsafe.SizeOf<T>(), ref total) + TBytes.Store(sums.V3, ref to, 3 * Unsafe.SizeOf<T>(), ref total);

    // One row of weights; its padding meets no pulse.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Step<TResponse, TParameters>(bool isDown, TParameters p, ref float w)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        nuint j = 0, count = (nuint)columnCount;
        ref sbyte from = ref Bytes(sum);
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            Vector512<float> sign = Vector512.Create(isDown ? -0f : 0);
            for (; j < count; j += 16)
            {
                Vector512<int> n = Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref from, j));
                Vector512<float> before = Vector512.LoadUnsafe(ref w, j), after = TResponse.Apply(before, Vector512.ConvertToSingle(n) ^ sign, p);
                Vector512.ConditionalSelect(Vector512.Equals(n, Vector512<int>.Zero).AsSingle(), before, after).StoreUnsafe(ref w, j);
            }
        }
        else if (PulseLoops.AreVectors)
        {
            Vector256<float> sign = Vector256.Create(isDown ? -0f : 0);
            for (; j < count; j += 8)
            {
                ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref from, j)));
                Vector256<int> n = Avx2.ConvertToVector256Int32(Vector128.CreateScalar(eight).AsSByte());
                Vector256<float> before = Vector256.LoadUnsafe(ref w, j), after = TResponse.Apply(before, Vector256.ConvertToSingle(n) ^ sign, p);
                Vector256.ConditionalSelect(Vector256.Equals(n, Vector256<int>.Zero).AsSingle(), before, after).StoreUnsafe(ref w, j);
            }
        }

        for (; j < count; j++)
        {
            int n = Unsafe.Add(ref from, j);
            if (n != 0)
            {
                ref float one = ref Unsafe.Add(ref w, j);
                one = TResponse.Apply(one, isDown ? -n : n, p);
            }
        }
    }

    // Bytes side by side.
    private interface IBytes<T>
        where T : struct
    {
        /// <summary>Adds the n-th vector from a byte on.</summary>
        static abstract T Plus(T bytes, ref sbyte from, int n);

        /// <summary>Stores bytes, counts those that are not zero, and adds up their magnitudes.</summary>
        static abstract int Store(T bytes, ref sbyte to, int at, ref T total);

        /// <summary>What has been added up.</summary>
        static abstract int Sum(T total);
    }

    private readonly struct Bytes256 : IBytes<Vector256<sbyte>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<sbyte> Plus(Vector256<sbyte> bytes, ref sbyte from, int n) => bytes + Vector256.LoadUnsafe(ref from, (nuint)(n * Vector256<sbyte>.Count));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Store(Vector256<sbyte> bytes, ref sbyte to, int at, ref Vector256<sbyte> total)
        {
            bytes.StoreUnsafe(ref to, (nuint)at);
            total = (total.AsInt64() + Avx2.SumAbsoluteDifferences(Avx2.Abs(bytes), Vector256<byte>.Zero).AsInt64()).AsSByte();
            return Vector256<sbyte>.Count - BitOperations.PopCount(Vector256.Equals(bytes, Vector256<sbyte>.Zero).ExtractMostSignificantBits());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Sum(Vector256<sbyte> total) => (int)Vector256.Sum(total.AsInt64());
    }

    private readonly struct Bytes512 : IBytes<Vector512<sbyte>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<sbyte> Plus(Vector512<sbyte> bytes, ref sbyte from, int n) => bytes + Vector512.LoadUnsafe(ref from, (nuint)(n * Vector512<sbyte>.Count));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Store(Vector512<sbyte> bytes, ref sbyte to, int at, ref Vector512<sbyte> total)
        {
            bytes.StoreUnsafe(ref to, (nuint)at);
            total = (total.AsInt64() + Avx512BW.SumAbsoluteDifferences(Avx512BW.Abs(bytes), Vector512<byte>.Zero).AsInt64()).AsSByte();
            return Vector512<sbyte>.Count - BitOperations.PopCount(Vector512.Equals(bytes, Vector512<sbyte>.Zero).ExtractMostSignificantBits());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Sum(Vector512<sbyte> total) => (int)Vector512.Sum(total.AsInt64());
    }
}
