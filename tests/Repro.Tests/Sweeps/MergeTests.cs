using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Repro.Tests.Sweeps;

public sealed partial class MergeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Cli cli = new();

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 8)]
    public void Merged_shares_are_the_bytes_of_one_machine(byte machines, byte where)
    {
        int count = 1 + (machines % 5);
        string root = Directory.CreateDirectory(folder[Guid.NewGuid().ToString("N")]).FullName;
        string file = Path.Combine(root, "sweep.json");
        File.WriteAllText(file, SweepFiles.Tiny(points: 3, seeds: 2));
        cli.Succeed("sweep", file, "--quiet", "--out", Path.Combine(root, "whole"));
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--set", "rate=0.25", "--out", Path.Combine(root, "whole"));

        // Shares may lie together or apart, and what one machine has may be there twice.
        string[] folders = [.. Enumerable.Range(1, count).Select(share => Path.Combine(root, $"machine-{(share + where) % 3}"))];
        for (int share = 1; share <= count; share++)
        {
            cli.Succeed("sweep", file, "--quiet", "--shard", $"{share}/{count}", "--out", folders[share - 1]);
            cli.Succeed("run", "fake2020/fig1", "--quiet", "--set", "rate=0.25", "--shard", $"{share}/{count}", "--out", folders[share - 1]);
        }

        string merged = Path.Combine(root, "merged");
        cli.Succeed(["merge", .. folders, folders[0], "--out", merged]);
        Assert.Equal(SweepFiles.Contents(Path.Combine(root, "whole")), SweepFiles.Contents(merged));
        Assert.Contains("0 results copied", cli.Succeed(["merge", .. folders, "--out", merged]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_contradiction_is_refused_and_nothing_is_written()
    {
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["a"]);
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["b"]);
        string changed = folder["b", "fake2020", "fig1", "quick", "sigma=0.5", "seed-1.json"];
        File.WriteAllText(changed, Value().Replace(File.ReadAllText(changed), "\"value\": 12.5", 1));
        cli.Fail(1, [changed, folder["a", "fake2020"], "'metrics'", "Nothing was merged"], "merge", folder["a"], folder["b"], "--out", folder["c"]);
        Assert.False(Directory.Exists(folder["c"]));
    }

    [Fact]
    public void Other_times_versions_and_widths_are_no_contradiction()
    {
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["a"]);
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["b"]);
        string changed = folder["b", "fake2020", "fig1", "quick", "sigma=0.5", "seed-1.json"];
        File.WriteAllText(changed, Time().Replace(File.ReadAllText(changed), "\"seconds\": 99, \"version\": \"9.9\", \"processor\": \"another\", \"vectorBits\": 64,"));
        Assert.Contains("99", File.ReadAllText(changed), StringComparison.Ordinal);
        cli.Succeed("merge", folder["a"], folder["b"], "--out", folder["c"]);
        Assert.Equal(SweepFiles.Contents(folder["a"]), SweepFiles.Contents(folder["c"]));
    }

    [Fact]
    public void The_longer_state_is_kept()
    {
        Cli continuing = new() { Experiments = [new FakeExperiment { ContinuesAlong = "epochs" }] };
        continuing.Succeed("run", "fake2020/fig1", "--quiet", "--epochs", "9", "--out", folder["a"]);
        continuing.Succeed("run", "fake2020/fig1", "--quiet", "--epochs", "4", "--out", folder["b"]);
        continuing.Succeed("merge", folder["a"], folder["b"], "--out", folder["c"]);
        Assert.All(
            Directory.GetFiles(folder["a", "fake2020", "states"], "*.state"),
            state => Assert.Equal(File.ReadAllBytes(state), File.ReadAllBytes(folder["c", "fake2020", "states", Path.GetFileName(state)])));
    }

    [Fact]
    public void What_is_no_folder_or_no_result_is_told()
    {
        cli.Fail(2, ["expected a folder of results", "nowhere"], "merge", folder["nowhere"], "--out", folder["c"]);
        Directory.CreateDirectory(folder["a", "x"]);
        File.WriteAllText(folder["a", "x", "seed-1.json"], "{");
        cli.Fail(1, ["seed-1.json", "expected a result"], "merge", folder["a"], "--out", folder["c"]);
    }

    [GeneratedRegex("\"value\": [0-9.]+")]
    private static partial Regex Value();

    [GeneratedRegex("\"seconds\": [0-9.]+,\\s*\"version\": \"[^\"]*\",\\s*\"processor\": \"[^\"]*\",\\s*\"vectorBits\": [0-9]+,")]
    private static partial Regex Time();
}
