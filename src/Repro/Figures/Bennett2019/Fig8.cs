using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Figure 8: accuracy against energy of learning in batches, and how the energy of one batch divides.</summary>
internal sealed class Fig8 : EnergyFigure
{
    private const string Part = "energy_part";
    private const double BatchReads = 99;
    private static readonly string[] Split = ["FTJ", "ENODe"];

    /// <inheritdoc/>
    public override string Figure => "fig8";

    /// <inheritdoc/>
    public override string Title => "Accuracy against energy of learning, and the parts of the energy of one batch";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        .. Split.Select(device => new Claim(At(device, "noprop", "neurons"), Part, null, 0, 0.1, "Fig. 8b, d: negligible for NoProp; 0.1")),
        .. Split.Select(device => new Claim(At(device, "tanh", "neurons"), Part, null, 0.4, 1, "Fig. 8c, e: large for the MLP; 0.1 below one half")),
        .. Split.Select(device => new Claim(At(device, "tanh", "softmax"), Part, null, 0, 0.1, "Fig. 8c, e: negligible; 0.1")),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from device in new List<string> { BennettSystem.Linear, BennettSystem.Nonlinear }
           from point in new List<Point> { Batch(device), Tanh(device), Relu(device) }
           select point,
    ];

    /// <inheritdoc/>
    /// <remarks>The parts do not depend on a run: 99 samples are read and all trained devices written once.</remarks>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        foreach (string name in Split)
        {
            foreach ((string kind, EnergyAccount account) in Accounts(name))
            {
                foreach ((string part, double value) in Parts(account))
                {
                    yield return new Metric(At(name, kind, part), Part, value / account.Total);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Energy of learning in batches of 100";
        sheet.Width = 1100;
        Panel total = sheet.Add("Accuracy against energy", 1.4).LogX().Axes("energy of learning (J)", "test accuracy (%)").Legend(ScottPlot.Alignment.MiddleLeft);
        int series = 0;
        foreach (DeviceEnergy device in EnergyData.Devices)
        {
            (double Energy, double Accuracy)[] points =
            [
                .. from system in new List<Point> { Batch(device.Model), Tanh(device.Model), Relu(device.Model) }
                   let energy = summary.Rows.FirstOrDefault(
                       r => r.Metric == Energy && r.Point.Equals(system.With(new Point(("technology", device.Name), ("policy", "batch")))))
                   let accuracy = summary.Rows.FirstOrDefault(r => r.Metric == BennettSystem.Accuracy && r.Point.Equals(system))
                   where energy is not null && accuracy is not null
                   select (energy.Mean, accuracy.Mean),
            ];
            total.Points([.. points.Select(p => p.Energy)], [.. points.Select(p => p.Accuracy)], device.Name, SheetColors.Series(series++), 9);
            foreach ((int n, string word) in new[] { (0, "NoProp"), (1, "tanh"), (2, "ReLU") }.Where(w => w.Item1 < points.Length))
            {
                total.Text("  " + word, points[n].Energy, points[n].Accuracy, SheetColors.Grey, 11, alignment: ScottPlot.Alignment.MiddleLeft);
            }
        }

        if (summary.Rows.Any(r => r.Metric == Energy))
        {
            total.XRange(high: 4 * summary.Rows.Where(r => r.Metric == Energy && r.Point.Word("policy") == "batch").Max(r => r.Mean));
        }

        Panel split = sheet.Add("One batch: 99 reads, 1 write").Schematic(0, 0);
        int column = 0;
        foreach (string name in Split)
        {
            foreach ((string kind, EnergyAccount account) in Accounts(name))
            {
                double below = 0;
                int part = 0;
                foreach ((string _, double value) in Parts(account))
                {
                    double height = value / account.Total;
                    split.Box(column - 0.35, below, column + 0.35, below + height, ScottPlot.Colors.White, SheetColors.Series(part++));
                    below += height;
                }

                split.Text($"{name}\n{kind}", column++, -0.08, size: 11);
            }
        }

        int entry = 0;
        foreach ((string part, double _) in Parts(Accounts("FTJ").First().Account))
        {
            double y = 0.9 - (0.12 * entry);
            split.Box(3.7, y - 0.03, 3.95, y + 0.03, ScottPlot.Colors.White, SheetColors.Series(entry++))
                .Text(part, 4.1, y, alignment: ScottPlot.Alignment.MiddleLeft);
        }

        foreach (double tick in new List<double> { 0, 0.5, 1 })
        {
            split.Text($"{100 * tick:0} %", -0.55, tick, SheetColors.Grey, 11);
        }

        split.XRange(-0.8, 5.4).YRange(-0.15, 1.05);
    }

    private static IEnumerable<(string Kind, EnergyAccount Account)> Accounts(string name)
    {
        DeviceEnergy device = EnergyData.Devices.Single(d => d.Name == name);
        yield return ("noprop", EnergyAccount.NoProp(device, Random, BatchReads, 2 * BennettSystem.Classes * Random));
        yield return ("tanh", EnergyAccount.Mlp(device, "tanh", 300, BatchReads, 2 * ((785 * 300) + (BennettSystem.Classes * 301))));
    }

    private static IEnumerable<(string Part, double Joules)> Parts(EnergyAccount account) =>
        [("writes", account.Writes), ("reads", account.Reads), ("neurons", account.Neurons), ("softmax", account.Softmax)];

    private static Point At(string device, string kind, string part) => new(("technology", device), ("network", kind), ("part", part));
}
