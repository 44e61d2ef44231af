using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Steps weights by the coincidences of trains of one word, as <see cref="PulsedUpdate"/> does, where most rows pulse once.</summary>
/// <remarks>
/// Rows that pulse in the same slot, and in no other, meet the same columns: these are found once for all of them, as blocks of eight with the
/// signed pulse of each column. A row of several pulses is compared with all columns. The same bits as every other way, as each cross-point
/// takes all its pulses at once. Stochastic update by coincidence: T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016).
/// </remarks>
public sealed class OnePulseUpdater
{
    private const int Lanes = 8;
    private readonly int columnCount;
    private readonly int blockCount; // of all columns
    private readonly nuint[] placeOf; // shape [slots, blocks or fewer], in bytes from the first weight of a row, each block that pulses in the slot
    private readonly float[] pulses; // shape [slots, blocks or fewer, 8], ±1 or 0
    private readonly Slot[] slots = new Slot[PulseTrains.SlotsPerWord];

    /// <summary>Makes room for an array.</summary>
    /// <param name="columns">Output lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public OnePulseUpdater(int columns)
    {
        ThrowHelper.RequireAtLeast(nameof(columns), 1, columns);
        columnCount = columns;
        blockCount = (columns + Lanes - 1) / Lanes;
        placeOf = new nuint[PulseTrains.SlotsPerWord * blockCount];
        pulses = new float[Lanes * placeOf.Length];
    }

    /// <summary>w[i, j] becomes the response of its device to the pulses in which row i and column j meet.</summary>
    /// <typeparam name="TResponse">The device type; the loop is compiled once for each.</typeparam>
    /// <typeparam name="TParameters">The numbers of one array.</typeparam>
    /// <param name="columns">Trains of the output lines, at most 32 slots.</param>
    /// <param name="rows">Trains of the input lines, in the same slots.</param>
    /// <param name="rowOf">The input lines to take, as <see cref="LineTrains.Compact"/> lists them; not looked at where the train is empty.</param>
    /// <param name="rowTrains">Their trains, shape [rows to take].</param>
    /// <param name="p">The numbers of the array.</param>
    /// <param name="weights">Weight units, shape [input lines, output lines].</param>
    /// <param name="events">Receives the number of cross-points with at least one coincidence.</param>
    /// <returns>The coincidences.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or trains are longer than a word.</exception>
    public long Apply<TResponse, TParameters>(
        LineTrains columns, LineTrains rows, ReadOnlySpan<int> rowOf, ReadOnlySpan<uint> rowTrains, in TParameters p, PaddedMatrix weights,
        out long events)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        PulsedUpdate.Require(columns, rows, rowOf, rowTrains, weights, columnCount, PulseTrains.SlotsPerWord);
        slots.AsSpan().Clear();
        ReadOnlySpan<float> values = rows.Values;
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
            ref float row = ref Unsafe.Add(ref weights.First, (nint)i * weights.Stride);
            if (!BitOperations.IsPow2(train))
            {
                coincidences += PulsedUpdate.Row<TResponse, TParameters>(columns, train, values[i], p, ref row, out int met);
                events += met;
                continue;
            }

            int slot = BitOperations.TrailingZeroCount(train), following = n + 1 < rowTrains.Length && rowTrains[n + 1] == train ? rowOf[n + 1] : i;
            Slot found = slots[slot].IsListed ? slots[slot] : slots[slot] = List(columns, slot);
            Step<TResponse, TParameters>(slot, found.Blocks, values[i], p, ref row, ref Unsafe.Add(ref weights.First, (nint)following * weights.Stride));
            coincidences += found.Columns;
            events += found.Columns;
        }

        return coincidences;
    }

    // The blocks of a slot; a block without a pulse is overwritten by the next.
    private Slot List(LineTrains columns, int slot)
    {
        ref uint trains = ref MemoryMarshal.GetReference(columns.Words);
        ref float values = ref MemoryMarshal.GetReference(columns.Values);
        ref nuint first = ref placeOf[slot * blockCount];
        ref float to = ref pulses[slot * blockCount * Lanes];
        Vector256<float> signBit = Vector256.Create(-0f), one = Vector256<float>.One;
        Vector256<uint> bit = Vector256.Create(1u << slot);
        int blocks = 0, met = 0, j = 0;
        for (; j <= columnCount - Lanes; j += Lanes)
        {
            Vector256<uint> isMet = Vector256.Equals(Vector256.LoadUnsafe(ref trains, (nuint)j) & bit, bit);
            Unsafe.Add(ref first, blocks) = (nuint)(j * sizeof(float));
            ((one | (Vector256.LoadUnsafe(ref values, (nuint)j) & signBit)) & isMet.AsSingle()).StoreUnsafe(ref to, (nuint)(blocks * Lanes));
            uint some = isMet.ExtractMostSignificantBits();
            met += BitOperations.PopCount(some);
            blocks += some != 0 ? 1 : 0;
        }

        if (j < columnCount)
        {
            Vector256<float> last = default;
            int before = met;
            for (int lane = 0; j + lane < columnCount; lane++)
            {
                bool isMet = (Unsafe.Add(ref trains, j + lane) & (1u << slot)) != 0;
                last = last.WithElement(lane, isMet ? MathF.CopySign(1, Unsafe.Add(ref values, j + lane)) : 0);
                met += isMet ? 1 : 0;
            }

            Unsafe.Add(ref first, blocks) = (nuint)(j * sizeof(float));
            last.StoreUnsafe(ref to, (nuint)(blocks * Lanes));
            blocks += met > before ? 1 : 0;
        }

        return new(true, blocks, met);
    }

    // Steps the blocks of a slot in one row, and asks for those of another one, which comes next if it pulses in this slot too. By itself, so
    // that the loop keeps what it needs in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Step<TResponse, TParameters>(int slot, int blocks, float rowSign, in TParameters p, ref float row, ref float nextRow)
        where TResponse : struct, IPulseResponse<TParameters>
        where TParameters : struct
    {
        ref nuint first = ref placeOf[slot * blockCount];
        ref float from = ref pulses[slot * blockCount * Lanes];
        Vector256<float> turn = Vector256.Create(rowSign) & Vector256.Create(-0f);
        for (nuint b = 0; b < (nuint)blocks; b++)
        {
            Vector256<float> pulse = Vector256.LoadUnsafe(ref from, b * Lanes);
            ref float place = ref Unsafe.AddByteOffset(ref row, Unsafe.Add(ref first, b));
            Prefetch.Line(in Unsafe.AddByteOffset(ref nextRow, Unsafe.Add(ref first, b)));
            Vector256<float> before = Vector256.LoadUnsafe(ref place), after = TResponse.Apply(before, pulse ^ turn, p);
            Vector256.ConditionalSelect(Vector256.Equals(pulse, Vector256<float>.Zero), before, after).StoreUnsafe(ref place);
        }
    }

    // What is known of a slot: whether its columns have been listed, in how many blocks they lie, and how many they are.
    private readonly record struct Slot(bool IsListed, int Blocks, int Columns);
}
