namespace Crosspoint.Training.Algorithms;

/// <summary>What the algorithms have in common that accumulate gradients on a fast array A and transfer them line by line into a slow array C.</summary>
/// <remarks>
/// Rates act on array weights. The rate that a layer hands down multiplies η_c: it is 1 at first and follows the schedule of the run. η_a is
/// left alone, since it sets over how many updates A forgets (see <see cref="ScheduleFastRate"/>).
/// </remarks>
public record TransferOptions
{
    /// <summary>η_a, learning rate of A, in array weight units, above 0. T. Gokmen, Front. Artif. Intell. 4:699148 (2021), Algorithms 1 and 2.</summary>
    public float FastRate { get; init; } = 0.1f;

    /// <summary>η_c: what a read of A in array weight units adds to C (Algorithm 1) or, in thresholds, to H (Algorithm 2); above 0.</summary>
    public float TransferRate { get; init; } = 0.1f;

    /// <summary>n_s, updates of A from one transfer to the next, at least 1; 5 served the paper's LSTM best, 576 its first convolution.</summary>
    public int Every { get; init; } = 5;

    /// <summary>Which lines are transferred; the papers' choice is <see cref="TransferBy.Row"/>.</summary>
    public TransferBy By { get; init; }

    /// <summary>
    /// Whether A is laid with its output lines as rows, of the shape [outputs, inputs]. The arithmetic is the same, the random numbers fall on
    /// other cross-points. Pulse loops visit a row for each slot in which it pulses, so that this pays where outputs pulse more rarely than
    /// inputs do. Not for algorithms that read A and C together.
    /// </summary>
    public bool TurnedFast { get; init; }

    /// <summary>Whether the rate that a layer hands down multiplies η_a too.</summary>
    public bool ScheduleFastRate { get; init; }

    /// <summary>Transfers after which every line has had its turn.</summary>
    internal virtual int TransfersOfCycle(int lines) => lines;

    internal virtual void Validate()
    {
        Require.Positive(nameof(FastRate), FastRate);
        Require.Positive(nameof(TransferRate), TransferRate);
        Require.AtLeast(nameof(Every), 1, Every);
        Require.InRange(nameof(By), 0, (int)TransferBy.Column, (int)By);
    }
}
