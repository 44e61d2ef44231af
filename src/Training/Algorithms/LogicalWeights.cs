using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>The weights of an array in logical units: its own times the scale of its tile (M. J. Rasch et al., IEEE Des. Test 37(2), 2020).</summary>
internal sealed class LogicalWeights(int inputs, int outputs, float scale)
{
    private readonly PaddedMatrix copy = new(inputs, outputs);

    /// <summary>The array's own matrix where the scale is 1, else a copy as of now.</summary>
    public PaddedMatrix Of(PaddedMatrix array)
    {
        if (scale == 1)
        {
            return array;
        }

        TensorPrimitives.Multiply(array.Padded, scale, copy.Padded);
        return copy;
    }

    /// <summary>Places logical weights in an array.</summary>
    public void Program(ICrosspointArray array, PaddedMatrix weights)
    {
        RequireShape(nameof(weights), inputs, outputs, weights);
        TensorPrimitives.Divide(weights.Padded, scale, copy.Padded);
        array.Program(copy);
    }

    public static void RequireShape(string name, int inputs, int outputs, PaddedMatrix actual)
    {
        if (actual.Inputs != inputs || actual.Outputs != outputs)
        {
            throw new ArgumentException($"{name}: expected shape [{inputs}, {outputs}], got [{actual.Inputs}, {actual.Outputs}].", name);
        }
    }
}
