using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <content>Reads through the periphery.</content>
public sealed partial class AnalogTile
{
    private PaddedMatrix? batch;

    /// <summary>y[j] ≈ scale Σ_i w[i, j] x[i].</summary>
    /// <param name="x">Inputs, shape [inputs].</param>
    /// <param name="y">Receives the outputs in logical units, shape [outputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    /// <exception cref="ArgumentException">A length does not fit, or noise management met an input that is not finite.</exception>
    public ReadOutcome Forward(ReadOnlySpan<float> x, Span<float> y, in RandomAddress at)
    {
        ReadOutcome outcome = reader.Forward(Array.Weights, x, For(at, Purpose.Forward), y, scale.Common);
        Counters.CountForward(outcome);
        scale.Outputs(y);
        return outcome;
    }

    /// <summary>y[b, j] ≈ scale Σ_i x[b, i] w[i, j]: each vector as if read alone, at the step of the first plus b.</summary>
    /// <param name="x">Inputs, shape [batch or more, inputs].</param>
    /// <param name="y">Receives the outputs in logical units, shape [batch or more, outputs].</param>
    /// <param name="at">Where the random numbers of the first stand.</param>
    /// <param name="outcomes">Receives what each read took, shape [batch].</param>
    /// <exception cref="ArgumentException">A shape does not fit, or noise management met an input that is not finite.</exception>
    public void Forward(PaddedMatrix x, PaddedMatrix y, in RandomAddress at, Span<ReadOutcome> outcomes)
    {
        reader.Forward(Array.Weights, x, For(at, Purpose.Forward), y, outcomes, scale.Common);
        for (int b = 0; b < outcomes.Length; b++)
        {
            Counters.CountForward(outcomes[b]);
            scale.Outputs(y.Row(b));
        }
    }

    /// <summary>z[i] ≈ scale Σ_j w[i, j] d[j].</summary>
    /// <param name="d">Errors, shape [outputs].</param>
    /// <param name="z">Receives the products in logical units, shape [inputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    /// <exception cref="ArgumentException">A length does not fit, or noise management met an error that is not finite.</exception>
    public ReadOutcome Backward(ReadOnlySpan<float> d, Span<float> z, in RandomAddress at)
    {
        TileRequire.Length(nameof(d), Outputs, d.Length);
        ReadOutcome outcome = reader.Backward(Array.Weights, scale.Errors(d), For(at, Purpose.Backward), z, scale.Common);
        Counters.CountBackward(outcome);
        return outcome;
    }

    /// <summary>z[b, i] ≈ scale Σ_j d[b, j] w[i, j]: each vector as if read alone, at the step of the first plus b.</summary>
    /// <param name="d">Errors, shape [batch or more, outputs].</param>
    /// <param name="z">Receives the products in logical units, shape [batch or more, inputs].</param>
    /// <param name="at">Where the random numbers of the first stand.</param>
    /// <param name="outcomes">Receives what each read took, shape [batch].</param>
    /// <exception cref="ArgumentException">A shape does not fit, or noise management met an error that is not finite.</exception>
    public void Backward(PaddedMatrix d, PaddedMatrix z, in RandomAddress at, Span<ReadOutcome> outcomes)
    {
        reader.Backward(Array.Weights, Errors(d), For(at, Purpose.Backward), z, outcomes, scale.Common);
        foreach (ReadOutcome outcome in outcomes)
        {
            Counters.CountBackward(outcome);
        }
    }

    /// <summary>v[j] ≈ w[i, j] x, in array units: the read of one input line, for a transfer.</summary>
    /// <param name="i">The line, 0 to inputs - 1.</param>
    /// <param name="x">The input on it.</param>
    /// <param name="v">Receives the line in array units, shape [outputs].</param>
    /// <param name="at">Where the random numbers stand; those of other lines are others.</param>
    /// <exception cref="ArgumentException">A length or the line does not fit, or noise management met an input that is not finite.</exception>
    public ReadOutcome ReadRow(int i, float x, Span<float> v, in RandomAddress at)
    {
        ReadOutcome outcome = transferReader.ForwardOneHot(Array.Weights, i, x, For(at, Purpose.RowRead, i), v);
        Counters.CountRow(outcome);
        return outcome;
    }

    /// <summary>v[i] ≈ w[i, j] d, in array units: the read of one output line, for a transfer.</summary>
    /// <param name="j">The line, 0 to outputs - 1.</param>
    /// <param name="d">The signal on it.</param>
    /// <param name="v">Receives the line in array units, shape [inputs].</param>
    /// <param name="at">Where the random numbers stand; those of other lines are others.</param>
    /// <exception cref="ArgumentException">A length or the line does not fit, or noise management met a signal that is not finite.</exception>
    public ReadOutcome ReadColumn(int j, float d, Span<float> v, in RandomAddress at)
    {
        ReadOutcome outcome = transferReader.BackwardOneHot(Array.Weights, j, d, For(at, Purpose.ColumnRead, j), v);
        Counters.CountColumn(outcome);
        return outcome;
    }

    /// <summary>v[j] ≈ Σ_i w[i, j] x[i], in array units: the read of many input lines at once, for a transfer.</summary>
    /// <param name="x">Inputs, shape [inputs].</param>
    /// <param name="v">Receives the sums in array units, shape [outputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    /// <exception cref="ArgumentException">A length does not fit, or noise management met an input that is not finite.</exception>
    public ReadOutcome ReadRows(ReadOnlySpan<float> x, Span<float> v, in RandomAddress at)
    {
        ReadOutcome outcome = transferReader.Forward(Array.Weights, x, For(at, Purpose.TransferForward), v);
        Counters.CountForward(outcome);
        return outcome;
    }

    /// <summary>v[i] ≈ Σ_j w[i, j] d[j], in array units: the read of many output lines at once, for a transfer.</summary>
    /// <param name="d">Signals, shape [outputs].</param>
    /// <param name="v">Receives the sums in array units, shape [inputs].</param>
    /// <param name="at">Where the random numbers stand.</param>
    /// <exception cref="ArgumentException">A length does not fit, or noise management met a signal that is not finite.</exception>
    public ReadOutcome ReadColumns(ReadOnlySpan<float> d, Span<float> v, in RandomAddress at)
    {
        ReadOutcome outcome = transferReader.Backward(Array.Weights, d, For(at, Purpose.TransferBackward), v);
        Counters.CountBackward(outcome);
        return outcome;
    }

    private PaddedMatrix Errors(PaddedMatrix d)
    {
        if (options.Scaling != WeightScaling.PerOutput || d.Outputs != Outputs)
        {
            return d;
        }

        if (batch is null || batch.Inputs != d.Inputs)
        {
            batch = new PaddedMatrix(d.Inputs, Outputs);
        }

        for (int b = 0; b < d.Inputs; b++)
        {
            scale.Errors(d.Row(b)).CopyTo(batch.Row(b));
        }

        return batch;
    }
}
