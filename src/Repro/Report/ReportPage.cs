using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;
using HandlebarsDotNet;

namespace Crosspoint.Repro.Report;

/// <summary>One HTML page with everything in it: no part of it comes from a network, and its policy forbids it.</summary>
internal static class ReportPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="source">What is stored.</param>
    /// <param name="root">The folder of all results, as the user named it.</param>
    /// <param name="id">The paper or figure that was asked for; <see langword="null"/> for everything.</param>
    /// <param name="made">When the page is made.</param>
    public static string Make(ReportSource source, string root, string? id, DateTimeOffset made)
    {
        PageView.Figure[] figures = [.. source.Figures.Select((figure, place) => new FigureView(figure, Anchor(place)).Make(root))];
        string style = Resource("report.css"), script = Resource("report.js");
        string policy = $"default-src 'none'; img-src data:; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'";
        PageView.Page page = new(
            id is null ? "Crosspoint: what is stored" : $"Crosspoint: {id}",
            policy,
            style,
            script,
            $"Made by crosspoint {BuildInfo.Version} on {made.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC, {BuildInfo.ProcessorName()}",
            root,
            [.. Counts(source)],
            [.. source.Figures.Select((figure, place) => Summary(figure, Anchor(place)))],
            [.. source.Figures.SelectMany((figure, place) => Missed(figure, Anchor(place)))],
            figures,
            [.. source.Problems.Select(problem => new PageView.Fact(problem.Path, problem.Reason))]);
        IHandlebars handlebars = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new HtmlEncoder(), ThrowOnUnresolvedBindingExpression = true });
        foreach (string partial in new[] { "chart", "table", "figure" })
        {
            handlebars.RegisterTemplate(partial, Resource(partial + ".html"));
        }

        return handlebars.Compile(Resource("report.html"))(page);
    }

    private static string Anchor(int place) => $"figure-{place + 1}";

    private static IEnumerable<PageView.Fact> Counts(ReportSource source)
    {
        int met = source.Figures.Sum(figure => figure.Met), missed = source.Figures.Sum(figure => figure.Missed);
        yield return new PageView.Fact("claims inside their band", $"{met}", "inside");
        yield return new PageView.Fact("claims outside", $"{missed}", "outside");
        yield return new PageView.Fact("claims not judged", $"{source.Figures.Sum(figure => figure.Rows.Count(row => row.Verdict == Verdicts.NotJudged))}", "open");
        yield return new PageView.Fact("figures", $"{source.Figures.Select(figure => figure.Experiment.Id()).Distinct().Count()}");
        yield return new PageView.Fact("runs", $"{source.Figures.Sum(figure => figure.Files.Count)}");
        yield return new PageView.Fact("of compute", Duration.Text(source.Figures.Sum(figure => figure.Files.Sum(file => file.Seconds))));
    }

    private static PageView.SummaryRow Summary(FigureReport figure, string anchor)
    {
        (string words, string kind, string mark) = FigureView.Verdict(figure);
        return new PageView.SummaryRow(
            anchor, figure.Name, figure.Experiment.Title, Count(figure.Met), Count(figure.Missed),
            figure.Expected is { } expected ? $"{figure.Files.Count} of {expected}" : $"{figure.Files.Count}", $"{Provenance.Seeds(figure).Length}", words, kind, mark);

        string Count(int claims) => figure.IsJudged || claims > 0 ? $"{claims}" : "–";
    }

    private static IEnumerable<PageView.MissedClaim> Missed(FigureReport figure, string anchor) =>
    [
        .. from row in figure.Rows
           where row.Verdict == Verdicts.Outside
           let cells = SummaryTable.Cells([], row)
           select new PageView.MissedClaim(anchor, figure.Name, $"{SweepDrawing.Plain(row.Metric)}{At(row.Point)}", cells[^5], cells[^3], cells[^2], row.Claim!.Source),
        .. from claim in figure.Unmet
           select new PageView.MissedClaim(
               anchor, figure.Name, $"{SweepDrawing.Plain(claim.Metric)}{At(claim.At)}", "no row", claim.Paper is { } paper ? Point.Format(paper) : "-", SummaryTable.Band(claim), claim.Source),
    ];

    private static string At(Point point) => point.Coordinates.Count == 0 ? string.Empty : " at " + FigureView.At(point);

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using StreamReader reader = new(typeof(ReportPage).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException(name), Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
