using System.Collections.Immutable;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>Steps measured over the weight, as a law of the step in each bin; each cross-point is one of the measured devices.</summary>
/// <remarks>
/// A step is the quantile of a uniform number in the bin of the weight, with straight lines between the given quantiles; the weight stays in
/// [min, max]. <see cref="StepDistribution.Invert"/> makes quantiles of a cumulative distribution.
/// </remarks>
public sealed record MeasuredDistributionModel : DeviceModel, ITabulated
{
    /// <summary>The smallest weight.</summary>
    [Unit("weight")]
    public float Min { get; init; } = -1;

    /// <summary>The largest weight, above <see cref="Min"/>.</summary>
    [Unit("weight")]
    public float Max { get; init; } = 1;

    /// <summary>Measured devices in the tables, at least 1.</summary>
    [Unit("1", Minimum = 1)]
    public int Devices { get; init; } = 1;

    /// <summary>Equal bins of the weight, at least 2.</summary>
    [Unit("1", Minimum = 2, Maximum = StepDistribution.MaxEntries)]
    public int Bins { get; init; } = 2;

    /// <summary>Quantiles of an up step at equally spaced probabilities from 0 to 1, shape [devices, bins, quantiles].</summary>
    [Unit("weight")]
    public ImmutableArray<float> Up { get; init; } = [0.001f, 0.003f, 0, 0.002f];

    /// <summary>Quantiles of a down step with its sign, likewise.</summary>
    [Unit("weight")]
    public ImmutableArray<float> Down { get; init; } = [-0.002f, 0, -0.003f, -0.001f];

    /// <inheritdoc/>
    TableEntries ITabulated.Form => TableEntries.Bins;

    /// <inheritdoc/>
    int ITabulated.Entries => Bins;

    /// <inheritdoc/>
    /// <remarks>As many quantiles as before, with straight lines between the observed steps.</remarks>
    DeviceModel ITabulated.WithTable(StepTable table)
    {
        int quantiles = Up.Length / (Devices * Bins);
        return this with
        {
            Min = table.Min,
            Max = table.Max,
            Devices = table.Devices,
            Bins = table.Up.Mean.Length / table.Devices,
            Up = Quantiles(table.Up),
            Down = Quantiles(table.Down),
        };

        ImmutableArray<float> Quantiles(StepTable.Steps steps) =>
            [.. steps.Observed.SelectMany(law => Enumerable.Range(0, quantiles).Select(q => Quantile(law, q / (quantiles - 1.0))))];

        static float Quantile(ImmutableArray<float> law, double probability)
        {
            double place = probability * (law.Length - 1);
            int left = Math.Min((int)place, Math.Max(law.Length - 2, 0));
            return (float)(law[left] + ((place - left) * (law[Math.Min(left + 1, law.Length - 1)] - law[left])));
        }
    }

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        int quantiles = MeasuredTables.Entries(nameof(Bins), MeasuredTables.Entries(nameof(Up), Up.Length, Devices), Bins);
        StepDistribution distribution = new(Min, Max, Bins, quantiles, Up.AsSpan(), Down.AsSpan());
        return new StepTableArray(inputs, outputs, distribution, MeasuredTables.MinStep(this, Min, Max), at);
    }

    /// <inheritdoc/>
    /// <remarks>The mean of the law: the area under its quantiles.</remarks>
    public override double MeanStep(double weight, bool isUp)
    {
        ImmutableArray<float> steps = isUp ? Up : Down;
        int quantiles = steps.Length / (Devices * Bins);
        int bin = (int)Math.Clamp((weight - Min) / (Max - Min) * Bins, 0, Bins - 1);
        double sum = 0;
        for (int device = 0; device < Devices; device++)
        {
            ReadOnlySpan<float> law = steps.AsSpan().Slice(((device * Bins) + bin) * quantiles, quantiles);
            for (int q = 1; q < quantiles; q++)
            {
                sum += (Clipped(weight, law[q - 1]) + Clipped(weight, law[q])) / (2.0 * (quantiles - 1));
            }
        }

        return sum / Devices;
    }

    private double Clipped(double weight, double step) => Math.Clamp(weight + step, Min, Max) - weight;
}
