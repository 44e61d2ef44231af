using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class SignBitsTests
{
    [Property]
    public void A_bit_is_set_where_a_number_is_not_below_zero(Length length, DataSeed data)
    {
        Guarded<float> values = new(data.Random().Signals(length.Value));
        Guarded<uint> words = new(SignBits.Words(length.Value));
        SignBits.Pack(values.Span, words.Span);
        Assert.Equal(values.ToArray().Select(v => v < 0 ? -1 : 1), Signs(words.Span, length.Value));
        Assert.True(length.Value % 32 == 0 || words.Span[^1] >> (length.Value % 32) == 0);
        words.AssertGuardsIntact();
    }

    [Property]
    public void Expanded_signs_are_those_that_were_packed(Length length, DataSeed data)
    {
        Guarded<uint> words = new(data.Random().Words(SignBits.Words(length.Value)));
        Guarded<float> signs = new(length.Value);
        SignBits.Expand(words.Span, signs.Span);
        Assert.Equal(Signs(words.Span, length.Value).Select(s => (float)s), signs.ToArray());
        signs.AssertGuardsIntact();
    }

    [Property]
    public void Transposed_rows_are_columns(Length rows, Length columns, DataSeed data)
    {
        int from = SignBits.Words(columns.Value), to = SignBits.Words(rows.Value);
        Guarded<uint> bits = new(data.Random().Words(rows.Value * from)), transposed = new(columns.Value * to);
        SignBits.Transpose(bits.Span, rows.Value, columns.Value, transposed.Span);
        for (int j = 0; j < columns.Value; j++)
        {
            int[] column = [.. Enumerable.Range(0, rows.Value).Select(i => Signs(bits.Span.Slice(i * from, from), columns.Value)[j])];
            Assert.Equal(column, Signs(transposed.Span.Slice(j * to, to), rows.Value));
        }

        transposed.AssertGuardsIntact();
    }

    [Property]
    public void Differences_are_counted_bit_by_bit(Length length, Length vectors, DataSeed data) =>
        CheckDifferences(length.Value, vectors.Value % 7, data.Random());

    [Theory]
    [InlineData(496)]
    [InlineData(512)]
    [InlineData(1_875)]
    public void Differences_are_counted_bit_by_bit_in_long_vectors(int words) => CheckDifferences(words, 5, new Random(words));

    [Fact]
    public void Lengths_that_do_not_fit_are_refused_before_anything_is_written()
    {
        Guarded<uint> words = new(2);
        Guarded<float> signs = new(33);
        Guarded<int> counts = new(2);
        Rejected.With("words", 2, 1, () => SignBits.Pack(new float[33], words.Span[..1]));
        Rejected.With("words", 2, 3, () => SignBits.Expand(new uint[3], signs.Span));
        Rejected.With("bits", 4, 3, () => SignBits.Transpose(new uint[3], 2, 33, new uint[33]));
        Rejected.With("transposed", 33, 34, () => SignBits.Transpose(new uint[4], 2, 33, new uint[34]));
        Rejected.With("others", 4, 5, () => SignBits.CountDifferences(new uint[2], new uint[5], counts.Span));
        words.AssertUntouched();
        signs.AssertUntouched();
        counts.AssertUntouched();
    }

    private static void CheckDifferences(int words, int vectors, Random random)
    {
        Guarded<uint> a = new(random.Words(words)), others = new(random.Words(vectors * words));
        Guarded<int> counts = new(vectors);
        SignBits.CountDifferences(a.Span, others.Span, counts.Span);
        for (int b = 0; b < vectors; b++)
        {
            int[] mine = Signs(a.Span, 32 * words), other = Signs(others.Span.Slice(b * words, words), 32 * words);
            Assert.Equal(mine.Zip(other).Count(pair => pair.First != pair.Second), counts.Span[b]);
        }

        counts.AssertGuardsIntact();
    }

    private static int[] Signs(ReadOnlySpan<uint> words, int count)
    {
        int[] signs = new int[count];
        for (int j = 0; j < count; j++)
        {
            signs[j] = (words[j / 32] & (1u << (j % 32))) != 0 ? 1 : -1;
        }

        return signs;
    }
}
