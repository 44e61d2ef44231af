using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Table 2: energy of learning with NoProp and with MLPs on several devices, written sample by sample or in batches.</summary>
internal sealed class Table2 : EnergyFigure
{
    private const string Ratio = "energy_ratio_mlp_to_noprop";
    private const string RatioWithoutReads = "energy_ratio_without_reads";
    private static readonly string[] Columns = ["FTJ", "TaOx", "LISTA"];
    private static readonly string[] Policies = ["single", "batch"];

    /// <inheritdoc/>
    public override string Figure => "table2";

    /// <inheritdoc/>
    public override string Title => "Energy of learning: NoProp (M = 3L) and MLPs on FTJ, TaOx and LISTA";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        .. from column in Columns
           from policy in Policies
           select new Claim(At(column, policy, "tanh"), Ratio, null, 70, 120, "Sec. V: NoProp saves a factor of 70 to 120, depending on the device"),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed)
    {
        foreach (DeviceEnergy device in EnergyData.Devices)
        {
            foreach (string policy in Policies)
            {
                Point at = new(("technology", device.Name), ("policy", policy));
                Point random = (policy == "single" ? Single(device.Model) : Batch(device.Model)).With(at);
                foreach ((string kind, Point mlp) in new[] { ("tanh", Tanh(device.Model)), ("relu", Relu(device.Model)) })
                {
                    foreach ((string name, string energy) in new[] { (Ratio, Energy), (RatioWithoutReads, WithoutReads) })
                    {
                        if (Find(seed, mlp.With(at), energy) / Find(seed, random, energy) is { } ratio)
                        {
                            yield return new Metric(At(device.Name, policy, kind), name, ratio);
                        }
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "Energy of learning MNIST (J): devices, neurons, reads and soft-max";
        sheet.Width = 900;
        sheet.Height = 420;
        Panel panel = sheet.Add().Schematic(9, 7);
        string[] rows = ["NoProp, single", "NoProp, batch", "tanh, single", "tanh, batch", "ReLU, single", "ReLU, batch"];
        string[] names = [.. EnergyData.Devices.Select(d => d.Name)];
        for (int c = 0; c < names.Length; c++)
        {
            panel.Text(names[c], 3.5 + (1.5 * c), 6.5, bold: true);
            for (int r = 0; r < rows.Length; r++)
            {
                string device = EnergyData.Devices[c].Model, policy = Policies[r % 2];
                Point point = (r / 2) switch { 0 => r == 0 ? Single(device) : Batch(device), 1 => Tanh(device), _ => Relu(device) };
                Row? row = summary.Rows.FirstOrDefault(
                    x => x.Metric == Energy && x.Point.Equals(point.With(new Point(("technology", names[c]), ("policy", policy)))));
                panel.Text(row is null ? "-" : $"{row.Mean:0.##e+0}", 3.5 + (1.5 * c), 5.7 - (0.9 * r));
            }
        }

        for (int r = 0; r < rows.Length; r++)
        {
            panel.Text(rows[r], 0.3, 5.7 - (0.9 * r), alignment: ScottPlot.Alignment.MiddleLeft).Segment(0.2, 6.1 - (0.9 * r), 8.8, 6.1 - (0.9 * r), SheetColors.Mist);
        }
    }

    private static double? Find(IReadOnlyList<Metric> seed, Point at, string energy) =>
        seed.FirstOrDefault(m => m.Name == energy && m.At.Equals(at))?.Value;

    private static Point At(string device, string policy, string kind) => new(("technology", device), ("policy", policy), ("mlp", kind));
}
