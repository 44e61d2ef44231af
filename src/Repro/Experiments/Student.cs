namespace Crosspoint.Repro.Experiments;

/// <summary>Student's t distribution with a whole number of degrees of freedom.</summary>
internal static class Student
{
    /// <summary>Half width of the 95 % interval of a mean, over the standard error: t with P(|T| &lt; t) = 0.95.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Quantile95(int degrees) => Quantile(0.95, degrees);

    /// <summary>The t for which |T| &lt; t has the given probability.</summary>
    /// <param name="probability">In (0, 1).</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Quantile(double probability, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        double low = 0;
        double high = 1;
        while (Within(high, degrees) < probability)
        {
            high *= 2;
        }

        while (true)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                return middle;
            }

            (low, high) = Within(middle, degrees) < probability ? (middle, high) : (low, middle);
        }
    }

    /// <summary>P(|T| &lt; t): Abramowitz and Stegun (1964), equations 26.7.3 and 26.7.4, a finite sum in cos² θ with tan θ = t / √ν.</summary>
    public static double Within(double t, int degrees)
    {
        double theta = Math.Atan(t / Math.Sqrt(degrees));
        double cosine = Math.Cos(theta);
        bool odd = degrees % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2)
        {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }

        return odd ? 2 / Math.PI * (theta + Math.Sin(theta) * sum) : Math.Sin(theta) * sum;
    }
}
