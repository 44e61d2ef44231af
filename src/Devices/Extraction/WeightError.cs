using Crosspoint.Kernels;

namespace Crosspoint.Devices.Extraction;

/// <summary>How estimated weights differ from the true ones, in the units of both.</summary>
/// <param name="Mean">Mean of estimate minus truth.</param>
/// <param name="Deviation">Standard deviation of estimate minus truth.</param>
/// <param name="Largest">Largest magnitude of estimate minus truth.</param>
public readonly record struct WeightError(double Mean, double Deviation, double Largest)
{
    /// <summary>Compares all weights of a matrix.</summary>
    /// <param name="truth">Shape [inputs, outputs].</param>
    /// <param name="estimate">Of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static WeightError Between(PaddedMatrix truth, PaddedMatrix estimate)
    {
        Require.SameShape(nameof(estimate), truth, estimate);
        double sum = 0, squares = 0, largest = 0;
        for (int i = 0; i < truth.Inputs; i++)
        {
            ReadOnlySpan<float> t = truth.Row(i), e = estimate.Row(i);
            for (int j = 0; j < t.Length; j++)
            {
                double error = (double)e[j] - t[j];
                sum += error;
                squares += error * error;
                largest = Math.Max(largest, Math.Abs(error));
            }
        }

        double n = (double)truth.Inputs * truth.Outputs, mean = sum / n;
        return new WeightError(mean, Math.Sqrt(Math.Max(0, (squares / n) - (mean * mean))), largest);
    }
}
