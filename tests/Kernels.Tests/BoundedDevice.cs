using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels.Tests;

/// <summary>
/// A device for tests, all four parameters in use: w + m (s + g w), never beyond the ends of its own. Numbers of the padding are like all
/// others, so that a pulse which lands there shows.
/// </summary>
internal readonly struct BoundedDevice(PaddedMatrix up, PaddedMatrix down, PaddedMatrix slope, PaddedMatrix high) : IPulsedDevice
{
    public static BoundedDevice Random(Random random, int rows, int columns) => new(
        Filled(rows, columns, () => 0.01f + (0.05f * random.NextSingle())),
        Filled(rows, columns, () => -0.01f - (0.05f * random.NextSingle())),
        Filled(rows, columns, () => -0.1f * random.NextSingle()),
        Filled(rows, columns, () => 0.6f + (0.5f * random.NextSingle())));

    /// <summary>The same device everywhere: up and down steps of one size, which fall by the slope times the weight, without ends.</summary>
    public static BoundedDevice Uniform(int rows, int columns, float step, float slope) => new(
        Filled(rows, columns, () => step),
        Filled(rows, columns, () => -step),
        Filled(rows, columns, () => -step * slope),
        Filled(rows, columns, () => float.PositiveInfinity));

    /// <summary>The devices of some rows.</summary>
    public BoundedDevice Rows(int first, int count) =>
        new(RowsOf(up, first, count), RowsOf(down, first, count), RowsOf(slope, first, count), RowsOf(high, first, count));

    public static PaddedMatrix RowsOf(PaddedMatrix from, int first, int count)
    {
        PaddedMatrix rows = new(count, from.Outputs);
        from.Padded.Slice(first * from.Stride, count * from.Stride).CopyTo(rows.Padded);
        return rows;
    }

    public (int Inputs, int Outputs) Shape => (up.Inputs, up.Outputs);

    public void Prepare(int place, int isDown, out PulseParameters<float> p) => p = new()
    {
        P0 = isDown != 0 ? down.Padded[place] : up.Padded[place],
        P1 = slope.Padded[place],
        P2 = -high.Padded[place],
        P3 = high.Padded[place],
    };

    public void Prepare(int place, Vector256<int> isDown, out PulseParameters<Vector256<float>> p) => p = new()
    {
        P0 = Vector256.ConditionalSelect(isDown.AsSingle(), At256(down, place), At256(up, place)),
        P1 = At256(slope, place),
        P2 = -At256(high, place),
        P3 = At256(high, place),
    };

    public void Prepare(int place, Vector512<int> isDown, out PulseParameters<Vector512<float>> p) => p = new()
    {
        P0 = Vector512.ConditionalSelect(isDown.AsSingle(), At512(down, place), At512(up, place)),
        P1 = At512(slope, place),
        P2 = -At512(high, place),
        P3 = At512(high, place),
    };

    public void Prefetch(int place)
    {
    }

    public T Pulse<TWidth, T>(T weight, T m, in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct => TWidth.MinNative(
            TWidth.MaxNative(TWidth.FusedMultiplyAdd(TWidth.FusedMultiplyAdd(p.P1, weight, p.P0), m, weight), p.P2), p.P3);

    private static PaddedMatrix Filled(int rows, int columns, Func<float> number)
    {
        PaddedMatrix matrix = new(rows, columns);
        foreach (ref float value in matrix.Padded)
        {
            value = number();
        }

        return matrix;
    }

    private static Vector256<float> At256(PaddedMatrix matrix, int place) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(matrix.Padded), (nuint)place);

    private static Vector512<float> At512(PaddedMatrix matrix, int place) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(matrix.Padded), (nuint)place);
}
