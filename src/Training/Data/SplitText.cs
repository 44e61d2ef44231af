namespace Crosspoint.Training.Data;

/// <summary>A text with the place where its test part begins.</summary>
/// <param name="Bytes">The text.</param>
/// <param name="Name">What it is, as results name it.</param>
/// <param name="Train">Bytes to train on, from the beginning.</param>
/// <param name="Test">Bytes to test on, from behind these.</param>
public sealed record SplitText(ReadOnlyMemory<byte> Bytes, string Name, int Train, int Test)
{
    /// <summary>Cuts the text.</summary>
    /// <param name="validation">Bytes at the end of the training part that are held out: 0 for none, or at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The validation part has a length that cannot be.</exception>
    /// <exception cref="InvalidDataException">The text is empty or too short, or a later part has a byte that the first does not have.</exception>
    public TextCorpus Cut(int validation = 0) => TextCorpus.Cut(Bytes.Span, Name, Train, Test, validation);
}
