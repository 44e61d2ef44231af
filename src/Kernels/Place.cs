using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Where a number lies in a table of equal cells, and what the table has there; one meaning, scalar and vector.</summary>
/// <remarks>The cell is one of the table's for every number, infinities and NaN (cell 0) among them, so that no look-up leaves the table.</remarks>
internal static class Place
{
    /// <summary>The cell of a number, and how far into it: 0 at its left end, 1 at its right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float InCell(float value, float min, float scale, int cells, out int cell)
    {
        float p = (value - min) * scale;
        p = p > 0 ? p : 0;
        p = p < cells ? p : cells;
        cell = Math.Min((int)p, cells - 1);
        return p - cell;
    }

    /// <inheritdoc cref="InCell(float, float, float, int, out int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> InCell(Vector256<float> value, float min, float scale, int cells, out Vector256<int> cell)
    {
        Vector256<float> p = (value - Vector256.Create(min)) * Vector256.Create(scale), end = Vector256.Create((float)cells);
        p = Vector256.ConditionalSelect(Vector256.GreaterThan(p, Vector256<float>.Zero), p, Vector256<float>.Zero);
        p = Vector256.ConditionalSelect(Vector256.LessThan(p, end), p, end);
        cell = Vector256.Min(Vector256.ConvertToInt32Native(p), Vector256.Create(cells - 1));
        return p - Vector256.ConvertToSingle(cell);
    }

    /// <inheritdoc cref="InCell(float, float, float, int, out int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> InCell(Vector512<float> value, float min, float scale, int cells, out Vector512<int> cell)
    {
        Vector512<float> p = (value - Vector512.Create(min)) * Vector512.Create(scale), end = Vector512.Create((float)cells);
        p = Vector512.ConditionalSelect(Vector512.GreaterThan(p, Vector512<float>.Zero), p, Vector512<float>.Zero);
        p = Vector512.ConditionalSelect(Vector512.LessThan(p, end), p, end);
        cell = Vector512.Min(Vector512.ConvertToInt32Native(p), Vector512.Create(cells - 1));
        return p - Vector512.ConvertToSingle(cell);
    }

    /// <summary>value + f slope of a cell, fused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Line(ReadOnlySpan<float> cells, int index, float f) => MathF.FusedMultiplyAdd(f, cells[(2 * index) + 1], cells[2 * index]);

    /// <inheritdoc cref="Line(ReadOnlySpan{float}, int, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Line(ReadOnlySpan<float> cells, Vector256<int> index, Vector256<float> f)
    {
        TableLookup.Pairs(ref MemoryMarshal.GetReference(cells), index.AsUInt32(), out Vector256<float> value, out Vector256<float> slope);
        return Vector256.FusedMultiplyAdd(f, slope, value);
    }

    /// <summary>The same of sixteen cells; small tables, which <paramref name="small"/> has as all values, then all slopes, by permutes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Line(ReadOnlySpan<float> cells, ReadOnlySpan<float> small, Vector512<int> index, Vector512<float> f)
    {
        Vector512<float> value, slope;
        if (Avx512F.IsSupported && !small.IsEmpty)
        {
            value = TableLookup.Permute(ref MemoryMarshal.GetReference(small), cells.Length / 2, index);
            slope = TableLookup.Permute(ref Unsafe.Add(ref MemoryMarshal.GetReference(small), StepTables.SmallLength), cells.Length / 2, index);
        }
        else
        {
            TableLookup.Pairs(ref MemoryMarshal.GetReference(cells), index.AsUInt32(), out value, out slope);
        }

        return Vector512.FusedMultiplyAdd(f, slope, value);
    }

    /// <summary>The number, or the end of [min, max] beyond which it lies; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Clamp(float value, float min, float max)
    {
        float v = value < min ? min : value;
        return v > max ? max : v;
    }

    /// <inheritdoc cref="Clamp(float, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Clamp(Vector256<float> value, float min, float max)
    {
        Vector256<float> low = Vector256.Create(min), high = Vector256.Create(max);
        Vector256<float> v = Vector256.ConditionalSelect(Vector256.LessThan(value, low), low, value);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(v, high), high, v);
    }

    /// <inheritdoc cref="Clamp(float, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clamp(Vector512<float> value, float min, float max)
    {
        Vector512<float> low = Vector512.Create(min), high = Vector512.Create(max);
        Vector512<float> v = Vector512.ConditionalSelect(Vector512.LessThan(value, low), low, value);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(v, high), high, v);
    }
}
