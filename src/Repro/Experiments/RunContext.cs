using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Experiments;

/// <summary>What one run gets from the runner.</summary>
public sealed class RunContext
{
    /// <summary>The point of the sweep.</summary>
    public required Point Point { get; init; }

    /// <summary>Every parameter in force: defaults, then the profile's, the point's and the user's.</summary>
    public required ParameterValues Parameters { get; init; }

    /// <summary>The seed of every random number of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>MNIST, shared by all runs; <see langword="null"/> for an experiment that does not ask for it.</summary>
    public LabelledImages? Train { get; init; }

    /// <inheritdoc cref="Train"/>
    public LabelledImages? Test { get; init; }

    /// <summary>The bytes of the text, shared by all runs; <see langword="null"/> for an experiment that does not ask for one.</summary>
    public byte[]? Text { get; init; }

    /// <summary>Where the run keeps its state between interruptions.</summary>
    public required ICheckpoint Checkpoint { get; init; }

    /// <summary>Told how far the run is, in 0..1, and in what words; cheap to call once an epoch or more often.</summary>
    public required Action<double, string> Progress { get; init; }

    /// <summary>
    /// Told the columns and rows of the curve so far, for those who watch the run; cheap to call whenever a row is added. Rows that were
    /// told do not change any more.
    /// </summary>
    public Action<IReadOnlyList<string>, IReadOnlyList<double[]>> Curve { get; init; } = static (_, _) => { };

    /// <summary>Set when the user stops the run: save to <see cref="Checkpoint"/> and throw <see cref="OperationCanceledException"/>.</summary>
    public required CancellationToken Cancellation { get; init; }
}

/// <summary>The state of an interrupted run: one stream of bytes, written whole or not at all.</summary>
/// <remarks>The implementation adds a header (format version, key of the run, length) and a checksum, and checks them on reading.</remarks>
public interface ICheckpoint
{
    /// <summary>Reads the stored state.</summary>
    /// <param name="read">Called with the payload, only if one is stored that belongs to this run.</param>
    /// <returns>Whether a state was read.</returns>
    bool TryLoad(Action<BinaryReader> read);

    /// <summary>Replaces the stored state.</summary>
    void Save(Action<BinaryWriter> write);

    /// <summary>Whether enough time has passed since the last save for another one to be worth it.</summary>
    bool IsDue { get; }
}
