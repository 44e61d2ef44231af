using Crosspoint.Devices.Models;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Crosspoint.Repro.Fit;

/// <summary>A model that is a table, made of measured steps: the mean step over the weight by least squares.</summary>
/// <remarks>
/// Pulses that begin so close to an end of the table that it may have cut their step are left out, but of tables of states, to which the cut
/// belongs. Intervals take devices as independent and nothing else. With enough pulses each device has tables of its own.
/// </remarks>
internal sealed class TableFit
{
    /// <summary>The most entries.</summary>
    public const int MaxEntries = 256;

    private const double Enough = 1.5; // pulses for an entry of a device
    private const double Margin = 4; // deviations of a step
    private const double Resolution = 1e-3; // of a typical step

    private readonly ITabulated form;
    private readonly int entries;
    private readonly double resolution;
    private readonly double confidence;

    /// <summary>Measures the table.</summary>
    /// <param name="name">Name of the model in reports.</param>
    /// <param name="form">What its entries stand for.</param>
    /// <param name="measured">The devices, at least one.</param>
    /// <param name="ends">The smallest and the largest weight of the table; those of the measurement where they are null.</param>
    /// <param name="entries">Entries, 2 to <see cref="MaxEntries"/>.</param>
    /// <param name="confidence">Of the intervals.</param>
    /// <exception cref="InvalidDataException">The weights never change, or no pulse tells of a direction.</exception>
    public TableFit(
        string name, ITabulated form, IReadOnlyList<PulseSeries> measured, (double? Min, double? Max) ends, int entries, double confidence = 0.95)
    {
        (Name, this.form, this.entries, this.confidence) = (name, form, entries, confidence);
        Measured = measured;
        Min = ends.Min ?? measured.Min(series => series.Weights.Min());
        Max = ends.Max ?? measured.Max(series => series.Weights.Max());
        if (!(Min < Max))
        {
            throw new InvalidDataException($"{name}: expected weights between {Min} and a larger number, got at most {Max}");
        }

        resolution = Resolution * Math.Sqrt(measured.SelectMany(series => series.Change).Average(step => step * step));
        (StepTable.Steps up, int upDevices, IReadOnlyList<TableEntry> ups) = Direction(true);
        (StepTable.Steps down, int downDevices, IReadOnlyList<TableEntry> downs) = Direction(false);
        Entries = [.. ups, .. downs];
        int devices = Math.Min(upDevices, downDevices);
        Model = form.WithTable(new StepTable((float)Min, (float)Max, devices, Rows(up, upDevices, devices), Rows(down, downDevices, devices)));
    }

    /// <summary>The name of the model.</summary>
    public string Name { get; }

    /// <summary>The measurement.</summary>
    public IReadOnlyList<PulseSeries> Measured { get; }

    /// <summary>The smallest weight of the table.</summary>
    public double Min { get; }

    /// <summary>The largest weight of the table.</summary>
    public double Max { get; }

    /// <summary>The entries of all devices together, those of up pulses first.</summary>
    public IReadOnlyList<TableEntry> Entries { get; }

    /// <summary>The model.</summary>
    public DeviceModel Model { get; }

    // The last row is that of all devices together: what a model gets whose other direction is not known for each device.
    private StepTable.Steps Rows(StepTable.Steps steps, int measuredDevices, int devices)
    {
        int from = measuredDevices == devices ? 0 : measuredDevices * entries;
        return new([.. steps.Mean.Skip(from).Take(devices * entries)], [.. steps.Deviation.Skip(from).Take(devices * entries)],
            [.. steps.Observed.Skip(from).Take(devices * entries)]);
    }

