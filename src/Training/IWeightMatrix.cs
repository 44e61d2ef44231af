using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training;

/// <summary>A weight matrix: something that can be read both ways and updated. Layers are written against it, algorithms implement it.</summary>
public interface IWeightMatrix
{
    /// <summary>Number of input lines.</summary>
    int Inputs { get; }

    /// <summary>Number of output lines.</summary>
    int Outputs { get; }

    /// <summary>The weights as they are now, in weight units, shape [inputs, outputs].</summary>
    PaddedMatrix Weights { get; }

    /// <summary>Device events counted so far; zero for a digital matrix.</summary>
    ArrayCounters Counters { get; }

    /// <summary>Places initial weights.</summary>
    /// <param name="weights">Weight units, shape [inputs, outputs].</param>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    void Program(PaddedMatrix weights);

    /// <summary>y[j] = Σ_i w[i, j] x[i], as the algorithm reads it.</summary>
    /// <param name="x">Inputs, shape [inputs].</param>
    /// <param name="y">Receives the outputs, shape [outputs].</param>
    /// <param name="moment">When.</param>
    void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment);

    /// <summary>z[i] = Σ_j w[i, j] d[j], as the algorithm reads it.</summary>
    /// <param name="d">Errors, shape [outputs].</param>
    /// <param name="z">Receives the products, shape [inputs].</param>
    /// <param name="moment">When.</param>
    void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment);

    /// <summary>w[i, j] += rate x[i] d[j], as the algorithm does it.</summary>
    /// <param name="x">Inputs of the forward pass, shape [inputs].</param>
    /// <param name="d">Errors, in the direction of descent (target minus output), shape [outputs].</param>
    /// <param name="rate">Learning rate η, at least 0.</param>
    /// <param name="moment">When.</param>
    void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment);

    /// <summary>The forward reads of a window; the n-th takes place n steps after the first.</summary>
    /// <param name="x">Inputs, shape [steps or more, inputs].</param>
    /// <param name="y">Receives the outputs, shape [steps or more, outputs].</param>
    /// <param name="steps">Number of reads, at least 0.</param>
    /// <param name="moment">When the first is.</param>
    void Forward(PaddedMatrix x, PaddedMatrix y, int steps, Moment moment)
    {
        for (int n = 0; n < steps; n++)
        {
            Forward(x.Row(n), y.Row(n), moment.Later(n));
        }
    }

    /// <summary>The backward reads of a window; the n-th takes place n steps after the first.</summary>
    /// <param name="d">Errors, shape [steps or more, outputs].</param>
    /// <param name="z">Receives the products, shape [steps or more, inputs].</param>
    /// <param name="steps">Number of reads, at least 0.</param>
    /// <param name="moment">When the first is.</param>
    void Backward(PaddedMatrix d, PaddedMatrix z, int steps, Moment moment)
    {
        for (int n = 0; n < steps; n++)
        {
            Backward(d.Row(n), z.Row(n), moment.Later(n));
        }
    }

    /// <summary>
    /// Announces a window of forward reads by the part of the inputs that is known for all of it: a recurrent layer knows what comes from
    /// below, and gets what comes from its own past step by step. A matrix may compute its part of the outputs at once; by default it waits.
    /// </summary>
    /// <param name="x">Inputs, of which the first <paramref name="known"/> of every row are there, shape [steps or more, inputs].</param>
    /// <param name="known">Inputs that are known, 0 to <see cref="Inputs"/> - 1.</param>
    /// <param name="y">May receive partial outputs, shape [steps or more, outputs].</param>
    /// <param name="steps">Number of reads, at least 0.</param>
    void BeginForward(PaddedMatrix x, int known, PaddedMatrix y, int steps)
    {
    }

    /// <summary>One read of the window that <see cref="BeginForward"/> announced, with all inputs of its row there.</summary>
    /// <param name="x">Inputs, shape [n + 1 or more, inputs].</param>
    /// <param name="known">As announced.</param>
    /// <param name="y">Receives the outputs in its row, shape [n + 1 or more, outputs]; holds what the announcement left.</param>
    /// <param name="n">Number of the read in its window, from 0.</param>
    /// <param name="moment">When it is.</param>
    void EndForward(PaddedMatrix x, int known, PaddedMatrix y, int n, Moment moment) => Forward(x.Row(n), y.Row(n), moment);

    /// <summary>One backward read, of which only some products are asked for now; those of other places may receive anything.</summary>
    /// <param name="d">Errors, shape [n + 1 or more, outputs].</param>
    /// <param name="known">Products that may wait for <see cref="EndBackward"/>, 0 to <see cref="Inputs"/> - 1.</param>
    /// <param name="asked">Products behind them that are asked for now, 1 to <see cref="Inputs"/> - <paramref name="known"/>.</param>
    /// <param name="z">Receives products in its row, shape [n + 1 or more, inputs].</param>
    /// <param name="n">Number of the read in its window, from 0; a window is read from its end.</param>
    /// <param name="moment">When it is.</param>
    void BeginBackward(PaddedMatrix d, int known, int asked, PaddedMatrix z, int n, Moment moment) => Backward(d.Row(n), z.Row(n), moment);

    /// <summary>The first <paramref name="known"/> products of a window whose other products <see cref="BeginBackward"/> has read.</summary>
    /// <param name="d">Errors, shape [steps or more, outputs].</param>
    /// <param name="known">As before.</param>
    /// <param name="z">Holds these products afterwards, shape [steps or more, inputs].</param>
    /// <param name="steps">Number of reads, at least 0.</param>
    /// <param name="moment">When the first step of the window is.</param>
    void EndBackward(PaddedMatrix d, int known, PaddedMatrix z, int steps, Moment moment)
    {
    }

    /// <summary>The updates of a window, one after the other in order of time; the n-th takes place n steps after the first.</summary>
    /// <param name="x">Inputs of the forward passes, shape [steps or more, inputs].</param>
    /// <param name="d">Errors, in the direction of descent, shape [steps or more, outputs].</param>
    /// <param name="steps">Number of updates, at least 0.</param>
    /// <param name="rate">Learning rate η, at least 0.</param>
    /// <param name="moment">When the first is.</param>
    void Update(PaddedMatrix x, PaddedMatrix d, int steps, float rate, Moment moment)
    {
        for (int n = 0; n < steps; n++)
        {
            Update(x.Row(n), d.Row(n), rate, moment.Later(n));
        }
    }

    /// <summary>What the matrix is and holds, plane by plane: the logical weights first, then the arrays and filters of the algorithm.</summary>
    IEnumerable<StatePlane> Planes => [new("weights", "weight", Weights)];

    /// <summary>Writes the whole state.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of a matrix of another shape.</exception>
    void Load(BinaryReader reader);
}
