using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Hints to the memory system, which change no result.</summary>
public static class Prefetch
{
    /// <summary>Asks for the cache line of a place that will be read soon.</summary>
    /// <param name="place">Any place, in an array or not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref readonly T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
        }
    }
}
