using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>The fully connected and the convolutional network for digits, which the paper names beside the LSTM, under every algorithm on three kinds of devices.</summary>
internal sealed class Mnist : IExperiment
{
    private const string Excess = "sgd_error_over_ttv2";
    private const string Symmetric = "symmetric1200", NonSymmetric = "nonSymmetric1200", FifteenStates = "nonSymmetric15";
    private static readonly string[] Devices = [Symmetric, NonSymmetric, FifteenStates];
    private static readonly string[] Networks = [MnistRun.Dense, MnistRun.Convolutional];

    /// <inheritdoc/>
    public string Paper => "gokmen2021";

    /// <inheritdoc/>
    public string Figure => "mnist";

    /// <inheritdoc/>
    public string Title => "Fully connected and convolutional networks for digits under every algorithm on three kinds of devices";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => MnistRun.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } =
    [
        .. from network in Networks
           from devices in Devices.Skip(1)
           select new Claim(new(("network", network), ("devices", devices)), Excess, null, 2, double.PositiveInfinity,
               "The paper gives no numbers here: TTv2 trains both networks on devices on which SGD fails, taken as half of its error at most"),
    ];

    /// <inheritdoc/>
    public bool NeedsMnist => true;

    /// <inheritdoc/>
    public string? ContinuesAlong => "epochs";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> ProfileValues(Profile profile) => profile == Profile.Full
        ? new Dictionary<string, object>()
        : new Dictionary<string, object> { ["epochs"] = 3, ["testImages"] = 2_000 };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object> PointValues(Point point, Profile profile)
    {
        Dictionary<string, object> values = new(MnistRates.Of(point, profile));
        if (point["devices"] is string devices)
        {
            values["symmetric"] = devices == Symmetric;
            values["muDw"] = devices == FifteenStates ? 0.08 : 0.001;
            values["sigmaCycle"] = devices == FifteenStates ? 1 : 0.3;
            values["additiveNoise"] = devices == FifteenStates;
        }

        if (profile == Profile.Quick)
        {
            values["trainImages"] = point.Word("network") == MnistRun.Dense ? 20_000 : 3_000;
        }

        return values;
    }

    /// <inheritdoc/>
    /// <remarks>The quick profile leaves out what its few images cannot tell: algorithms beside SGD on symmetric devices, and steps too small to go far.</remarks>
    public IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from network in Networks
           from point in (IEnumerable<Point>)
           [
               new(("network", network), ("algorithm", GokmenArrays.FloatingPoint)),
               .. from devices in Devices
                  from algorithm in GokmenArrays.Algorithms.Skip(1)
                  where profile == Profile.Full || algorithm == GokmenArrays.Sgd || devices == FifteenStates
                      || (network == MnistRun.Dense && devices == NonSymmetric && algorithm is GokmenArrays.TikiTaka or GokmenArrays.MixedPrecision)
                  select new Point(("network", network), ("devices", devices), ("algorithm", algorithm)),
           ]
           select point,
    ];

    /// <inheritdoc/>
    public int Seeds(Profile profile) => 1;

    /// <inheritdoc/>
    public double ExpectedSeconds(Point point, ParameterValues parameters)
    {
        int images = parameters.Whole("trainImages") is > 0 and int some ? some : 60_000;
        bool dense = parameters.Text("network") == MnistRun.Dense;
        double microseconds = parameters.Text("algorithm") switch
        {
            GokmenArrays.FloatingPoint => dense ? 25 : 250,
            GokmenArrays.Sgd => dense ? 60 : 900,
            _ => dense ? 150 : 1_500,
        };
        return parameters.Whole("epochs") * images * microseconds * 1e-6;
    }

    /// <inheritdoc/>
    public RunResult Run(RunContext context) => new MnistRun(context).Train();

    /// <inheritdoc/>
    public IEnumerable<Metric> Derive(IReadOnlyList<Metric> seed) =>
        from network in Networks
        from devices in Devices.Skip(1)
        let sgd = Error(seed, network, devices, GokmenArrays.Sgd)
        let ttv2 = Error(seed, network, devices, GokmenArrays.Ttv2)
        where sgd is not null && ttv2 > 0
        select new Metric(new(("network", network), ("devices", devices)), Excess, sgd.Value / ttv2.Value);

    /// <inheritdoc/>
    public void Draw(Sheet sheet, Summary summary)
    {
        sheet.Title = "MNIST with every weight a noisy device";
        sheet.Note = "Error on the test images after the last epoch, as the arrays are read; dashed: floating point.";
        (sheet.Width, sheet.Height) = (1150, 480);
        string[] names = ["SGD", "Tiki-Taka", "TTv2", "c-TTv2", "AGAD", "mixed pr."];
        string[] labels = ["symmetric, 1,200 states", "non-symmetric, 1,200 states", "non-symmetric, 15 states"];
        foreach (string network in Networks)
        {
            Row[] rows = [.. summary.Rows.Where(row => row.Metric is MnistRun.TestError or MnistRun.ValidationError && row.Point.Word("network") == network)];
            if (rows.Length == 0)
            {
                continue;
            }

            double low = rows.Min(row => row.Mean) * 0.55;
            Panel panel = sheet.Add(network == MnistRun.Dense ? "784-256-128-10" : "two convolutions and two dense layers")
                .LogY().NamedX().Axes("", "error (%)").XRange(-0.6, names.Length - 0.4).YRange(low, 120).Legend(ScottPlot.Alignment.UpperRight);
            foreach (Row exact in rows.Where(row => row.Point.Word("algorithm") == GokmenArrays.FloatingPoint))
            {
                panel.HorizontalLine(exact.Mean);
            }

            for (int d = 0; d < Devices.Length; d++)
            {
                (double X, double Y)[] places =
                [
                    .. from row in rows
                       where row.Point["devices"] is string devices && devices == Devices[d]
                       select (GokmenArrays.Algorithms.ToList().IndexOf(row.Point.Word("algorithm")) - 1 + (0.2 * (d - 1)), row.Mean),
                ];
                panel.Points([.. places.Select(p => p.X)], [.. places.Select(p => p.Y)], labels[d], SheetColors.Series(d));
            }

            for (int k = 0; k < names.Length; k++)
            {
                panel.Text(names[k], k, low * 1.15);
            }
        }
    }

    private static double? Error(IReadOnlyList<Metric> seed, string network, string devices, string algorithm)
    {
        Point at = new(("network", network), ("devices", devices), ("algorithm", algorithm));
        return seed.FirstOrDefault(m => m.Name == MnistRun.TestError && m.At.Equals(at))?.Value;
    }
}
