using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <summary>The mean step by entry of a table, by least squares.</summary>
internal sealed class StepRegression
{
    /// <summary>Fits.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="entries">Entries of the table.</param>
    public StepRegression(IEnumerable<TableStep> steps, int entries)
    {
        TableStep[] all = [.. steps];
        Matrix<double> square = Matrix<double>.Build.Dense(entries, entries);
        Vector<double> sum = Vector<double>.Build.Dense(entries);
        Count = new double[entries];
        foreach (TableStep step in all)
        {
            foreach ((int e, double part) in Parts(step))
            {
                Count[e] += part;
                sum[e] += part * step.Change;
                foreach ((int other, double otherPart) in Parts(step))
                {
                    square[e, other] += part * otherPart;
                }
            }
        }

        // An entry without a pulse has no equation.
        for (int e = 0; e < entries; e++)
        {
            square[e, e] += Count[e] > 0 ? 1e-9 : 1;
        }

        Inverse = square.Inverse();
        Mean = (Inverse * sum).ToArray();
        double[] squares = new double[entries];
        List<float>[] observed = [.. Enumerable.Range(0, entries).Select(_ => new List<float>())];
        foreach (TableStep step in all)
        {
            double miss = step.Change - At(step);
            DeviationOfAll += miss * miss / all.Length;
            foreach ((int e, double part) in Parts(step))
            {
                squares[e] += part * miss * miss;
            }

            observed[step.Right > 0.5 ? step.Left + 1 : step.Left].Add((float)step.Change);
        }

        DeviationOfAll = Math.Sqrt(DeviationOfAll);
        Deviation = [.. squares.Select((s, e) => Count[e] > 1 ? Math.Sqrt(s / Count[e]) : 0)];
        for (int e = 0; e < entries; e++)
        {
            int nearest = Enumerable.Range(0, entries).Where(other => Count[other] > 0).OrderBy(other => Math.Abs(other - e)).FirstOrDefault(e);
            (Mean[e], Deviation[e]) = (Mean[nearest], Deviation[nearest]);
        }

        Observed = [.. observed.Select((own, e) => own.Count > 0 ? own.Order().ToImmutableArray() : [(float)Mean[e]])];
    }

    /// <summary>The mean step; of an entry that no pulse tells of, that of the nearest other one.</summary>
    public double[] Mean { get; }

    /// <summary>Deviation of single steps, likewise.</summary>
    public double[] Deviation { get; }

    /// <summary>Pulses that tell of an entry.</summary>
    public double[] Count { get; }

    /// <summary>Deviation of all steps from their means.</summary>
    public double DeviationOfAll { get; }

    /// <summary>The inverse of the matrix of the normal equations.</summary>
    public Matrix<double> Inverse { get; }

    /// <summary>The steps of each entry in ascending order; its mean where there are none.</summary>
    public ImmutableArray<float>[] Observed { get; }

    /// <summary>The mean step where a pulse began.</summary>
    public double At(TableStep step) => ((1 - step.Right) * Mean[step.Left]) + (step.Right > 0 ? step.Right * Mean[step.Left + 1] : 0);

    private static (int Entry, double Part)[] Parts(TableStep step) =>
        step.Right > 0 ? [(step.Left, 1 - step.Right), (step.Left + 1, step.Right)] : [(step.Left, 1)];
}
