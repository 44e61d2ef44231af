using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Bench;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro;

/// <summary>Everything that a command needs from outside, so that tests can put their own in its place.</summary>
internal sealed record Host
{
    /// <summary>Receives results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Opens standard output for bytes; <see langword="null"/> where it is a terminal.</summary>
    public Func<Stream?> OpenBinaryOutput { get; init; } = StandardOutput.Open;

    /// <summary>Columns of the terminal behind <see cref="Output"/>; 0 where it is none.</summary>
    public int OutputWidth { get; init; }

    /// <summary>Receives errors and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Columns of the terminal behind <see cref="Error"/>, on which a line can be written over; 0 where it is none.</summary>
    public int ErrorWidth { get; init; }

    /// <summary>The figures that can be run.</summary>
    public IReadOnlyList<IExperiment> Experiments { get; init; } = Catalogue.All;

    /// <summary>The devices that can be pulsed.</summary>
    public IReadOnlyList<Preset> Devices { get; init; } = PresetLibrary.All;

    /// <summary>Measures the speed of the machine, for estimates.</summary>
    public Func<MachineSpeed> MeasureSpeed { get; init; } = MachineSpeed.Measure;

    /// <summary>The rows of the benchmark.</summary>
    public IReadOnlyList<BenchRow> BenchRows { get; init; } = BenchCatalogue.All;

    /// <summary>Where data sets can be fetched from, in the order in which they are tried.</summary>
    public IReadOnlyList<IDataSource> Sources { get; init; } = DataSources.All;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Set by Ctrl-C and by a request to terminate.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The exit code of a command that <see cref="Cancellation"/> stopped.</summary>
    public Func<int> StopCode { get; init; } = () => ExitCodes.Interrupted;

    /// <summary>Time between two checkpoints of one run.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(20);
}
