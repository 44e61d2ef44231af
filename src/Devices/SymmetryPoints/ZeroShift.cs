using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.SymmetryPoints;

/// <summary>Zero-shifting: the symmetry point of every device becomes its zero, by programming it into the reference.</summary>
/// <remarks>
/// H. Kim, M. Rasch, T. Gokmen, T. Ando, H. Miyazoe, J.-J. Kim, J. Rozen, S. Kim, arXiv:1907.10228 (2019): alternating up and down pulses
/// drive each device to the weight at which they cancel; that weight is written to the reference device beside it.
/// </remarks>
public static class ZeroShift
{
    /// <summary>How it is done.</summary>
    public sealed record Options
    {
        /// <summary>Pairs of an up and a down pulse, at least 1.</summary>
        public int Pairs { get; init; } = 2_000;

        /// <summary>Pairs at the end over which the weight is averaged behind both pulses, 1 to <see cref="Pairs"/>.</summary>
        public int Averaged { get; init; } = 1;

        /// <summary>Deviation of what a reference takes from what it should, in weight units, at least 0.</summary>
        public float ProgrammingNoise { get; init; }

        /// <summary>Measures what is left afterwards; none where null.</summary>
        public SymmetryMeasurement.Options? Verify { get; init; }
    }

    /// <summary>What came of it, in weight units.</summary>
    /// <param name="ProgrammingMean">Mean of the references less what they should be: noise, rounding and clipping of the reference device.</param>
    /// <param name="ProgrammingDeviation">Deviation of the same.</param>
    /// <param name="Residual">Symmetry points of the cells afterwards, which should be zero; null where nothing was verified.</param>
    public sealed record Report(double ProgrammingMean, double ProgrammingDeviation, SymmetryMeasurement? Residual)
    {
        /// <summary>Mean of the symmetry points that are left, in weight units; null where nothing was verified.</summary>
        public double? ResidualMean => Residual?.Mean;

        /// <summary>
        /// Deviation of the symmetry points that are left, in weight units, without the errors of their measurement; null where nothing was
        /// verified.
        /// </summary>
        public double? ResidualDeviation => Residual is null
            ? null
            : Math.Sqrt(Math.Max((Residual.Deviation * Residual.Deviation) - (Residual.MeanError * Residual.MeanError), 0));
    }

    /// <summary>Shifts the zero of every cell of a tile; see the overload for arrays.</summary>
    /// <param name="tile">A tile whose array has references.</param>
    /// <param name="options">How.</param>
    /// <param name="at">Where the random numbers stand.</param>
    /// <exception cref="ArgumentException">The array of the tile has no references, or a number is out of range.</exception>
    public static Report Run(AnalogTile tile, Options options, in RandomAddress at) => tile.Array is ReferencedDeviceArray array
        ? Run(array, options, at)
        : throw new ArgumentException($"tile: expected an array of cells with references, got {tile.Array.GetType().Name}.", nameof(tile));

    /// <summary>Drives every device to its symmetry point and programs it into its reference; the weights are then close to zero.</summary>
    /// <param name="array">Cells with references.</param>
    /// <param name="options">How.</param>
    /// <param name="at">Where the random numbers stand; pulse n takes step n from there on, programming noise the first number of each cell.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Report Run(ReferencedDeviceArray array, Options options, in RandomAddress at)
    {
        Require.InRange(nameof(Options.Pairs), 1, int.MaxValue, options.Pairs);
        Require.InRange(nameof(Options.Averaged), 1, options.Pairs, options.Averaged);
        Require.NotNegative(nameof(Options.ProgrammingNoise), options.ProgrammingNoise);
        PaddedMatrix target = SettledWeights(array, options, at), noisy = Noisy(target, options.ProgrammingNoise, CellAddress.Of(at, 1));
        array.ProgramReference(noisy);
        for (int place = 0; place < noisy.Padded.Length; place++)
        {
            noisy.Padded[place] = array.Reference.Weights.Padded[place] - target.Padded[place];
        }

        (double mean, double deviation) = SymmetryMeasurement.Moments(noisy);
        RandomAddress later = at with { Step = at.Step + (2 * (ulong)options.Pairs) };
        return new(mean, deviation, options.Verify is { } verify ? SymmetryMeasurement.Of(array, verify, later) : null);
    }

    private static PaddedMatrix SettledWeights(ReferencedDeviceArray array, Options options, in RandomAddress at)
    {
        AlternatingPulses pulses = new(array);
        pulses.Drive(0, options.Pairs - options.Averaged, at);
        Span<float> weights = array.Device.Weights.Padded;
        double[] sum = new double[weights.Length];
        for (long n = 2L * (options.Pairs - options.Averaged); n < 2L * options.Pairs; n++)
        {
            pulses.Pulse(n, n % 2 == 0, at);
            for (int place = 0; place < sum.Length; place++)
            {
                sum[place] += weights[place];
            }
        }

        PaddedMatrix mean = new(array.Weights.Inputs, array.Weights.Outputs);
        for (int place = 0; place < sum.Length; place++)
        {
            mean.Padded[place] = (float)(sum[place] / (2.0 * options.Averaged));
        }

        return mean;
    }

    private static PaddedMatrix Noisy(PaddedMatrix values, float sigma, in RandomAddress at)
    {
        PaddedMatrix noisy = new(values.Inputs, values.Outputs);
        values.Padded.CopyTo(noisy.Padded);
        if (sigma > 0)
        {
            for (int i = 0; i < values.Inputs; i++)
            {
                for (int j = 0; j < values.Outputs; j++)
                {
                    noisy[i, j] = MathF.FusedMultiplyAdd(sigma, Gaussian.At(at, ((ulong)i * (ulong)values.Outputs) + (ulong)j), noisy[i, j]);
                }
            }
        }

        return noisy;
    }
}
