using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>A figure of the four systems against one imperfection of the devices.</summary>
/// <param name="figure">Name of the figure.</param>
/// <param name="title">What it shows.</param>
/// <param name="parameter">The parameter along its x axis.</param>
/// <param name="values">Its values; the first is the perfect device.</param>
/// <param name="quick">Those of the quick profile.</param>
/// <param name="axis">Name of the x axis.</param>
internal abstract class DispersionFigure(string figure, string title, string parameter, double[] values, double[] quick, string axis)
    : BennettExperiment
{
    /// <summary>Name of the metrics of differences.</summary>
    protected const string Loss = "loss_points";

    /// <inheritdoc/>
    public override string Figure => figure;

    /// <inheritdoc/>
    public override string Title => title;

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from value in profile == Profile.Full ? values : quick from point in FourSystems((parameter, value)) select point,
        .. Devices.Select(device => OneLayer(device)),
    ];

    /// <summary>Both kinds of devices.</summary>
    protected static IReadOnlyList<string> Devices { get; } = [BennettSystem.Linear, BennettSystem.Nonlinear];

    /// <summary>How much more an MLP loses at a value than NoProp on the same devices.</summary>
    protected static Point MoreThanNoProp(string device, double value) => new(("device", device), ("compare", "mlp-noprop"), ("at", value));

    /// <summary>How far a system lies above the single-layer network, which has perfect linear devices.</summary>
    protected static Point AboveOneLayer(string system, string device, double value) =>
        new(("system", system), ("device", device), ("compare", "system-oneLayer"), ("at", value));

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        foreach (double value in values.Skip(1))
        {
            foreach (string device in Devices)
            {
                double? perfect = Accuracy(seed, Tanh(device, (parameter, values[0]))), random = Accuracy(seed, NoProp(device, (parameter, values[0])));
                double? mlp = Accuracy(seed, Tanh(device, (parameter, value))), noprop = Accuracy(seed, NoProp(device, (parameter, value)));
                if (perfect - mlp - (random - noprop) is { } more)
                {
                    yield return new Metric(MoreThanNoProp(device, value), Loss, more);
                }

                if (Accuracy(seed, OneLayer(BennettSystem.Linear)) is { } oneLayer && mlp is not null && noprop is not null)
                {
                    yield return new Metric(AboveOneLayer(BennettSystem.Mlp, device, value), Loss, mlp.Value - oneLayer);
                    yield return new Metric(AboveOneLayer(BennettSystem.NoProp, device, value), Loss, noprop.Value - oneLayer);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = title;
        Panel panel = sheet.Add("Mean over seeds with 95 % interval").Axes(axis, "test accuracy (%)");
        DrawFour(panel, summary, parameter);
        DrawFurther(panel, summary);
        if (Rows(summary, OneLayer(BennettSystem.Linear)).FirstOrDefault() is { } oneLayer)
        {
            panel.HorizontalLine(oneLayer.Mean, "one layer, linear");
        }

        panel.YRange(Math.Max(0, Math.Min(80, Rows(summary, Point.Empty).Min(r => r.Mean) - 3)), 98);
    }

    /// <summary>Draws what a figure shows beside the four systems.</summary>
    protected virtual void DrawFurther(Panel panel, Summary summary)
    {
    }
}
