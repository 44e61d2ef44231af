using Crosspoint.Kernels;

namespace Crosspoint.Training;

/// <summary>Initial weights, uniform and centred.</summary>
public static class InitialWeights
{
    /// <summary>Uniform in ± √(6 / (inputs + outputs)), inputs without the bias, whose row, the last, is zero (X. Glorot, Y. Bengio, AISTATS 2010).</summary>
    /// <param name="matrix">Gives the shape, [inputs + 1, outputs].</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the array, from 1.</param>
    /// <returns>Weight units, shape [inputs + 1, outputs].</returns>
    public static PaddedMatrix Glorot(IWeightMatrix matrix, ulong seed, int id) =>
        Uniform(matrix, MathF.Sqrt(6f / (matrix.Inputs - 1 + matrix.Outputs)), seed, id);

    /// <summary>Uniform in ± 1 / √inputs, inputs without the bias, whose row, the last, is zero.</summary>
    /// <param name="matrix">Gives the shape, [inputs + 1, outputs].</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the array, from 1.</param>
    /// <returns>Weight units, shape [inputs + 1, outputs].</returns>
    public static PaddedMatrix FanIn(IWeightMatrix matrix, ulong seed, int id) =>
        Uniform(matrix, 1 / MathF.Sqrt(matrix.Inputs - 1), seed, id);

    /// <summary>Uniform in ± 1 / √hidden, biases too, as is usual for recurrent layers.</summary>
    /// <param name="matrix">Gives the shape, [inputs, outputs].</param>
    /// <param name="hidden">Width of the hidden state, at least 1.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the array, from 1.</param>
    /// <returns>Weight units, shape [inputs, outputs].</returns>
    public static PaddedMatrix Recurrent(IWeightMatrix matrix, int hidden, ulong seed, int id) =>
        Uniform(matrix, matrix.Inputs, 1 / MathF.Sqrt(hidden), seed, id);

    /// <summary>Uniform in [-<paramref name="limit"/>, <paramref name="limit"/>]; the bias row, the last, is zero.</summary>
    /// <param name="matrix">Gives the shape, [inputs, outputs].</param>
    /// <param name="limit">Largest magnitude, weight units, finite, at least 0.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="id">Number of the array, from 1.</param>
    /// <returns>The weights, shape [inputs, outputs].</returns>
    public static PaddedMatrix Uniform(IWeightMatrix matrix, float limit, ulong seed, int id) =>
        Uniform(matrix, matrix.Inputs - 1, limit, seed, id);

    private static PaddedMatrix Uniform(IWeightMatrix matrix, int rows, float limit, ulong seed, int id)
    {
        PaddedMatrix weights = new(matrix.Inputs, matrix.Outputs);
        uint[] words = new uint[matrix.Outputs];
        for (int i = 0; i < rows; i++)
        {
            RandomWords.Fill(new Moment(Phase.Train, (ulong)i).Address(seed, id, Purpose.InitialWeights), words);
            Span<float> row = weights.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = (int)words[j] * (limit / 2147483648f);
            }
        }

        return weights;
    }
}
