using System.Text.Json;
using Crosspoint.Repro.Experiments;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Figures that train the same take runs from each other.</summary>
public sealed class SharedRunTests : IDisposable
{
    private static readonly string[] Names = ["fig1", "fig2", "fig3", "fig4"];

    private readonly TemporaryFolder folder = new();
    private int epochs;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_figure_takes_the_runs_of_another_that_trains_the_same()
    {
        Run("fig1");
        int before = epochs;
        JsonElement apart = Json.Parse(Run("fig2", "--out", folder["apart"])).Get("rows");
        int computed = epochs - before;
        JsonElement estimate = Json.Parse(Run("fig2", "--dry-run"));
        JsonElement taken = Json.Parse(Run("fig2")).Get("rows");
        Assert.True(computed > 0);
        Assert.Equal(2, estimate.Get("stored").GetInt32());
        Assert.Equal(before + computed, epochs);
        Assert.Equal(apart.GetRawText(), taken.GetRawText());
        JsonElement file = Json.Parse(File.ReadAllText(folder["out/fake2020/fig2/quick/sigma=0.1/seed-1.json"]));
        Assert.Equal("fake2020/fig1", file.Get("takenFrom").GetString());
        Assert.Equal("fake2020/fig2", file.Get("experiment").GetString());
    }

    [Fact]
    public void Where_a_taken_run_is_taken_again_the_one_who_computed_it_stays_known()
    {
        Run("fig1");
        Run("fig2");
        Directory.Delete(folder["out/fake2020/fig1"], recursive: true);
        Run("fig3");
        Assert.Equal("fake2020/fig1", Json.Parse(File.ReadAllText(folder["out/fake2020/fig3/quick/sigma=0.5/seed-1.json"])).Get("takenFrom").GetString());
    }

    [Theory]
    [InlineData("--set", "rate=0.25")]
    [InlineData("--seed", "2")]
    [InlineData("--profile", "full")]
    public void Another_parameter_seed_or_profile_is_computed(string option, string value)
    {
        Run("fig1");
        int before = epochs;
        Run("fig2", option, value);
        Assert.True(epochs > before);
    }

    [Fact]
    public void Another_training_is_computed()
    {
        Run("fig1");
        int before = epochs;
        Run("fig2", figure => figure with { Trains = "other" });
        Run("fig3", figure => figure with { Trains = null });
        Run("fig4", figure => figure with { Paper = "fake2021" });
        Assert.Equal(4 * before, epochs);
    }

    [Fact]
    public void A_run_that_recorded_more_serves_one_that_records_less_but_not_the_other_way()
    {
        Run("fig1");
        int before = epochs;
        Run("fig2");
        Assert.Equal(before, epochs);
        Directory.Delete(folder["out/fake2020/fig1"], recursive: true);
        Run("fig3", figure => figure with { Records = true });
        Assert.Equal(2 * before, epochs);
    }

    [Fact]
    public void A_result_that_was_tampered_with_is_not_taken()
    {
        Run("fig1");
        int before = epochs;
        string path = folder["out/fake2020/fig1/quick/sigma=0.1/seed-1.json"], text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"key\": \"", "\"key\": \"0", StringComparison.Ordinal));
        File.WriteAllText(folder["out/fake2020/fig1/quick/sigma=0.5/seed-1.json"], "{");
        Run("fig2");
        Assert.Equal(2 * before, epochs);
    }

    private string Run(string figure, params string[] more) => Run(figure, settings => settings, more);

    private string Run(string figure, Func<Settings, Settings> change, params string[] more)
    {
        Settings settings = change(Usual(figure));
        Cli cli = new() { Experiments = [.. Names.Select(name => Figure(name, name == figure ? settings : Usual(name)))] };
        return cli.Succeed(["run", $"{settings.Paper}/{figure}", "--quiet", "--json", .. more.Contains("--out") ? [] : new[] { "--out", folder["out"] }, .. more]);
    }

    // Figure 1 records its course, the others do not.
    private static Settings Usual(string name) => new() { Records = name == "fig1" };

    private FakeExperiment Figure(string name, Settings settings) => new()
    {
        Paper = settings.Paper,
        Figure = name,
        Trains = settings.Trains,
        Parameters =
        [
            .. new FakeExperiment().Parameters,
            new Parameter("course", settings.Records, "1", "whether more is kept", Records: true),
        ],
        AfterEpoch = _ => Interlocked.Increment(ref epochs),
    };

    private sealed record Settings
    {
        public string Paper { get; init; } = "fake2020";

        public string? Trains { get; init; } = "climb";

        public bool Records { get; init; }
    }
}
