namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>A system in training.</summary>
internal interface ILearner
{
    /// <summary>Trains on samples of an epoch.</summary>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <param name="from">The first sample in the order of the epoch; a multiple of the batch.</param>
    /// <param name="to">Behind the last.</param>
    void Train(int epoch, int from, int to);

    /// <summary>Right classes of the images to evaluate on, in percent.</summary>
    double Accuracy();

    /// <summary>Events so far, for the energy: devices written, programming cycles, samples with a wrong output...</summary>
    IReadOnlyDictionary<string, long> Counters { get; }

    /// <summary>Writes the whole state.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    void Load(BinaryReader reader);
}
