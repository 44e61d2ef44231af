using Xunit;

namespace Crosspoint.Tests;

/// <summary>What a loop allocates once it is warm.</summary>
public static class Allocation
{
    private const int Tries = 8;

    /// <summary>Asserts that an action can run without allocating: that one of its next runs does.</summary>
    /// <remarks>
    /// The runtime itself allocates on a thread now and then, where it compiles a loop anew; what the action allocates, it allocates in
    /// every run.
    /// </remarks>
    /// <param name="action">Has run before; takes the number of the run, from 0.</param>
    /// <param name="what">Named where it fails.</param>
    public static void None(Action<int> action, string what = "")
    {
        long least = long.MaxValue;
        for (int run = 0; run < Tries && least > 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action(run);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(least == 0, $"{what}: expected no allocation, got {least} bytes a run");
    }
}
