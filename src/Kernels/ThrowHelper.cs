using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

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

    [DoesNotReturn]
    private static void WrongLength(string name, int expected, int actual) =>
        throw new ArgumentException($"{name}: expected length {expected}, got {actual}.", name);

    [DoesNotReturn]
    private static void TooSmall(string name, int smallest, int actual) =>
        throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected at least {smallest}, got {actual}.");

    [DoesNotReturn]
    private static void OutOfRange(string name, float low, float high, float actual) =>
        throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a number in [{low}, {high}], got {actual}.");
}
