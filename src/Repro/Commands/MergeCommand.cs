using System.CommandLine;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint merge</c>: joins folders of results, of shares computed on several machines or at several times.</summary>
internal static class MergeCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Argument<string[]> sources = new("DIR") { Description = "folders of results, as --out named them", Arity = ArgumentArity.OneOrMore };
        Option<string> output = Options.Out();
        Option<bool> json = Options.Json();
        Command command = new("merge", "Joins folders of results into one, and refuses those that contradict each other")
        {
            sources, output, json,
        };
        command.SetAction(parsed => Run(host, parsed.GetRequiredValue(sources), parsed.GetRequiredValue(output), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Host host, string[] sources, string target, bool asJson)
    {
        ResultMerge merge = new(sources, target);
        IReadOnlyList<string> copied = merge.Write();
        List<string> files = [];
        List<string> unknown = [];
        foreach (IGrouping<string?, string> figure in copied.GroupBy(path => Path.GetDirectoryName(Path.GetDirectoryName(path))))
        {
            if (StoredPlan.Find(Path.Combine(target, figure.First()), target, host.Experiments) is { } plan)
            {
                files.AddRange(FigureFiles.Write(plan));
            }
            else
            {
                unknown.Add(Path.Combine(target, figure.Key!));
            }
        }

        if (asJson)
        {
            WriteJson(host.Output, copied.Count, merge.Known, files, unknown);
        }
        else
        {
            host.Output.WriteLine($"{copied.Count} results copied into {target}, {merge.Known} were there already.");
            foreach (string folder in unknown)
            {
                host.Output.WriteLine($"{folder}: table and picture are not made anew, as this version does not know how it was run; the same command with --out {target} makes them");
            }

            host.Output.WriteLine(files.Count == 0 ? "Nothing else to write." : "Written: " + string.Join(", ", files));
        }

        return ExitCodes.Success;
    }

    private static void WriteJson(TextWriter output, int copied, int known, List<string> files, List<string> unknown) => JsonOutput.Write(output, json =>
    {
        json.WriteNumber("copied", copied);
        json.WriteNumber("known", known);
        foreach ((string name, List<string> list) in new[] { ("files", files), ("withoutTable", unknown) })
        {
            json.WriteStartArray(name);
            list.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }
    });
}
