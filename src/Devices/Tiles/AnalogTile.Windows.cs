using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <content>Reads of a window of steps, each with the bits it has alone.</content>
public sealed partial class AnalogTile
{
    private ReadOutcome[] ofWindow = [];
    private bool[] clippedBehind = [];

    /// <summary>The forward reads of a window: read n as if alone, at the step of the first plus n.</summary>
    /// <param name="x">Inputs, shape [steps or more, inputs].</param>
    /// <param name="y">Receives the outputs in logical units, shape [steps or more, outputs].</param>
    /// <param name="steps">Number of reads, at least 0.</param>
    /// <param name="at">Where the random numbers of the first stand.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or noise management met an input that is not finite.</exception>
    public void Forward(PaddedMatrix x, PaddedMatrix y, int steps, in RandomAddress at) => Forward(x, y, at, Outcomes(steps));

    /// <summary>The backward reads of a window: read n as if alone, at the step of the first plus n.</summary>
    /// <param name="d">Errors, shape [steps or more, outputs].</param>
    /// <param name="z">Receives the products in logical units, shape [steps or more, inputs].</param>
    /// <param name="steps">Number of reads, at least 0.</param>
    /// <param name="at">Where the random numbers of the first stand.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or noise management met an error that is not finite.</exception>
    public void Backward(PaddedMatrix d, PaddedMatrix z, int steps, in RandomAddress at) => Backward(d, z, at, Outcomes(steps));

    /// <summary>One backward read of a window, of which only some products are asked for now, where the periphery allows parts; otherwise all.</summary>
    /// <param name="d">Errors, shape [n + 1 or more, outputs].</param>
    /// <param name="first">The first product asked for; those before it may wait for <see cref="EndBackward"/>. 0 to inputs - 1.</param>
    /// <param name="count">How many are asked for, 1 to inputs - <paramref name="first"/>.</param>
    /// <param name="z">Receives products in its row, shape [n + 1 or more, inputs].</param>
    /// <param name="n">Number of the read in its window, from 0.</param>
    /// <param name="at">Where the random numbers of this read stand.</param>
    /// <remarks>The counters take it for one read; whether it clipped is told by the products that were asked for.</remarks>
    /// <exception cref="ArgumentException">A shape does not fit, or noise management met an error that is not finite.</exception>
    public void BeginBackward(PaddedMatrix d, int first, int count, PaddedMatrix z, int n, in RandomAddress at)
    {
        if (!reader.HasBackwardParts)
        {
            Backward(d.Row(n), z.Row(n), at);
            return;
        }

        ReadOutcome outcome = reader.BackwardPart(
            Array.Weights, first, scale.Errors(d.Row(n)), For(at, Purpose.Backward), z.Row(n).Slice(first, count), scale.Common);
        Counters.CountBackward(outcome);
        if (n >= clippedBehind.Length)
        {
            System.Array.Resize(ref clippedBehind, d.Inputs);
        }

        clippedBehind[n] = outcome.Clipped;
    }

    /// <summary>The first products of a window whose others <see cref="BeginBackward"/> has read.</summary>
    /// <param name="d">Errors, shape [steps or more, outputs].</param>
    /// <param name="count">As before, <c>first</c>.</param>
    /// <param name="z">Holds these products afterwards, shape [steps or more, inputs].</param>
    /// <param name="steps">Number of reads, at least 0.</param>
    /// <param name="at">Where the random numbers of the first read stand.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public void EndBackward(PaddedMatrix d, int count, PaddedMatrix z, int steps, in RandomAddress at)
    {
        if (!reader.HasBackwardParts || count == 0)
        {
            return;
        }

        Span<ReadOutcome> outcomes = Outcomes(steps);
        reader.BackwardPart(Array.Weights, 0, count, Errors(d), For(at, Purpose.Backward), z, outcomes, scale.Common);
        for (int n = 0; n < steps; n++)
        {
            Counters.CountClipped(outcomes[n].Clipped && !clippedBehind[n]);
        }
    }

    private Span<ReadOutcome> Outcomes(int steps)
    {
        if (steps > ofWindow.Length)
        {
            ofWindow = new ReadOutcome[steps];
        }

        return ofWindow.AsSpan(0, steps);
    }
}
