using System.Globalization;
using Crosspoint.Kernels;
using Xunit;

namespace Crosspoint.Tests;

public class SimdModeTests
{
    /// <summary>A switch that the runtime does not know is ignored without a word: the run would then test nothing new.</summary>
    [Fact]
    public void A_run_has_the_vector_width_it_was_asked_for()
    {
        string? asked = Environment.GetEnvironmentVariable("CROSSPOINT_VECTOR_BITS");
        int expected = string.IsNullOrEmpty(asked) ? VectorWidth.Bits : int.Parse(asked, CultureInfo.InvariantCulture);
        Assert.Equal(expected, VectorWidth.Bits);
        Assert.True(VectorWidth.Bits is 0 or 128 or 256 or 512);
    }
}
