using System.Text.RegularExpressions;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Threads, interruptions and shards change no byte of a result but its time.</summary>
public sealed partial class SameBytesTests : IDisposable
{
    private static readonly string[] Run = ["run", "fake2020/fig1", "--profile", "full", "--quiet"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Threads_change_nothing()
    {
        new Cli().Succeed([.. Run, "--out", folder["one"], "--threads", "1"]);
        new Cli().Succeed([.. Run, "--out", folder["two"], "--threads", "2"]);
        AssertSame("one", "two");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_interrupted_run_goes_on_and_ends_with_the_same_bytes(int threads)
    {
        new Cli().Succeed([.. Run, "--out", folder["whole"]]);
        string[] args = [.. Run, "--out", folder["cut"], "--threads", $"{threads}"];
        int interruptions = 0;
        int checkpoints = 0;
        for (bool finished = false; !finished;)
        {
            // Every start gets four epochs further: some runs are finished, some are cut once or twice.
            using CancellationTokenSource stop = new();
            FakeExperiment experiment = new() { AfterEpoch = done => Cancel(stop, done == 4) };
            Cli.Outcome outcome = new Cli { Experiments = [experiment], Cancellation = stop.Token }.Run(args);
            finished = outcome.ExitCode == ExitCodes.Success;
            if (!finished)
            {
                Assert.Equal(ExitCodes.Interrupted, outcome.ExitCode);
                Assert.Contains("goes on from there", outcome.Error, StringComparison.Ordinal);
                checkpoints += folder.Files("cut").Count(file => file.EndsWith(".checkpoint", StringComparison.Ordinal));
                interruptions++;
            }
        }

        Assert.True(interruptions >= 5 && checkpoints >= 5, $"{interruptions} interruptions, {checkpoints} checkpoints");
        AssertSame("whole", "cut");
    }

    [Fact]
    public void A_killed_run_goes_on_from_its_last_checkpoint()
    {
        new Cli().Succeed([.. Run, "--out", folder["whole"]]);
        string[] args = [.. Run, "--out", folder["killed"], "--threads", "1"];

        // A failure saves nothing, like a kill: what is there is the checkpoint of the epoch before.
        FakeExperiment failing = new() { AfterEpoch = done => Fail(done == 4) };
        Cli cli = new() { Experiments = [failing], CheckpointInterval = TimeSpan.Zero };
        Assert.Equal(ExitCodes.Failure, cli.Run(args).ExitCode);
        int epochs = 0;
        new Cli { Experiments = [new FakeExperiment { AfterEpoch = done => epochs = done }] }.Succeed(args);
        Assert.Equal((9 * 6) - 3, epochs);
        AssertSame("whole", "killed");
    }

    [Fact]
    public void Shards_merge_to_the_whole()
    {
        new Cli().Succeed([.. Run, "--out", folder["whole"]]);
        foreach (int shard in new[] { 1, 2, 3, 4 })
        {
            new Cli().Succeed([.. Run, "--out", folder["merged"], "--shard", $"{shard}/4"]);
        }

        AssertSame("whole", "merged");
    }

    [Fact]
    public void A_leftover_of_a_killed_process_is_removed()
    {
        new Cli().Succeed([.. Run, "--out", folder["whole"]]);
        string leftover = folder["whole", "fake2020", "fig1", "sigma=0.1", "seed-1.checkpoint"];
        File.WriteAllText(leftover, "written before the result");
        new Cli().Succeed([.. Run, "--out", folder["whole"]]);
        Assert.False(File.Exists(leftover));
    }

    private static void Cancel(CancellationTokenSource stop, bool now)
    {
        if (now)
        {
            stop.Cancel();
        }
    }

    private static void Fail(bool now)
    {
        if (now)
        {
            throw new InvalidOperationException("killed");
        }
    }

    private void AssertSame(string expected, string actual)
    {
        Assert.Equal(folder.Files(expected), folder.Files(actual));
        foreach (string file in folder.Files(expected).Where(file => !file.EndsWith(".png", StringComparison.Ordinal)))
        {
            Assert.Equal(Timeless(folder[expected, file]), Timeless(folder[actual, file]));
        }
    }

    private static string Timeless(string path) => Seconds().Replace(File.ReadAllText(path), "\"seconds\": 0");

    [GeneratedRegex("\"seconds\": [0-9.eE+-]+")]
    private static partial Regex Seconds();
}
