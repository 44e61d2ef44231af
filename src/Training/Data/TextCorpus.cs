namespace Crosspoint.Training.Data;

/// <summary>A text as symbols: its distinct bytes, sorted, are numbered from 0; cut into training, validation and test parts in this order.</summary>
public sealed class TextCorpus
{
    private TextCorpus(byte[] alphabet, Text train, Text validation, Text test)
    {
        Alphabet = alphabet;
        Train = train;
        Validation = validation;
        Test = test;
    }

    /// <summary>The byte of each symbol, ascending.</summary>
    public ReadOnlyMemory<byte> Alphabet { get; }

    /// <summary>Number of symbols.</summary>
    public int Symbols => Alphabet.Length;

    /// <summary>What is trained on.</summary>
    public Text Train { get; }

    /// <summary>The end of what would be trained on, held out to choose parameters by; empty when none was wanted.</summary>
    public Text Validation { get; }

    /// <summary>What is tested on.</summary>
    public Text Test { get; }

    /// <summary>Cuts a text.</summary>
    /// <param name="bytes">The text; bytes behind the last part are not used.</param>
    /// <param name="name">What the text is, as results name it.</param>
    /// <param name="train">Bytes to train on, the validation part included.</param>
    /// <param name="test">Bytes to test on, from behind these; at least 2.</param>
    /// <param name="validation">Bytes at the end of the training part that are held out: 0 for none, or at least 2.</param>
    /// <returns>The parts. The alphabet is that of the training part before validation is held out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part has a length that cannot be.</exception>
    /// <exception cref="InvalidDataException">The text is empty or too short, or a later part has a byte that the first does not have.</exception>
    public static TextCorpus Cut(ReadOnlySpan<byte> bytes, string name, int train, int test, int validation = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(test, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(validation);
        ArgumentOutOfRangeException.ThrowIfEqual(validation, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(train, validation + 2);
        if (bytes.IsEmpty)
        {
            throw new InvalidDataException($"{name}: the text is empty; expected at least {(long)train + test} bytes");
        }

        if (bytes.Length < (long)train + test)
        {
            throw new InvalidDataException($"{name}: expected at least {train} + {test} bytes, got {bytes.Length}");
        }

        byte[] alphabet = [.. bytes[..train].ToArray().Distinct().Order()];
        int[] symbolOf = new int[byte.MaxValue + 1];
        Array.Fill(symbolOf, -1);
        for (int s = 0; s < alphabet.Length; s++)
        {
            symbolOf[alphabet[s]] = s;
        }

        byte[] symbols = new byte[train + test];
        for (int n = 0; n < symbols.Length; n++)
        {
            int symbol = symbolOf[bytes[n]];
            symbols[n] = symbol >= 0
                ? (byte)symbol
                : throw new InvalidDataException(
                    $"{name}: the test part has byte 0x{bytes[n]:X2} at {n}, which the training part (the first {train} bytes) does not have");
        }

        return new TextCorpus(
            alphabet,
            new Text(symbols.AsMemory(0, train - validation), name + "/train"),
            new Text(symbols.AsMemory(train - validation, validation), name + "/validation"),
            new Text(symbols.AsMemory(train, test), name + "/test"));
    }
}

/// <summary>A run of symbols.</summary>
/// <param name="Symbols">Numbers from 0, each below the number of symbols of its corpus.</param>
/// <param name="Name">What it is, as results name it.</param>
public sealed record Text(ReadOnlyMemory<byte> Symbols, string Name)
{
    /// <summary>Successors to tell: one fewer than symbols, 0 for an empty text.</summary>
    public int Predictions => Math.Max(0, Symbols.Length - 1);
}
