using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Crosspoint.Repro.Tests.Sweeps;

/// <summary>Sweeps in real processes that are killed, stopped, run twice at once, or run out of disk.</summary>
public sealed partial class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_sweep_killed_at_fifty_moments_ends_with_the_bytes_of_one_that_was_not()
    {
        const int Kills = 50;
        string file = Write(SweepFiles.Tiny(points: 400, seeds: 4));
        Random moments = new(1);
        int kills = 0;
        for (; kills < Kills; kills++)
        {
            using ChildProcess sweep = Start(file, "killed");
            int before = Results("killed").Length;

            // Half of them at any moment from the start on, half a little after the first new result.
            if (kills % 2 == 0)
            {
                Thread.Sleep(moments.Next(300));
            }
            else
            {
                while (!sweep.HasExited && Results("killed").Length == before)
                {
                    Thread.Sleep(2);
                }

                Thread.Sleep(moments.Next(25));
            }

            Assert.False(sweep.HasExited, $"ended by itself before kill {kills}");
            sweep.Kill();
            Assert.All(Results("killed"), result => Json.Parse(File.ReadAllText(result)));
        }

        int finished = Results("killed").Length;
        Assert.InRange(finished, 1, 1599);
        Assert.Equal(1600 - finished, Computed(Start(file, "killed")));
        Assert.Equal(1600, Computed(Start(file, "whole")));
        Assert.Equal(SweepFiles.Contents(folder["whole"]), SweepFiles.Contents(folder["killed"]));
    }

    [Fact]
    public void Two_processes_in_one_folder_share_the_work()
    {
        string file = Write(SweepFiles.Tiny(points: 300));
        ChildProcess[] both = [Start(file, "out"), Start(file, "out")];
        Assert.Equal(300, both.Sum(Computed));
        Assert.Equal(300, Computed(Start(file, "alone")));
        Assert.Equal(SweepFiles.Contents(folder["alone"]), SweepFiles.Contents(folder["out"]));
    }

    [Fact]
    public void SIGTERM_saves_the_state_and_ends_with_143()
    {
        string file = Write("""
            { "name": "long", "network": { "hidden": [32] }, "training": { "epochs": 40 } }
            """);
        using (ChildProcess sweep = Start(file, "out"))
        {
            while (!sweep.HasExited && !File.Exists(folder["out", "sweep", ".claims"]))
            {
                Thread.Sleep(5);
            }

            Thread.Sleep(300);
            sweep.Terminate();
            (int exitCode, _, string error) = sweep.Wait();
            Assert.Equal(ExitCodes.Terminated, exitCode);
            Assert.Contains("stopped with 0 of 1 runs finished", error, StringComparison.Ordinal);
        }

        Assert.Single(Directory.GetFiles(folder["out"], "*.checkpoint", SearchOption.AllDirectories));
        Assert.Equal(1, Computed(Start(file, "out")));
        Assert.Equal(1, Computed(Start(file, "whole")));
        Assert.Equal(SweepFiles.Contents(folder["whole"]), SweepFiles.Contents(folder["out"]));
    }

    [Fact]
    public void A_full_disk_loses_no_finished_point()
    {
        string file = Write(SweepFiles.Tiny(points: 200));
        string disk = folder["disk"];
        Directory.CreateDirectory(disk);
        bool mounted = ChildProcess.Tool("mount", "-t", "tmpfs", "-o", "size=400k", "none", disk).ExitCode == 0;
        try
        {
            if (!mounted)
            {
                // Who may not mount a small disk is told the same of a folder that takes no file.
                File.WriteAllText(folder["disk", "out"], string.Empty);
            }

            (int exitCode, _, string error) = Start(file, "disk/out").Wait();
            Assert.Equal(ExitCodes.Failure, exitCode);
            string line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains(mounted ? "No space left on device" : "cannot be written", line, StringComparison.Ordinal);
            if (mounted)
            {
                int finished = Results("disk").Length;
                Assert.InRange(finished, 1, 199);
                Assert.Equal(0, ChildProcess.Tool("mount", "-o", "remount,size=20m", "none", disk).ExitCode);
                Assert.Equal(200 - finished, Computed(Start(file, "disk/out")));
                Assert.Equal(200, Computed(Start(file, "whole")));
                Assert.Equal(SweepFiles.Contents(folder["whole"]), SweepFiles.Contents(folder["disk", "out"]));
            }
        }
        finally
        {
            if (mounted)
            {
                ChildProcess.Tool("umount", disk);
            }
        }
    }

    private string Write(string sweep)
    {
        File.WriteAllText(folder["sweep.json"], sweep);
        return folder["sweep.json"];
    }

    private ChildProcess Start(string file, string output) =>
        ChildProcess.Start("sweep", file, "--quiet", "--threads", "2", "--out", Path.Combine(folder.Path, output));

    private string[] Results(string output) => Directory.Exists(folder[output])
        ? Directory.GetFiles(folder[output], "seed-*.json", SearchOption.AllDirectories)
        : [];

    private static int Computed(ChildProcess sweep)
    {
        using (sweep)
        {
            (int exitCode, string output, string error) = sweep.Wait();
            Assert.True(exitCode == 0, error);
            return int.Parse(RunsComputed().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        }
    }

    [GeneratedRegex("([0-9]+) runs computed")]
    private static partial Regex RunsComputed();
}
