using System.Text.Json;
using Crosspoint.Repro.Experiments;
using Xunit;

namespace Crosspoint.Repro.Tests;

public sealed class RunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Out => folder["out"];

    [Fact]
    public void A_full_run_has_the_plain_names_and_the_quick_run_a_folder_of_its_own()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--profile", "full", "--seeds", "1", "--out", Out);
        cli.Succeed("run", "fake2020/fig1", "--out", Out);
        Assert.Equal(
            [
                "fake2020/fig1/fig1.png",
                "fake2020/fig1/fig1.svg",
                "fake2020/fig1/quick/fig1.png",
                "fake2020/fig1/quick/fig1.svg",
                "fake2020/fig1/quick/sigma=0.1/seed-1.json",
                "fake2020/fig1/quick/sigma=0.5/seed-1.json",
                "fake2020/fig1/quick/summary.csv",
                "fake2020/fig1/sigma=0.1/seed-1.json",
                "fake2020/fig1/sigma=0.3/seed-1.json",
                "fake2020/fig1/sigma=0.5/seed-1.json",
                "fake2020/fig1/summary.csv",
            ],
            folder.Files("out"));
    }

    [Fact]
    public void What_is_stored_is_not_computed_again()
    {
        int epochs = 0;
        Cli cli = new() { Experiments = [new FakeExperiment { AfterEpoch = _ => Interlocked.Increment(ref epochs) }] };
        string first = cli.Succeed("run", "fake2020/fig1", "--out", Out, "--quiet");
        string second = cli.Succeed("run", "fake2020/fig1", "--out", Out, "--quiet");
        Assert.Equal(2 * 3, epochs);
        Assert.Contains("2 runs computed, 0 stored before", first, StringComparison.Ordinal);
        Assert.Contains("0 runs computed, 2 stored before", second, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_parameter_never_meets_an_old_result()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--out", Out);
        cli.Succeed("run", "fake2020/fig1", "--out", Out, "--set", "rate=0.25");
        cli.Succeed("run", "fake2020/fig1", "--out", Out, "--epochs", "2", "--set", "rate=0.25");
        string[] variants = [.. Directory.EnumerateDirectories(folder["out", "fake2020", "fig1"]).Select(path => Path.GetFileName(path)).Order()];
        Assert.Equal(3, variants.Length);
        Assert.All(variants.Skip(1), variant => Assert.Matches("^quick-[0-9a-f]{8}$", variant));
        Assert.All(
            variants.Skip(1).Select(variant => Json.Parse(File.ReadAllText(folder["out", "fake2020", "fig1", variant, "sigma=0.1", "seed-1.json"]))),
            result => Assert.Equal(0.25, result.Get("parameters", "rate").GetDouble()));
    }

    [Fact]
    public void A_parameter_set_to_its_own_value_changes_nothing()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--out", Out);
        Assert.Contains("0 runs computed", cli.Succeed("run", "fake2020/fig1", "--out", Out, "--set", "rate=0.50", "--epochs", "3"), StringComparison.Ordinal);
    }

    [Fact]
    public void Points_filter_by_value_and_leave_the_picture_of_all_that_is_stored()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--profile", "full", "--seeds", "1", "--out", Out);
        string before = File.ReadAllText(folder["out", "fake2020", "fig1", "summary.csv"]);
        JsonElement rows = Json.Parse(cli.Succeed(
            "run", "fake2020/fig1", "--profile", "full", "--seeds", "1", "--points", "sigma=0.30,sigma=0.5", "--out", Out, "--json", "--quiet")).Get("rows");
        Assert.Equal(
            ["""{"sigma": 0.3}""", """{"sigma": 0.3, "variance": 0.2}""", """{"sigma": 0.5}""", """{"sigma": 0.5, "variance": 0.2}"""],
            rows.EnumerateArray().Select(row => row.Get("point")).Select(point =>
                "{" + string.Join(", ", point.EnumerateObject().Select(coordinate => $"\"{coordinate.Name}\": {coordinate.Value}")) + "}"));
        Assert.Equal(before, File.ReadAllText(folder["out", "fake2020", "fig1", "summary.csv"]));
    }

    [Fact]
    public void Json_keeps_its_contract()
    {
        Cli.Outcome outcome = new Cli().Run("run", "fake2020/fig1", "--profile", "full", "--out", Out, "--json", "--quiet");
        Assert.Empty(outcome.Error);
        JsonElement json = Json.Parse(outcome.Output);
        Assert.Equal("fake2020/fig1", json.Get("experiment").GetString());
        Assert.Equal("full", json.Get("profile").GetString());
        Assert.Matches("^\\d+\\.\\d+\\.\\d+", json.Get("version").GetString());
        Assert.True(json.Get("vectorBits").GetInt32() is 0 or 128 or 256 or 512);
        Assert.True(json.Get("seconds").GetDouble() > 0);
        JsonElement row = json.Get("rows", 0);
        Assert.Equal(
            ["point", "metric", "n", "mean", "ci95", "min", "max", "paper", "band", "verdict"],
            row.EnumerateObject().Select(property => property.Name));
        Assert.Equal(0.1, row.Get("point", "sigma").GetDouble());
        Assert.Equal(3, row.Get("n").GetInt32());
        Assert.Equal(90, row.Get("paper").GetDouble());
        Assert.Equal([80, 100], row.Get("band").EnumerateArray().Select(end => end.GetDouble()));
        Assert.Equal("inside", row.Get("verdict").GetString());
        JsonElement derived = json.Get("rows").EnumerateArray().Last();
        Assert.Equal(JsonValueKind.Null, derived.Get("paper").ValueKind);
        Assert.Equal(JsonValueKind.Null, derived.Get("band", 0).ValueKind);
        Assert.All(json.Get("files").EnumerateArray(), file => Assert.True(File.Exists(file.GetString())));
    }

    [Theory]
    [InlineData("not-judged", "--profile", "quick")]
    [InlineData("not-judged", "--profile", "full", "--seeds", "2")]
    [InlineData("not-judged", "--profile", "full", "--points", "sigma=0.1")]
    [InlineData("not-judged", "--profile", "full", "--set", "rate=0.1")]
    [InlineData("not-judged", "--profile", "full", "--shard", "1/2")]
    [InlineData("inside", "--profile", "full")]
    [InlineData("inside", "--profile", "full", "--seeds", "4", "--seed", "7")]
    public void Only_complete_full_runs_are_judged(string verdict, params string[] options)
    {
        JsonElement json = Json.Parse(new Cli().Succeed(["run", "fake2020/fig1", "--out", Out, "--json", "--quiet", .. options]));
        Assert.Equal(verdict, json.Get("rows", 0, "verdict").GetString());
        Assert.Equal("no-reference", json.Get("rows", 1, "verdict").GetString());
    }

    [Fact]
    public void A_point_may_ask_for_fewer_seeds_than_the_others()
    {
        Cli cli = new() { Experiments = [new FakeExperiment { SeedsAt = point => point.Number("sigma") > 0.4 ? 1 : null }] };
        Assert.Contains("3 points x 1 to 3 seeds: 7 runs", cli.Succeed("run", "fake2020/fig1", "--profile", "full", "--dry-run", "--out", Out), StringComparison.Ordinal);
        JsonElement[] rows = [.. Json.Parse(cli.Succeed("run", "fake2020/fig1", "--profile", "full", "--out", Out, "--json", "--quiet")).Get("rows").EnumerateArray()];
        Assert.Equal([3, 3, 1], rows.Where(row => row.Get("metric").GetString() == "test_accuracy_percent").Select(row => row.Get("n").GetInt32()));
        Assert.Equal("inside", rows[0].Get("verdict").GetString());
        Assert.Contains("inside", cli.Succeed("check", "--out", Out), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missed_band_ends_with_exit_code_1_and_so_does_check()
    {
        Cli cli = new() { Experiments = [new FakeExperiment { Forced = 70 }] };
        Cli.Outcome run = cli.Run("run", "fake2020/fig1", "--profile", "full", "--out", Out);
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("outside", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failure, cli.Run("check", "--out", Out).ExitCode);
        JsonElement check = Json.Parse(cli.Run("check", "--out", Out, "--json").Output);
        Assert.False(check.Get("passed").GetBoolean());
    }

    [Fact]
    public void Check_passes_complete_results_and_does_not_judge_others()
    {
        Cli cli = new();
        cli.Fail(ExitCodes.Failure, [Out, "no full results"], "check", "--out", Out);
        cli.Succeed("run", "fake2020/fig1", "--profile", "full", "--seeds", "2", "--out", Out);
        Cli.Outcome incomplete = cli.Run("check", "--out", Out);
        Assert.Equal(ExitCodes.Failure, incomplete.ExitCode);
        Assert.Contains("6 of 9 runs are stored", incomplete.Output, StringComparison.Ordinal);
        cli.Succeed("run", "fake2020/fig1", "--profile", "full", "--out", Out);
        Assert.Contains("2 inside", cli.Succeed("check", "--out", Out), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_no_row_answers_fails_the_check()
    {
        FakeExperiment experiment = new() { Claims = [new Claim(Point.Empty, "typo", 1, 0, 2, "text")] };
        Cli cli = new() { Experiments = [experiment] };
        cli.Run("run", "fake2020/fig1", "--profile", "full", "--out", Out);
        Cli.Outcome check = cli.Run("check", "--out", Out);
        Assert.Equal(ExitCodes.Failure, check.ExitCode);
        Assert.Contains("no row for the paper's typo", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_is_tidy()
    {
        new Cli().Succeed("run", "fake2020/fig1", "--seeds", "2", "--out", Out);
        string[] lines = File.ReadAllLines(folder["out", "fake2020", "fig1", "quick", "summary.csv"]);
        string[] head = [.. lines.TakeWhile(line => line.StartsWith('#'))];
        Assert.Contains("# profile: quick", head);
        Assert.Contains("# seeds: 1 2", head);
        Assert.Contains("# epochs: 3 (paper)", head);
        Assert.DoesNotContain(head, line => line.StartsWith("# sigma", StringComparison.Ordinal));
        string[] table = lines[head.Length..];
        Assert.Equal("sigma [B],variance,metric,seed,value", table[0]);
        Assert.Equal((2 * 2 * 2) + 2, table.Length - 1);
        Assert.All(table, line => Assert.Equal(5, line.Split(',').Length));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_none_is_refused(double value)
    {
        Cli cli = new() { Experiments = [new FakeExperiment { Forced = value }] };
        cli.Fail(ExitCodes.Failure, ["fake2020/fig1", "test_accuracy_percent", "expected a finite number"], "run", "fake2020/fig1", "--out", Out, "--quiet", "--threads", "1");
        Assert.Empty(folder.Files("out"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"format\": 2}")]
    [InlineData("{\"key\": 7, \"format\": 2}")]
    [InlineData("{\"key\": \"x\", \"format\": \"1\"}")]
    [InlineData("{\"key\": \"x\", \"format\": 2, \"metrics\": {}}")]
    [InlineData("{\"key\": \"x\", \"format\": 2, \"curve\": {}, \"metrics\": [{\"at\": {}, \"name\": \"a\", \"value\": 1e999}], \"counters\": {}, \"seconds\": 1}")]
    [InlineData("\u0000\u0001\u0002")]
    public void A_damaged_or_alien_result_is_named_and_left_alone(string content)
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--out", Out);
        string file = folder["out", "fake2020", "fig1", "quick", "sigma=0.1", "seed-1.json"];
        File.WriteAllText(file, content);
        cli.Fail(ExitCodes.Failure, [file, "expected a result of crosspoint"], "run", "fake2020/fig1", "--out", Out, "--quiet");
        Assert.Equal(content, File.ReadAllText(file));
    }

    [Fact]
    public void A_result_cut_off_anywhere_is_named()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--out", Out);
        string file = folder["out", "fake2020", "fig1", "quick", "sigma=0.1", "seed-1.json"];
        string whole = File.ReadAllText(file).TrimEnd();
        for (int length = 0; length < whole.Length; length += 37)
        {
            File.WriteAllText(file, whole[..length]);
            cli.Fail(ExitCodes.Failure, [file], "run", "fake2020/fig1", "--out", Out, "--quiet");
        }
    }

    [Fact]
    public void A_result_with_another_key_is_kept_under_another_name()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--out", Out);
        string file = folder["out", "fake2020", "fig1", "quick", "sigma=0.1", "seed-1.json"];
        string current = File.ReadAllText(file);
        string key = Json.Parse(current).Get("key").GetString()!;
        string stale = current.Replace(key, new string('a', 64), StringComparison.Ordinal);
        File.WriteAllText(file, stale);
        Assert.Contains("1 runs computed", cli.Succeed("run", "fake2020/fig1", "--out", Out), StringComparison.Ordinal);
        Assert.Equal(stale, File.ReadAllText(Path.ChangeExtension(file, ".stale-aaaaaaaa.json")));
        Assert.Equal(key, Json.Parse(File.ReadAllText(file)).Get("key").GetString());
    }

    [Fact]
    public void Progress_goes_to_standard_error_and_quiet_silences_it()
    {
        Cli cli = new();
        Assert.Contains("2 of 2 runs", cli.Run("run", "fake2020/fig1", "--out", Out).Error, StringComparison.Ordinal);
        Assert.Empty(cli.Run("run", "fake2020/fig1", "--seed", "5", "--out", Out, "--quiet").Error);
    }
}
