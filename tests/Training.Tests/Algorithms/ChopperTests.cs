using Crosspoint.Devices;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Xunit;

namespace Crosspoint.Training.Tests.Algorithms;

/// <summary>A fast array whose reference is off: it reads as if every device had an offset.</summary>
public class ChopperTests
{
    private const int Inputs = 6, Outputs = 4, Every = 1;
    private const float Step = 0.001f;

    /// <summary>No gradient at all: what C does is the offset's doing.</summary>
    [Theory]
    [InlineData("ttv2", 100, 300)]
    [InlineData("c-ttv2 regular", 0, 1)]
    [InlineData("c-ttv2 random", 0, 40)]
    [InlineData("agad regular", 0, 1)]
    [InlineData("agad random", 0, 20)]
    public void An_offset_of_the_reference_moves_C_unless_it_is_chopped(string name, int least, int most)
    {
        TransferMatrix matrix = Make(name, out ICrosspointArray fast);
        fast.Program(Analog.Constant(Inputs, Outputs, 0.3f));
        Run(matrix, 1_000 * Inputs);
        Assert.InRange(LargestMove(matrix) / Step, least, most);
    }

    /// <summary>With a gradient, C moves as it does without the offset.</summary>
    [Theory]
    [InlineData("c-ttv2 regular")]
    [InlineData("agad regular")]
    public void A_gradient_passes_whatever_the_offset(string name)
    {
        double[] moved = new double[3];
        foreach (float offset in (float[])[0, -0.3f, 0.3f])
        {
            TransferMatrix matrix = Make(name, out ICrosspointArray fast, soft: true);
            fast.Program(Analog.Constant(Inputs, Outputs, offset));
            Run(matrix, 2_000 * Inputs, gradient: 0.2f);
            moved[offset == 0 ? 0 : offset < 0 ? 1 : 2] = matrix.Weights[2, 1];
        }

        Assert.True(moved[0] > 10 * Step, $"{moved[0]}");
        Assert.Equal(moved[0], moved[1], 0.15 * moved[0]);
        Assert.Equal(moved[0], moved[2], 0.15 * moved[0]);
    }

    /// <summary>An offset that jumps is followed: C rests again after two flips, and no more than a few pulses were wrong.</summary>
    [Fact]
    public void Agad_follows_an_offset_that_changes()
    {
        TransferMatrix matrix = Make("agad regular", out ICrosspointArray fast);
        foreach (float offset in (float[])[0.3f, -0.4f, 0.1f])
        {
            fast.Program(Analog.Constant(Inputs, Outputs, offset));
            Run(matrix, 25 * Inputs);
            float[] before = matrix.Weights.Padded.ToArray();
            Run(matrix, 500 * Inputs);
            Same.Bits(before, matrix.Weights.Padded);
        }

        Assert.InRange(LargestMove(matrix) / Step, 0, 12);
    }

    /// <summary>Fixed seed: of 12,000 reads a tenth flip, within 5 deviations of 33; flips of lines are their own.</summary>
    [Fact]
    public void Random_choppers_flip_with_their_probability()
    {
        const int Lines = 40, Cycles = 300;
        ICrosspointArray fast = Analog.Ideal(Lines, 1, Step), slow = Analog.Ideal(Lines, 1, Step);
        ChoppedTikiTaka2 matrix = new(fast, slow, Analog.Exact, new() { Every = 1, FastRate = 1, TransferRate = 1e-6f }, Analog.Seed, 1);
        float[] x = [.. Enumerable.Repeat(1f, Lines)], before = new float[Lines], sign = [.. Enumerable.Repeat(1f, Lines)];
        int flips = 0;
        for (int n = 0; n < Lines * Cycles; n++)
        {
            matrix.Update(x, [1], 1, new Moment(Phase.Train, (ulong)n));
            for (int i = 0; i < Lines; i++)
            {
                float now = fast.Weights[i, 0] - before[i];
                flips += now != sign[i] ? 1 : 0;
                (sign[i], before[i]) = (now, fast.Weights[i, 0]);
            }
        }

        Assert.InRange(flips, 1_200 - 165, 1_200 + 165);
    }

    private static TransferMatrix Make(string name, out ICrosspointArray fast, bool soft = false)
    {
        fast = soft ? Analog.Soft(Inputs, Outputs, 0.01f) : Analog.Ideal(Inputs, Outputs, Step);
        ICrosspointArray slow = Analog.Ideal(Inputs, Outputs, Step);
        ChopperFlips flips = name.EndsWith("random", StringComparison.Ordinal) ? ChopperFlips.Random : ChopperFlips.Regular;
        return name.Split(' ')[0] switch
        {
            "ttv2" => new TikiTaka2(fast, slow, new(), new() { FastRate = 0.02f, TransferRate = 0.5f, Every = Every }, 1, 1),
            "c-ttv2" => new ChoppedTikiTaka2(
                fast, slow, new(), new() { FastRate = 0.02f, TransferRate = 0.5f, Every = Every, Flips = flips }, 1, 1),
            _ => new Agad(fast, slow, new(), new() { FastRate = 0.02f, TransferRate = 0.5f, Every = Every, Flips = flips }, 1, 1),
        };
    }

    private static void Run(TransferMatrix matrix, int updates, float gradient = 0)
    {
        float[] x = [.. Enumerable.Repeat(1f, Inputs)], d = [.. Enumerable.Repeat(gradient, Outputs)];
        for (int n = 0; n < updates; n++)
        {
            matrix.Update(x, d, 1, new Moment(Phase.Train, (ulong)n));
        }
    }

    private static float LargestMove(TransferMatrix matrix) => matrix.Weights.Padded.ToArray().Max(MathF.Abs);
}
