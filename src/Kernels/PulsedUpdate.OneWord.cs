using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <content>
/// Rows whose train is one word. Which columns meet it is compared twice, each time with another number: a mask that both branches and selects
/// would go through a vector and back. The numbers of the array are read where they lie: from a register they would have to be spread.
/// </content>
public static partial class PulsedUpdate
{
    // Rows of one word, checked once for all of them.
    private static long RowsOfOneWord<TResponse, TParameters>(
        LineTrains columns, LineTrains rows, ReadOnlySpan<int> rowOf, ReadOnlySpan<uint> rowTrains, in TParameters p, PaddedMatrix weights,
        out long events)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        ref uint t = ref MemoryMarshal.GetReference(columns.Words);
        ref float s = ref MemoryMarshal.GetReference(columns.Values), w = ref weights.First;
        ReadOnlySpan<float> rowSigns = rows.Values;
        long coincidences = 0;
        events = 0;
        for (int n = 0; n < rowTrains.Length; n++)
        {
            uint train = rowTrains[n];
            if (train == 0)
            {
                continue;
            }

            int i = rowOf[n];
            float sign = MathF.CopySign(1, rowSigns[i]);
            ref float row = ref Unsafe.Add(ref w, (nint)i * weights.Stride);
            (long met, int hit) = OneWord<TResponse, TParameters>(ref t, ref s, train, sign, p, ref row, columns.Lines, out int j);
            for (; j < columns.Lines; j++)
            {
                int count = BitOperations.PopCount(Unsafe.Add(ref t, j) & train);
                if (count > 0)
                {
                    hit++;
                    met += count;
                    Unsafe.Add(ref row, j) = TResponse.Apply(Unsafe.Add(ref row, j), count * sign * MathF.CopySign(1, Unsafe.Add(ref s, j)), p);
                }
            }

            coincidences += met;
            events += hit;
        }