    private (StepTable.Steps Steps, int Devices, IReadOnlyList<TableEntry> Entries) Direction(bool isUp)
    {
        TableStep[][] all = [.. Measured.Select(series => Steps(series, isUp))];
        if (all.All(steps => steps.Length == 0))
        {
            throw new InvalidDataException($"{Name}: expected {(isUp ? "up" : "down")} pulses, got none");
        }

        StepRegression pooled = new(all.SelectMany(steps => steps), entries);
        if (form.Form != TableEntries.States)
        {
            all = [.. all.Select(steps => steps.Where(step => !MayBeCut(step, pooled)).ToArray())];
            pooled = new(all.SelectMany(steps => steps), entries);
        }

        StepRegression[] own = [.. all.Select(steps => new StepRegression(steps, entries))];
        bool isOwn = own.Length > 1 && own.All(device => device.Count.All(pulses => pulses >= Enough));
        StepRegression[] rows = isOwn ? [.. own, pooled] : [pooled];
        double[] half = Half(pooled, all);
        StepTable.Steps table = new(
            [.. rows.SelectMany(row => row.Mean).Select(mean => (float)mean)],
            [.. rows.SelectMany(row => row.Deviation).Select(deviation => (float)deviation)],
            [.. rows.SelectMany(row => row.Observed)]);
        return (table, isOwn ? own.Length : 1,
            [
                .. Enumerable.Range(0, entries).Select(e => new TableEntry(
                    Place(e), isUp, new(pooled.Mean[e], pooled.Mean[e] - half[e], pooled.Mean[e] + half[e]), pooled.Deviation[e], pooled.Count[e])),
            ]);
    }

    private double Place(int entry) => Min + ((Max - Min) * (form.Form == TableEntries.Bins ? (entry + 0.5) / entries : entry / (entries - 1.0)));

    private TableStep[] Steps(PulseSeries series, bool isUp) =>
    [
        .. Enumerable.Range(0, series.Change.Length).Where(n => series.IsUp[n] == isUp).Select(n =>
        {
            int cells = form.Form == TableEntries.Bins ? entries : entries - 1;
            double place = Math.Clamp((series.Before[n] - Min) / (Max - Min) * cells, 0, cells);
            int left = form.Form == TableEntries.States ? (int)Math.Round(place) : Math.Min((int)place, cells - 1);
            return new TableStep(left, form.Form == TableEntries.Knots ? place - left : 0, series.Before[n], isUp ? series.Change[n] : -series.Change[n]);
        }),
    ];

    private bool MayBeCut(TableStep step, StepRegression fit)
    {
        double mean = fit.At(step), reach = mean + (Margin * Math.Sign(mean) * fit.DeviationOfAll);
        return step.Before + reach > Max + resolution || step.Before + reach < Min - resolution;
    }

    // Devices are independent, the steps of one need not be: the sum of each device's pull on the estimates is one observation.
    private double[] Half(StepRegression pooled, TableStep[][] all)
    {
        bool isMany = all.Length > 1;
        IEnumerable<TableStep[]> groups = isMany ? all : all[0].Select(step => new[] { step });
        Matrix<double> scatter = Matrix<double>.Build.Dense(entries, entries);
        int count = 0;
        foreach (TableStep[] group in groups)
        {
            Vector<double> pull = Vector<double>.Build.Dense(entries);
            foreach (TableStep step in group)
            {
                double miss = step.Change - pooled.At(step);
                pull[step.Left] += (1 - step.Right) * miss;
                if (step.Right > 0)
                {
                    pull[step.Left + 1] += step.Right * miss;
                }
            }

            scatter += pull.OuterProduct(pull);
            count++;
        }

        Matrix<double> covariance = pooled.Inverse * scatter * pooled.Inverse * (count / Math.Max(count - 1.0, 1));
        double quantile = StudentT.InvCDF(0, 1, Math.Max(count - 1, 1), (1 + confidence) / 2);
        return [.. covariance.Diagonal().Select((variance, e) => pooled.Count[e] > 0
            ? quantile * Math.Sqrt(variance + (resolution * resolution))
            : double.PositiveInfinity)];
    }
}
