using Crosspoint.Repro.Experiments;
using Xunit;

namespace Crosspoint.Repro.Tests.Sweeps;

/// <summary>What Slurm's environment says, and the scripts; tests/run-slurm.sh runs them under Slurm itself.</summary>
public sealed class SlurmTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("3", "4", "1", null, 3, 4)]
    [InlineData("0", "2", "0", "1", 1, 2)]
    [InlineData("9", "3", "5", "2", 3, 3)]
    public void A_task_takes_its_share_from_the_array(string id, string count, string first, string? step, int index, int shares) =>
        Assert.Equal(new Shard(index, shares), SlurmTask.Shard(Array(id, count, first, step)));

    [Fact]
    public void Outside_of_an_array_there_is_no_share() => Assert.Null(SlurmTask.Shard(_ => null));

    [Theory]
    [InlineData("5", "2", "1", null)]
    [InlineData("6", "3", "5", "2")]
    [InlineData("x", "3", "5", "2")]
    [InlineData("1", null, "1", null)]
    public void An_array_that_is_not_even_is_refused(string id, string? count, string first, string? step) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CommandException>(() => SlurmTask.Shard(Array(id, count, first, step))).ExitCode);

    [Fact]
    public void Within_a_job_no_more_cores_are_used_than_it_was_given()
    {
        Assert.Equal(1, SlurmTask.Cores(name => name switch { "SLURM_JOB_ID" => "7", "SLURM_CPUS_PER_TASK" => "1", _ => null }));
        Assert.Equal(Environment.ProcessorCount, SlurmTask.Cores(name => name switch { "SLURM_JOB_ID" => "7", "SLURM_CPUS_PER_TASK" => "1000", _ => null }));
        Assert.Equal(Environment.ProcessorCount, SlurmTask.Cores(name => name == "SLURM_CPUS_PER_TASK" ? "1" : null));
    }

    [Fact]
    public void The_shares_of_an_array_are_the_whole()
    {
        foreach (string task in new[] { "1", "2" })
        {
            Cli cli = new() { Environment = new() { ["SLURM_ARRAY_TASK_ID"] = task, ["SLURM_ARRAY_TASK_COUNT"] = "2", ["SLURM_ARRAY_TASK_MIN"] = "1" } };
            Assert.Contains("share " + task + " of 2", cli.Run("run", "fake2020/fig1", "--out", folder["out"]).Error, StringComparison.Ordinal);
        }

        Assert.Contains("0 runs computed, 2 stored before", new Cli().Succeed("run", "fake2020/fig1", "--out", folder["out"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crosspoint run", "slurm", "run", "--help")]
    [InlineData("crosspoint run", "slurm", "--partition", "x", "run", "fake2020/fig1", "-h")]
    [InlineData("crosspoint sweep", "slurm", "sweep", "--help")]
    public void The_help_of_the_planned_command_is_shown_and_no_script_written(string words, params string[] arguments)
    {
        Assert.Contains(words, new Cli().Succeed([.. arguments[..1], "--scripts", folder["none"], .. arguments[1..]]), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Theory]
    [InlineData("--account", "a\nrm -rf x")]
    [InlineData("--partition", "a b\"; rm")]
    public void A_name_that_would_change_the_script_is_refused(string option, string name)
    {
        new Cli().Fail(ExitCodes.Usage, [option, "expected letters"], "slurm", option, name, "--scripts", folder["none"], "run", "fake2020/fig1");
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public void The_scripts_ask_for_what_the_run_takes_and_pass_its_options_on()
    {
        string text = new Cli().Succeed(
            "slurm", "--tasks", "2", "--cores", "1", "--partition", "long", "--scripts", folder["scripts"],
            "run", "fake2020/fig1", "--set", "reset=saturated", "--out", folder["it's here"]);
        Assert.Contains("2 runs in 2 tasks of 1 cores", text, StringComparison.Ordinal);
        string array = File.ReadAllText(folder["scripts", "array.sbatch"]);
        Assert.All(
            [
                "#SBATCH --array=1-2\n", "#SBATCH --cpus-per-task=1\n", "#SBATCH --partition=long\n", "#SBATCH --requeue\n", "#SBATCH --mem=", "#SBATCH --time=",
                " run fake2020/fig1 --set reset=saturated --out '", "it'\\''s here'",
            ],
            part => Assert.Contains(part, array, StringComparison.Ordinal));
        Assert.Equal((0, string.Empty, string.Empty), ChildProcess.Tool("bash", "-n", folder["scripts", "array.sbatch"]));
        Assert.Equal((0, string.Empty, string.Empty), ChildProcess.Tool("bash", "-n", folder["scripts", "finish.sbatch"]));
        Assert.Equal((0, string.Empty, string.Empty), ChildProcess.Tool("sh", "-n", folder["scripts", "submit.sh"]));
    }

    [Fact]
    public void A_command_that_cannot_be_an_array_is_refused()
    {
        new Cli().Fail(2, ["'list'", "run or sweep"], "slurm", "--", "list");
        new Cli().Fail(2, ["unknown figure", "fake2020/fig1"], "slurm", "run", "fake2020/fig9");
        new Cli().Fail(2, ["--shard"], "slurm", "run", "fake2020/fig1", "--shard", "1/2");
        new Cli().Fail(2, ["--seeds"], "slurm", "run", "fake2020/fig1", "--seeds", "none");
    }

    private static Func<string, string?> Array(string id, string? count, string first, string? step) => name => name switch
    {
        "SLURM_ARRAY_TASK_ID" => id,
        "SLURM_ARRAY_TASK_COUNT" => count,
        "SLURM_ARRAY_TASK_MIN" => first,
        "SLURM_ARRAY_TASK_STEP" => step,
        _ => null,
    };
}
