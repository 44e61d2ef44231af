using System.Text;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Plots;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Report;

/// <summary>Turns one figure into the words and pictures of the page.</summary>
/// <param name="figure">The figure.</param>
/// <param name="anchor">The name of its part of the page.</param>
internal sealed class FigureView(FigureReport figure, string anchor)
{
    private const int MostValues = 8;
    private const int MostLetters = 160;
    private const int SmallHeight = 300;

    private bool thinned;

    /// <summary>Makes it.</summary>
    /// <param name="root">The folder of all results, for the command.</param>
    public PageView.Figure Make(string root)
    {
        (string verdict, string kind, string mark) = Verdict(figure);
        (string heading, IReadOnlyList<Chart> charts, string picture, string note) = Pictures();
        Sheet curves = new();
        using (curves)
        {
            (int drawn, int all) = SweepDrawing.Curves(curves, figure.Summary);
            Chart[] curveCharts = [.. Charts(curves, "curve", curves.Panels.Count > 1 ? 480 : 760, SmallHeight)];
            string curvesCaption = "Mean over seeds, and the range of the seeds as a band." + (drawn < all ? $" {drawn} of {all} points are drawn." : string.Empty) + Thinned();
            PageView.Table rows = Table("All rows: mean over seeds, half width of its 95 % interval (Student), smallest and largest seed", figure.Rows, false);
            Row[] claimed = [.. figure.Rows.Where(row => row.Claim is not null)];
            PageView.Table? claims = claimed.Length + figure.Unmet.Count == 0 ? null : WithUnmet(Table("Against the paper: mean over seeds with its 95 % interval, and the band that the claim allows", claimed, true));
            return new PageView.Figure(
                anchor, figure.Name, figure.Experiment.Title, verdict, kind, mark, [.. Notes()], heading, charts, picture, note, claims,
                claimed.Length == figure.Rows.Count ? null : rows, curvesCaption, curveCharts, [.. Parameters()], Provenance.Command(figure, root) ?? string.Empty,
                [.. Provenance.Of(figure).Select(fact => new PageView.Fact(fact.Name, fact.Value))]);
        }
    }

    /// <summary>What came of a figure, in words, as a class of the style sheet, and as a sign.</summary>
    public static (string Words, string Kind, string Mark) Verdict(FigureReport figure) =>
        figure.Missed > 0 ? ($"{figure.Missed} of {figure.Met + figure.Missed} claims missed", "outside", "✗")
        : figure.Met > 0 ? (figure.Met == 1 ? "the claim is met" : $"all {figure.Met} claims met", "inside", "✓")
        : figure.Experiment.Claims.Count == 0 ? ("no claim to hold it against", "none", "–")
        : ("not judged", "open", "○");

    /// <summary>A verdict of one row.</summary>
    public static (string Kind, string Mark) Sign(string verdict) => verdict switch
    {
        Verdicts.Inside => ("inside", "✓"),
        Verdicts.Outside => ("outside", "✗"),
        Verdicts.NotJudged => ("open", "○"),
        _ => ("none", "–"),
    };

    private IEnumerable<string> Notes()
    {
        if (figure.Summary.Profile == Profile.Quick && figure.IsKnown)
        {
            yield return "Quick profile: fewer points, seeds or epochs than in the paper, and never judged.";
        }

        if (figure.Files[0].Data.StartsWith("mnist-sample", StringComparison.Ordinal))
        {
            yield return "Computed on the embedded sample of MNIST, 5,000 digits, and never judged.";
        }
        else if (figure.Files[0].Data.StartsWith("text ", StringComparison.Ordinal))
        {
            yield return "Computed on a text of the user's, and never judged.";
        }

        if (figure.Changed.Count > 0)
        {
            yield return $"Changed: {string.Join(", ", figure.Changed.Select(parameter => $"{parameter.Key} = {Short(parameter.Key, parameter.Value)}"))}.";
        }

        if (figure.IsOlder)
        {
            yield return "These results were computed with other parameters or data than this version of the figure has; they are shown as they are and not judged.";
        }

        if (figure.LeftOut > 0)
        {
            yield return $"{figure.LeftOut} stored results of another version of the figure are left out.";
        }

        if (figure.Expected is { } expected && figure.Files.Count < expected && !figure.IsOlder)
        {
            yield return $"Incomplete: {figure.Files.Count} of {expected} runs are stored.";
        }
    }

    // The figure's own drawing, or a plain one where it needs points that are not stored.
    private (string Heading, IReadOnlyList<Chart> Charts, string Picture, string Caption) Pictures()
    {
        using Sheet own = new();
        string caption = string.Empty;
        try
        {
            figure.Experiment.Draw(own, figure.Summary);
        }
#pragma warning disable CA1031 // Whatever a figure's drawing needs and does not find, the table and the plain drawing remain.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            using Sheet plain = new();
            SweepDrawing.Metrics(plain, figure.Rows);
            return (string.Empty, [.. Charts(plain, "chart", 760, 400)], string.Empty, $"Drawn plainly: the figure's own drawing needs more than is stored ({failure.Message}).");
        }

