using Crosspoint.Training.Layers;

namespace Crosspoint.Training;

/// <summary>Dense layers with sigmoid hidden units, a softmax output and cross-entropy loss, trained one example at a time.</summary>
/// <remarks>
/// x_j = f(Σ_i w_ij x_i) with f(y) = 1 / (1 + exp(-y)); errors δ = t - p at the output and δ_i = f'(y_i) Σ_j w_ij δ_j below;
/// Δw_ij = η x_i δ_j. All errors are taken before any weight moves. Nothing is allocated in a step.
/// </remarks>
public sealed class MultilayerPerceptron : SequentialNetwork
{
    /// <summary>Stacks layers over matrices.</summary>
    /// <param name="matrices">Each of [width + 1, next width]; at least one.</param>
    /// <exception cref="ArgumentException">The widths of two neighbours differ.</exception>
    public MultilayerPerceptron(params IReadOnlyList<IWeightMatrix> matrices)
        : base(Stack(matrices))
    {
    }

    private static List<ILayer> Stack(IReadOnlyList<IWeightMatrix> matrices)
    {
        ArgumentOutOfRangeException.ThrowIfZero(matrices.Count);
        List<ILayer> layers = [new Dense(matrices[0])];
        for (int k = 1; k < matrices.Count; k++)
        {
            int width = matrices[k - 1].Outputs;
            if (matrices[k].Inputs != width + 1)
            {
                throw new ArgumentException(
                    $"matrices: expected {width} + 1 inputs in matrix {k}, got {matrices[k].Inputs}.", nameof(matrices));
            }

            layers.Add(new Activated(ActivationFunction.Sigmoid, width));
            layers.Add(new Dense(matrices[k]));
        }

        return layers;
    }
}
