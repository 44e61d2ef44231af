using System.CommandLine;
using System.Text;
using Crosspoint.Repro.Report;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint report</c>: what is stored, as one HTML page.</summary>
internal static class ReportCommand
{
    private const string PageName = "report.html";

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Argument<string?> figure = new("PAPER[/FIGURE]")
        {
            Description = "a paper or a figure; everything that is stored without it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> output = Options.Out();
        Option<string?> html = Options.Text("--html", "FILE", $"Where the page goes (default: {PageName} in the folder of the results)");
        Command command = new("report", "One self-contained HTML page: every stored figure with the paper's values, seeds, spread and verdicts")
        {
            figure, output, html,
        };
        command.SetAction(parsed => Run(host, parsed.GetValue(figure), parsed.GetRequiredValue(output), parsed.GetValue(html)));
        return command;
    }

    private static int Run(Host host, string? id, string root, string? path)
    {
        string? asked = id?.TrimEnd('/');
        ReportSource source = ReportSource.Read(host.Experiments, root, asked);
        foreach ((string file, string reason) in source.Problems)
        {
            host.Error.WriteLine($"crosspoint: {Path.Combine(root, file)}: left out: {reason}");
        }

        byte[] page = Encoding.UTF8.GetBytes(ReportPage.Make(source, root, asked, TimeProvider.System.GetUtcNow()));
        string target = path ?? Path.Combine(root, PageName);
        AtomicFile.Write(target, stream => stream.Write(page));
        host.Output.WriteLine(
            $"{source.Figures.Count} figures, {source.Figures.Sum(figure => figure.Met)} claims inside, {source.Figures.Sum(figure => figure.Missed)} outside, {page.Length / 1024.0:0} KiB.");
        host.Output.WriteLine("Written: " + target);
        return ExitCodes.Success;
    }
}
