using System.Text;
using System.Text.Json;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Models;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Models of small trainings on a text of words: out of their states, into files, onto other hardware; and the tables that stand on them.</summary>
public sealed class ModelCommandTests : IDisposable
{
    private static readonly string[] Small =
    [
        "--set", "trainCharacters=400", "--set", "testCharacters=200", "--set", "averages=0-1,1-2", "--set", "averageReads=400",
        "--set", "extractionReads=300", "--set", "sampleEvery=100", "--epochs", "2",
    ];

    private readonly TemporaryFolder folder = new();
    private readonly Cli cli = new() { Experiments = [.. Catalogue.All] };

    public ModelCommandTests()
    {
        Random random = new(3);
        string[] words = ["the", "prince", "said", "nothing", "and", "looked", "at", "her"];
        File.WriteAllText(folder["words.txt"], string.Join(' ', Enumerable.Range(0, 1_000).Select(_ => words[random.Next(words.Length)])), Encoding.ASCII);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_model_goes_from_a_run_into_files_and_onto_other_hardware()
    {
        string trained = Run("gokmen2021/fig5e", "--points", "hysteresis=0.6");
        double digital = Metric(trained, "digital_test_error_nats");
        foreach (string ending in (string[])["npz", "safetensors"])
        {
            string file = folder[$"model.{ending}"];
            Export(file, "gokmen2021/fig5e", "--points", "hysteresis=0.6");
            JsonElement show = Json.Parse(cli.Succeed("model", "show", file, "--json"));
            string[] names = [.. show.Get("tensors").EnumerateArray().Select(t => t.Get("name").GetString()!)];
            Assert.All(
                (string[])["weights", "c.weights", "c.step_up", "c.shape_down", "a.weights", "a.step_down", "h", "epochs0-1.average", "epochs1-2.deviation"],
                plane => Assert.Contains($"block2.{plane}", names));
            Assert.Equal("array weight", show.Get("metadata").Get("unit:output.a.weights").GetString());
            Assert.Contains("block1.weights", cli.Succeed("model", "show", file), StringComparison.Ordinal);
            JsonElement eval = Json.Parse(cli.Succeed("model", "eval", file, "--text", folder["words.txt"], "--passes", "2", "--json"));
            Assert.Equal(digital, eval.Get("digital_test_error_nats").GetDouble());
            Assert.InRange(eval.Get("analog_test_error_nats").GetDouble() - digital, -0.1, 0.5);
            JsonElement rough = Json.Parse(cli.Succeed(
                "model", "eval", file, "--text", folder["words.txt"], "--plane", "epochs1-2.average", "--programming", "OpenLoop", "--set", "readNoise=0", "--json"));
            Assert.NotEqual(digital, rough.Get("digital_test_error_nats").GetDouble());
            Assert.Equal(0, rough.Get("analog_test_error_spread_nats").GetDouble());
        }

        ModelFile npz = ModelFile.Read(folder["model.npz"]), safetensors = ModelFile.Read(folder["model.safetensors"]);
        Assert.All(npz.Tensors.Zip(safetensors.Tensors), pair => Assert.Equal(pair.First.Values, pair.Second.Values));
        Export(folder["one.npy"], "gokmen2021/fig5e", "--points", "hysteresis=0.6", "--planes", "output.h");
        Assert.Equal(npz.Find("output.h", "").Values, ModelFile.Read(folder["one.npy"]).Tensors[0].Values);
    }

    [Fact]
    public void Tables_and_figures_share_the_training_and_a_longer_run_keeps_what_a_shorter_one_found()
    {
        string first = Run("gokmen2021/table1", "--points", "model=I", "--set", "evaluations=1");
        Assert.Single(States());
        DateTime written = File.GetLastWriteTimeUtc(States()[0]);
        string figure = Run("gokmen2021/fig5e", "--points", "hysteresis=0.6");
        Assert.Single(States());
        Assert.Equal(written, File.GetLastWriteTimeUtc(States()[0]));
        Assert.Equal(Metric(figure, "digital_test_error_nats"), Metric(first, "digital_trained_nats"));
        Run("gokmen2021/fig5e", [.. Small.SkipLast(1), "3"], "--points", "hysteresis=0.6");
        Assert.Single(States());
        string again = Run("gokmen2021/table1", "--points", "model=I", "--set", "evaluations=2");
        Assert.Equal(Metric(first, "digital_extracted_nats"), Metric(again, "digital_extracted_nats"));
        Assert.Equal(Metric(first, "digital_average_nats"), Metric(again, "digital_average_nats"));
        Assert.Single(States());
        Run("gokmen2021/table1", "--points", "model=III", "--set", "evaluations=1");
        Run("gokmen2021/table2", "--set", "draws=2", "--set", "evaluations=1");
        string disturbed = Run("gokmen2021/table3", "--set", "draws=2", "--set", "evaluations=1");
        Assert.Equal(2, States().Length);
        Assert.Contains("matched", disturbed, StringComparison.Ordinal);
    }

    [Fact]
    public void An_average_of_epochs_that_nobody_watched_is_not_made_up()
    {
        cli.Fail(1, ["no average ends with epoch 2"], Args("gokmen2021/table1", [.. Small, "--set", "averages=none"], "--points", "model=I"));
        cli.Fail(2, ["averages", "FROM-TO"], Args("gokmen2021/table1", [.. Small, "--set", "averages=3-2"], "--points", "model=I"));
    }

    [Fact]
    public void What_is_not_there_or_not_clear_is_told_in_one_line()
    {
        string[] text = ["--text", folder["words.txt"]];
        cli.Fail(2, ["2 runs", "hysteresis=0.6"], ["model", "export", "gokmen2021/fig5e", "--out", folder["m.npz"], .. text]);
        cli.Fail(1, ["no state"], ["model", "export", "gokmen2021/fig5e", "--points", "hysteresis=0.6", "--runs", folder["none"], "--out", folder["m.npz"], .. text]);
        cli.Fail(2, ["keep no models"], ["model", "export", "gokmen2021/fig1", "--out", folder["m.npz"], .. text]);
        cli.Fail(2, [".npz"], ["model", "export", "gokmen2021/fig5e", "--out", folder["m.pt"], .. text]);
        cli.Fail(2, ["--out"], ["model", "export", "gokmen2021/fig5e", .. text]);
        cli.Fail(2, ["nothing of that name"], ["model", "export", folder["none.state"], "--out", folder["m.npz"], .. text]);
        File.WriteAllBytes(folder["bad.state"], new byte[100]);
        cli.Fail(1, ["state of crosspoint"], ["model", "export", folder["bad.state"], "--out", folder["m.npz"], .. text]);
        cli.Fail(2, ["nothing of that name"], "model", "show", folder["none.npz"]);
        new ModelFile([new Tensor("a", [1], [1])], new Dictionary<string, string>()).Write(folder["a.npz"]);
        cli.Fail(1, ["name the figure"], ["model", "eval", folder["a.npz"], .. text]);
        new ModelFile([new Tensor("block1.weights", [1, 1], [1])], new Dictionary<string, string> { ["experiment"] = "gokmen2021/fig5e" }).Write(folder["b.npz"]);
        cli.Fail(1, ["block1.weights", "[1, 1]"], ["model", "eval", folder["b.npz"], .. text]);
        cli.Fail(2, ["parameter", "nosuch"], ["model", "eval", folder["b.npz"], "--set", "nosuch=1", .. text]);
    }

    [Fact]
    public void A_state_file_finds_its_run_by_itself()
    {
        cli.Succeed("run", "gokmen2021/fig5e", "--quiet", "--points", "hysteresis=0", "--text", folder["words.txt"], "--out", folder["out"], "--threads", "1");
        string state = Assert.Single(States());
        cli.Succeed("model", "export", state, "--out", folder["m.npz"], "--text", folder["words.txt"], "--planes", "*.weights");
        Assert.Contains(ModelFile.Read(folder["m.npz"]).Tensors, tensor => tensor.Name == "block1.weights");
        cli.Fail(2, ["--seed, --points", "by itself"], "model", "export", state, "--points", "hysteresis=0", "--seed", "7", "--out", folder["m.npz"], "--text", folder["words.txt"]);
        cli.Fail(1, ["no figure", "--seed"], "model", "export", Changed(state), "--out", folder["m.npz"], "--text", folder["words.txt"]);
    }

    [Fact]
    public void A_run_of_another_length_than_the_one_that_was_named_is_not_exported()
    {
        Run("gokmen2021/fig5e", "--points", "hysteresis=0.6");
        string state = Assert.Single(States());
        string[] named = ["model", "export", "gokmen2021/fig5e", "--points", "hysteresis=0.6", "--out", folder["m.npz"], "--runs", folder["out"], "--text", folder["words.txt"], .. Small.SkipLast(2)];
        cli.Fail(1, ["expected 30 epochs", "got 2", Path.GetFileName(state)], [.. named, "--set", "epochs=30"]);
        cli.Succeed([.. named, "--set", "epochs=2"]);
        Assert.Equal(2, Json.Parse(ModelFile.Read(folder["m.npz"]).Metadata["parameters"]).Get("epochs").GetInt32());
        cli.Fail(2, ["--seed: expected a whole number from 0 to", "got '-1'"], "model", "eval", folder["m.npz"], "--seed", "-1");
    }

    private string Changed(string state)
    {
        byte[] bytes = File.ReadAllBytes(state);
        bytes[20] ^= 1;
        File.WriteAllBytes(folder["other.state"], bytes);
        return folder["other.state"];
    }

    private string[] States() => Directory.GetFiles(folder["out", "gokmen2021", "states"], "*.state");

    private string Run(string figure, params string[] options) => Run(figure, Small, options);

    private string Run(string figure, string[] size, params string[] options) => cli.Succeed([.. Args(figure, size, options), "--json"]);

    private string[] Args(string figure, string[] size, params string[] options) =>
        ["run", figure, "--quiet", "--text", folder["words.txt"], "--out", folder["out"], "--threads", "1", .. Merged(size), .. options];

    // The last value of a parameter has the last word.
    private static string[] Merged(string[] size)
    {
        (string Option, string Value)[] pairs = [.. size.Chunk(2).Select(pair => (pair[0], pair[1]))];
        return [.. pairs.Where((pair, k) => !pairs.Skip(k + 1).Any(later => Name(later) == Name(pair))).SelectMany(pair => (string[])[pair.Option, pair.Value])];

        static string Name((string Option, string Value) pair) => pair.Option + pair.Value.Split('=')[0];
    }

    private void Export(string file, string figure, params string[] options) => cli.Succeed(
        ["model", "export", figure, "--out", file, "--runs", folder["out"], "--text", folder["words.txt"], .. Small.SkipLast(2), "--set", "epochs=2", .. options]);

    private static double Metric(string run, string name) =>
        Json.Parse(run).Get("rows").EnumerateArray().First(row => row.Get("metric").GetString() == name).Get("mean").GetDouble();
}
