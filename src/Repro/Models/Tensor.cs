using Crosspoint.Kernels;

namespace Crosspoint.Repro.Models;

/// <summary>A named block of numbers, row by row.</summary>
/// <param name="Name">Its name: letters, digits, _, - and dots.</param>
/// <param name="Shape">Its dimensions, each at least 0; none for a single number.</param>
/// <param name="Values">The numbers, the last dimension the fastest.</param>
internal sealed record Tensor(string Name, IReadOnlyList<int> Shape, float[] Values)
{
    /// <summary>A matrix, shape [inputs, outputs].</summary>
    public static Tensor Of(string name, PaddedMatrix matrix)
    {
        float[] values = new float[matrix.Inputs * matrix.Outputs];
        for (int i = 0; i < matrix.Inputs; i++)
        {
            matrix.Row(i).CopyTo(values.AsSpan(i * matrix.Outputs));
        }

        return new Tensor(name, [matrix.Inputs, matrix.Outputs], values);
    }

    /// <summary>The numbers as a matrix of a shape.</summary>
    /// <exception cref="InvalidDataException">It has another shape, or a number is not finite.</exception>
    public PaddedMatrix Matrix(int inputs, int outputs)
    {
        if (Shape is not [int rows, int columns] || rows != inputs || columns != outputs)
        {
            throw new InvalidDataException($"{Name}: expected shape [{inputs}, {outputs}], got [{string.Join(", ", Shape)}]");
        }

        PaddedMatrix matrix = new(inputs, outputs);
        for (int i = 0; i < inputs; i++)
        {
            ReadOnlySpan<float> row = Values.AsSpan(i * outputs, outputs);
            foreach (float value in row)
            {
                if (!float.IsFinite(value))
                {
                    throw new InvalidDataException($"{Name}: expected finite weights, got {value} in row {i}");
                }
            }

            row.CopyTo(matrix.Row(i));
        }

        return matrix;
    }
}
