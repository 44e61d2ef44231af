using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>What the loops over pulses do with the cross-points of a row that one vector holds.</summary>
/// <typeparam name="T">The vector.</typeparam>
internal interface IBlock<T>
    where T : struct
{
    /// <summary>The numbers from a column on.</summary>
    static abstract T Load(ref float row, nuint column);

    /// <summary>Stores them.</summary>
    static abstract void Store(T numbers, ref float row, nuint column);

    /// <summary>Gathers what the cross-points need for their pulses.</summary>
    /// <param name="device">The devices.</param>
    /// <param name="place">Where the row begins, as an index into <see cref="PaddedMatrix.Padded"/>.</param>
    /// <param name="directions">Of the row: all bits set where pulses go down.</param>
    /// <param name="column">The first column.</param>
    /// <param name="p">Receives the parameters.</param>
    /// <returns>
    /// The factor of lanes that do not pulse, a zero: of the sign that makes its product with a step up or down -0, which added to a
    /// weight leaves even a zero as it is.
    /// </returns>
    static abstract T Prepare<TDevice>(in TDevice device, int place, ref int directions, int column, out PulseParameters<T> p)
        where TDevice : struct, IPulsedDevice;

    /// <summary>The factors of a slot in turn to the lanes that pulse, an idle one to the others.</summary>
    /// <param name="turns">Which lanes pulse: <see cref="InTurn.Of"/>.</param>
    /// <param name="before">Pulses of the slot before the block.</param>
    /// <param name="idle">What <see cref="Prepare"/> returned.</param>
    /// <param name="factors">The factors of the row's slot.</param>
    static abstract T Factors(in ulong turns, uint before, T idle, ref float factors);

    /// <summary>Bit i where the number of cross-point i lies beyond ± a threshold.</summary>
    static abstract uint Beyond(ref float numbers, nuint column, float threshold);

    /// <summary>The coincidences of a row's train with those of columns.</summary>
    /// <param name="trains">Of the columns, shape [planes, stride].</param>
    /// <param name="stride">Columns of all blocks.</param>
    /// <param name="train">Of the row, shape [planes].</param>
    /// <returns>Those of each cross-point, at most 4,096; their sum; bit i where cross-point i has one.</returns>
    static abstract (T Counts, int Sum, uint Lanes) Count(ref uint trains, int stride, ReadOnlySpan<uint> train);
}

/// <summary>Eight cross-points.</summary>
internal readonly struct Block256 : IBlock<Vector256<float>>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref float row, nuint column) => Vector256.LoadUnsafe(ref row, column);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> numbers, ref float row, nuint column) => numbers.StoreUnsafe(ref row, column);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Prepare<TDevice>(in TDevice device, int place, ref int directions, int column, out PulseParameters<Vector256<float>> p)
        where TDevice : struct, IPulsedDevice
    {
        Vector256<int> down = Vector256.LoadUnsafe(ref directions, (nuint)column);
        device.Prepare(place + column, down, out p);
        return Idle(down);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Factors(in ulong turns, uint before, Vector256<float> idle, ref float factors)
    {
        Vector256<int> turn = Avx2.ConvertToVector256Int32(Vector128.CreateScalar(turns).AsSByte());
        Vector256<float> inTurn = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref factors, before), turn);
        return Width256.SelectBySign(turn.AsSingle(), idle, inTurn);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Beyond(ref float numbers, nuint column, float threshold) =>
        Vector256.GreaterThan(Vector256.Abs(Vector256.LoadUnsafe(ref numbers, column)), Vector256.Create(threshold)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Counts, int Sum, uint Lanes) Count(ref uint trains, int stride, ReadOnlySpan<uint> train)
    {
        Vector256<int> count = Vector256<int>.Zero;
        for (int p = 0; p < train.Length; p++)
        {
            count += Bits.SumBytes(Bits.CountBytes(Vector256.LoadUnsafe(ref trains, (nuint)(p * stride)) & Vector256.Create(train[p])));
        }

        return (Vector256.ConvertToSingle(count), Vector256.Sum(count), (uint)Vector256.GreaterThan(count, Vector256<int>.Zero).ExtractMostSignificantBits());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Idle(Vector256<int> down) => Vector256.AndNot(Vector256.Create(-0.0f), down.AsSingle());
}

/// <summary>Sixteen cross-points.</summary>
internal readonly struct Block512 : IBlock<Vector512<float>>
{
    private static Vector512<uint> BitOfLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            1u, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float row, nuint column) => Vector512.LoadUnsafe(ref row, column);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> numbers, ref float row, nuint column) => numbers.StoreUnsafe(ref row, column);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Prepare<TDevice>(in TDevice device, int place, ref int directions, int column, out PulseParameters<Vector512<float>> p)
        where TDevice : struct, IPulsedDevice
    {
        Vector512<int> down = Vector512.LoadUnsafe(ref directions, (nuint)column);
        device.Prepare(place + column, down, out p);
        return Idle(down);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Factors(in ulong turns, uint before, Vector512<float> idle, ref float factors)
    {
        Vector512<uint> met = Vector512.Equals(Vector512.Create((uint)turns) & BitOfLane, Vector512<uint>.Zero);
        return Avx512F.Expand(idle, met.AsSingle(), Vector512.LoadUnsafe(ref factors, before));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Beyond(ref float numbers, nuint column, float threshold) =>
        (uint)Vector512.GreaterThan(Vector512.Abs(Vector512.LoadUnsafe(ref numbers, column)), Vector512.Create(threshold)).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Counts, int Sum, uint Lanes) Count(ref uint trains, int stride, ReadOnlySpan<uint> train)
    {
        Vector512<int> count = Vector512<int>.Zero;
        for (int p = 0; p < train.Length; p++)
        {
            count += Bits.SumBytes(Bits.CountBytes(Vector512.LoadUnsafe(ref trains, (nuint)(p * stride)) & Vector512.Create(train[p])));
        }

        return (Vector512.ConvertToSingle(count), Vector512.Sum(count), (uint)Vector512.GreaterThan(count, Vector512<int>.Zero).ExtractMostSignificantBits());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Idle(Vector512<int> down) => Vector512.AndNot(Vector512.Create(-0.0f), down.AsSingle());
}

/// <summary>Which lanes of a block pulse, as the vectors of this machine take it: the numbers of a slot go to them in turn.</summary>
internal static class InTurn
{
    private const byte IsIdle = 0x80;

    // For each mask of eight idle lanes.
    private static readonly ulong[] Spread = MakeSpread();

    /// <summary>Of a mask of idle lanes: the mask itself, or with AVX2, which has no expanding loads, a byte for each of eight lanes.</summary>
    /// <returns>The mask; or which of the numbers in turn each lane takes, the highest bit set in an idle one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(uint idleLanes) => IsSpread ? Spread[(byte)idleLanes] : idleLanes;

    /// <summary>One bit for each lane that pulses, of a mask: without vectors.</summary>
    public static uint Lanes(ulong turns) => ~(uint)turns & ((1u << SlotTable.Width) - 1);

    private static bool IsSpread => SlotTable.Width == 8 && PulseLoops.AreVectors;

    private static ulong[] MakeSpread()
    {
        ulong[] spread = new ulong[256];
        for (int idle = 0; idle < 256; idle++)
        {
            for (int lane = 0, n = 0; lane < 8; lane++)
            {
                bool isIdle = (idle >> lane & 1) != 0;
                spread[idle] |= (ulong)(isIdle ? IsIdle : n++) << (8 * lane);
            }
        }

        return spread;
    }
}
