using System.Buffers.Binary;
using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint random</c>: the random numbers themselves, for batteries of tests.</summary>
internal static class RandomCommand
{
    private const string Endless = "endless";

    /// <summary>Builds the verbs.</summary>
    public static Command Create(Host host)
    {
        Option<WordOrder> mode = Mode();
        Option<ulong> seed = Options.Seed("The seed, or the first of many");
        Option<ulong> count = Count();
        Command words = new("words", "Writes random 32-bit words to standard output, four bytes each, the lowest first") { mode, seed, count };
        words.SetAction(parsed => Write(host, new WordSequence(parsed.GetValue(mode), parsed.GetValue(seed)), parsed.GetValue(count)));
        return new Command("random", "The random numbers themselves, for batteries of tests") { words };
    }

    private static Option<WordOrder> Mode() => new("--mode")
    {
        Description =
            "consecutive (default): the words of one address; seeds, streams: the first word of seed S, S + 1, ... or of stream 0, 1, ...; "
            + "interleaved: eight neighbouring addresses in turn",
        HelpName = "consecutive|seeds|streams|interleaved",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            foreach (WordOrder order in Enum.GetValues<WordOrder>())
            {
                if (string.Equals(order.ToString(), text, StringComparison.OrdinalIgnoreCase))
                {
                    return order;
                }
            }

            result.AddError($"--mode: expected consecutive, seeds, streams or interleaved, got '{text}'");
            return default;
        },
    };

    // Endless is more words than anybody will ever wait for.
    private static Option<ulong> Count() => new("--count")
    {
        Description = $"Number of words (default: {Endless}, until nobody reads)",
        HelpName = $"N|{Endless}",
        DefaultValueFactory = _ => ulong.MaxValue,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            ulong value = ulong.MaxValue;
            if (text != Endless && !ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
            {
                result.AddError($"--count: expected a whole number or {Endless}, got '{text}'");
            }

            return value;
        },
    };

    private static int Write(Host host, WordSequence sequence, ulong count)
    {
        using Stream output = host.OpenBinaryOutput()
            ?? throw CommandException.Usage("random words: expected a pipe or a file behind standard output, got a terminal");
        uint[] swapped = new uint[WordSequence.Length];
        try
        {
            while (count > 0)
            {
                host.Cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<uint> words = sequence.Next();
                words = words[..(int)Math.Min(count, (ulong)words.Length)];
                if (!BitConverter.IsLittleEndian)
                {
                    BinaryPrimitives.ReverseEndianness(words, swapped);
                    words = swapped.AsSpan(0, words.Length);
                }

                output.Write(MemoryMarshal.AsBytes(words));
                count -= (ulong)words.Length;
            }

            output.Flush();
        }
        catch (IOException failure) when (StandardOutput.ReaderHasGone(failure))
        {
            // The reader has had enough.
        }

        return ExitCodes.Success;
    }
}
