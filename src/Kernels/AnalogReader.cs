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
    /// <param name="scale">A digital factor of the outputs.</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an input that is not finite.</exception>
    public ReadOutcome Forward(PaddedMatrix weights, ReadOnlySpan<float> x, in RandomAddress at, Span<float> y, float scale = 1)
    {
        RequireShape(weights);
        ThrowHelper.RequireLength(nameof(x), Inputs, x.Length);
        ThrowHelper.RequireLength(nameof(y), Outputs, y.Length);
        return forward.Read(weights, x, at, y, scale);
    }

    /// <summary>Reads y[b, j] ≈ Σ_i x[b, i] w[i, j], in one product of matrices.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="x">Finite inputs, shape [batch or more, inputs].</param>
    /// <param name="at">Where the random numbers of the first read stand; those of vector b at this step plus b.</param>
    /// <param name="y">Receives the outputs, shape [batch or more, outputs].</param>
    /// <param name="outcomes">Receives what each read took, shape [batch].</param>
    /// <param name="scale">A digital factor of the outputs.</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an input that is not finite.</exception>
    public void Forward(
        PaddedMatrix weights, PaddedMatrix x, in RandomAddress at, PaddedMatrix y, Span<ReadOutcome> outcomes, float scale = 1)
    {
        RequireShape(weights);
        ThrowHelper.RequireLength(nameof(x), Inputs, x.Outputs);
        RequireBatch(nameof(y), Outputs, x, y, outcomes);
        forward.Read(weights, x, at, y, outcomes, scale, 0, Outputs);
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
    /// <param name="scale">A digital factor of the products.</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an error that is not finite.</exception>
    public ReadOutcome Backward(PaddedMatrix weights, ReadOnlySpan<float> d, in RandomAddress at, Span<float> z, float scale = 1)
    {
        ThrowHelper.RequireLength(nameof(z), Inputs, z.Length);
        return BackwardPart(weights, 0, d, at, z, scale);
    }

    /// <summary>Whether a backward read can be made for some of its products alone: see <see cref="BackwardPart(PaddedMatrix, int, ReadOnlySpan{float}, in RandomAddress, Span{float}, float)"/>.</summary>
    public bool HasBackwardParts => backward.HasParts;

    /// <summary>Some of the products of a backward read, each with the bits it has among all.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="first">The first product, 0 to inputs - 1; 0 and all of them unless <see cref="HasBackwardParts"/>.</param>
    /// <param name="d">Finite errors, shape [outputs].</param>
    /// <param name="at">Where the random numbers of this read stand.</param>
    /// <param name="z">Receives the products, as many as it holds, up to inputs - <paramref name="first"/>.</param>
    /// <param name="scale">A digital factor of the products.</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an error that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The periphery does not allow parts.</exception>
    public ReadOutcome BackwardPart(PaddedMatrix weights, int first, ReadOnlySpan<float> d, in RandomAddress at, Span<float> z, float scale = 1)
    {
        RequireShape(weights);
        ThrowHelper.RequireLength(nameof(d), Outputs, d.Length);
        RequirePart(first, z.Length);
        return backward.Read(weights, d, at, z, scale, first);
    }

    /// <summary>The same for a batch, in one product of matrices.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="first">The first product, 0 to inputs - 1; 0 and all of them unless <see cref="HasBackwardParts"/>.</param>
    /// <param name="count">How many, 1 to inputs - <paramref name="first"/>.</param>
    /// <param name="d">Finite errors, shape [batch or more, outputs].</param>
    /// <param name="at">Where the random numbers of the first read stand; those of vector b at this step plus b.</param>
    /// <param name="z">Receives the products in their places and keeps the others, shape [batch or more, inputs].</param>
    /// <param name="outcomes">Receives what each read took, shape [batch].</param>
    /// <param name="scale">A digital factor of the products.</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an error that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The periphery does not allow parts.</exception>
    public void BackwardPart(
        PaddedMatrix weights, int first, int count, PaddedMatrix d, in RandomAddress at, PaddedMatrix z, Span<ReadOutcome> outcomes, float scale = 1)
    {
        RequireShape(weights);
        ThrowHelper.RequireLength(nameof(d), Outputs, d.Outputs);
        RequireBatch(nameof(z), Inputs, d, z, outcomes);
        RequirePart(first, count);
        backward.Read(weights, d, at, z, outcomes, scale, first, count);
    }

    /// <summary>Reads z[b, i] ≈ Σ_j d[b, j] w[i, j], in one product of matrices.</summary>
    /// <param name="weights">Finite weights, shape [inputs, outputs].</param>
    /// <param name="d">Finite errors, shape [batch or more, outputs].</param>
    /// <param name="at">Where the random numbers of the first read stand; those of vector b at this step plus b.</param>
    /// <param name="z">Receives the products, shape [batch or more, inputs].</param>
    /// <param name="outcomes">Receives what each read took, shape [batch].</param>
    /// <param name="scale">A digital factor of the products.</param>
    /// <exception cref="ArgumentException">A shape does not match, or noise management met an error that is not finite.</exception>
    public void Backward(
        PaddedMatrix weights, PaddedMatrix d, in RandomAddress at, PaddedMatrix z, Span<ReadOutcome> outcomes, float scale = 1) =>
        BackwardPart(weights, 0, Inputs, d, at, z, outcomes, scale);

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
        ThrowHelper.RequireInRange(nameof(outcomes), 0, from.Inputs, outcomes.Length);
        ThrowHelper.RequireAtLeast(name, outcomes.Length, to.Inputs);
    }

    private void RequirePart(int first, int count)
    {
        ThrowHelper.RequireInRange(nameof(first), 0, Inputs - 1, first);
        ThrowHelper.RequireInRange(nameof(count), 1, Inputs - first, count);
        if (count < Inputs && !backward.HasParts)
        {
            throw new InvalidOperationException("The periphery of backward reads does not allow parts: something hangs on all products of a read.");
        }
    }

    private void RequireShape(PaddedMatrix weights)
    {
        ThrowHelper.RequireLength(nameof(weights), Inputs, weights.Inputs);
        ThrowHelper.RequireLength(nameof(weights), Outputs, weights.Outputs);
    }
}
