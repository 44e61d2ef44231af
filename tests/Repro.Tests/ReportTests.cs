using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Crosspoint.Repro.Report;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>The page of <c>crosspoint report</c>.</summary>
public sealed partial class ReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_figure_has_its_claims_parameters_and_command()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--profile", "full", "--out", folder["out"]);
        string page = Report(cli, "out");
        Assert.Equal(["fake2020/fig1"], Figures(page));
        Assert.Contains("all 2 claims met", page, StringComparison.Ordinal);
        Assert.Contains("test_accuracy_percent", page, StringComparison.Ordinal);
        Assert.Contains("chosen: on the validation split", page, StringComparison.Ordinal);
        Assert.Contains($"crosspoint run fake2020/fig1 --profile full --out {folder["out"]}", page, StringComparison.Ordinal);
        Assert.Contains("9 of 9", page, StringComparison.Ordinal);
        Assert.Contains("data-key=", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missed_claim_and_a_claim_without_a_row_stand_on_top()
    {
        Cli cli = new() { Experiments = [new FakeExperiment { Forced = 12 }] };
        cli.Run("run", "fake2020/fig1", "--quiet", "--profile", "full", "--out", folder["out"]);
        string page = Report(cli, "out");
        string summary = page[page.IndexOf("id=\"summary\"", StringComparison.Ordinal)..page.IndexOf("<article", StringComparison.Ordinal)];
        Assert.Contains("Claims that the results miss", summary, StringComparison.Ordinal);
        Assert.Contains("1 of 2 claims missed", summary, StringComparison.Ordinal);
        Assert.Contains("80 … 100", summary, StringComparison.Ordinal);

        Cli unmet = new() { Experiments = [new FakeExperiment { Claims = [new(new Experiments.Point(("sigma", 7.0)), "nothing", null, 0, 1, "text")] }] };
        unmet.Succeed("run", "fake2020/fig1", "--quiet", "--profile", "full", "--out", folder["unmet"]);
        Assert.Contains("no row", Report(unmet, "unmet"), StringComparison.Ordinal);
    }

    [Fact]
    public void Quick_and_changed_variants_are_shown_beside_and_never_judged()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["out"]);
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["out"], "--set", "rate=0.25", "--seeds", "2");
        string page = Report(cli, "out");
        string[] figures = Figures(page);
        Assert.Equal(2, figures.Length);
        Assert.Equal("fake2020/fig1 quick", figures[0]);
        Assert.Contains("Changed: rate = 0.25", page, StringComparison.Ordinal);
        Assert.Contains("--profile quick --seeds 2 --set rate=0.25", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"verdict inside\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_that_is_not_known_is_drawn_from_its_results()
    {
        StoredSweep.WriteGrid(folder["out"], "mine/noise");
        string page = Report(new Cli(), "out");
        Assert.Equal(["mine/noise"], Figures(page));
        Assert.Equal(12, Regex.Count(page, "class=\"cell\""));
        Assert.Contains("9.9.9", page, StringComparison.Ordinal);
        Assert.DoesNotContain("crosspoint run mine/noise", page, StringComparison.Ordinal);

        File.WriteAllText(folder["out", "mine", "noise", "description.json"], "{\"title\": \"Noise and states\"}");
        string described = Report(new Cli(), "out");
        Assert.Contains("Noise and states", described, StringComparison.Ordinal);
        Assert.Contains($"crosspoint sweep {folder["out", "mine", "noise", "description.json"]} --out {folder["out"]}", described, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">36</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_files_are_words_wherever_they_stand()
    {
        string name = StoredSweep.Hostile;
        for (ulong seed = 1; seed <= 2; seed++)
        {
            foreach (string value in new[] { name, "b" })
            {
                StoredSweep.Write(folder["out"], $"mine/{name}", new() { [name] = value }, seed, value.Length, name, new() { [name] = name, ["list"] = new[] { name } });
            }
        }

        Report(new Cli(), "out");
        string page = File.ReadAllText(folder["page.html"]);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>window.hacked", page, StringComparison.Ordinal);
        Assert.Contains(name, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Equal(page.Split("<script").Length, page.Split("</script>").Length);
    }

    [Fact]
    public void Nothing_comes_from_a_network()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["out"]);
        string page = Report(cli, "out");
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.All(Address().Matches(page), match => Assert.Matches("^(#|data:)", match.Groups[1].Value));
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(http", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_result_is_named_and_the_others_are_shown()
    {
        Cli cli = new();
        cli.Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["out"]);
        string[] results = Directory.GetFiles(folder["out"], "seed-*.json", SearchOption.AllDirectories);
        File.WriteAllText(results[0], File.ReadAllText(results[0])[..100]);
        Cli.Outcome outcome = cli.Run("report", "--out", folder["out"], "--html", folder["page.html"]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("left out", outcome.Error, StringComparison.Ordinal);
        string page = File.ReadAllText(folder["page.html"]);
        Assert.Contains("Files that cannot be read", page, StringComparison.Ordinal);
        Assert.Single(Figures(page));
    }

    [Fact]
    public void Wrong_requests_are_told_in_one_line()
    {
        Directory.CreateDirectory(folder["empty"]);
        new Cli().Fail(1, ["empty", "no results"], "report", "--out", folder["empty"]);
        new Cli().Fail(1, ["nowhere", "no results"], "report", "--out", folder["nowhere"]);
        new Cli().Fail(2, ["fake2020/fig1"], "report", "fake2020/fig2", "--out", folder["empty"]);
        new Cli().Fail(1, ["no results of fake2020/fig1"], "report", "fake2020/fig1", "--out", folder["empty"]);
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(94.2, 98.4, false)]
    [InlineData(-1e-7, 3e-7, false)]
    [InlineData(0.001, 1000, true)]
    [InlineData(1.2, 8, true)]
    public void Ticks_lie_inside_in_order_and_read_as_what_they_are(double low, double high, bool isLog)
    {
        ChartScale scale = ChartScale.Fit([low, high], low, high, 0, 0, 500, isLog);
        (double Place, string Text)[] ticks = [.. scale.Ticks(62)];
        Assert.InRange(ticks.Length, 2, (500 / 62) + 1);
        Assert.Equal(ticks.Select(tick => tick.Place).Order(), ticks.Select(tick => tick.Place));
        Assert.All(ticks, tick =>
        {
            Assert.InRange(tick.Place, -0.01, 500.01);
            Assert.Equal(tick.Place, scale.At(double.Parse(tick.Text.Replace('−', '-'), CultureInfo.InvariantCulture)), 0.5);
        });
    }

    [Fact]
    public void A_long_curve_keeps_its_peaks()
    {
        double[] y = [.. Enumerable.Range(0, 10_000).Select(i => i == 7_777 ? 5 : i == 3_333 ? -5 : Math.Sin(i))];
        int[] keep = ChartThinning.Keep(y);
        Assert.InRange(keep.Length, 2, ChartThinning.MostPoints + 2);
        Assert.Contains(7_777, keep);
        Assert.Contains(3_333, keep);
        Assert.Equal(0, keep[0]);
        Assert.Equal(y.Length - 1, keep[^1]);
        Assert.Equal(Enumerable.Range(0, 100), ChartThinning.Keep(new double[100]));
    }

    [Theory]
    [InlineData("rate=0.5", "rate=0.5")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's $HOME", "'it'\\''s $HOME'")]
    public void Words_of_a_command_are_quoted_for_a_shell(string word, string quoted) => Assert.Equal(quoted, ShellWords.Quote(word));

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Address();

    private string Report(Cli cli, string results)
    {
        cli.Succeed("report", "--out", folder[results], "--html", folder["page.html"]);
        return WebUtility.HtmlDecode(File.ReadAllText(folder["page.html"]));
    }

    private static string[] Figures(string page) => [.. Regex.Matches(page, "data-figure=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
}
