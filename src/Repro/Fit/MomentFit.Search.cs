using Crosspoint.Devices.Models;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <content>The search, and what its Jacobian says.</content>
internal sealed partial class MomentFit
{
    private DeviceModel ModelAt(double[] x) => ModelNumber.With(
        template, moving.Select((number, j) => (number.Number, number.Value(x[j]))).Concat(unseen.Select(number => (number.Number, 0.0))));

    private Moments? Expected(double[] x, bool withCovariance)
    {
        try
        {
            Moments moments = statistics.Of((withCovariance ? weighing : protocol).Simulate(ModelAt(x)), withCovariance);
            return moments.Values.All(double.IsFinite) ? moments : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // The inverse of the root of the covariance of measured less simulated statistics, and that covariance without what makes it regular.
    private (Matrix<double> Whitening, Matrix<double> Covariance)? Weights(double[] x, double coarse = 0)
    {
        if (Expected(x, withCovariance: true) is not { } moments)
        {
            return null;
        }

        Matrix<double> plain = moments.Covariance! * ((1.0 / Measured.Count) + (1.0 / protocol.Devices)), regular = plain.Clone();
        for (int j = 0; j < regular.RowCount; j++)
        {
            regular[j, j] = (regular[j, j] * (1 + Shrinkage)) + (coarse * moments.Resolution[j] * coarse * moments.Resolution[j]);
        }

        return (regular.Cholesky().Factor.Inverse(), plain);
    }

    private double[]? Residuals(double[] x) => Expected(x, withCovariance: false) is { } moments
        ? Whitened([.. statistics.Measured.Values.Zip(moments.Values, (measured, expected) => measured - expected)])
        : null;

    // A fit that is worse than most are may lie in a valley of its own: another way down, and the better of the two.
    private LeastSquaresFit SearchTwice(double[] from)
    {
        LeastSquaresFit fit = Search(from, Coarse);
        double freedom = Math.Max(fit.Residuals.Length - from.Length, 1);
        if (fit.Sum < freedom + Math.Sqrt(2 * freedom))
        {
            return fit;
        }

        (Matrix<double> firstWhitening, Matrix<double> firstCovariance) = (whitening, covariance);
        LeastSquaresFit other = Search(from, Fine);
        if (other.Sum - (2 * LogDeterminant(whitening)) < fit.Sum - (2 * LogDeterminant(firstWhitening)))
        {
            return other;
        }

        (whitening, covariance) = (firstWhitening, firstCovariance);
        return fit;
    }

    // By hand: the matrix is small, and a library that splits it over threads is slower.
    private double[] Whitened(double[] misses)
    {
        double[] residuals = new double[misses.Length];
        for (int i = 0; i < misses.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                residuals[i] += whitening[i, j] * misses[j];
            }
        }

        return residuals;
    }

    private LeastSquaresFit Search(double[] from, double[]? coarse = null, int iterations = Iterations)
    {
        double[] x = from;
        LeastSquaresFit? fit = null;
        foreach (double round in coarse ?? [0])
        {
            (whitening, covariance) = Weights(x, round) ?? (whitening, covariance);
            fit = Way().Minimize(x, iterations) ?? throw new InvalidDataException($"{Name}: its devices cannot be made near the measured ones");
            x = fit.At;
        }

        return iterations == 0 ? fit! : fit! with { Jacobian = Way().Slopes(x) };
    }

    private LeastSquares Way() => new(Residuals, [.. moving.Select(number => number.Low)], [.. moving.Select(number => number.High)]);

    // One number after the other: what the ones before it do not explain of its column.
    private int[] Undetermined(LeastSquaresFit fit)
    {
        List<Vector<double>> basis = [];
        List<int> found = [];
        for (int j = 0; j < moving.Count; j++)
        {
            Vector<double> column = fit.Jacobian.Column(j), rest = column;
            foreach (Vector<double> direction in basis)
            {
                rest -= direction * (direction * rest);
            }

            double left = rest.DotProduct(rest);
            if (left < LeastShare * column.DotProduct(column) || left * LargestError * LargestError < 1)
            {
                found.Add(j);
            }
            else
            {
                basis.Add(rest / Math.Sqrt(left));
            }
        }

        return [.. found];
    }

    private LeastSquaresFit HoldUndetermined(LeastSquaresFit fit)
    {
        while (Undetermined(fit) is { Length: > 0 } some)
        {
            held.AddRange(some.Select(j => new HeldNumber(
                moving[j].Number, moving[j].Number.Get(template), "these pulses do not tell it, or not apart from others")));
            double[] rest = [.. fit.At.Where((_, j) => !some.Contains(j))];
            Keep(Enumerable.Range(0, moving.Count).Except(some));
            fit = Search(rest);
        }

        return fit;
    }

    // Deviations that are not told from zero, the least certain first; the others follow as the covariance says, until one search for all.
    private LeastSquaresFit HoldUnseen(LeastSquaresFit fit)
    {
        bool isChanged = false;
        while (true)
        {
            double[] error = Errors(fit);
            int least = Enumerable.Range(0, moving.Count)
                .Where(j => moving[j].Number.Kind == NumberKind.Deviation && fit.At[j] < Quantile(Seen) * error[j])
                .OrderBy(j => fit.At[j] / error[j]).FirstOrDefault(-1);
            if (least < 0 && isChanged)
            {
                (fit, isChanged) = (Search(fit.At), false);
                continue;
            }

            if (least < 0)
            {
                return fit;
            }

            unseen.Add(new(moving[least].Number, moving[least].Around(fit.At[least], Quantile(confidence) * error[least]) with { Value = 0, Low = 0 }));
            Matrix<double> inverse = Inverse(fit.Jacobian);
            int[] rest = [.. Enumerable.Range(0, moving.Count).Where(j => j != least)];
            double[] x = [.. rest.Select(j => Math.Clamp(
                fit.At[j] - (inverse[j, least] / inverse[least, least] * fit.At[least]), moving[j].Low, moving[j].High))];
            Keep(rest);
            if (rest.Length == 0)
            {
                return new LeastSquaresFit([], Residuals([]) ?? fit.Residuals, Matrix<double>.Build.Dense(fit.Residuals.Length, 1));
            }

            fit = new LeastSquaresFit(x, fit.Residuals, Matrix<double>.Build.DenseOfColumnVectors(rest.Select(fit.Jacobian.Column)));
            isChanged = true;
        }
    }

    private void Keep(IEnumerable<int> places)
    {
        Moving[] kept = [.. places.Select(j => moving[j])];
        moving.Clear();
        moving.AddRange(kept);
        if (moving.Count == 0 && unseen.Count == 0)
        {
            throw new InvalidDataException($"{Name}: no number of it shows in these pulses");
        }
    }

    private IEnumerable<NumberEstimate> Intervals(LeastSquaresFit fit)
    {
        double[] error = Errors(fit);
        return moving.Select((number, j) => new NumberEstimate(number.Number, number.Around(fit.At[j], Quantile(confidence) * error[j])));
    }

    private double Quantile(double confidence) => Measured.Count > 1
        ? StudentT.InvCDF(0, 1, Measured.Count - 1, (1 + confidence) / 2)
        : Normal.InvCDF(0, 1, (1 + confidence) / 2);

    // The statistics are weighted by other than the inverse of their covariance.
    private double[] Errors(LeastSquaresFit fit)
    {
        Matrix<double> inverse = Inverse(fit.Jacobian);
        Matrix<double> scatter = whitening * covariance * whitening.Transpose();
        Matrix<double> spread = inverse * (fit.Jacobian.TransposeThisAndMultiply(scatter) * fit.Jacobian) * inverse;
        return [.. spread.Diagonal().Select(variance => Math.Sqrt(Math.Max(variance, 0)))];
    }

    private static Matrix<double> Inverse(Matrix<double> jacobian)
    {
        Matrix<double> square = jacobian.TransposeThisAndMultiply(jacobian);
        double smallest = 1e-12 * Math.Max(square.Diagonal().Maximum(), 1e-300);
        return (square + (smallest * Matrix<double>.Build.DenseIdentity(square.RowCount))).Inverse();
    }
}
