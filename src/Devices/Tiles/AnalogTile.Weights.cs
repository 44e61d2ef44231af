using System.Numerics.Tensors;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <content>Whole matrices of weights, in and out.</content>
public sealed partial class AnalogTile
{
    private readonly float[] lineSum;

    /// <summary>Chooses the scale for logical weights, then places them in the array without error, as far as its devices hold them.</summary>
    /// <param name="weights">Finite logical weights, shape [inputs, outputs].</param>
    /// <exception cref="ArgumentException">The shape differs, or a weight is not finite.</exception>
    public ProgrammingReport Program(PaddedMatrix weights) => Program(weights, new ProgrammingOptions(), default);

    /// <summary>Chooses the scale for logical weights, then programs the array; allocates its buffers anew at each call.</summary>
    /// <param name="weights">Finite logical weights, shape [inputs, outputs].</param>
    /// <param name="programming">How.</param>
    /// <param name="at">Where the random numbers of pulses and reads stand.</param>
    /// <exception cref="ArgumentException">The shape differs, a weight is not finite, or a number is out of range.</exception>
    public ProgrammingReport Program(PaddedMatrix weights, ProgrammingOptions programming, in RandomAddress at)
    {
        Require.SameShape(nameof(weights), Array.Weights, weights);
        TileRequire.Finite(nameof(weights), weights);
        programming.Validate();
        RequireAddresses(nameof(programming), (long)programming.Iterations * programming.Reads);
        RandomAddress noise = For(at, Purpose.Programming), verification = For(at, Purpose.Verification);
        scale.Choose(weights);
        PaddedMatrix target = new(Inputs, Outputs);
        for (int i = 0; i < Inputs; i++)
        {
            TensorPrimitives.Divide(weights.Row(i), scale.Factors, target.Row(i));
        }

        return new TileProgramming(this, target, programming, noise).Run(verification);
    }

    /// <summary>The weights as the devices hold them, without periphery: logical weights, shape [inputs, outputs].</summary>
    /// <param name="weights">Receives the weights.</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Weights(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Array.Weights, weights);
        for (int i = 0; i < Inputs; i++)
        {
            TensorPrimitives.Multiply(Array.Weights.Row(i), scale.Factors, weights.Row(i));
        }
    }

    /// <summary>Reads the weights line by line through the periphery of line reads.</summary>
    /// <param name="weights">Receives the logical weights, shape [inputs, outputs].</param>
    /// <param name="reads">Reads of each line that are averaged, at least 1; times the input lines at most 2²⁴.</param>
    /// <param name="at">Where the random numbers stand.</param>
    /// <exception cref="ArgumentException">The shape differs, or a number is out of range.</exception>
    public void ReadOut(PaddedMatrix weights, int reads, in RandomAddress at)
    {
        Require.SameShape(nameof(weights), Array.Weights, weights);
        TileRequire.InRange(nameof(reads), 1, int.MaxValue, reads);
        RequireAddresses(nameof(reads), reads);
        RandomAddress from = For(at, Purpose.ReadOut);
        for (int i = 0; i < Inputs; i++)
        {
            ReadLine(i, 0, reads, from, weights.Row(i));
            TensorPrimitives.Multiply(weights.Row(i), scale.Factors, weights.Row(i));
        }
    }

    /// <summary>The mean of the reads <paramref name="first"/>, <paramref name="first"/> + 1... of one input line, in array units.</summary>
    internal void ReadLine(int i, long first, int reads, in RandomAddress at, Span<float> mean)
    {
        Span<float> sum = lineSum;
        sum.Clear();
        for (int n = 0; n < reads; n++)
        {
            RandomAddress read = at with { Step = at.Step ^ ((ulong)(((first + n) * Inputs) + i) << 40) };
            Counters.CountRow(transferReader.ForwardOneHot(Array.Weights, i, 1, read, mean));
            TensorPrimitives.Add(sum, mean, sum);
        }

        TensorPrimitives.Multiply(sum, 1f / reads, mean);
    }

    // Each read of a line takes one of the 2²⁴ numbers above bit 40 of the step.
    private void RequireAddresses(string name, long readsOfLine)
    {
        const int Most = 1 << 24;
        if (readsOfLine > Most / Inputs)
        {
            throw new ArgumentOutOfRangeException(
                name, readsOfLine, $"{name}: expected at most {Most / Inputs} reads of each of {Inputs} lines, got {readsOfLine}.");
        }
    }
}
