using System.Numerics.Tensors;
using Crosspoint.Kernels;
using Crosspoint.Training.Data;
using Crosspoint.Training.Layers;

namespace Crosspoint.Training;

/// <summary>Layers in a row with a softmax output and cross-entropy loss, trained one example at a time.</summary>
/// <remarks>
/// Errors are δ = t - p at the output; all of them are taken before any weight moves, then the layers are updated from the input to the
/// output. Nothing is allocated in a step.
/// </remarks>
public class SequentialNetwork
{
    private readonly ILayer[] layers;
    private readonly float[] probabilities;

    /// <summary>Stacks layers.</summary>
    /// <param name="layers">From the input to the output; the last gives one value a class.</param>
    /// <exception cref="ArgumentException">The widths of two neighbours differ, or there is no layer.</exception>
    public SequentialNetwork(params IReadOnlyList<ILayer> layers)
    {
        if (layers.Count == 0)
        {
            throw new ArgumentException("layers: expected at least 1, got 0.", nameof(layers));
        }

        for (int k = 1; k < layers.Count; k++)
        {
            if (layers[k].Input.Length != layers[k - 1].Output.Length)
            {
                throw new ArgumentException(
                    $"layers: expected {layers[k - 1].Output.Length} inputs in layer {k}, got {layers[k].Input.Length}.", nameof(layers));
            }
        }

        this.layers = [.. layers];
        probabilities = new float[layers[^1].Output.Length];
    }

    /// <summary>The weight matrices, from the input to the output.</summary>
    public IEnumerable<IWeightMatrix> Matrices => layers.Select(l => l.Matrix).OfType<IWeightMatrix>();

    /// <summary>Where the next example is written, shape [inputs].</summary>
    public Span<float> Input => layers[0].Input;

    /// <summary>The softmax of the last forward pass, shape [classes].</summary>
    public ReadOnlySpan<float> Probabilities => probabilities;

    /// <summary>The most probable class of <see cref="Input"/>.</summary>
    /// <param name="moment">When: the step is the number of the example.</param>
    public int Classify(Moment moment)
    {
        Forward(moment);
        return TensorPrimitives.IndexOfMax<float>(probabilities);
    }

    /// <summary>One step of gradient descent on <see cref="Input"/>.</summary>
    /// <param name="label">The right class, 0 to the number of classes - 1.</param>
    /// <param name="rate">Learning rate η.</param>
    /// <param name="moment">When: the step is the number of the example.</param>
    /// <returns>The cross-entropy before the step, in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Train(int label, float rate, Moment moment)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, probabilities.Length);
        Forward(moment);
        Span<float> error = layers[^1].OutputError;
        for (int j = 0; j < error.Length; j++)
        {
            error[j] = (j == label ? 1 : 0) - probabilities[j];
        }

        for (int k = layers.Length - 1; k > 0; k--)
        {
            layers[k].Backward(moment);
            layers[k].InputError.CopyTo(layers[k - 1].OutputError);
        }

        foreach (ILayer layer in layers)
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
        layers[0].Forward(moment);
        for (int k = 1; k < layers.Length; k++)
        {
            layers[k - 1].Output.CopyTo(layers[k].Input);
            layers[k].Forward(moment);
        }

        Activation.Softmax(layers[^1].Output, probabilities);
    }
}
