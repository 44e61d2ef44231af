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

    /// <summary>Writes the whole state.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of a matrix of another shape.</exception>
    void Load(BinaryReader reader);
}
