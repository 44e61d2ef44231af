using Crosspoint.Tests;
using FsCheck.Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class GaussianSequenceTests
{
    [Property]
    public void One_after_the_other_the_numbers_are_those_of_Fill(Address address, Length length)
    {
        float[] filled = new float[2 * length.Value], drawn = new float[2 * length.Value];
        Gaussian.Fill(address.At, filled);
        GaussianSequence sequence = new(address.At);
        for (int n = 0; n < drawn.Length; n++)
        {
            drawn[n] = sequence.Next();
        }

        Same.Bits(filled, drawn);
    }
}
