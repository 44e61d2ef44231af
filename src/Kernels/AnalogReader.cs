namespace Crosspoint.Kernels;

/// <summary>Reads arrays of one shape through converters and noise, both ways, each direction with its own periphery.</summary>
/// <remarks>
/// Random numbers are addressed: a caller gives each direction a stream of its own and each read a step; the repeated reads of bound
/// management use other groups of numbers of the same address. Vector b of a batch has the step of the batch plus b and gets the bits
/// that it gets alone. The same bits at every vector width. Made once and used for any number of reads, none of which allocates; not
/// for two threads at once, since it owns the buffers.
/// </remarks>
public sealed class AnalogReader
{
    private readonly ReadPath forward;
    private readonly ReadPath backward;

    /// <summary>Makes a reader.</summary>
    /// <param name="inputs">Rows of the arrays, at least 1.</param>
    /// <param name="outputs">Columns of the arrays, at least 1.</param>
    /// <param name="forward">The periphery from rows to columns.</param>
    /// <param name="backward">The periphery from columns to rows.</param>
    /// <exception cref="ArgumentException">A dimension is below 1, or a parameter is not in its range.</exception>
    public AnalogReader(int inputs, int outputs, ReadParameters forward, ReadParameters backward)
    {
        ThrowHelper.RequireAtLeast(nameof(inputs), 1, inputs);
        ThrowHelper.RequireAtLeast(nameof(outputs), 1, outputs);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        Inputs = inputs;
        Outputs = outputs;
        this.forward = new ReadPath(inputs, outputs, false, forward);
        this.backward = new ReadPath(outputs, inputs, true, backward);
    }

    /// <summary>Rows of the arrays.</summary>
    public int Inputs { get; }

    /// <summary>Columns of the arrays.</summary>
    public int Outputs { get; }

    /// <summary>The state of the running average of forward reads, the only one between reads.</summary>
    public RunningRange ForwardRange => forward.Running;

    /// <summary>The state of the running average of backward reads.</summary>
    public RunningRange BackwardRange => backward.Running;

    /// <summary>Reads y[j] ≈ Σ_i w[i, j] x[i].</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="x">Finite inputs, shape [inputs].</param>
    /// <param name="at">Where the random numbers of this read stand.</param>
    /// <param name="y">Receives the outputs, shape [outputs].</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an input that is not finite.</exception>
    public ReadOutcome Forward(PaddedMatrix weights, ReadOnlySpan<float> x, in RandomAddress at, Span<float> y)
    {
        RequireShape(weights);
        ThrowHelper.RequireLength(nameof(x), Inputs, x.Length);
        ThrowHelper.RequireLength(nameof(y), Outputs, y.Length);
        return forward.Read(weights, x, at, y);
    }

    /// <summary>Reads y[b, j] ≈ Σ_i x[b, i] w[i, j], in one product of matrices.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="x">Finite inputs, shape [batch, inputs].</param>
    /// <param name="at">Where the random numbers of the first read stand; those of vector b at this step plus b.</param>
    /// <param name="y">Receives the outputs, shape [batch, outputs].</param>
    /// <param name="outcomes">Receives what each read took, shape [batch].</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an input that is not finite.</exception>
    public void Forward(PaddedMatrix weights, PaddedMatrix x, in RandomAddress at, PaddedMatrix y, Span<ReadOutcome> outcomes)
    {
        RequireShape(weights);
        ThrowHelper.RequireLength(nameof(x), Inputs, x.Outputs);
        RequireBatch(nameof(y), Outputs, x, y, outcomes);
        forward.Read(weights, x, at, y, outcomes);
    }

    /// <summary>Reads y[j] ≈ w[i, j] x: the forward read of a vector that is zero but for one line, at the cost of that line.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="i">The line, 0 to inputs - 1.</param>
    /// <param name="x">The input on it, finite.</param>
    /// <param name="at">Where the random numbers of this read stand.</param>
    /// <param name="y">Receives the outputs, shape [outputs].</param>
    /// <exception cref="ArgumentException">A shape or the line does not fit, or noise management met an input that is not finite.</exception>
    public ReadOutcome ForwardOneHot(PaddedMatrix weights, int i, float x, in RandomAddress at, Span<float> y)
    {
        RequireShape(weights);
        ThrowHelper.RequireInRange(nameof(i), 0, Inputs - 1, i);
        ThrowHelper.RequireLength(nameof(y), Outputs, y.Length);
        return forward.ReadOneHot(weights, i, x, at, y);
    }

    /// <summary>Reads z[i] ≈ Σ_j w[i, j] d[j].</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="d">Finite errors, shape [outputs].</param>
    /// <param name="at">Where the random numbers of this read stand.</param>
    /// <param name="z">Receives the products, shape [inputs].</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an error that is not finite.</exception>
    public ReadOutcome Backward(PaddedMatrix weights, ReadOnlySpan<float> d, in RandomAddress at, Span<float> z)
    {
        RequireShape(weights);
        ThrowHelper.RequireLength(nameof(d), Outputs, d.Length);
        ThrowHelper.RequireLength(nameof(z), Inputs, z.Length);
        return backward.Read(weights, d, at, z);
    }

    /// <summary>Reads z[b, i] ≈ Σ_j d[b, j] w[i, j], in one product of matrices.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="d">Finite errors, shape [batch, outputs].</param>
    /// <param name="at">Where the random numbers of the first read stand; those of vector b at this step plus b.</param>
    /// <param name="z">Receives the products, shape [batch, inputs].</param>
    /// <param name="outcomes">Receives what each read took, shape [batch].</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an error that is not finite.</exception>
    public void Backward(PaddedMatrix weights, PaddedMatrix d, in RandomAddress at, PaddedMatrix z, Span<ReadOutcome> outcomes)
    {
        RequireShape(weights);
        ThrowHelper.RequireLength(nameof(d), Outputs, d.Outputs);
        RequireBatch(nameof(z), Inputs, d, z, outcomes);
        backward.Read(weights, d, at, z, outcomes);
    }

    /// <summary>Reads z[i] ≈ w[i, j] d: the backward read of a vector that is zero but for one line, at the cost of that line.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="j">The line, 0 to outputs - 1.</param>
    /// <param name="d">The signal on it, finite.</param>
    /// <param name="at">Where the random numbers of this read stand.</param>
    /// <param name="z">Receives the products, shape [inputs].</param>
    /// <exception cref="ArgumentException">A shape or the line does not fit, or noise management met a signal that is not finite.</exception>
    public ReadOutcome BackwardOneHot(PaddedMatrix weights, int j, float d, in RandomAddress at, Span<float> z)
    {
        RequireShape(weights);
        ThrowHelper.RequireInRange(nameof(j), 0, Outputs - 1, j);
        ThrowHelper.RequireLength(nameof(z), Inputs, z.Length);
        return backward.ReadOneHot(weights, j, d, at, z);
    }

    private static void RequireBatch(string name, int width, PaddedMatrix from, PaddedMatrix to, ReadOnlySpan<ReadOutcome> outcomes)
    {
        ThrowHelper.RequireLength(name, width, to.Outputs);
        ThrowHelper.RequireLength(name, from.Inputs, to.Inputs);
        ThrowHelper.RequireLength(nameof(outcomes), from.Inputs, outcomes.Length);
    }

    private void RequireShape(PaddedMatrix weights)
    {
        ThrowHelper.RequireLength(nameof(weights), Inputs, weights.Inputs);
        ThrowHelper.RequireLength(nameof(weights), Outputs, weights.Outputs);
    }
}
