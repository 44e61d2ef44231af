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
        ReadOnlySpan<float> values = rows.Values;
        long coincidences = 0;
        events = 0;
        for (int n = 0; n < rowTrains.Length; n++)
        {
            if (rowTrains[n] != 0)
            {
                int i = rowOf[n];
                ref float row = ref Unsafe.Add(ref weights.First, (nint)i * weights.Stride);
                coincidences += Row<TResponse, TParameters>(columns, rowTrains[n], values[i], p, ref row, out int met);
                events += met;
            }
        }

        return coincidences;
    }

    /// <summary>As the other forms for trains of one word; nothing is checked, and the row has as many weights as there are columns.</summary>
    internal static long Row<TResponse, TParameters>(LineTrains columns, uint train, float rowSign, in TParameters p, ref float row, out int events)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        ref uint t = ref MemoryMarshal.GetReference(columns.Words);
        ref float s = ref MemoryMarshal.GetReference(columns.Values);
        float sign = MathF.CopySign(1, rowSign);
        (long coincidences, events) = OneWord<TResponse, TParameters>(ref t, ref s, train, sign, p, ref row, columns.Lines, out int j);
        for (; j < columns.Lines; j++)
        {
            int count = BitOperations.PopCount(Unsafe.Add(ref t, j) & train);
            if (count > 0)
            {
                events++;
                coincidences += count;
                Unsafe.Add(ref row, j) = TResponse.Apply(Unsafe.Add(ref row, j), count * sign * MathF.CopySign(1, Unsafe.Add(ref s, j)), p);
            }
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
        if (Vector512.IsHardwareAccelerated)
        {
            sum = Word512<TResponse, TParameters>(ref t, ref s, train, sign, p, ref w, columns, ref first);
        }

        if (Vector256.IsHardwareAccelerated && first + 8 <= columns)
        {
            (long coincidences, int events) = Word256<TResponse, TParameters>(ref t, ref s, train, sign, p, ref w, columns, ref first);
            sum = (sum.Coincidences + coincidences, sum.Events + events);
        }

        return sum;
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
}
