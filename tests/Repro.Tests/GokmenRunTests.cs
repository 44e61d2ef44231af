using System.Text;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Figures.Gokmen2021;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Runs of the networks of Gokmen 2021 on a small text and on small images.</summary>
public sealed class GokmenRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Algorithms => [.. GokmenArrays.Algorithms];

    public void Dispose() => folder.Dispose();

    /// <summary>Stopped behind 200 of 300 characters of the first epoch and 200 of the second, between two transfers.</summary>
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_language_model_that_is_stopped_twice_ends_as_one_that_is_not(string algorithm)
    {
        Dictionary<string, object> values = LstmRun.Parameters.ToDictionary(p => p.Name, p => p.Default);
        (values["algorithm"], values["turnedFast"]) = (algorithm, algorithm == GokmenArrays.Ttv2);
        (values["epochs"], values["unroll"], values["trainCharacters"], values["testCharacters"]) = (2, 2, 301, 50);
        (values["transferEvery"], values["muDw"], values["rateFactor"]) = (7, 0.02, 0.5);
        EndsAlike(context => new LstmRun(context).Train(), values, stops: [2, 2], images: 10);
    }

    /// <summary>Stopped behind the first of three epochs.</summary>
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_network_for_digits_that_is_stopped_ends_as_one_that_is_not(string algorithm)
    {
        Dictionary<string, object> values = MnistRun.Parameters.ToDictionary(p => p.Name, p => p.Default);
        (values["network"], values["algorithm"], values["epochs"], values["transferEvery"], values["muDw"]) = (MnistRun.Dense, algorithm, 3, 7, 0.02);
        EndsAlike(context => new MnistRun(context).Train(), values, stops: [1], images: 40);
    }

    /// <summary>A crossing of the threshold takes 1 - κ from H: C moves by Δ η_c v / (1 - κ) a read.</summary>
    [Fact]
    public void At_small_steps_C_moves_as_fast_whatever_the_step()
    {
        foreach (double step in Fig4.Steps.Where(step => step < 0.005))
        {
            (_, double rate, _, double hysteresis) = Rates.Transfer(GokmenArrays.Ttv2, step);
            Assert.Equal(0.004, step * rate / (1 - hysteresis), 9);
            Assert.Equal(0.4, rate);
        }
    }

    [Theory]
    [InlineData(GokmenArrays.FloatingPoint)]
    [InlineData(GokmenArrays.Ttv2)]
    public void A_convolutional_network_that_is_stopped_ends_as_one_that_is_not(string algorithm)
    {
        Dictionary<string, object> values = MnistRun.Parameters.ToDictionary(p => p.Name, p => p.Default);
        (values["network"], values["algorithm"], values["epochs"], values["muDw"]) = (MnistRun.Convolutional, algorithm, 3, 0.02);
        EndsAlike(context => new MnistRun(context).Train(), values, stops: [1], images: 8);
    }

    [Fact]
    public void A_damaged_state_of_a_run_is_refused_and_another_text_has_a_state_of_its_own()
    {
        Random random = new(5);
        foreach (string name in (string[])["a.txt", "b.txt"])
        {
            File.WriteAllText(folder[name], string.Concat(Enumerable.Range(0, 2_000).Select(_ => (char)('a' + random.Next(20)))), Encoding.ASCII);
        }

        Cli cli = new() { Experiments = [.. Catalogue.All] };
        string[] Run(string text, int epochs) =>
        [
            "run", "gokmen2021/fig5e", "--profile", "full", "--points", "hysteresis=0.6", "--text", folder[text], "--set", "trainCharacters=100",
            "--set", "testCharacters=50", "--epochs", $"{epochs}", "--out", folder["out"], "--quiet",
        ];
        cli.Succeed(Run("a.txt", 1));
        string state = Assert.Single(Directory.GetFiles(folder["out/gokmen2021/states"]));
        byte[] bytes = File.ReadAllBytes(state);
        cli.Succeed(Run("b.txt", 1));
        Assert.Equal(2, Directory.GetFiles(folder["out/gokmen2021/states"]).Length);
        Assert.Equal(bytes, File.ReadAllBytes(state));

        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(state, bytes);
        cli.Fail(1, [Path.GetFileName(state)], Run("a.txt", 2));
        Assert.Equal(bytes, File.ReadAllBytes(state));
    }

    private static void EndsAlike(Func<RunContext, RunResult> run, Dictionary<string, object> values, int[] stops, int images) =>
        Assert.All(SmallRun.EndsAlike(run, values, stops, images).Metrics, metric => Assert.InRange(metric.Value, 0, 100));
}
