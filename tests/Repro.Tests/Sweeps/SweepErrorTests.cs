using Crosspoint.Devices.Presets;
using Xunit;

namespace Crosspoint.Repro.Tests.Sweeps;

/// <summary>What a mistake in a sweep is answered with: the place, the value, what was expected.</summary>
public sealed class SweepErrorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Cli cli = new() { Devices = [.. PresetLibrary.All] };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{ "training": { "epochs": 0 } }""", "sweep.json:1: training.epochs: expected a whole number from 1 to 100000, got 0")]
    [InlineData("""{ "training": { "epochs": 1.5 } }""", "training.epochs: expected a whole number", "got 1.5")]
    [InlineData("""{ "training": { "epoch": 3 } }""", "training.epoch: expected one of the fields", "epochs", "the field 'epoch'")]
    [InlineData("""{ "trainning": {} }""", "one of the fields", "training", "the field 'trainning'")]
    [InlineData("""{ "network": { "hidden": [8, -1] } }""", "network.hidden: expected a list of whole numbers from 1", "'-1'")]
    [InlineData("""{ "network": { "hidden": "eight" } }""", "network.hidden", "'eight'")]
    [InlineData("""{ "network": { "kind": "cnn" } }""", "network.kind: expected one of mlp, convolution, lstm", "\"cnn\"")]
    [InlineData("""{ "network": { "kind": "convolution", "kernel": 4 } }""", "network.kernel", "even sides")]
    [InlineData("""{ "algorithm": { "kind": "sgd" } }""", "device: expected the name of a preset", "got nothing")]
    [InlineData("""{ "algorithm": { "kind": "sgd" }, "device": "gokmen2016" }""", "unknown device 'gokmen2016'", "gokmen2016-rpu")]
    [InlineData("""{ "algorithm": { "kind": "sgd" }, "device": 3 }""", "device: expected the name of a preset, a preset file, or an object", "got 3")]
    [InlineData("""{ "algorithm": { "kind": "sgd" }, "device": { "model": "constant-step", "parameters": { "step": { "value": -1, "unit": "weight" } } } }""", "sweep.json:1: device.parameters.step.value: expected a number", "got -1")]
    [InlineData("""{ "algorithm": { "kind": "sgd" }, "device": "gokmen2016-rpu", "points": { "grid": { "device.stepp": [1] } } }""", "points.grid.device.stepp[0]: expected one of the fields", "the field 'stepp'")]
    [InlineData("""{ "algorithm": { "kind": "sgd" }, "device": "gokmen2016-rpu", "points": { "grid": { "device.step": [0.1, -3] } } }""", "sweep.json:1: points.grid.device.step[1]: expected", "got -3")]
    [InlineData("""{ "algorithm": { "kind": "sgd", "gamma": 1 }, "device": "gokmen2016-rpu" }""", "algorithm.gamma: expected algorithm.gamma with algorithm.kind tikiTaka alone", "means nothing here")]
    [InlineData("""{ "device": "gokmen2016-rpu" }""", "device: expected a device with algorithm.kind", "got \"gokmen2016-rpu\"")]
    [InlineData("""{ "algorithm": { "kind": "sgd" }, "device": "gokmen2016-rpu", "periphery": { "forward": { "adcBits": 1 } } }""", "periphery.forward.adcBits: expected 0 for no rounding, or 2 to 24 bits, got 1")]
    [InlineData("""{ "algorithm": { "kind": "sgd" }, "device": "gokmen2016-rpu", "periphery": { "forward": { "adcBound": 0 } } }""", "periphery.forward.adcBound: expected a bound above 0")]
    [InlineData("""{ "points": { "grid": { "training.rat": [1] } } }""", "points.grid.training.rat", "did you mean 'training.rate'")]
    [InlineData("""{ "points": { "grid": { "training.rate": 1 } } }""", "points.grid.training.rate: expected a list of values", "got 1")]
    [InlineData("""{ "points": { "grid": { "training.rate": { "from": 0, "to": 1, "count": 3, "scale": "log" } } } }""", "points.grid.training.rate.from: expected a number above 0, got 0")]
    [InlineData("""{ "points": { "grid": { "training.rate": [0.1, 0.1] } } }""", "expected each point once", "training.rate=0.1 twice")]
    [InlineData("""{ "points": { "sobol": { "count": 0, "axes": { "training.rate": { "from": 0, "to": 1 } } } } }""", "points.sobol.count: expected a whole number from 1", "got 0")]
    [InlineData("""{ "points": { "randomly": {} } }""", "points.randomly: expected one of the fields grid, list, latinHypercube, sobol")]
    [InlineData("""{ "points": { "grid": { "network.kind": ["mlp", "lstm"] } } }""", "network.kind: expected networks on images", "got both")]
    [InlineData("""{ "name": "a/b" }""", "name: expected a name of letters", "got \"a/b\"")]
    [InlineData("""{ "training": { "epochs": 3 }""", "expected the rest of the file, got its end")]
    public void A_mistake_is_told_with_its_place(string text, params string[] words)
    {
        File.WriteAllText(folder["sweep.json"], text);
        Cli.Outcome outcome = cli.Run("sweep", folder["sweep.json"], "--quiet", "--out", folder["out"]);
        Assert.InRange(outcome.ExitCode, 1, 2);
        string line = Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("training.epochs=none", "--set training.epochs: expected a whole number from 1 to 100000, got \"none\"")]
    [InlineData("training.epoch=3", "--set training.epoch", "did you mean 'training.epochs'")]
    [InlineData("training.rate=3", "the points of tiny set it")]
    public void A_mistake_in_an_option_is_told_with_its_name(string setting, params string[] words)
    {
        File.WriteAllText(folder["sweep.json"], SweepFiles.Tiny(2));
        Cli.Outcome outcome = cli.Run("sweep", folder["sweep.json"], "--quiet", "--set", setting, "--out", folder["out"]);
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.All(words, word => Assert.Contains(word, outcome.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_missing_or_not_named_is_told()
    {
        cli.Fail(2, ["FILE.json is missing", "--help"], "sweep");
        cli.Fail(2, ["nothing.json", "--init"], "sweep", folder["nothing.json"]);
    }
}
