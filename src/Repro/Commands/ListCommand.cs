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
        MachineSpeed speed = MachineSpeed.OfThisMachine(host);
        if (asJson)
        {
            WriteJson(host.Output, figures, speed);
        }
        else
        {
            WriteText(host.Output, figures, speed);
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

    private static void WriteText(TextWriter output, (IExperiment Experiment, RunPlan Quick, RunPlan Full)[] figures, MachineSpeed speed)
    {
        foreach ((IExperiment experiment, RunPlan quick, RunPlan full) in figures)
        {
            output.WriteLine($"{experiment.Id(),IdWidth}{experiment.Title}");
            output.WriteLine($"{string.Empty,IdWidth}quick: {Describe(quick, speed)}; full: {Describe(full, speed)}");
            foreach (IGrouping<string, string> name in Coordinates(full))
            {
                output.WriteLine($"{string.Empty,IdWidth}{name.Key} = {string.Join(", ", name)}");
            }
        }

        output.WriteLine(figures.Length == 0 ? "No figures are known." : FormattableString.Invariant(
            $"Times are for {Environment.ProcessorCount} cores at the measured speed of this machine, {speed.Relative:0.00} of the reference machine."));
    }

    private static void WriteJson(TextWriter output, (IExperiment Experiment, RunPlan Quick, RunPlan Full)[] figures, MachineSpeed speed) =>
        JsonOutput.Write(output, json =>
        {
            json.WriteNumber("speed", Math.Round(speed.Relative, 3));
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
                    json.WriteNumber("quickSeconds", Math.Round(Of(quick, speed).Seconds, 1));
                    json.WriteNumber("fullSeconds", Math.Round(Of(full, speed).Seconds, 1));
                    json.WriteNumber("runs", full.Runs.Count);
                    json.WriteNumber("stored", Stored(full));
                    json.WriteNumber("bytes", Of(full, speed).Bytes);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private static string Describe(RunPlan plan, MachineSpeed speed)
    {
        Estimate estimate = Of(plan, speed);
        return $"{plan.AllPoints.Count} points x {plan.SeedsInWords} seeds, about {Duration.Text(estimate.Seconds)} and {EstimateReport.Memory(estimate.Bytes)}, "
            + $"{Stored(plan)} of {plan.Runs.Count} runs stored";
    }

    private static Estimate Of(RunPlan plan, MachineSpeed speed) => Estimate.OfAll(plan, Environment.ProcessorCount, speed);

    private static int Stored(RunPlan plan) => plan.Runs.Count(run => File.Exists(run.ResultPath));

    private static IEnumerable<IGrouping<string, string>> Coordinates(RunPlan plan) =>
        from point in plan.AllPoints
        from coordinate in point.Coordinates
        group Point.Format(coordinate.Value) by coordinate.Name into name
        from value in name.Distinct()
        group value by name.Key;
}
