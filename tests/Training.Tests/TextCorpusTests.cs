using System.Text;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Training.Tests;

public class TextCorpusTests
{
    private static readonly byte[] Bytes = Encoding.ASCII.GetBytes("the cat sat on the mat, the hat");

    [Fact]
    public void Distinct_bytes_of_the_training_part_are_the_symbols_in_ascending_order()
    {
        TextCorpus corpus = TextCorpus.Cut(Bytes, "rhyme", 24, 7, validation: 5);
        Assert.Equal(" ,acehmnost", Encoding.ASCII.GetString(corpus.Alphabet.Span));
        Assert.Equal(11, corpus.Symbols);
        Assert.Equal((19, 5, 7), (corpus.Train.Symbols.Length, corpus.Validation.Symbols.Length, corpus.Test.Symbols.Length));
        Assert.Equal((18, 4, 6), (corpus.Train.Predictions, corpus.Validation.Predictions, corpus.Test.Predictions));
        Assert.Equal(("rhyme/train", "rhyme/validation", "rhyme/test"), (corpus.Train.Name, corpus.Validation.Name, corpus.Test.Name));
        byte[] all = [.. corpus.Train.Symbols.ToArray(), .. corpus.Validation.Symbols.ToArray(), .. corpus.Test.Symbols.ToArray()];
        Assert.Equal(Bytes, all.Select(s => corpus.Alphabet.Span[s]));
    }

    [Fact]
    public void Without_validation_all_is_trained_on_and_the_rest_is_left()
    {
        TextCorpus corpus = TextCorpus.Cut(Bytes, "rhyme", 24, 3);
        Assert.Equal((24, 0, 3, 0), (corpus.Train.Symbols.Length, corpus.Validation.Symbols.Length, corpus.Test.Symbols.Length, corpus.Validation.Predictions));
    }

    [Fact]
    public void Texts_that_cannot_be_cut_are_refused()
    {
        Refuse([], "empty", "31");
        Refuse(Bytes[..^1], "24 + 7", "30");
        Refuse([.. Bytes[..^1], (byte)'z'], "0x7A", "at 30");
        static void Refuse(byte[] bytes, params string[] words)
        {
            string message = Assert.Throws<InvalidDataException>(() => TextCorpus.Cut(bytes, "rhyme", 24, 7)).Message;
            Assert.All(words.Append("rhyme"), word => Assert.Contains(word, message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(1, 7, 0)]
    [InlineData(24, 1, 0)]
    [InlineData(24, 7, 1)]
    [InlineData(24, 7, -1)]
    [InlineData(24, 7, 23)]
    public void Lengths_that_cannot_be_are_refused(int train, int test, int validation) =>
        Assert.ThrowsAny<ArgumentException>(() => TextCorpus.Cut(Bytes, "rhyme", train, test, validation));
}
