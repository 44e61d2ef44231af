using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class RandomWordsTests
{
    [Property]
    public void Words_follow_the_documented_order(Address address, Length length)
    {
        Guarded<uint> words = new(length.Value);
        RandomWords.Fill(address.At, words.Span);
        Assert.Equal(Enumerable.Range(0, length.Value).Select(n => ThreefryOracle.Word(address.At, (ulong)n)), words.ToArray());
        words.AssertGuardsIntact();
    }

    [Property]
    public void A_span_may_begin_at_any_group(Address address, Length length, Address other)
    {
        ulong firstGroup = other.At.Step >> 6;
        uint[] words = new uint[length.Value];
        RandomWords.Fill(address.At, words, firstGroup);
        Assert.Equal(
            Enumerable.Range(0, length.Value).Select(n => ThreefryOracle.Word(address.At, (64 * firstGroup) + (ulong)n)), words);
    }

    /// <summary>Four groups are drawn together; the high word of their blocks changes from group 2²⁸ on.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData((1UL << 28) - 6)]
    [InlineData((1UL << 28) - 4)]
    [InlineData((5UL << 28) - 3)]
    [InlineData((1UL << 57) - 7)]
    public void Long_spans_follow_the_documented_order(ulong firstGroup)
    {
        RandomAddress at = new(0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210, 0xAAAA_BBBB_CCCC_DDDD);
        Guarded<uint> words = new(1_000);
        RandomWords.Fill(at, words.Span, firstGroup);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(n => ThreefryOracle.Word(at, unchecked((64 * firstGroup) + (ulong)n))), words.ToArray());
        words.AssertGuardsIntact();
    }

    [Property]
    public void Pieces_drawn_apart_make_the_whole(Address address, Length before, Length behind)
    {
        int cut = before.Value / 64 * 64;
        uint[] whole = new uint[cut + behind.Value], pieces = new uint[cut + behind.Value];
        RandomWords.Fill(address.At, whole);
        RandomWords.Fill(address.At, pieces.AsSpan(0, cut));
        RandomWords.Fill(address.At, pieces.AsSpan(cut), (ulong)cut / 64);
        Assert.Equal(whole, pieces);
    }

    /// <summary>Fixed seed; chi-square of 256 byte values in each byte of a word, over 2²⁰ words: bound 4.5 deviations.</summary>
    [Fact]
    public void Every_byte_of_a_word_is_uniform()
    {
        uint[] words = new uint[1 << 20];
        RandomWords.Fill(new RandomAddress(1, 2, 3), words);
        double[] expected = [.. Enumerable.Repeat(words.Length / 256.0, 256)];
        for (int shift = 0; shift < 32; shift += 8)
        {
            long[] counts = new long[256];
            foreach (uint word in words)
            {
                counts[(word >> shift) & 0xFF]++;
            }

            Assert.InRange(Statistics.ChiSquareDeviations(Statistics.ChiSquare(counts, expected), 255), -4.5, 4.5);
        }
    }
}
