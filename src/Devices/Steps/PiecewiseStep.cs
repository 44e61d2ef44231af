using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>s(w) = P0 t(P1 (w - low)): straight lines between nodes, a table up and a table down; P1 is cells over the range of the device.</summary>
internal readonly struct PiecewiseStep : IStepLaw
{
    /// <summary>The most nodes: the lanes of a 512-bit vector.</summary>
    public const int MaxNodes = 16;

    private readonly float[] table; // values up, values down, slopes up, slopes down, sixteen each
    private readonly int cells;

    public static bool IsLongChain => true;

    /// <summary>Makes the tables.</summary>
    /// <param name="up">Values at equally spaced nodes, 2 to <see cref="MaxNodes"/>.</param>
    /// <param name="down">As many values.</param>
    public PiecewiseStep(ReadOnlySpan<float> up, ReadOnlySpan<float> down)
    {
        table = new float[4 * MaxNodes];
        cells = up.Length - 1;
        for (int k = 0; k < cells; k++)
        {
            (table[k], table[(2 * MaxNodes) + k]) = (up[k], up[k + 1] - up[k]);
            (table[MaxNodes + k], table[(3 * MaxNodes) + k]) = (down[k], down[k + 1] - down[k]);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Change<TWidth, T>(T weight, in PulseParameters<T> p, T low, T high)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        ref float values = ref MemoryMarshal.GetArrayDataReference(table), slopes = ref Unsafe.Add(ref values, 2 * MaxNodes);
        T place = TWidth.MaxNative(TWidth.Multiply(TWidth.Subtract(weight, low), p.P1), TWidth.All(0));
        T cell = TWidth.MinNative(TWidth.Floor(place), TWidth.All(cells - 1));
        T value = TWidth.Entry(ref values, cell, p.P0), slope = TWidth.Entry(ref slopes, cell, p.P0);
        return TWidth.Multiply(p.P0, TWidth.FusedMultiplyAdd(TWidth.Subtract(place, cell), slope, value));
    }
}
