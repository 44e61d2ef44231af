namespace Crosspoint.Repro.Bench;

/// <summary>The state in which every sample of a training begins.</summary>
internal sealed class SavedState
{
    private readonly byte[] bytes;

    /// <summary>Takes the state as it is now.</summary>
    /// <param name="save">Writes it.</param>
    public SavedState(Action<BinaryWriter> save)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        save(writer);
        bytes = stream.ToArray();
    }

    /// <summary>Goes back to it.</summary>
    /// <param name="load">Reads what was written.</param>
    public void Restore(Action<BinaryReader> load)
    {
        using BinaryReader reader = new(new MemoryStream(bytes));
        load(reader);
    }
}
