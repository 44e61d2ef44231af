using System.Runtime.Intrinsics;
using Crosspoint.Tests;
using FsCheck.Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class ConstantStepTests
{
    [Property]
    public void The_three_forms_give_the_same_bits(DataSeed data)
    {
        Random random = data.Random();
        ConstantStep.Parameters p = new(random.NextSingle(), random.Next(2) == 0 ? float.PositiveInfinity : random.NextSingle());
        float[] weights = random.Weights(16, 2), pulses = [.. Enumerable.Range(0, 16).Select(_ => (float)random.Next(-12, 13))];
        float[] one = new float[16], eight = new float[16], sixteen = new float[16];
        for (int k = 0; k < 16; k++)
        {
            one[k] = ConstantStep.Apply(weights[k], pulses[k], p);
        }

        for (int k = 0; k < 16; k += 8)
        {
            ConstantStep.Apply(Vector256.Create(weights, k), Vector256.Create(pulses, k), p).CopyTo(eight, k);
        }

        ConstantStep.Apply(Vector512.Create(weights), Vector512.Create(pulses), p).CopyTo(sixteen);
        Same.Bits(one, eight);
        Same.Bits(one, sixteen);
    }
}
