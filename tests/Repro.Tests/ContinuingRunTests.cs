using System.Text;
using System.Text.Json;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Runs whose state is kept, so that a longer run goes on where a shorter one ended.</summary>
public sealed class ContinuingRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int epochs;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_longer_run_goes_on_from_a_shorter_one_and_a_shorter_one_is_a_part_of_it()
    {
        Assert.Equal(Run("direct", 7), Run("grown", 3, 5, 7));
        Assert.Equal(2 * 7 * 2, epochs);
        Assert.Equal(Run("direct", 4), Run("grown", 4));
        Assert.Equal(2 * 7 * 2, epochs);
    }

    [Fact]
    public void Figures_of_a_paper_share_the_state_of_the_same_parameters()
    {
        Figure("fig1").Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["out"]);
        int before = epochs;
        Figure("fig2").Succeed("run", "fake2020/fig2", "--quiet", "--out", folder["out"]);
        Assert.Equal(before, epochs);
        Figure("fig2").Succeed("run", "fake2020/fig2", "--quiet", "--out", folder["out"], "--set", "rate=0.25");
        Assert.Equal(2 * before, epochs);
    }

    [Fact]
    public void A_text_of_the_users_has_results_of_its_own()
    {
        File.WriteAllBytes(folder["a.txt"], Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some words ", 10))));
        Cli cli = new() { Experiments = [new FakeExperiment { NeedsText = true, SeedsOfFull = 1 }] };
        JsonElement run = Json.Parse(cli.Succeed(
            "run", "fake2020/fig1", "--profile", "full", "--text", folder["a.txt"], "--out", folder["out"], "--json", "--quiet"));
        Assert.All(run.Get("rows").EnumerateArray(), row => Assert.True(row.Get("verdict").GetString() is "not-judged" or "no-reference"));
        Assert.Contains(folder.Files("out"), file => file.StartsWith("fake2020/fig1/full-text-", StringComparison.Ordinal));
        cli.Fail(1, ["War and Peace", "--text"], "run", "fake2020/fig1", "--out", folder["out"]);
        cli.Fail(2, ["--text", "missing.txt", "none"], "run", "fake2020/fig1", "--text", folder["missing.txt"], "--out", folder["out"]);
        cli.Fail(2, ["--text", "a folder"], "run", "fake2020/fig1", "--text", folder["."], "--out", folder["out"]);
        File.WriteAllText(folder["tiny.txt"], "to");
        cli.Fail(1, ["--text", "tiny.txt", "at least", "got 2"], "run", "fake2020/fig1", "--text", folder["tiny.txt"], "--out", folder["out"]);
        new Cli().Fail(2, ["--text", "reads no text"], "run", "fake2020/fig1", "--text", folder["a.txt"], "--out", folder["out"]);
    }

    private Cli Figure(string name) => new()
    {
        Experiments = [new FakeExperiment { Figure = name, ContinuesAlong = "epochs", AfterEpoch = _ => Interlocked.Increment(ref epochs) }],
    };

    // The curve and metrics behind runs of growing length in one folder.
    private string Run(string name, params int[] lengths)
    {
        string last = string.Empty;
        foreach (int length in lengths)
        {
            last = Figure("fig1").Succeed(
                "run", "fake2020/fig1", "--quiet", "--json", "--out", folder[name], "--epochs", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return Json.Parse(last).Get("rows").GetRawText();
    }
}
