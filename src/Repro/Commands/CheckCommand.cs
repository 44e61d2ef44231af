using System.CommandLine;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint check</c>: the stored full results against the papers' bands.</summary>
/// <remarks>
/// A figure with missing points or seeds is reported and not judged. A claim without a row counts as missed; and where no figure could be
/// judged, or none is stored, the check has not passed.
/// </remarks>
internal static class CheckCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Option<string> output = Options.Out();
        Option<bool> json = Options.Json();
        Command command = new("check", "Holds the stored full results against the papers' bands; exit code 1 if one is missed") { output, json };
        command.SetAction(parsed => Run(host, parsed.GetRequiredValue(output), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Host host, string root, bool asJson)
    {
        CheckedFigure[] figures =
        [
            .. from experiment in host.Experiments
               let figure = CheckedFigure.Read(experiment, root)
               where figure.Stored > 0
               select figure,
        ];
        if (figures.Length == 0)
        {
            throw CommandException.Failure(
                $"{root}: no full results are stored there; expected those of crosspoint run PAPER/FIGURE --profile full --out {root}");
        }

        if (asJson)
        {
            WriteJson(host.Output, figures);
        }
        else
        {
            WriteText(host.Output, figures);
        }

        return Passed(figures) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static bool Passed(CheckedFigure[] figures) => figures.All(figure => figure.Passed) && figures.Any(figure => figure.IsComplete);

    private static void WriteText(TextWriter output, CheckedFigure[] figures)
    {
        foreach (CheckedFigure figure in figures)
        {
            output.WriteLine($"{figure.Experiment.Id()}: {figure.Experiment.Title}");
            foreach (string line in SummaryTable.Lines([.. figure.Rows.Where(row => row.Claim is not null)]))
            {
                output.WriteLine(line);
            }

            foreach (Claim claim in figure.Unmet)
            {
                output.WriteLine($"no row for the paper's {claim.Metric} at {claim.At}");
            }

            output.WriteLine(figure.IsComplete
                ? SummaryTable.Verdict(figure.Rows)
                : $"not judged: {figure.Stored} of {figure.Expected} runs are stored");
            output.WriteLine();
        }

        int missed = figures.Count(figure => !figure.Passed);
        int incomplete = figures.Count(figure => !figure.IsComplete);
        output.WriteLine($"Figures checked: {figures.Length}; with a missed band: {missed}; incomplete: {incomplete}.");
    }

    private static void WriteJson(TextWriter output, CheckedFigure[] figures) => JsonOutput.Write(output, json =>
    {
        json.WriteBoolean("passed", Passed(figures));
        json.WriteStartArray("experiments");
        foreach (CheckedFigure figure in figures)
        {
            json.WriteStartObject();
            json.WriteString("experiment", figure.Experiment.Id());
            json.WriteNumber("stored", figure.Stored);
            json.WriteNumber("expected", figure.Expected);
            json.WriteBoolean("complete", figure.IsComplete);
            json.WriteBoolean("passed", figure.Passed);
            json.WriteStartArray("rows");
            foreach (Row row in figure.Rows)
            {
                RunReport.WriteRow(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
