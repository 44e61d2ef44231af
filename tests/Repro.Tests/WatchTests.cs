using System.Diagnostics;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Watch;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Running processes tell how far they are, and <c>crosspoint watch</c> shows it.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_can_be_watched_while_it_works_and_leaves_nothing_behind()
    {
        string shown = string.Empty;
        LiveStatus? told = null;
        Cli cli = new()
        {
            Experiments =
            [
                new FakeExperiment
                {
                    AfterEpoch = epochs =>
                    {
                        if (epochs == 2)
                        {
                            WaitFor(() => (told = LiveFile.All(folder["out"]).SingleOrDefault()?.Status) is { Runs: [{ Curve.Count: 2 }, ..] });
                            shown = new Cli().Succeed("watch", folder["out"]) + new Cli().Succeed("watch", folder["out", "fake2020", "fig1"], "--once");
                        }
                    },
                },
            ],
        };
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--threads", "1", "--out", folder["out"]);
        Assert.NotNull(told);
        Assert.Equal(("fake2020/fig1", "fake2020/fig1/quick", 2, 0, Environment.ProcessId), (told.Experiment, told.Folder, told.Total, told.Finished, told.ProcessId));
        LiveRun run = Assert.Single(told.Runs);
        Assert.Equal(["epoch", "test_accuracy_percent"], run.Columns);
        Assert.InRange(run.Fraction, 0.3, 0.7);
        Assert.Equal(2, shown.Split("process " + Environment.ProcessId).Length - 1);
        Assert.Contains("0 of 2 runs", shown, StringComparison.Ordinal);
        Assert.Contains("sigma=0.5 seed 1", shown, StringComparison.Ordinal);
        Assert.Contains("no result is stored", shown, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out", LiveStatus.FolderName]));

        string after = cli.Succeed("watch", folder["out"]);
        Assert.Contains("nothing is being computed", after, StringComparison.Ordinal);
        Assert.Contains("2 results are stored", after, StringComparison.Ordinal);
        Assert.Contains("fake2020/fig1 quick sigma=0.1 seed 1", after, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', after);
    }

    [Fact]
    public void Results_are_the_same_bytes_whether_a_run_is_watched_or_not()
    {
        byte[] Bytes(string name, Action<int> afterEpoch)
        {
            new Cli { Experiments = [new FakeExperiment { AfterEpoch = afterEpoch }] }.Succeed("run", "fake2020/fig1", "--quiet", "--threads", "1", "--out", folder[name]);
            return [.. Directory.GetFiles(folder[name], "seed-1.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .SelectMany(file => File.ReadAllLines(file).Where(line => !line.Contains("\"seconds\"", StringComparison.Ordinal))).SelectMany(System.Text.Encoding.UTF8.GetBytes)];
        }

        byte[] watched = Bytes("a", epochs => WaitFor(() => epochs != 2 || LiveFile.All(folder["a"]).Count > 0));
        Assert.Equal(watched, Bytes("b", _ => { }));
    }

    [Fact]
    public void A_killed_process_is_told_from_a_living_one_and_swept_away_by_the_next()
    {
        string live = Directory.CreateDirectory(folder["out", LiveStatus.FolderName]).FullName;
        LiveStatus status = new(Environment.MachineName, 4_194_300, "fake2020/fig1", "fake2020/fig1", 9, 3, 0.4, 2.5, 61, []);
        File.WriteAllBytes(Path.Combine(live, "a-1-1.json"), status.ToJson());
        File.WriteAllBytes(Path.Combine(live, "a-1-1.lock"), []);
        string orphan = Path.Combine(live, string.Concat(Environment.MachineName.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')) + "-4194300-1.lock");
        File.WriteAllBytes(orphan, []);
        File.WriteAllBytes(Path.ChangeExtension(orphan, ".json.tmp"), []);
        File.WriteAllBytes(Path.Combine(live, "b-1-1.json"), (status with { Host = "elsewhere" }).ToJson());
        File.WriteAllBytes(Path.Combine(live, "c-1-1.json"), (status with { Host = "elsewhere" }).ToJson());
        File.SetLastWriteTimeUtc(Path.Combine(live, "c-1-1.json"), DateTime.UtcNow.AddMinutes(-5));
        File.WriteAllText(Path.Combine(live, "d-1-1.json"), "{\"host\":\"x\"");
        File.WriteAllText(Path.Combine(live, "e-1-1.json"), "{\"host\":\"x\",\"runs\":[null]}");
        Assert.Equal([LiveState.Killed, LiveState.Working, LiveState.Silent], LiveFile.All(folder["out"]).Select(file => file.State));
        using (new FileStream(Path.Combine(live, "a-1-1.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(LiveState.Working, LiveFile.All(folder["out"])[0].State);
        }

        string shown = new Cli().Succeed("watch", folder["out"]);
        Assert.Contains("killed at 3 of 9 runs, 40 %", shown, StringComparison.Ordinal);
        Assert.Contains("silent since", shown, StringComparison.Ordinal);
        Assert.Contains("2.5 runs/min, 1 min 1 s left", shown, StringComparison.Ordinal);

        Cli cli = new() { Experiments = [new FakeExperiment { AfterEpoch = epochs => WaitFor(() => epochs != 2 || !File.Exists(Path.Combine(live, "a-1-1.json"))) }] };
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--threads", "1", "--out", folder["out"]);
        Assert.Equal(["b-1-1.json", "c-1-1.json", "d-1-1.json", "e-1-1.json"], Directory.GetFiles(live).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Names_cannot_drive_the_terminal()
    {
        StoredSweep.Write(folder["out"], "mine/\u001b[2Jx", new() { ["a"] = "[red]\u0007" }, 1, 5);
        string shown = new Cli().Succeed("watch", folder["out"]);
        Assert.Contains("mine/?[2Jx a=[red]?", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, letter => char.IsControl(letter) && letter is not '\n' and not '\r');
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told() => new Cli().Fail(1, ["nowhere", "expected a folder"], "watch", folder["nowhere"]);

    [Theory]
    [InlineData("▁▅█", 0.0, 0.5, 1.0)]
    [InlineData("▅▅", 3.0, 3.0)]
    [InlineData("")]
    public void A_sparkline_goes_from_the_smallest_to_the_largest(string line, params double[] values) => Assert.Equal(line, Sparkline.Of(values, 20));

    [Fact]
    public void Many_values_are_averaged_into_the_width()
    {
        Assert.Equal(8, Sparkline.Of([.. Enumerable.Range(0, 1_000).Select(i => (double)i)], 8).Length);
        Assert.Equal("▁▂▃▄▅▆▇█", Sparkline.Of([.. Enumerable.Range(0, 1_000).Select(i => (double)i)], 8));
        Assert.Equal("███░░", Sparkline.Bar(0.6, 5));
    }

    [Fact]
    public void The_time_left_counts_what_was_done_now()
    {
        PlannedRun run = new(Point.Empty, new ParameterValues([]), 1, "k", "r", "c", "c", 10);
        RunProgress progress = new(run, TimeSpan.FromSeconds(5));
        Assert.Null(progress.SecondsLeft(TimeSpan.FromSeconds(6)));
        Assert.Equal(30, (progress with { Fraction = 0.25 }).SecondsLeft(TimeSpan.FromSeconds(15))!.Value, 1e-9);
        Assert.Equal(20, (progress with { Fraction = 0.6, Inherited = 0.4 }).SecondsLeft(TimeSpan.FromSeconds(15))!.Value, 1e-9);
    }

    private static void WaitFor(Func<bool> condition)
    {
        for (Stopwatch waited = Stopwatch.StartNew(); !condition(); Thread.Sleep(20))
        {
            Assert.True(waited.Elapsed < Patience, "nothing was told for a minute");
        }
    }
}
