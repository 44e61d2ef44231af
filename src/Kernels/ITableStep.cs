using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>One pulse of a cross-point through a table: one meaning, scalar and vector. The map begins at a cell.</summary>
/// <remarks>A struct that holds the tables, so that the loop is compiled for it alone and the step inlined.</remarks>
internal interface ITableStep
{
    /// <summary>Cells from one map to the next; a table has two, SET and RESET.</summary>
    int MapLength { get; }

    /// <summary>Draws a group of 64 numbers, one a cross-point.</summary>
    void Draw(in RandomAddress at, ulong group, Span<float> draws);

    float Apply(float weight, int start, float draw);

    Vector256<float> Apply(Vector256<float> weight, Vector256<int> start, Vector256<float> draw);

    Vector512<float> Apply(Vector512<float> weight, Vector512<int> start, Vector512<float> draw);
}

/// <summary>A step table without noise.</summary>
internal readonly struct Quiet(StepTables t) : ITableStep
{
    public int MapLength => t.Cells;

    public void Draw(in RandomAddress at, ulong group, Span<float> draws)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Apply(float weight, int start, float draw)
    {
        float f = Place.InCell(weight, t.Min, t.Scale, t.Cells, out int cell);
        return Place.Clamp(weight + Place.Line(t.Steps, start + cell, f), t.Min, t.Max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> weight, Vector256<int> start, Vector256<float> draw)
    {
        Vector256<float> f = Place.InCell(weight, t.Min, t.Scale, t.Cells, out Vector256<int> cell);
        return Place.Clamp(weight + Place.Line(t.Steps, start + cell, f), t.Min, t.Max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Apply(Vector512<float> weight, Vector512<int> start, Vector512<float> draw)
    {
        Vector512<float> f = Place.InCell(weight, t.Min, t.Scale, t.Cells, out Vector512<int> cell);
        return Place.Clamp(weight + Place.Line(t.Steps, t.SmallSteps, start + cell, f), t.Min, t.Max);
    }
}

/// <summary>A step table with normal noise: w + (step + σ ξ), the product fused.</summary>
internal readonly struct Noisy(StepTables t) : ITableStep
{
    public int MapLength => t.Cells;

    public void Draw(in RandomAddress at, ulong group, Span<float> draws) => Gaussian.Fill(at, draws, group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Apply(float weight, int start, float draw)
    {
        float f = Place.InCell(weight, t.Min, t.Scale, t.Cells, out int cell);
        int index = start + cell;
        float step = MathF.FusedMultiplyAdd(Place.Line(t.Noise, index, f), draw, Place.Line(t.Steps, index, f));
        return Place.Clamp(weight + step, t.Min, t.Max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> weight, Vector256<int> start, Vector256<float> draw)
    {
        Vector256<float> f = Place.InCell(weight, t.Min, t.Scale, t.Cells, out Vector256<int> cell);
        Vector256<int> index = start + cell;
        Vector256<float> step = Vector256.FusedMultiplyAdd(Place.Line(t.Noise, index, f), draw, Place.Line(t.Steps, index, f));
        return Place.Clamp(weight + step, t.Min, t.Max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Apply(Vector512<float> weight, Vector512<int> start, Vector512<float> draw)
    {
        Vector512<float> f = Place.InCell(weight, t.Min, t.Scale, t.Cells, out Vector512<int> cell);
        Vector512<int> index = start + cell;
        Vector512<float> deviation = Place.Line(t.Noise, t.SmallNoise, index, f);
        Vector512<float> step = Vector512.FusedMultiplyAdd(deviation, draw, Place.Line(t.Steps, t.SmallSteps, index, f));
        return Place.Clamp(weight + step, t.Min, t.Max);
    }
}

/// <summary>A step drawn from the law of the weight's bin; draws are the bits of words, whose upper 24 make a number in [0, 1).</summary>
internal readonly struct Drawn(StepDistribution t) : ITableStep
{
    private const float TwoToMinus24 = 1 / 16777216f;

    public int MapLength => t.Bins * t.Pieces;

    public void Draw(in RandomAddress at, ulong group, Span<float> draws) =>
        RandomWords.Fill(at, MemoryMarshal.Cast<float, uint>(draws), group);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Apply(float weight, int start, float draw)
    {
        Place.InCell(weight, t.Min, t.Scale, t.Bins, out int bin);
        float f = Place.InCell((BitConverter.SingleToUInt32Bits(draw) >> 8) * TwoToMinus24, 0, t.Pieces, t.Pieces, out int piece);
        return Place.Clamp(weight + Place.Line(t.Cells, start + (bin * t.Pieces) + piece, f), t.Min, t.Max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> weight, Vector256<int> start, Vector256<float> draw)
    {
        Place.InCell(weight, t.Min, t.Scale, t.Bins, out Vector256<int> bin);
        Vector256<float> u = Vector256.ConvertToSingle((draw.AsUInt32() >>> 8).AsInt32()) * Vector256.Create(TwoToMinus24);
        Vector256<float> f = Place.InCell(u, 0, t.Pieces, t.Pieces, out Vector256<int> piece);
        return Place.Clamp(weight + Place.Line(t.Cells, start + (bin * t.Pieces) + piece, f), t.Min, t.Max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Apply(Vector512<float> weight, Vector512<int> start, Vector512<float> draw)
    {
        Place.InCell(weight, t.Min, t.Scale, t.Bins, out Vector512<int> bin);
        Vector512<float> u = Vector512.ConvertToSingle((draw.AsUInt32() >>> 8).AsInt32()) * Vector512.Create(TwoToMinus24);
        Vector512<float> f = Place.InCell(u, 0, t.Pieces, t.Pieces, out Vector512<int> piece);
        return Place.Clamp(weight + Place.Line(t.Cells, [], start + (bin * t.Pieces) + piece, f), t.Min, t.Max);
    }
}
