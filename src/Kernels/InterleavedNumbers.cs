using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Several numbers for each cross-point, sixteen cross-points at a time side by side: what a pulse needs lies in neighbouring cache lines.</summary>
/// <remarks>A copy: later changes of the matrices it was made from do not show. For loops that know the shape: nothing is checked.</remarks>
public readonly unsafe struct InterleavedNumbers
{
    private const int Lanes = 16;
    // Lies in memory, which does not move. The collector does not know: each access keeps memory alive, which costs no instruction, as
    // a struct in a local has no owner that would.
    private readonly float* first;
    private readonly float[] memory;
    private readonly int kinds;

    /// <summary>Copies matrices of one shape.</summary>
    /// <param name="matrices">The numbers of each kind, at least one kind, all of the same shape.</param>
    /// <exception cref="ArgumentException">There is none, or the shapes differ.</exception>
    public InterleavedNumbers(params ReadOnlySpan<PaddedMatrix> matrices)
    {
        ThrowHelper.RequireAtLeast(nameof(matrices), 1, matrices.Length);
        kinds = matrices.Length;
        int length = matrices[0].Padded.Length;
        memory = GC.AllocateArray<float>(checked((kinds * length) + Lanes), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        first = (float*)((address + 63) / 64 * 64);
        for (int k = 0; k < kinds; k++)
        {
            ThrowHelper.RequireLength(nameof(matrices), matrices[0].Inputs, matrices[k].Inputs);
            ThrowHelper.RequireLength(nameof(matrices), matrices[0].Outputs, matrices[k].Outputs);
            for (int place = 0; place < length; place++)
            {
                first[Index(k, place)] = matrices[k].Padded[place];
            }
        }

        GC.KeepAlive(memory);
    }

    /// <summary>Numbers of a cross-point.</summary>
    public int Kinds => kinds;

    /// <summary>Changes a number of one cross-point, in every copy of this struct.</summary>
    /// <param name="kind">Which of the matrices.</param>
    /// <param name="place">The cross-point, as an index into <see cref="PaddedMatrix.Padded"/>.</param>
    /// <param name="number">Its new value.</param>
    public void Set(int kind, int place, float number)
    {
        first[Index(kind, place)] = number;
        GC.KeepAlive(memory);
    }

    /// <summary>A number of one cross-point.</summary>
    /// <param name="kind">Which of the matrices.</param>
    /// <param name="place">The cross-point, as an index into <see cref="PaddedMatrix.Padded"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Of(int kind, int place)
    {
        float number = first[Index(kind, place)];
        GC.KeepAlive(memory);
        return number;
    }

    /// <summary>A number of eight cross-points.</summary>
    /// <param name="kind">Which of the matrices.</param>
    /// <param name="place">The first of them, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> OfEight(int kind, int place)
    {
        Vector256<float> numbers = Vector256.Load(first + Index(kind, place));
        GC.KeepAlive(memory);
        return numbers;
    }

    /// <summary>A number of sixteen cross-points.</summary>
    /// <param name="kind">Which of the matrices.</param>
    /// <param name="place">The first of them, a multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> OfSixteen(int kind, int place)
    {
        Vector512<float> numbers = Vector512.Load(first + (nint)((place * kinds) + (kind * Lanes)));
        GC.KeepAlive(memory);
        return numbers;
    }

    /// <summary>Asks for the cache lines of sixteen cross-points that will be read soon.</summary>
    /// <param name="place">The first of them, a multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int place)
    {
        for (int k = 0; k < kinds; k++)
        {
            Kernels.Prefetch.Line(in first[(place * kinds) + (k * Lanes)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint Index(int kind, int place) => (nint)(((place & ~(Lanes - 1)) * kinds) + (kind * Lanes) + (place & (Lanes - 1)));
}