        return coincidences;
    }

    // As many columns as fill vectors; first receives the one behind them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (long Coincidences, int Events) OneWord<TResponse, TParameters>(
        ref uint t, ref float s, uint train, float sign, in TParameters p, ref float w, int columns, out int first)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        first = 0;
        (long Coincidences, int Events) sum = default;
        bool isOne = BitOperations.IsPow2(train);
        if (Vector512.IsHardwareAccelerated)
        {
            sum = isOne ? Twice(OnePulse512<TResponse, TParameters>(ref t, ref s, train, sign, p, ref w, columns, ref first))
                : Word512<TResponse, TParameters>(ref t, ref s, train, sign, p, ref w, columns, ref first);
        }

        if (Vector256.IsHardwareAccelerated && first + 8 <= columns)
        {
            (long coincidences, int events) = isOne ? Twice(OnePulse256<TResponse, TParameters>(ref t, ref s, train, sign, p, ref w, columns, ref first))
                : Word256<TResponse, TParameters>(ref t, ref s, train, sign, p, ref w, columns, ref first);
            sum = (sum.Coincidences + coincidences, sum.Events + events);
        }

        return sum;

        static (long, int) Twice(int events) => (events, events);
    }

    private static (long Coincidences, int Events) Word512<TResponse, TParameters>(
        ref uint t, ref float s, uint train, float sign, in TParameters p, ref float w, int columns, ref int first)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        Vector512<float> signBit = Vector512.Create(-0f), rowSign = Vector512.Create(sign) & signBit;
        Vector512<uint> row = Vector512.Create(train);
        Vector512<int> total = Vector512<int>.Zero;
        int events = 0;
        nuint j = (nuint)first;
        for (; j + 16 <= (nuint)columns; j += 16)
        {
            Vector512<uint> met = Vector512.LoadUnsafe(ref t, j) & row;
            uint some = 0xFFFF ^ (uint)Vector512.Equals(met, Vector512<uint>.Zero).ExtractMostSignificantBits();
            if (some == 0)
            {
                continue;
            }

            events += BitOperations.PopCount(some);
            Vector512<int> count = Bits.SumBytes(Bits.CountBytes(met));
            total += count;
            Vector512<float> before = Vector512.LoadUnsafe(ref w, j);
            Vector512<float> pulses = Vector512.ConvertToSingle(count) ^ rowSign ^ (Vector512.LoadUnsafe(ref s, j) & signBit);
            Vector512<float> missed = Vector512.Equals(count, Vector512<int>.Zero).AsSingle();
            Vector512.ConditionalSelect(missed, before, TResponse.Apply(before, pulses, p)).StoreUnsafe(ref w, j);
        }

        first = (int)j;
        return (Vector512.Sum(total), events);
    }

    // A row that pulses in one slot: a column meets it or does not, so that nothing is counted bit by bit.
    private static int OnePulse512<TResponse, TParameters>(
        ref uint t, ref float s, uint slot, float sign, in TParameters p, ref float w, int columns, ref int first)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        Vector512<float> signBit = Vector512.Create(-0f), one = Vector512.Create(sign);
        Vector512<uint> row = Vector512.Create(slot);
        int events = 0;
        nuint j = (nuint)first;
        for (; j + 16 <= (nuint)columns; j += 16)
        {
            Vector512<uint> met = Vector512.LoadUnsafe(ref t, j) & row;
            uint some = 0xFFFF ^ (uint)Vector512.Equals(met, Vector512<uint>.Zero).ExtractMostSignificantBits();
            if (some == 0)
            {
                continue;
            }

            events += BitOperations.PopCount(some);
            Vector512<float> before = Vector512.LoadUnsafe(ref w, j), pulses = one ^ (Vector512.LoadUnsafe(ref s, j) & signBit);
            Vector512<float> isMet = Vector512.Equals(met, row).AsSingle();
            Vector512.ConditionalSelect(isMet, TResponse.Apply(before, pulses, p), before).StoreUnsafe(ref w, j);
        }

        first = (int)j;
        return events;
    }

    private static (long Coincidences, int Events) Word256<TResponse, TParameters>(
        ref uint t, ref float s, uint train, float sign, in TParameters p, ref float w, int columns, ref int first)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        Vector256<float> signBit = Vector256.Create(-0f), rowSign = Vector256.Create(sign) & signBit;
        Vector256<uint> row = Vector256.Create(train);
        Vector256<int> total = Vector256<int>.Zero;
        int events = 0;
        nuint j = (nuint)first;
        for (; j + 8 <= (nuint)columns; j += 8)
        {
            Vector256<uint> met = Vector256.LoadUnsafe(ref t, j) & row;
            uint some = 0xFF ^ (uint)Vector256.Equals(met, Vector256<uint>.Zero).ExtractMostSignificantBits();
            if (some == 0)
            {
                continue;
            }

            events += BitOperations.PopCount(some);
            Vector256<int> count = Bits.SumBytes(Bits.CountBytes(met));
            total += count;
            Vector256<float> before = Vector256.LoadUnsafe(ref w, j);
            Vector256<float> pulses = Vector256.ConvertToSingle(count) ^ rowSign ^ (Vector256.LoadUnsafe(ref s, j) & signBit);
            Vector256<float> missed = Vector256.Equals(count, Vector256<int>.Zero).AsSingle();
            Vector256.ConditionalSelect(missed, before, TResponse.Apply(before, pulses, p)).StoreUnsafe(ref w, j);
        }

        first = (int)j;
        return (Vector256.Sum(total), events);
    }

    // A row that pulses in one slot: a column meets it or does not, so that nothing is counted bit by bit.
    private static int OnePulse256<TResponse, TParameters>(
        ref uint t, ref float s, uint slot, float sign, in TParameters p, ref float w, int columns, ref int first)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        Vector256<float> signBit = Vector256.Create(-0f), one = Vector256.Create(sign);
        Vector256<uint> row = Vector256.Create(slot);
        int events = 0;
        nuint j = (nuint)first;
        for (; j + 8 <= (nuint)columns; j += 8)
        {
            Vector256<uint> met = Vector256.LoadUnsafe(ref t, j) & row;
            uint some = 0xFF ^ (uint)Vector256.Equals(met, Vector256<uint>.Zero).ExtractMostSignificantBits();
            if (some == 0)
            {
                continue;
            }

            events += BitOperations.PopCount(some);
            Vector256<float> before = Vector256.LoadUnsafe(ref w, j), pulses = one ^ (Vector256.LoadUnsafe(ref s, j) & signBit);
            Vector256<float> isMet = Vector256.Equals(met, row).AsSingle();
            Vector256.ConditionalSelect(isMet, TResponse.Apply(before, pulses, p), before).StoreUnsafe(ref w, j);
        }

        first = (int)j;
        return events;
    }
}
