using System.Numerics.Tensors;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Layers;

/// <summary>What stands between two layers of weights, element by element.</summary>
public enum ActivationFunction
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    Relu,
}

/// <summary>An activation function as a layer of its own, without weights.</summary>
/// <remarks>The slope is taken from the value: y (1 - y), 1 - y², and 1 or 0.</remarks>
public sealed class Activated : ILayer
{
    private readonly ActivationFunction function;
    private readonly float[] input;
    private readonly float[] output;
    private readonly float[] error;
    private readonly float[] inputError;

    /// <summary>Makes a layer.</summary>
    /// <param name="function">The function.</param>
    /// <param name="width">Number of values, at least 1.</param>
    public Activated(ActivationFunction function, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        this.function = function;
        input = new float[width];
        output = new float[width];
        error = new float[width];
        inputError = new float[width];
    }

    /// <inheritdoc/>
    public IWeightMatrix? Matrix => null;

    /// <inheritdoc/>
    public Span<float> Input => input;

    /// <inheritdoc/>
    public Span<float> Output => output;

    /// <inheritdoc/>
    public Span<float> OutputError => error;

    /// <inheritdoc/>
    public ReadOnlySpan<float> InputError => inputError;

    /// <inheritdoc/>
    public void Forward(Moment moment)
    {
        switch (function)
        {
            case ActivationFunction.Sigmoid:
                Activation.Sigmoid(input, output);
                break;
            case ActivationFunction.Tanh:
                Activation.Tanh(input, output);
                break;
            default:
                TensorPrimitives.Max(input, 0f, output);
                break;
        }
    }

    /// <inheritdoc/>
    public void Backward(Moment moment)
    {
        switch (function)
        {
            case ActivationFunction.Sigmoid:
                Activation.SigmoidBackward(output, error, inputError);
                break;
            case ActivationFunction.Tanh:
                Activation.TanhBackward(output, error, inputError);
                break;
            default:
                for (int k = 0; k < error.Length; k++)
                {
                    inputError[k] = output[k] > 0 ? error[k] : 0;
                }

                break;
        }
    }

    /// <inheritdoc/>
    public void Update(float rate, Moment moment)
    {
    }
}
