using System.Text.Json;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Sweeps;
using Xunit;

namespace Crosspoint.Repro.Tests.Sweeps;

public sealed class SweepTests : IDisposable
{
    private const string SmallImages = """ "data": { "train": 20, "test": 10 }, "training": { "epochs": 1 } """;

    private readonly TemporaryFolder folder = new();
    private readonly Cli cli = new() { Devices = [.. PresetLibrary.All] };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("floatingPoint")]
    [InlineData("stochastic")]
    [InlineData("sgd")]
    [InlineData("tikiTaka")]
    [InlineData("ttv2")]
    [InlineData("cTtv2")]
    [InlineData("agad")]
    [InlineData("mixedPrecision")]
    public void Every_algorithm_trains_every_network(string algorithm)
    {
        string device = algorithm == "floatingPoint" ? string.Empty : """ "device": "gokmen2016-rpu", """;
        JsonElement images = Sweep($$"""
            { "name": "images", {{device}} "algorithm": { "kind": "{{algorithm}}" }, {{SmallImages}}, "points": { "list": [
                { "label": "perceptron", "network.hidden": [5, 3] },
                { "label": "convolution", "network.kind": "convolution", "network.hidden": [6], "network.channels": [2, 3] }] } }
            """);
        Assert.Equal(4, images.Get("rows").GetArrayLength());
        File.WriteAllText(folder["text.txt"], string.Concat(Enumerable.Range(0, 300).Select(n => $"{n % 7} and {n % 5}; ")));
        JsonElement text = Sweep($$"""
            { "name": "text", {{device}} "algorithm": { "kind": "{{algorithm}}" }, "data": { "text": "text.txt", "train": 300 },
              "network": { "kind": "lstm", "hidden": [4, 3], "unroll": 20 }, "training": { "epochs": 1 } }
            """);
        Assert.InRange(text.Get("rows", 0, "mean").GetDouble(), 0.1, 5);
        Assert.Equal("test_error_nats", text.Get("rows", 0, "metric").GetString());
    }

    [Fact]
    public void Every_algorithm_of_the_library_can_be_described()
    {
        // A programmed matrix is read, not trained.
        string[] algorithms =
        [
            .. typeof(Training.Algorithms.DigitalSgd).Assembly.GetExportedTypes()
                .Where(type => type.Namespace == typeof(Training.Algorithms.DigitalSgd).Namespace && typeof(Training.IWeightMatrix).IsAssignableFrom(type)
                    && type is { IsAbstract: false, IsInterface: false } && type != typeof(Training.Algorithms.ProgrammedMatrix))
                .Select(type => type.Name).Order(),
        ];
        Assert.Equal(["Agad", "ChoppedTikiTaka2", "DigitalSgd", "MixedPrecision", "PulsedSgd", "StochasticSgd", "TikiTaka", "TikiTaka2"], algorithms);
        Assert.Equal(algorithms.Length, Kinds.Algorithms.Length);
    }

    /// <summary>The options of algorithms and periphery that the list of parameters must know, by reflection over their records.</summary>
    [Fact]
    public void Every_option_of_the_algorithms_can_be_described()
    {
        Type[] options =
        [
            typeof(Training.Algorithms.StochasticSgd.Options), typeof(Training.Algorithms.TikiTaka.Options), typeof(Training.Algorithms.TikiTaka2.Options),
            typeof(Training.Algorithms.ChoppedTikiTaka2.Options), typeof(Training.Algorithms.Agad.Options), typeof(Training.Algorithms.MixedPrecision.Options),
        ];
        foreach (string name in options.SelectMany(type => type.GetProperties()).Where(property => property.SetMethod is not null).Select(property => property.Name).Distinct())
        {
            Assert.Contains("algorithm." + JsonNamingPolicy.CamelCase.ConvertName(name), DescribedParameters.ByPath.Keys);
        }

        foreach (string name in typeof(Devices.Tiles.AnalogTile.Options).GetProperties().Where(property => property.PropertyType != typeof(Kernels.ReadParameters)).Select(property => property.Name))
        {
            Assert.Contains("periphery." + JsonNamingPolicy.CamelCase.ConvertName(name), DescribedParameters.ByPath.Keys);
        }

        foreach (string name in typeof(Kernels.ReadParameters).GetProperties().Where(property => property.PropertyType != typeof(Kernels.Quantizer)).Select(property => property.Name))
        {
            Assert.Contains("periphery.backward." + JsonNamingPolicy.CamelCase.ConvertName(name), DescribedParameters.ByPath.Keys);
        }
    }

    [Fact]
    public void Every_default_lies_in_its_own_range() => Assert.All(
        DescribedParameters.All.Where(parameter => !parameter.IsList),
        parameter => Assert.All(
            [parameter.Declared.Default, .. parameter.Defaults.Values],
            value => Assert.True(Experiments.ParameterReader.IsInRange(parameter.Declared, value), parameter.Path)));

    [Fact]
    public void A_description_trains_as_the_same_figure_of_a_paper_does()
    {
        // The floating-point network of Babu and Rajendran with fewer epochs, from both sides.
        string figure = (cli with { Experiments = [.. Experiments.Catalogue.All] }).Succeed(
            "run", "babu2017/fig3", "--quiet", "--json", "--points", "network=floatingPoint", "--epochs", "2", "--seeds", "1", "--out", folder["figure"]);
        JsonElement own = Sweep("""
            { "name": "own", "training": { "epochs": 2, "halveEvery": 10, "rate": 0.01 } }
            """);
        double paper = Json.Parse(figure).Get("rows").EnumerateArray().First(row => row.Get("metric").GetString() == "test_accuracy_percent").Get("mean").GetDouble();
        Assert.Equal(paper, own.Get("rows", 0, "mean").GetDouble());
    }

    [Fact]
    public void The_echo_describes_the_same_sweep()
    {
        File.WriteAllText(folder["mine.json"], PresetWriter.Write(PresetLibrary.All.First(preset => preset.Name == "gokmen2016-rpu") with { Name = "mine" }));
        string file = Write($$"""
            { "name": "echo", "device": "mine.json", "algorithm": { "kind": "sgd" }, {{SmallImages}},
              "points": { "grid": { "device.step": [0.001, 0.002], "network.hidden": [[4], [6, 3]] } } }
            """);
        cli.Succeed("sweep", file, "--quiet", "--set", "device.cycleNoise=0.2", "--out", folder["out"]);
        string echo = Assert.Single(Directory.GetFiles(folder["out"], "description.json", SearchOption.AllDirectories));
        Assert.Contains("0 runs computed, 4 stored before", cli.Succeed("sweep", echo, "--quiet", "--out", folder["out"]), StringComparison.Ordinal);
        string result = File.ReadAllText(Directory.GetFiles(folder["out"], "seed-1.json", SearchOption.AllDirectories).Order().Last());
        JsonElement device = Json.Parse(Json.Parse(result).Get("parameters", "device.preset").GetString()!);
        Assert.Equal(0.002, device.Get("parameters", "step", "value").GetDouble(), 6);
        Assert.Equal(0.3, device.Get("parameters", "step", "spread").GetDouble(), 6);
        Assert.Equal(0.2, device.Get("parameters", "cycleNoise", "value").GetDouble(), 6);
    }

    [Fact]
    public void More_points_and_more_seeds_compute_only_what_is_new()
    {
        cli.Succeed("sweep", Write(SweepFiles.Tiny(3)), "--quiet", "--out", folder["out"]);
        Assert.Contains("2 runs computed, 3 stored", cli.Succeed("sweep", Write(SweepFiles.Tiny(5)), "--quiet", "--out", folder["out"]), StringComparison.Ordinal);
        Assert.Contains("5 runs computed, 5 stored", cli.Succeed("sweep", Write(SweepFiles.Tiny(5, seeds: 2)), "--quiet", "--out", folder["out"]), StringComparison.Ordinal);
        Assert.Contains("10 runs computed", cli.Succeed("sweep", Write(SweepFiles.Tiny(5, seeds: 2)), "--quiet", "--set", "training.epochs=2", "--out", folder["out"]), StringComparison.Ordinal);
        Assert.Contains("1 runs computed", cli.Succeed("sweep", folder["sweep.json"], "--quiet", "--points", "training.rate=1", "--seed", "9", "--seeds", "1", "--out", folder["out"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Clocks_that_jump_make_nothing_stale_or_new()
    {
        string file = Write(SweepFiles.Tiny(4));
        cli.Succeed("sweep", file, "--quiet", "--out", folder["out"]);
        foreach ((string path, int n) in Directory.GetFiles(folder["out"], "*", SearchOption.AllDirectories).Select((path, n) => (path, n)))
        {
            File.SetLastWriteTimeUtc(path, n % 2 == 0 ? DateTime.UnixEpoch : new DateTime(2120, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Assert.Contains("0 runs computed, 4 stored before", cli.Succeed("sweep", file, "--quiet", "--out", folder["out"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_result_is_told_and_the_others_stay()
    {
        string file = Write(SweepFiles.Tiny(4));
        cli.Succeed("sweep", file, "--quiet", "--out", folder["out"]);
        string broken = Directory.GetFiles(folder["out"], "seed-1.json", SearchOption.AllDirectories).Order().First();
        File.WriteAllBytes(broken, File.ReadAllBytes(broken)[..200]);
        cli.Fail(1, [broken, "move the file away"], "sweep", file, "--quiet", "--out", folder["out"]);
        File.Delete(broken);
        Assert.Contains("1 runs computed, 3 stored before", cli.Succeed("sweep", file, "--quiet", "--out", folder["out"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_runs_as_it_is_written()
    {
        cli.Succeed("sweep", "--init", folder["example.json"]);
        cli.Fail(2, ["example.json", "there already"], "sweep", "--init", folder["example.json"]);
        Assert.StartsWith("// A sweep of crosspoint", cli.Succeed("sweep", "--init"), StringComparison.Ordinal);
        JsonElement run = Json.Parse(cli.Succeed(
            "sweep", folder["example.json"], "--quiet", "--json", "--seeds", "1", "--set", "data.train=40", "--set", "data.test=20", "--out", folder["out"]));
        Assert.Equal(12, run.Get("rows").GetArrayLength());
    }

    [Fact]
    public void A_dry_run_tells_what_a_sweep_takes_and_computes_nothing()
    {
        string file = Write(SweepFiles.Tiny(4, seeds: 2));
        Cli slow = new() { Speed = Experiments.MachineSpeed.Reference with { MultiplyAdds = Experiments.MachineSpeed.Reference.MultiplyAdds / 100 } };
        double reference = Json.Parse(cli.Succeed("sweep", file, "--dry-run", "--json", "--out", folder["out"])).Get("coreSeconds").GetDouble();
        JsonElement estimate = Json.Parse(slow.Succeed("sweep", file, "--dry-run", "--json", "--out", folder["out"]));
        Assert.Equal(10 * reference, estimate.Get("coreSeconds").GetDouble(), reference);
        Assert.Equal((4, 2, 8), (estimate.Get("points").GetInt32(), estimate.Get("seeds").GetInt32(), estimate.Get("runs").GetInt32()));
        Assert.Equal((0, 8), (estimate.Get("stored").GetInt32(), estimate.Get("missing").GetInt32()));
        Assert.False(Directory.Exists(folder["out"]));
        cli.Succeed("sweep", file, "--quiet", "--points", "training.rate=1", "--out", folder["out"]);
        string text = cli.Succeed("sweep", file, "--dry-run", "--out", folder["out"]);
        Assert.Contains("2 stored, 6 to compute", text, StringComparison.Ordinal);
        Assert.Contains("from 2 finished runs", text, StringComparison.Ordinal);
    }

    private JsonElement Sweep(string text) => Json.Parse(cli.Succeed("sweep", Write(text), "--quiet", "--json", "--out", folder["out"]));

    private string Write(string text)
    {
        File.WriteAllText(folder["sweep.json"], text);
        return folder["sweep.json"];
    }
}
