using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.SignPulses;

/// <summary>Shape of an activation function.</summary>
public enum ActivationShape
{
    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>α x above zero, β x below it.</summary>
    Rectifier,
}

/// <summary>The activation function of hidden units, f(κ a), and its derivative as a function of its value.</summary>
/// <param name="Shape">f.</param>
/// <param name="Gain">κ, above 0: the reciprocal of the paper's gain factor.</param>
/// <param name="Alpha">Slope of a rectifier above zero, above 0.</param>
/// <param name="Beta">Slope of a rectifier below zero, 0 to <paramref name="Alpha"/>.</param>
/// <remarks>
/// Fig. 2 of C. H. Bennett et al., IEEE Access 7, 73938 (2019). The factor κ of the derivative is left out: only the sign of a gradient
/// counts there, and in floating point it is a factor of the learning rate. The same bits at every vector width.
/// </remarks>
public readonly record struct HiddenActivation(ActivationShape Shape, float Gain, float Alpha = 1, float Beta = 0)
{
    /// <summary>Replaces sums by values.</summary>
    /// <param name="a">Sums, shape [n]; receives f(κ a).</param>
    public void Apply(Span<float> a)
    {
        switch (Shape)
        {
            case ActivationShape.Tanh:
                // tanh x = 2 σ(2 x) - 1
                TensorPrimitives.Multiply(a, 2 * Gain, a);
                Activation.Sigmoid(a, a);
                TensorPrimitives.Multiply(a, 2f, a);
                TensorPrimitives.Subtract(a, 1f, a);
                break;
            case ActivationShape.Sigmoid:
                TensorPrimitives.Multiply(a, Gain, a);
                Activation.Sigmoid(a, a);
                break;
            default:
                Slopes(a, a, Gain * Alpha, Gain * Beta);
                break;
        }
    }

    /// <summary>Brings errors back through the function: z f'.</summary>
    /// <param name="h">Values of the function, shape [n].</param>
    /// <param name="z">Errors behind it, shape [n]; receives the errors before it.</param>
    public void Back(ReadOnlySpan<float> h, Span<float> z)
    {
        int n = 0;
        Span<Vector<float>> to = MemoryMarshal.Cast<float, Vector<float>>(z);
        ReadOnlySpan<Vector<float>> from = MemoryMarshal.Cast<float, Vector<float>>(h);
        Vector<float> one = Vector<float>.One;
        switch (Shape)
        {
            case ActivationShape.Tanh:
                for (; n < to.Length; n++)
                {
                    to[n] *= (one - from[n]) * (one + from[n]);
                }

                break;
            case ActivationShape.Sigmoid:
                for (; n < to.Length; n++)
                {
                    to[n] *= (one - from[n]) * from[n];
                }

                break;
            default:
                Slopes(h, z, Alpha, Beta);
                return;
        }

        for (n *= Vector<float>.Count; n < z.Length; n++)
        {
            z[n] *= (1 - h[n]) * (Shape == ActivationShape.Tanh ? 1 + h[n] : h[n]);
        }
    }

    // y times one slope where x is above zero, times the other elsewhere.
    private static void Slopes(ReadOnlySpan<float> x, Span<float> y, float above, float below)
    {
        Span<Vector<float>> to = MemoryMarshal.Cast<float, Vector<float>>(y);
        ReadOnlySpan<Vector<float>> from = MemoryMarshal.Cast<float, Vector<float>>(x);
        Vector<float> up = new(above), down = new(below);
        for (int n = 0; n < to.Length; n++)
        {
            to[n] *= Vector.ConditionalSelect(Vector.GreaterThan(from[n], Vector<float>.Zero), up, down);
        }

        for (int n = to.Length * Vector<float>.Count; n < y.Length; n++)
        {
            y[n] *= x[n] > 0 ? above : below;
        }
    }
}
