using System.Numerics.Tensors;
using Crosspoint.Kernels;
using Crosspoint.Training.Data;
using Crosspoint.Training.Layers;

namespace Crosspoint.Training;

/// <summary>Dense layers with sigmoid hidden units, a softmax output and cross-entropy loss, trained one example at a time.</summary>
/// <remarks>
/// x_j = f(Σ_i w_ij x_i) with f(y) = 1 / (1 + exp(-y)); errors δ = t - p at the output and δ_i = f'(y_i) Σ_j w_ij δ_j below;
/// Δw_ij = η x_i δ_j. All errors are taken before any weight moves. Nothing is allocated in a step.
/// </remarks>
public sealed class MultilayerPerceptron
{
    private readonly Dense[] layers;
    private readonly float[] probabilities;

    /// <summary>Stacks layers over matrices.</summary>
    /// <param name="matrices">Each of [width + 1, next width]; at least one.</param>
    /// <exception cref="ArgumentException">The widths of two neighbours differ.</exception>
    public MultilayerPerceptron(params IReadOnlyList<IWeightMatrix> matrices)
    {
        ArgumentOutOfRangeException.ThrowIfZero(matrices.Count);
        for (int k = 1; k < matrices.Count; k++)
        {
            if (matrices[k].Inputs != matrices[k - 1].Outputs + 1)
            {
                throw new ArgumentException(
                    $"matrices: expected {matrices[k - 1].Outputs} + 1 inputs in matrix {k}, got {matrices[k].Inputs}.", nameof(matrices));
            }
        }

        layers = [.. matrices.Select(m => new Dense(m))];
        probabilities = new float[matrices[^1].Outputs];
    }

    /// <summary>The weight matrices, from the input to the output.</summary>
    public IEnumerable<IWeightMatrix> Matrices => layers.Select(l => l.Matrix);

    /// <summary>Where the next example is written, shape [inputs].</summary>
    public Span<float> Input => layers[0].Input;

    /// <summary>The softmax of the last forward pass, shape [classes].</summary>
    public ReadOnlySpan<float> Probabilities => probabilities;

    /// <summary>The most probable class of <see cref="Input"/>.</summary>
    public int Classify(Moment moment)
    {
        Forward(moment);
        return TensorPrimitives.IndexOfMax<float>(probabilities);
    }

    /// <summary>One step of gradient descent on <see cref="Input"/>.</summary>
    /// <param name="label">The right class, 0 to the number of classes - 1.</param>
    /// <param name="rate">Learning rate η.</param>
    /// <param name="moment">When.</param>
    /// <returns>The cross-entropy before the step, in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Train(int label, float rate, Moment moment)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, probabilities.Length);
        Forward(moment);
        Span<float> error = layers[^1].Error;
        for (int j = 0; j < error.Length; j++)
        {
            error[j] = (j == label ? 1 : 0) - probabilities[j];
        }

        for (int k = layers.Length - 1; k > 0; k--)
        {
            layers[k].Backward(moment);
            Activation.SigmoidBackward(layers[k].Input, layers[k].InputError, layers[k - 1].Error);
        }

        foreach (Dense layer in layers)
        {
            layer.Update(rate, moment);
        }

        return -Math.Log(Math.Max(probabilities[label], 1e-30));
    }

    /// <summary>Refuses images that this network cannot read.</summary>
    internal void RequireFit(LabelledImages images)
    {
        if (images.PixelsPerImage != Input.Length)
        {
            throw new ArgumentException($"images: expected {Input.Length} pixels, got {images.PixelsPerImage}.", nameof(images));
        }

        for (int n = 0; n < images.Count; n++)
        {
            if (images.Label(n) >= probabilities.Length)
            {
                throw new ArgumentException(
                    $"images: expected labels below {probabilities.Length}, got {images.Label(n)} at image {n}.", nameof(images));
            }
        }
    }

    private void Forward(Moment moment)
    {
        for (int k = 0; k < layers.Length; k++)
        {
            layers[k].Forward(moment);
            if (k + 1 < layers.Length)
            {
                Activation.Sigmoid(layers[k].Output, layers[k + 1].Input);
            }
        }

        Activation.Softmax(layers[^1].Output, probabilities);
    }
}
