using System.CommandLine;
using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint list</c>: papers, figures, points, expected time on this machine, what is stored.</summary>
internal static class ListCommand
{
    private const int IdWidth = -26;

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Option<string> output = Options.Out();
        Option<bool> json = Options.Json();
        Command command = new("list", "Papers, figures, points, expected time on this machine, what is stored") { output, json };
        command.SetAction(parsed => Run(host, parsed.GetRequiredValue(output), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Host host, string root, bool asJson)
    {
        (IExperiment Experiment, RunPlan Quick, RunPlan Full)[] figures =
        [
            .. from experiment in host.Experiments
               select (experiment, Plan(host, experiment, Profile.Quick, root), Plan(host, experiment, Profile.Full, root)),
        ];
        if (asJson)
        {
            WriteJson(host.Output, figures);
        }
        else
        {
            WriteText(host.Output, figures);
        }

        return ExitCodes.Success;
    }

    private static RunPlan Plan(Host host, IExperiment experiment, Profile profile, string root)
    {
        DataIdentity data = experiment.NeedsMnist
            ? ExperimentData.Find(experiment, new DataLocator(null, host.Variable)).Identity
            : ExperimentData.Papers(experiment);
        return new RunPlan(experiment, new RunRequest { Profile = profile, Out = root }, data);
    }

    private static void WriteText(TextWriter output, (IExperiment Experiment, RunPlan Quick, RunPlan Full)[] figures)
    {
        foreach ((IExperiment experiment, RunPlan quick, RunPlan full) in figures)
        {
            output.WriteLine($"{experiment.Id(),IdWidth}{experiment.Title}");
            output.WriteLine($"{string.Empty,IdWidth}quick: {Describe(quick)}; full: {Describe(full)}");
            foreach (IGrouping<string, string> name in Coordinates(full))
            {
                output.WriteLine($"{string.Empty,IdWidth}{name.Key} = {string.Join(", ", name)}");
            }
        }

        output.WriteLine(figures.Length == 0 ? "No figures are known." : $"Times are for {Environment.ProcessorCount} cores.");
    }

    private static void WriteJson(TextWriter output, (IExperiment Experiment, RunPlan Quick, RunPlan Full)[] figures) =>
        JsonOutput.Write(output, json =>
        {
            json.WriteStartArray("papers");
            foreach (var paper in figures.GroupBy(figure => figure.Experiment.Paper))
            {
                json.WriteStartObject();
                json.WriteString("id", paper.Key);
                json.WriteStartArray("experiments");
                foreach ((IExperiment experiment, RunPlan quick, RunPlan full) in paper)
                {
                    json.WriteStartObject();
                    json.WriteString("id", experiment.Id());
                    json.WriteString("title", experiment.Title);
                    json.WriteNumber("points", full.AllPoints.Count);
                    json.WriteNumber("quickSeconds", Math.Round(Seconds(quick), 1));
                    json.WriteNumber("fullSeconds", Math.Round(Seconds(full), 1));
                    json.WriteNumber("runs", full.Runs.Count);
                    json.WriteNumber("stored", Stored(full));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private static string Describe(RunPlan plan) =>
        $"{plan.AllPoints.Count} points x {plan.Seeds} seeds, about {Duration.Text(Seconds(plan))}, {Stored(plan)} of {plan.Runs.Count} runs stored";

    private static double Seconds(RunPlan plan) =>
        plan.Runs.Sum(run => run.ExpectedSeconds) / Math.Min(Environment.ProcessorCount, Math.Max(plan.Runs.Count, 1));

    private static int Stored(RunPlan plan) => plan.Runs.Count(run => File.Exists(run.ResultPath));

    private static IEnumerable<IGrouping<string, string>> Coordinates(RunPlan plan) =>
        from point in plan.AllPoints
        from coordinate in point.Coordinates
        group Point.Format(coordinate.Value) by coordinate.Name into name
        from value in name.Distinct()
        group value by name.Key;
}
