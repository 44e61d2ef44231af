using Xunit;

namespace Crosspoint.Repro.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("list --help")]
    [InlineData("run --help")]
    [InlineData("check -h")]
    [InlineData("data")]
    [InlineData("data get --help")]
    [InlineData("device")]
    [InlineData("device pulse --help")]
    [InlineData("bench --help")]
    [InlineData("random")]
    [InlineData("random words --help")]
    [InlineData("info --help")]
    public void Help_has_an_example(string line)
    {
        string help = new Cli().Succeed(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Usage:", help, StringComparison.Ordinal);
        Assert.Matches("Examples:\\s+crosspoint ", help);
    }

    [Fact]
    public void Version_is_a_number() => Assert.Matches("^\\d+\\.\\d+\\.\\d+", new Cli().Succeed("--version"));

    /// <summary>Every mistake is answered in one line that says what is wrong and what was expected.</summary>
    [Theory]
    [InlineData("rnu", "unknown command 'rnu'", "did you mean 'run'")]
    [InlineData("run", "PAPER/FIGURE is missing", "expected")]
    [InlineData("run fake2020/fig9", "unknown figure 'fake2020/fig9'", "expected fake2020/fig1")]
    [InlineData("run fake2020/fig1 more", "'more'", "too many")]
    [InlineData("run fake2020/fig1 --epoch 3", "'--epoch'", "did you mean '--epochs'")]
    [InlineData("run fake2020/fig1 --seeds 0", "--seeds: expected a whole number of at least 1", "got '0'")]
    [InlineData("run fake2020/fig1 --seeds many", "--seeds: expected a whole number", "got 'many'")]
    [InlineData("run fake2020/fig1 --seeds", "--seeds", "missing")]
    [InlineData("run fake2020/fig1 --seed -1", "--seed: expected a whole number", "got '-1'")]
    [InlineData("run fake2020/fig1 --seed 18446744073709551615 --seeds 2", "--seed 18446744073709551615", "largest")]
    [InlineData("run fake2020/fig1 --epochs -1", "--epochs: expected a whole number of at least 1", "got '-1'")]
    [InlineData("run fake2020/fig1 --epochs 2000", "parameter epochs: expected a whole number from 1 to 1000", "got '2000'")]
    [InlineData("run fake2020/fig1 --epochs 2 --set epochs=3", "epochs is set twice", "expected one value")]
    [InlineData("run fake2020/fig1 --threads 0", "--threads: expected", "got '0'")]
    [InlineData("run fake2020/fig1 --profile fast", "--profile: expected quick or full", "got 'fast'")]
    [InlineData("run fake2020/fig1 --points sigma", "--points: expected NAME=VALUE", "got 'sigma'")]
    [InlineData("run fake2020/fig1 --points sgma=0.1", "unknown point name 'sgma'", "did you mean 'sigma'")]
    [InlineData("run fake2020/fig1 --points sigma=0.2", "no point has sigma=0.2", "expected one of 0.1, 0.5")]
    [InlineData("run fake2020/fig1 --set rate", "--set: expected NAME=VALUE", "got 'rate'")]
    [InlineData("run fake2020/fig1 --set rat=1", "unknown parameter 'rat'", "did you mean 'rate'")]
    [InlineData("run fake2020/fig1 --set rate=2", "parameter rate: expected a number from 0 to 1", "got '2'")]
    [InlineData("run fake2020/fig1 --set rate=NaN", "parameter rate: expected a number", "got 'NaN'")]
    [InlineData("run fake2020/fig1 --set reset=all", "parameter reset: expected one of pairs, saturated", "got 'all'")]
    [InlineData("run fake2020/fig1 --set managed=1", "parameter managed: expected true or false", "got '1'")]
    [InlineData("run fake2020/fig1 --set sigma=0.2", "parameter sigma: the points of fake2020/fig1 set it", "--points")]
    [InlineData("run fake2020/fig1 --shard 3/2", "--shard: expected I/N", "got '3/2'")]
    [InlineData("run fake2020/fig1 --shard 0/2", "--shard: expected I/N", "got '0/2'")]
    [InlineData("bench --filter updaet/*", "unknown row 'updaet/*'", "did you mean 'update/*'")]
    [InlineData("bench --filter random/words,nothing", "unknown row 'nothing'", "expected calibrate/*, random/*, update/*")]
    [InlineData("bench --filter random/words,", "--filter: expected GLOB", "got nothing")]
    [InlineData("bench --list --filter nothing", "unknown row 'nothing'", "--list shows every row")]
    [InlineData("bench --min-time 0", "--min-time: expected seconds from 0.01 to 600", "got '0'")]
    [InlineData("bench --min-time NaN", "--min-time: expected seconds", "got 'NaN'")]
    [InlineData("bench --threads 2", "--threads: expected a whole number", "got '2'")]
    [InlineData("bench --out bench.txt", "--out: expected a name that ends in .csv or .json", "got 'bench.txt'")]
    [InlineData("random words --mode all", "--mode: expected consecutive, seeds, streams or interleaved", "got 'all'")]
    [InlineData("random words --count -1", "--count: expected a whole number or endless", "got '-1'")]
    [InlineData("random words --seed x", "--seed: expected a whole number", "got 'x'")]
    [InlineData("random words", "expected a pipe or a file", "got a terminal")]
    [InlineData("data get mnst", "unknown data set 'mnst'", "did you mean 'mnist'")]
    [InlineData("device pulse none", "unknown device 'none'", "there are none")]
    public void A_mistake_is_told_in_one_line(string line, string what, string expected) =>
        new Cli().Fail(ExitCodes.Usage, [what, expected], [.. line.Split(' ')]);

    [Fact]
    public void A_mistake_writes_nothing()
    {
        new Cli().Run("run", "fake2020/fig1", "--set", "rate=2", "--out", folder["out"]);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void An_experiment_without_epochs_says_so() =>
        new Cli { Experiments = [new FakeExperiment { Parameters = [new("sigma", 0.1, "B", "paper")] }] }
            .Fail(ExitCodes.Usage, ["unknown parameter 'epochs'", "expected sigma"], "run", "fake2020/fig1", "--epochs", "3", "--profile", "full");

    [Theory]
    [InlineData("run fake2020/fig1 --out ")]
    [InlineData("run fake2020/fig1 --quiet --json --out ")]
    public void An_output_folder_that_cannot_be_written_is_told_before_anything_is_computed(string line)
    {
        bool computed = false;
        string file = folder["file"];
        File.WriteAllText(file, "a regular file");
        Cli cli = new() { Experiments = [new FakeExperiment { AfterEpoch = _ => computed = true }] };
        cli.Fail(ExitCodes.Failure, [file, "cannot be written"], [.. line.TrimEnd().Split(' '), Path.Combine(file, "out")]);
        Assert.False(computed);
        Assert.Equal("a regular file", File.ReadAllText(file));
    }

    [Fact]
    public void An_unexpected_failure_is_told_in_one_line_with_its_run_and_the_trace_only_on_demand()
    {
        FakeExperiment broken = new() { AfterEpoch = _ => throw new InvalidCastException("broken\nindeed") };
        string[] args = ["run", "fake2020/fig1", "--quiet", "--out", folder["out"], "--threads", "1"];
        new Cli { Experiments = [broken] }.Fail(ExitCodes.Failure, ["fake2020/fig1", "sigma=0.5 seed 1", "broken indeed"], args);
        Cli.Outcome traced = new Cli { Experiments = [broken], Environment = new() { [CrosspointApp.DebugVariable] = "1" } }.Run(args);
        Assert.Contains("   at ", traced.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void List_and_info_keep_their_json()
    {
        Cli cli = new();
        Assert.Equal(
            ["id", "title", "points", "quickSeconds", "fullSeconds", "runs", "stored", "bytes"],
            Json.Parse(cli.Succeed("list", "--json", "--out", folder["out"])).Get("papers", 0, "experiments", 0).EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["version", "runtime", "os", "processor", "cores", "vectorBits", "speedOfReference"],
            Json.Parse(cli.Succeed("info", "--json")).EnumerateObject().Select(property => property.Name));
    }
}
