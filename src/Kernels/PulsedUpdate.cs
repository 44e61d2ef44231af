using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Steps the weights of a row by the coincidences of its train with those of the columns.</summary>
public static partial class PulsedUpdate
{
    /// <summary>What every updater of some rows asks of its arguments, before anything is written.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit, or trains are too long.</exception>
    internal static void Require(
        LineTrains columns, LineTrains rows, ReadOnlySpan<int> rowOf, ReadOnlySpan<uint> rowTrains, PaddedMatrix weights, int columnCount, int maxSlots)
    {
        ThrowHelper.RequireLength(nameof(columns), columnCount, columns.Lines);
        ThrowHelper.RequireInRange(nameof(columns), 1, maxSlots, columns.BitLength);
        ThrowHelper.RequireLength(nameof(columns), rows.BitLength, columns.BitLength);
        ThrowHelper.RequireLength(nameof(weights), rows.Lines, weights.Inputs);
        ThrowHelper.RequireLength(nameof(weights), columns.Lines, weights.Outputs);
        ThrowHelper.RequireLength(nameof(rowTrains), rows.Planes * rowOf.Length, rowTrains.Length);
    }

    /// <inheritdoc cref="Row{TResponse, TParameters}(ReadOnlySpan{uint}, ReadOnlySpan{float}, ReadOnlySpan{uint}, float, in TParameters, Span{float}, out int)"/>
    public static long Row<TResponse, TParameters>(
        ReadOnlySpan<uint> columnTrains, ReadOnlySpan<float> columnSigns, ReadOnlySpan<uint> rowTrain, float rowSign,
        in TParameters p, Span<float> weights)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct =>
        Row<TResponse, TParameters>(columnTrains, columnSigns, rowTrain, rowSign, p, weights, out _);

    /// <summary>w[j] becomes the response of its device to sign(rowSign columnSigns[j]) coincidences[j] pulses.</summary>
    /// <typeparam name="TResponse">The device type; the loop is compiled once for each.</typeparam>
    /// <typeparam name="TParameters">The numbers of one array.</typeparam>
    /// <param name="columnTrains">One train a column, shape [planes, columns].</param>
    /// <param name="columnSigns">Numbers whose signs the column pulses carry, shape [columns].</param>
    /// <param name="rowTrain">The train of the row, shape [planes].</param>
    /// <param name="rowSign">A number whose sign the row's pulses carry.</param>
    /// <param name="p">The numbers of the array.</param>
    /// <param name="weights">The weights of the row, shape [columns].</param>
    /// <param name="events">Receives the number of cross-points with at least one coincidence.</param>
    /// <returns>The coincidences of the row.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>
    /// Stochastic update by coincidence, T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016). A vector of columns that meets no pulse
    /// costs one test. The same bits at every vector width.
    /// </remarks>
    public static long Row<TResponse, TParameters>(
        ReadOnlySpan<uint> columnTrains, ReadOnlySpan<float> columnSigns, ReadOnlySpan<uint> rowTrain, float rowSign,
        in TParameters p, Span<float> weights, out int events)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        events = 0;
        int planes = rowTrain.Length, columns = weights.Length;
        ThrowHelper.RequireLength(nameof(columnTrains), planes * columns, columnTrains.Length);
        ThrowHelper.RequireAtLeast(nameof(rowTrain), 1, planes);
        ThrowHelper.RequireLength(nameof(columnSigns), columns, columnSigns.Length);
        ref uint t = ref MemoryMarshal.GetReference(columnTrains);
        ref float s = ref MemoryMarshal.GetReference(columnSigns);
        ref float w = ref MemoryMarshal.GetReference(weights);
        float sign = MathF.CopySign(1, rowSign);
        long coincidences = 0;
        int j = 0;
        if (planes == 1)
        {
            (coincidences, events) = OneWord<TResponse, TParameters>(ref t, ref s, rowTrain[0], sign, p, ref w, columns, out j);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> signBit = Vector512.Create(-0f), row = Vector512.Create(sign) & signBit;
            Vector512<int> total = Vector512<int>.Zero;
            for (; j <= columns - 16; j += 16)
            {
                Vector512<int> count = Count512(ref t, j, columns, rowTrain);
                if (count == Vector512<int>.Zero)
                {
                    continue;
                }

                events += BitOperations.PopCount(Vector512.GreaterThan(count, Vector512<int>.Zero).ExtractMostSignificantBits());
                total += count;
                Vector512<float> pulses = Vector512.ConvertToSingle(count) ^ row ^ (Vector512.LoadUnsafe(ref s, (nuint)j) & signBit);
                Vector512<float> before = Vector512.LoadUnsafe(ref w, (nuint)j);
                Vector512<float> untouched = Vector512.Equals(count, Vector512<int>.Zero).AsSingle();
                Vector512.ConditionalSelect(untouched, before, TResponse.Apply(before, pulses, p)).StoreUnsafe(ref w, (nuint)j);
            }

            coincidences += Vector512.Sum(total);
        }

