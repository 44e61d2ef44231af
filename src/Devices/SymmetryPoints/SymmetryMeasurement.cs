using Crosspoint.Kernels;

namespace Crosspoint.Devices.SymmetryPoints;

/// <summary>Symmetry points of the devices of an array, measured by alternating pulses, each with its standard error.</summary>
/// <param name="Points">Mean weight under alternating pulses, in weight units, shape [inputs, outputs].</param>
/// <param name="StandardErrors">Standard error of each of them, in weight units, shape [inputs, outputs].</param>
public sealed record SymmetryMeasurement(PaddedMatrix Points, PaddedMatrix StandardErrors)
{
    /// <summary>How long to pulse.</summary>
    public sealed record Options
    {
        /// <summary>Pairs of an up and a down pulse before anything is read, at least 0: enough to forget where a device began.</summary>
        public int Settling { get; init; } = 2_000;

        /// <summary>Pairs of a batch, at least 1: longer than a device remembers, or errors come out too small.</summary>
        public int Batch { get; init; } = 500;

        /// <summary>Batches, at least 2.</summary>
        public int Batches { get; init; } = 8;
    }

    /// <summary>Mean over the devices, in weight units.</summary>
    public double Mean => Moments(Points).Mean;

    /// <summary>Deviation over the devices, in weight units; the errors of measurement are in it.</summary>
    public double Deviation => Moments(Points).Deviation;

    /// <summary>Root of the mean square of the standard errors, in weight units.</summary>
    public double MeanError
    {
        get
        {
            (double mean, double deviation) = Moments(StandardErrors);
            return Math.Sqrt((mean * mean) + (deviation * deviation));
        }
    }

    /// <summary>Pulses every device up and down in turn, and averages its weight behind both pulses.</summary>
    /// <param name="array">The array; it is left at its symmetry points.</param>
    /// <param name="options">How long.</param>
    /// <param name="at">Where the noise of the first pulse stands; pulse n takes step n from there on.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <remarks>Standard errors by batch means: the deviation of the means of batches over the root of their number.</remarks>
    public static SymmetryMeasurement Of(ICrosspointArray array, Options options, in RandomAddress at)
    {
        Require.InRange(nameof(Options.Settling), 0, int.MaxValue, options.Settling);
        Require.InRange(nameof(Options.Batch), 1, int.MaxValue, options.Batch);
        Require.InRange(nameof(Options.Batches), 2, int.MaxValue, options.Batches);
        AlternatingPulses pulses = new(array);
        pulses.Drive(0, options.Settling, at);
        Span<float> weights = array.Weights.Padded;
        double[] batch = new double[weights.Length], sum = new double[weights.Length], squares = new double[weights.Length];
        double[]? first = null;
        long n = 2L * options.Settling;
        for (int b = 0; b < options.Batches; b++)
        {
            Array.Clear(batch);
            for (long end = n + (2L * options.Batch); n < end; n++)
            {
                pulses.Pulse(n, n % 2 == 0, at);
                for (int place = 0; place < batch.Length; place++)
                {
                    batch[place] += weights[place] / (2.0 * options.Batch);
                }
            }

            // Sums about the first batch, so that squares of small deviations do not drown.
            first ??= [.. batch];
            for (int place = 0; place < batch.Length; place++)
            {
                double d = batch[place] - first[place];
                sum[place] += d;
                squares[place] += d * d;
            }
        }

        PaddedMatrix points = new(array.Weights.Inputs, array.Weights.Outputs), errors = new(array.Weights.Inputs, array.Weights.Outputs);
        for (int place = 0; place < sum.Length; place++)
        {
            double mean = sum[place] / options.Batches;
            double variance = Math.Max(squares[place] - (mean * sum[place]), 0) / (options.Batches - 1);
            points.Padded[place] = (float)(first![place] + mean);
            errors.Padded[place] = (float)Math.Sqrt(variance / options.Batches);
        }

        return new(points, errors);
    }

    /// <summary>Mean and deviation of the values of a matrix.</summary>
    internal static (double Mean, double Deviation) Moments(PaddedMatrix values)
    {
        double n = (double)values.Inputs * values.Outputs, sum = 0, squares = 0;
        for (int i = 0; i < values.Inputs; i++)
        {
            foreach (float value in values.Row(i))
            {
                sum += value;
            }
        }

        for (int i = 0; i < values.Inputs; i++)
        {
            foreach (float value in values.Row(i))
            {
                squares += (value - (sum / n)) * (value - (sum / n));
            }
        }

        return (sum / n, Math.Sqrt(squares / n));
    }
}
