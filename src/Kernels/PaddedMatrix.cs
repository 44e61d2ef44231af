using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;

namespace Crosspoint.Kernels;

/// <summary>One number for each cross-point of an array, shape [inputs, outputs]: rows are input lines, vector lanes run along the outputs.</summary>
/// <remarks>Rows begin at multiples of 64 bytes and are padded with zeros to whole 512-bit vectors; kernels may compute on the padding but leave it zero.</remarks>
public sealed class PaddedMatrix
{
    private const int LanesOfRow = 16;
    private const int Alignment = 64;
    private readonly float[] memory;
    private readonly int offset;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="inputs">Rows, at least 1.</param>
    /// <param name="outputs">Columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public PaddedMatrix(int inputs, int outputs)
    {
        ThrowHelper.RequireAtLeast(nameof(inputs), 1, inputs);
        ThrowHelper.RequireAtLeast(nameof(outputs), 1, outputs);
        Inputs = inputs;
        Outputs = outputs;
        Stride = (outputs + LanesOfRow - 1) / LanesOfRow * LanesOfRow;
        memory = GC.AllocateArray<float>(checked((inputs * Stride) + (Alignment / sizeof(float))), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        offset = (int)((Alignment - (address % Alignment)) % Alignment) / sizeof(float);
    }

    private PaddedMatrix(PaddedMatrix whole, int first, int count)
    {
        Inputs = count;
        Outputs = whole.Outputs;
        Stride = whole.Stride;
        memory = whole.memory;
        offset = whole.offset + (first * Stride);
    }

    /// <summary>Number of rows.</summary>
    public int Inputs { get; }

    /// <summary>Number of columns that carry a value.</summary>
    public int Outputs { get; }

    /// <summary>Floats from one row to the next: <see cref="Outputs"/> rounded up to a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>The whole matrix with its padding, shape [inputs, stride].</summary>
    public Span<float> Padded => memory.AsSpan(offset, Inputs * Stride);

    /// <summary>The first value; the others follow row by row, rows at multiples of <see cref="Stride"/>. For loops that know the shape: nothing is checked.</summary>
    public ref float First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(memory), offset);
    }

    /// <summary>The values, shape [inputs, outputs].</summary>
    public Span2D<float> Values => new(memory, offset, Inputs, Outputs, Stride - Outputs);

    /// <summary>One row without its padding, shape [outputs].</summary>
    /// <param name="i">0 to <see cref="Inputs"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<float> Row(int i) => PaddedRow(i)[..Outputs];

    /// <summary>One row with its padding, shape [stride].</summary>
    /// <param name="i">0 to <see cref="Inputs"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<float> PaddedRow(int i)
    {
        ThrowHelper.RequireInRange(nameof(i), 0, Inputs - 1, i);
        return memory.AsSpan(offset + (i * Stride), Stride);
    }

    /// <summary>Some of the rows, as a matrix over the same memory, shape [count, outputs].</summary>
    /// <param name="first">The first row, 0 to <see cref="Inputs"/> - 1.</param>
    /// <param name="count">How many, 1 to <see cref="Inputs"/> - <paramref name="first"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such rows.</exception>
    public PaddedMatrix Rows(int first, int count)
    {
        ThrowHelper.RequireInRange(nameof(first), 0, Inputs - 1, first);
        ThrowHelper.RequireInRange(nameof(count), 1, Inputs - first, count);
        return new PaddedMatrix(this, first, count);
    }

    /// <summary>One value; meant for loops that know the shape, which is checked in debug builds only.</summary>
    /// <param name="i">0 to <see cref="Inputs"/> - 1.</param>
    /// <param name="j">0 to <see cref="Outputs"/> - 1.</param>
    public ref float this[int i, int j]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)i < (uint)Inputs && (uint)j < (uint)Outputs, "The place lies in the matrix.");
            return ref memory[offset + (i * Stride) + j];
        }
    }
}
