using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Bench;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Runs command lines inside the test, with figures, devices, sources and environment of its own.</summary>
internal sealed record Cli
{
    public IExperiment[] Experiments { get; init; } = [new FakeExperiment()];

    public Preset[] Devices { get; init; } = [];

    public IReadOnlyList<BenchRow> BenchRows { get; init; } = BenchCatalogue.All;

    public Stream? BinaryOutput { get; init; }

    public IDataSource[] Sources { get; init; } = [];

    public Dictionary<string, string> Environment { get; init; } = new() { ["XDG_CACHE_HOME"] = "/nonexistent/cache" };

    public CancellationToken Cancellation { get; init; }

    public MachineSpeed Speed { get; init; } = MachineSpeed.Reference;

    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Runs a command line.</summary>
    public Outcome Run(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = CrosspointApp.Run(args, new Host
        {
            Output = output,
            Error = error,
            Experiments = Experiments,
            OpenBinaryOutput = () => BinaryOutput,
            Devices = Devices,
            BenchRows = BenchRows,
            Sources = Sources,
            MeasureSpeed = () => Speed,
            Variable = name => Environment.GetValueOrDefault(name),
            Cancellation = Cancellation,
            CheckpointInterval = CheckpointInterval,
        });
        return new Outcome(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line that must go well.</summary>
    public string Succeed(params string[] args)
    {
        Outcome outcome = Run(args);
        Assert.True(outcome.ExitCode == 0, $"exit code {outcome.ExitCode}: {outcome.Error}");
        return outcome.Output;
    }

    /// <summary>Runs a command line that must fail, with one line on standard error that has all of <paramref name="words"/>.</summary>
    public void Fail(int exitCode, string[] words, params string[] args)
    {
        Outcome outcome = Run(args);
        Assert.Equal(exitCode, outcome.ExitCode);
        string line = Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("crosspoint: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.Empty(outcome.Output);
    }

    internal sealed record Outcome(int ExitCode, string Output, string Error);
}
