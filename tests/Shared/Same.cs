using System.Runtime.InteropServices;
using Xunit;

namespace Crosspoint.Tests;

/// <summary>Equality of results down to the sign of a zero, which plain equality does not see.</summary>
internal static class Same
{
    public static void Bits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        int differs = MemoryMarshal.Cast<float, uint>(expected).CommonPrefixLength(MemoryMarshal.Cast<float, uint>(actual));
        if (differs < expected.Length)
        {
            Assert.Fail($"element {differs} of {expected.Length}: expected {expected[differs]:R}, got {actual[differs]:R}");
        }
    }
}
