using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <summary>A minimum of a sum of squares.</summary>
/// <param name="At">The numbers.</param>
/// <param name="Residuals">The residuals there.</param>
/// <param name="Jacobian">Their derivatives, shape [residuals, numbers].</param>
internal sealed record LeastSquaresFit(double[] At, double[] Residuals, Matrix<double> Jacobian)
{
    /// <summary>The sum of squares.</summary>
    public double Sum => Residuals.Sum(value => value * value);
}
