using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 5b: accuracy against the number of hidden units.</summary>
internal sealed class Fig5b : BennettExperiment
{
    private const string Best = "best_hidden_units";
    private const string Crossing = "hidden_units_to_beat_one_layer";
    private static readonly int[] Sizes = [50, 100, 200, 300, 500, 784, 1000, 1500, 1568, 2352, 3000, 3920];
    private static readonly string[] Devices = [BennettSystem.Linear, BennettSystem.Nonlinear];

    /// <inheritdoc/>
    public override string Figure => "fig5b";

    /// <inheritdoc/>
    public override string Title => "Accuracy against hidden units, every system, 8 bits";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        new(NoProp(BennettSystem.Linear, ("hidden", 3920)), BennettSystem.Accuracy, 95, 94, 96, "Sec. IV: from M = 3L on towards 95; 1.0"),
        new(NoProp(BennettSystem.Nonlinear, ("hidden", 3920)), BennettSystem.Accuracy, 93.5, 92.5, 94.5, "Sec. IV: from M = 3L on towards 93.5; 1.0"),
        new(At(BennettSystem.NoProp), Crossing, 1568, 784, 2352, "Sec. IV: better than one layer only from M = 2L on; half as much either way"),
        new(At("tanh"), Best, null, 100, 500, "Sec. IV: tanh is best for M from 100 to 500"),
        new(At("rectifier"), Best, null, 600, 1500, "Sec. IV: rectifiers are best for M from 600 to 1500"),
        new(At("relu"), Best, null, 600, 1500, "Sec. IV: rectifiers are best for M from 600 to 1500"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile)
    {
        int[] random = profile == Profile.Full ? Sizes : [300, 1568], trained = profile == Profile.Full ? [.. Sizes.Where(m => m is <= 1500 and not 1000)] : [100, 300];
        return
        [
            .. from device in Devices from hidden in random select NoProp(device, ("hidden", hidden)),
            .. from device in Devices from hidden in trained select Mlp(device, "tanh", hidden),
            .. from device in Devices from kind in Of("rectifier", "relu") from hidden in trained select Rectifier(device, kind, hidden),
            .. Devices.Select(device => OneLayer(device)),
        ];
    }

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        if (Accuracy(seed, OneLayer(BennettSystem.Linear)) is { } oneLayer
            && Sizes.FirstOrDefault(m => Accuracy(seed, NoProp(BennettSystem.Linear, ("hidden", m))) > oneLayer) is > 0 and int first)
        {
            yield return new Metric(At(BennettSystem.NoProp), Crossing, first);
        }

        foreach (string kind in Of("tanh", "rectifier", "relu"))
        {
            (int Hidden, double Accuracy)[] curve =
            [
                .. from hidden in Sizes
                   let accuracy = Accuracy(seed, kind == "tanh" ? Mlp(BennettSystem.Linear, kind, hidden) : Rectifier(BennettSystem.Linear, kind, hidden))
                   where accuracy is not null
                   select (hidden, accuracy.Value),
            ];
            if (curve.Length > 0)
            {
                yield return new Metric(At(kind), Best, curve.MaxBy(c => c.Accuracy).Hidden);
            }
        }
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Size of the hidden layer, g = 256";
        sheet.Width = 1000;
        foreach (string device in Devices)
        {
            Panel panel = sheet.Add(device == BennettSystem.Linear ? "Linear devices" : "Non-linear devices").LogX()
                .Axes("M, hidden units", "test accuracy (%)");
            panel.Means(Rows(summary, NoProp(device)), "hidden", "NoProp", SheetColors.Series(0));
            panel.Means(Rows(summary, new(("system", "mlp"), ("device", device), ("activation", "tanh"))), "hidden", "MLP tanh", SheetColors.Series(1), "");
            panel.Means(
                Rows(summary, new(("system", "mlp"), ("device", device), ("activation", "rectifier"))), "hidden", "MLP rectifier", SheetColors.Series(2), "");
            panel.Means(Rows(summary, new(("system", "mlp"), ("device", device), ("activation", "relu"))), "hidden", "MLP ReLU", SheetColors.Series(3), "");
            if (Rows(summary, OneLayer(device)).FirstOrDefault() is { } oneLayer)
            {
                panel.HorizontalLine(oneLayer.Mean, "one layer");
            }

            panel.YRange(70, 98);
        }
    }

    private static Point Mlp(string device, string activation, int hidden) =>
        new(("system", BennettSystem.Mlp), ("device", device), ("activation", activation), ("hidden", hidden));

    private static Point At(string kind) => new(("kind", kind), ("device", BennettSystem.Linear));
}