        if (own.Panels.Any(panel => !panel.Panel.IsRecorded))
        {
            return (own.Title, [], "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(own.ToSvg())), string.Empty);
        }

        int height = Math.Clamp(own.Height - 60, SmallHeight, 480);
        Chart[] charts = [.. Charts(own, "chart", own.Width, height)];
        return (own.Title, charts, string.Empty, caption + Thinned());
    }

    private IEnumerable<Chart> Charts(Sheet sheet, string kind, int width, int height)
    {
        double all = sheet.Panels.Sum(panel => panel.Width);
        int place = 0;
        foreach ((Panel panel, double share) in sheet.Panels)
        {
            int columns = kind == "curve" || !figure.IsKnown ? width : (int)Math.Clamp(width * 1.15 * share / all, 380, 820);
            (Chart chart, bool cut) = ChartSvg.Draw(panel, columns, height, $"{anchor}-{kind}-{place++}");
            thinned |= cut;
            yield return chart;
        }
    }

    private string Thinned() => thinned
        ? $" Curves of more than {ChartThinning.MostPoints} points are thinned for drawing to the smallest and largest of each stretch; the result files hold every point."
        : string.Empty;

    // Claims stand at all kinds of places, so that their coordinates are words; the other rows have a column for each coordinate.
    private static PageView.Table Table(string caption, IReadOnlyList<Row> rows, bool isOfClaims)
    {
        string[] names = isOfClaims ? [] : [.. rows.SelectMany(row => row.Point.Coordinates).Select(coordinate => coordinate.Name).Distinct()];
        return new PageView.Table(caption, names, isOfClaims, [.. rows.Select(row => TableRow(names, row))]);
    }

    /// <summary>A point as words.</summary>
    public static string At(Point point) =>
        string.Join(", ", point.Coordinates.Select(coordinate => $"{coordinate.Name}\u00a0=\u00a0{Point.Format(coordinate.Value)}"));

    private static PageView.TableRow TableRow(string[] names, Row row)
    {
        string[] cells = SummaryTable.Cells(names, row);
        (string kind, string mark) = Sign(row.Verdict);
        return new PageView.TableRow(
            cells[..names.Length], At(row.Point), cells[^7], cells[^6], cells[^5], cells[^4], cells[^3], cells[^2], cells[^1], kind, mark, row.Claim?.Source ?? string.Empty);
    }

    private PageView.Table WithUnmet(PageView.Table table) => table with
    {
        Rows =
        [
            .. table.Rows,
            .. from claim in figure.Unmet
               select new PageView.TableRow(
                   [], At(claim.At), claim.Metric, "0", "no row", "-",
                   claim.Paper is { } paper ? Point.Format(paper) : "-", SummaryTable.Band(claim), Verdicts.Outside, "outside", "✗", claim.Source),
        ],
    };

    private IEnumerable<PageView.ParameterRow> Parameters()
    {
        string[] names = [.. figure.Experiment.Parameters.Select(parameter => parameter.Name).Concat(figure.Files.SelectMany(file => file.Parameters.Select(pair => pair.Key))).Distinct()];
        foreach (string name in names)
        {
            string[] values =
            [
                .. from file in figure.Files
                   from pair in file.Parameters
                   where pair.Key == name
                   select Short(name, pair.Value) into text
                   group text by text into same
                   select same.Key,
            ];
            Parameter? declared = figure.Experiment.Parameters.FirstOrDefault(parameter => parameter.Name == name);
            bool changed = figure.Changed.Any(parameter => parameter.Key == name);
            string value = values.Length == 0 ? "not stored" : string.Join(", ", values.Take(MostValues)) + (values.Length > MostValues ? $", … ({values.Length} values)" : string.Empty);
            string source = changed ? $"changed by the user; the figure has {Own(declared)}" : declared?.Source ?? string.Empty;
            yield return new PageView.ParameterRow(name, value, declared?.Unit is { } unit and not "1" ? unit : string.Empty, source, changed ? "changed" : string.Empty);
        }
    }

    private string Own(Parameter? declared) =>
        declared is null ? "no such parameter"
        : figure.Experiment.ProfileValues(figure.Summary.Profile).TryGetValue(declared.Name, out object? value) ? Point.Format(value)
        : Point.Format(declared.Default);

    private static string Short(string name, object value)
    {
        string text;
        try
        {
            text = DeviceParameter.Short(name, value);
        }
        catch (CommandException)
        {
            text = Point.Format(value);
        }

        return text.Length > MostLetters ? text[..MostLetters] + "…" : text;
    }
}
