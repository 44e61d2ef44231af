using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(w) = P0 t(P1 (w - low)): straight lines between nodes, a table up and a table down; P1 is cells over the range of the device.</summary>
internal readonly struct PiecewiseStep : IStepLaw
{
    /// <summary>The most nodes: the lanes of a 512-bit vector.</summary>
    public const int MaxNodes = 16;

    private readonly float[] table; // values up, slopes up, values down, slopes down, sixteen each
    private readonly int cells;

    /// <summary>Makes the tables.</summary>
    /// <param name="up">Values at equally spaced nodes, 2 to <see cref="MaxNodes"/>.</param>
    /// <param name="down">As many values.</param>
    public PiecewiseStep(ReadOnlySpan<float> up, ReadOnlySpan<float> down)
    {
        table = new float[4 * MaxNodes];
        cells = up.Length - 1;
        for (int k = 0; k < cells; k++)
        {
            (table[k], table[MaxNodes + k]) = (up[k], up[k + 1] - up[k]);
            (table[(2 * MaxNodes) + k], table[(3 * MaxNodes) + k]) = (down[k], down[k + 1] - down[k]);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Change(float weight, in PulseParameters<float> p, float low, float high)
    {
        float place = float.MaxNative((weight - low) * p.P1, 0);
        int cell = Math.Min((int)place, cells - 1), from = cell + (float.IsNegative(p.P0) ? 2 * MaxNodes : 0);
        return p.P0 * MathF.FusedMultiplyAdd(place - cell, table[from + MaxNodes], table[from]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Change(Vector256<float> weight, in PulseParameters<Vector256<float>> p, Vector256<float> low, Vector256<float> high)
    {
        ref float t = ref MemoryMarshal.GetArrayDataReference(table);
        Vector256<float> place = Vector256.MaxNative((weight - low) * p.P1, Vector256<float>.Zero), down = (p.P0.AsInt32() >> 31).AsSingle();
        Vector256<int> cell = Vector256.Min(Vector256.ConvertToInt32Native(place), Vector256.Create(cells - 1));
        Vector256<float> value = Vector256.ConditionalSelect(down, Entry(ref t, 2 * MaxNodes, cell), Entry(ref t, 0, cell));
        Vector256<float> slope = Vector256.ConditionalSelect(down, Entry(ref t, 3 * MaxNodes, cell), Entry(ref t, MaxNodes, cell));
        return p.P0 * Vector256.FusedMultiplyAdd(place - Vector256.ConvertToSingle(cell), slope, value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Change(Vector512<float> weight, in PulseParameters<Vector512<float>> p, Vector512<float> low, Vector512<float> high)
    {
        ref float t = ref MemoryMarshal.GetArrayDataReference(table);
        Vector512<float> place = Vector512.MaxNative((weight - low) * p.P1, Vector512<float>.Zero), down = (p.P0.AsInt32() >> 31).AsSingle();
        Vector512<int> cell = Vector512.Min(Vector512.ConvertToInt32Native(place), Vector512.Create(cells - 1));
        Vector512<float> value = Entry(ref t, 0, cell, down), slope = Entry(ref t, MaxNodes, cell, down);
        return p.P0 * Vector512.FusedMultiplyAdd(place - Vector512.ConvertToSingle(cell), slope, value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors Change(in FourVectors weight, in FourParameters p, in FourVectors low, in FourVectors high) => new(
        Change(weight.V0, p.A, low.V0, high.V0), Change(weight.V1, p.B, low.V1, high.V1),
        Change(weight.V2, p.C, low.V2, high.V2), Change(weight.V3, p.D, low.V3, high.V3));

    // Of the table up or, where the last argument has all bits set, down.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Entry(ref float table, nuint first, Vector512<int> cell, Vector512<float> down)
    {
        Vector512<float> ofUp = Vector512.LoadUnsafe(ref table, first), ofDown = Vector512.LoadUnsafe(ref table, (2 * MaxNodes) + first);
        return Avx512F.IsSupported
            ? Avx512F.PermuteVar16x32x2(ofUp, cell | (down.AsInt32() & Vector512.Create(MaxNodes)), ofDown)
            : Vector512.ConditionalSelect(down, Vector512.ShuffleNative(ofDown, cell), Vector512.ShuffleNative(ofUp, cell));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Entry(ref float table, nuint first, Vector256<int> cell)
    {
        Vector256<float> low = Vector256.ShuffleNative(Vector256.LoadUnsafe(ref table, first), cell & Vector256.Create(7));
        Vector256<float> high = Vector256.ShuffleNative(Vector256.LoadUnsafe(ref table, first + 8), cell & Vector256.Create(7));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(cell, Vector256.Create(7)).AsSingle(), high, low);
    }
}
