using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class PaddedMatrixTests
{
    [Property]
    public void Rows_begin_at_multiples_of_64_bytes_and_are_padded_with_zeros(Size inputs, Size outputs)
    {
        PaddedMatrix matrix = new(inputs.Value, outputs.Value);
        Assert.Equal((inputs.Value, outputs.Value), (matrix.Inputs, matrix.Outputs));
        Assert.Equal(0, matrix.Stride % 16);
        Assert.InRange(matrix.Stride - outputs.Value, 0, 15);
        Assert.Equal(inputs.Value * matrix.Stride, matrix.Padded.Length);
        Assert.Equal(-1, matrix.Padded.IndexOfAnyExcept(0f));
        GC.Collect(0);
        for (int i = 0; i < inputs.Value; i++)
        {
            nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref MemoryMarshal.GetReference(matrix.PaddedRow(i)));
            Assert.Equal(0, address % 64);
        }
    }

    [Property]
    public void Every_view_shows_the_same_values(Size inputs, Size outputs)
    {
        PaddedMatrix matrix = new(inputs.Value, outputs.Value);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                matrix[i, j] = (1000 * i) + j + 1;
            }
        }

        for (int i = 0; i < inputs.Value; i++)
        {
            float[] row = [.. Enumerable.Range((1000 * i) + 1, outputs.Value).Select(v => (float)v)];
            float[] padded = [.. row, .. new float[matrix.Stride - outputs.Value]];
            Same.Bits(row, matrix.Row(i));
            Same.Bits(row, matrix.Values.GetRowSpan(i));
            Same.Bits(padded, matrix.PaddedRow(i));
            Same.Bits(padded, matrix.Padded.Slice(i * matrix.Stride, matrix.Stride));
        }

        Assert.Equal((inputs.Value, outputs.Value), (matrix.Values.Height, matrix.Values.Width));
    }

    [Fact]
    public void Dimensions_below_one_are_refused()
    {
        Rejected.With("inputs", 1, 0, () => new PaddedMatrix(0, 4));
        Rejected.With("outputs", 1, -4, () => new PaddedMatrix(4, -4));
    }

    [Fact]
    public void Some_rows_are_a_matrix_over_the_same_memory()
    {
        PaddedMatrix whole = new(5, 20);
        PaddedMatrix rows = whole.Rows(1, 3);
        Assert.Equal((3, 20, 32), (rows.Inputs, rows.Outputs, rows.Stride));
        rows[0, 4] = 7;
        rows.Row(2)[19] = 8;
        Assert.Equal((7f, 8f, 3 * 32), (whole[1, 4], whole[3, 19], rows.Padded.Length));
        Rejected.With("first", 4, 5, () => whole.Rows(5, 1));
        Rejected.With("first", 0, -1, () => whole.Rows(-1, 1));
        Rejected.With("count", 4, 5, () => whole.Rows(1, 5));
        Rejected.With("count", 1, 0, () => whole.Rows(1, 0));
    }
}
