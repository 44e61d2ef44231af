using Crosspoint.Kernels;

namespace Crosspoint.Devices.Extraction;

/// <summary>M_xx with its factor, for arrays that have as many of its lines as they like, from the first.</summary>
internal sealed class NormalEquations
{
    private readonly double[] factor;
    private readonly int width;
    private readonly double ridge;
    private readonly double condition;

    /// <param name="squares">Σ x xᵀ, lower triangle, shape [width, width].</param>
    /// <param name="width">Lines.</param>
    /// <param name="options">Ridge.</param>
    public NormalEquations(double[] squares, int width, RegressionOptions options)
    {
        this.width = width;
        double mean = Enumerable.Range(0, width).Average(i => squares[(i * width) + i]);
        ridge = options.Ridge * mean;
        condition = TryFactor(squares, ridge, out factor);
        if (condition > options.WorstCondition)
        {
            ridge += options.RidgeOfIllConditioned * (mean > 0 ? mean : 1);
            double repaired = TryFactor(squares, ridge, out factor);
            if (double.IsPositiveInfinity(repaired))
            {
                throw new InvalidOperationException(
                    $"expected normal equations that a ridge of {ridge} makes positive definite; raise {nameof(RegressionOptions.RidgeOfIllConditioned)}");
            }
        }
    }

    /// <summary>The weights of one array.</summary>
    /// <param name="inputs">Its lines, from the first.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="products">Σ x yᵀ, shape [inputs, outputs].</param>
    /// <param name="outputSquares">Σ y², shape [outputs].</param>
    /// <param name="reads">Reads in the sums.</param>
    public ExtractedWeights Solve(int inputs, int outputs, double[] products, double[] outputSquares, long reads)
    {
        double[] l = Leading(inputs), column = new double[inputs], ofInput = new double[inputs], ofOutput = new double[outputs];
        PaddedMatrix weights = new(inputs, outputs);
        for (int j = 0; j < outputs; j++)
        {
            double explained = 0, penalty = 0;
            for (int i = 0; i < inputs; i++)
            {
                column[i] = products[(i * outputs) + j];
            }

            Cholesky.Solve(l, column);
            for (int i = 0; i < inputs; i++)
            {
                weights[i, j] = (float)column[i];
                explained += column[i] * products[(i * outputs) + j];
                penalty += ridge * column[i] * column[i];
            }

            // |y - X w|² = Σ y² - wᵀ M_xy - λ |w|², since (M_xx + λ) w = M_xy.
            double left = Math.Max(0, outputSquares[j] - explained - penalty);
            ofOutput[j] = reads > inputs ? Math.Sqrt(left / (reads - inputs)) : double.PositiveInfinity;
        }

        for (int i = 0; i < inputs; i++)
        {
            Array.Clear(column);
            column[i] = 1;
            Cholesky.Solve(l, column);
            ofInput[i] = Math.Sqrt(Math.Max(0, column[i]));
        }

        return new ExtractedWeights(weights, reads, ofInput, ofOutput, ridge, condition);
    }

    // The condition that the diagonal of the factor shows; infinite where there is none.
    private double TryFactor(double[] squares, double added, out double[] l)
    {
        l = [.. squares];
        for (int i = 0; i < width; i++)
        {
            l[(i * width) + i] += added;
        }

        try
        {
            Cholesky.Factor(l, width);
        }
        catch (ArgumentException)
        {
            return double.PositiveInfinity;
        }

        double[] pivots = l;
        double low = Enumerable.Range(0, width).Min(i => pivots[(i * width) + i]), high = Enumerable.Range(0, width).Max(i => pivots[(i * width) + i]);
        return high / low * (high / low);
    }

    // The factor of a leading block is the leading block of the factor.
    private double[] Leading(int inputs)
    {
        if (inputs == width)
        {
            return factor;
        }

        double[] block = new double[inputs * inputs];
        for (int i = 0; i < inputs; i++)
        {
            factor.AsSpan(i * width, i + 1).CopyTo(block.AsSpan(i * inputs));
        }

        return block;
    }
}
