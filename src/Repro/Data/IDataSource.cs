namespace Crosspoint.Repro.Data;

/// <summary>A place from which data sets can be fetched.</summary>
internal interface IDataSource
{
    /// <summary>What it is called in messages.</summary>
    string Name { get; }

    /// <summary>Whether it has a data set.</summary>
    bool Offers(DataSet set);

    /// <summary>Puts every file of the set, decompressed and under its own name, into a folder; the caller checks them.</summary>
    /// <exception cref="CommandException">It cannot.</exception>
    void Fetch(DataSet set, string folder, CancellationToken cancellation);
}
