using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <summary>Statistics of pulsed devices: their expectations, and the covariance of one device's contribution to them.</summary>
/// <param name="Values">The statistics; variances by their logarithms.</param>
/// <param name="Covariance">Covariance of what one device contributes, that of the statistics of n devices is 1 / n of it; null if not asked for.</param>
/// <param name="Resolution">How exactly each is known in any case; empty with it.</param>
internal sealed record Moments(double[] Values, Matrix<double>? Covariance, double[] Resolution);
