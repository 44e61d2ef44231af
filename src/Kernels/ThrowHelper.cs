using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Every throw of the library: the argument's name and both numbers.</summary>
internal static class ThrowHelper
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireLength(string name, int expected, int actual)
    {
        if (expected != actual)
        {
            WrongLength(name, expected, actual);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireAtLeast(string name, int smallest, int actual)
    {
        if (actual < smallest)
        {
            TooSmall(name, smallest, actual);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireInRange(string name, float low, float high, float actual)
    {
        if (!(actual >= low && actual <= high))
        {
            OutOfRange(name, low, high, actual);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RequireInRange(string name, long low, long high, long actual)
    {
        if (actual < low || actual > high)
        {
            OutOfRange(name, low, high, actual);
        }
    }

    /// <summary>Every element is below a limit; one comparison a vector.</summary>
    public static void RequireBelow(string name, int limit, ReadOnlySpan<ushort> values)
    {
        ref ushort v = ref MemoryMarshal.GetReference(values);
        int j = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<ushort> most = Vector256<ushort>.Zero;
            for (; j <= values.Length - 16; j += 16)
            {
                most = Vector256.Max(most, Vector256.LoadUnsafe(ref v, (nuint)j));
            }

            // The scalar loop finds the element to name.
            j = Vector256.LessThanAll(most, Vector256.Create((ushort)Math.Min(limit, ushort.MaxValue))) ? j : 0;
        }

        for (; j < values.Length; j++)
        {
            if (values[j] >= limit)
            {
                NotBelow(name, j, limit, values[j]);
            }
        }
    }

    /// <summary>Every element is a number in a range.</summary>
    public static void RequireInRange(string name, float low, float high, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            RequireInRange(name, low, high, value);
        }
    }

    [DoesNotReturn]
    private static void NotBelow(string name, int place, int limit, int actual) =>
        throw new ArgumentOutOfRangeException(name, actual, $"{name}[{place}]: expected a number below {limit}, got {actual}.");

    [DoesNotReturn]
    private static void WrongLength(string name, int expected, int actual) =>
        throw new ArgumentException($"{name}: expected length {expected}, got {actual}.", name);

    [DoesNotReturn]
    private static void TooSmall(string name, int smallest, int actual) =>
        throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected at least {smallest}, got {actual}.");

    [DoesNotReturn]
    private static void OutOfRange<T>(string name, T low, T high, T actual) =>
        throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a number in [{low}, {high}], got {actual}.");
}