        if (planes > 1 && Vector256.IsHardwareAccelerated)
        {
            Vector256<float> signBit = Vector256.Create(-0f), row = Vector256.Create(sign) & signBit;
            Vector256<int> total = Vector256<int>.Zero;
            for (; j <= columns - 8; j += 8)
            {
                Vector256<int> count = Count256(ref t, j, columns, rowTrain);
                if (count == Vector256<int>.Zero)
                {
                    continue;
                }

                events += BitOperations.PopCount(Vector256.GreaterThan(count, Vector256<int>.Zero).ExtractMostSignificantBits());
                total += count;
                Vector256<float> pulses = Vector256.ConvertToSingle(count) ^ row ^ (Vector256.LoadUnsafe(ref s, (nuint)j) & signBit);
                Vector256<float> before = Vector256.LoadUnsafe(ref w, (nuint)j);
                Vector256<float> untouched = Vector256.Equals(count, Vector256<int>.Zero).AsSingle();
                Vector256.ConditionalSelect(untouched, before, TResponse.Apply(before, pulses, p)).StoreUnsafe(ref w, (nuint)j);
            }

            coincidences += Vector256.Sum(total);
        }

        for (; j < columns; j++)
        {
            int count = 0;
            for (int plane = 0; plane < planes; plane++)
            {
                count += BitOperations.PopCount(columnTrains[(plane * columns) + j] & rowTrain[plane]);
            }

            if (count > 0)
            {
                events++;
                coincidences += count;
                Unsafe.Add(ref w, j) = TResponse.Apply(Unsafe.Add(ref w, j), count * sign * MathF.CopySign(1, columnSigns[j]), p);
            }
        }

        return coincidences;
    }

    /// <summary>As <see cref="Row{TResponse, TParameters}(ReadOnlySpan{uint}, ReadOnlySpan{float}, ReadOnlySpan{uint}, float, in TParameters, Span{float}, out int)"/> for rows in turn.</summary>
    /// <typeparam name="TResponse">The device type; the loop is compiled once for each.</typeparam>
    /// <typeparam name="TParameters">The numbers of one array.</typeparam>
    /// <param name="columns">Trains of the output lines.</param>
    /// <param name="rows">Trains of the input lines, in the same slots.</param>
    /// <param name="rowOf">The input lines to take, as <see cref="LineTrains.Compact"/> lists them; not looked at where the train is empty.</param>
    /// <param name="rowTrains">Their trains, shape [planes, rows to take].</param>
    /// <param name="p">The numbers of the array.</param>
    /// <param name="weights">Weight units, shape [input lines, output lines].</param>
    /// <param name="events">Receives the number of cross-points with at least one coincidence.</param>
    /// <returns>The coincidences.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static long Rows<TResponse, TParameters>(
        LineTrains columns, LineTrains rows, ReadOnlySpan<int> rowOf, ReadOnlySpan<uint> rowTrains, in TParameters p, PaddedMatrix weights,
        out long events)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        int planes = rows.Planes;
        ThrowHelper.RequireLength(nameof(weights), rows.Lines, weights.Inputs);
        ThrowHelper.RequireLength(nameof(weights), columns.Lines, weights.Outputs);
        ThrowHelper.RequireLength(nameof(columns), planes, columns.Planes);
        ThrowHelper.RequireLength(nameof(rowTrains), planes * rowOf.Length, rowTrains.Length);
        if (planes == 1)
        {
            return RowsOfOneWord<TResponse, TParameters>(columns, rows, rowOf, rowTrains, p, weights, out events);
        }

        Span<uint> train = stackalloc uint[planes];
        long coincidences = 0;
        events = 0;
        for (int n = 0; n < rowOf.Length; n++)
        {
            uint any = 0;
            for (int plane = 0; plane < planes; plane++)
            {
                any |= train[plane] = rowTrains[(plane * rowOf.Length) + n];
            }

            if (any != 0)
            {
                int i = rowOf[n];
                coincidences += Row<TResponse, TParameters>(columns.Words, columns.Values, train, rows.Values[i], p, weights.Row(i), out int met);
                events += met;
            }
        }

        return coincidences;
    }

    // Coincidences of one vector of columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Count512(ref uint columnTrains, int j, int columns, ReadOnlySpan<uint> rowTrain)
    {
        Vector512<uint> met = Vector512.LoadUnsafe(ref columnTrains, (nuint)j) & Vector512.Create(rowTrain[0]);
        Vector512<byte> bytes = Bits.CountBytes(met);
        Vector512<int> sum = Vector512<int>.Zero;
        for (int plane = 1; plane < rowTrain.Length; plane++)
        {
            if (plane % Bits.MaxWords == 0)
            {
                sum += Bits.SumBytes(bytes);
                bytes = Vector512<byte>.Zero;
            }

            bytes += Bits.CountBytes(
                Vector512.LoadUnsafe(ref columnTrains, (nuint)((plane * columns) + j)) & Vector512.Create(rowTrain[plane]));
        }

        return sum + Bits.SumBytes(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Count256(ref uint columnTrains, int j, int columns, ReadOnlySpan<uint> rowTrain)
    {
        Vector256<uint> met = Vector256.LoadUnsafe(ref columnTrains, (nuint)j) & Vector256.Create(rowTrain[0]);
        Vector256<byte> bytes = Bits.CountBytes(met);
        Vector256<int> sum = Vector256<int>.Zero;
        for (int plane = 1; plane < rowTrain.Length; plane++)
        {
            if (plane % Bits.MaxWords == 0)
            {
                sum += Bits.SumBytes(bytes);
                bytes = Vector256<byte>.Zero;
            }

            bytes += Bits.CountBytes(
                Vector256.LoadUnsafe(ref columnTrains, (nuint)((plane * columns) + j)) & Vector256.Create(rowTrain[plane]));
        }

        return sum + Bits.SumBytes(bytes);
    }
}
