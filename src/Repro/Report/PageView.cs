namespace Crosspoint.Repro.Report;

/// <summary>What the template of the page fills in: words, ready but for their encoding.</summary>
internal static class PageView
{
    /// <summary>The whole page.</summary>
    public sealed record Page(
        string Title, string Policy, string Style, string Script, string Made, string Source, IReadOnlyList<Fact> Counts,
        IReadOnlyList<SummaryRow> Summary, IReadOnlyList<MissedClaim> Missed, IReadOnlyList<Figure> Figures, IReadOnlyList<Fact> Problems);

    /// <summary>A name with a value; the kind is a class of the style sheet.</summary>
    public sealed record Fact(string Name, string Value, string Kind = "");

    /// <summary>A line of the table of figures.</summary>
    public sealed record SummaryRow(string Anchor, string Name, string Title, string Met, string Missed, string Runs, string Seeds, string Verdict, string Kind, string Mark);

    /// <summary>A claim that the results miss.</summary>
    public sealed record MissedClaim(string Anchor, string Figure, string What, string Ours, string Paper, string Band, string Source);

    /// <summary>One figure.</summary>
    public sealed record Figure(
        string Anchor, string Name, string Title, string Verdict, string Kind, string Mark, IReadOnlyList<string> Notes, string Heading, IReadOnlyList<Chart> Charts,
        string Picture, string Caption, Table? Claims, Table? Rows, string CurvesCaption, IReadOnlyList<Chart> Curves, IReadOnlyList<ParameterRow> Parameters,
        string Command, IReadOnlyList<Fact> Provenance);

    /// <summary>A table of rows.</summary>
    public sealed record Table(string Caption, IReadOnlyList<string> Names, bool IsOfClaims, IReadOnlyList<TableRow> Rows);

    /// <summary>A row of a table.</summary>
    public sealed record TableRow(
        IReadOnlyList<string> Coordinates, string At, string Metric, string N, string Mean, string Range, string Paper, string Band, string Verdict, string Kind, string Mark, string Source);

    /// <summary>A parameter.</summary>
    public sealed record ParameterRow(string Name, string Value, string Unit, string Source, string Kind);
}
