using System.CommandLine;
using System.Globalization;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint run</c>: computes what is missing of a figure, prints the table against the paper and draws it.</summary>
internal sealed class RunCommand : PlanCommand
{
    private const string EpochsParameter = "epochs";

    private readonly Argument<string> figure = new("PAPER/FIGURE") { Description = "a figure, as crosspoint list names it" };
    private readonly Option<Profile> profile = Commands.Options.Profile();
    private readonly Option<Setting[]> settings = Commands.Options.Settings(
        "--set", "NAME=VALUE", "Change a parameter; such results lie apart and are not held against the paper", several: false);
    private readonly Option<int?> epochs = Commands.Options.Whole("--epochs", "N", "The same as --set epochs=N", minimum: 1);
    private readonly Option<string?> device = Commands.Options.Text(
        "--device", "NAME|FILE", "A preset instead of the paper's device, for figures that run on any; such results lie apart");

    /// <summary>Builds the verb.</summary>
    public RunCommand(Host host)
        : base("run", "Runs what is missing of a figure, then prints the table against the paper and draws it", host)
    {
        Add(figure);
        foreach (Option option in new Option[] { profile, settings, epochs, device })
        {
            Add(option);
        }

        AddCommonOptions();
    }

    /// <inheritdoc/>
    protected override IExperiment Experiment(ParseResult parsed) => Catalogue.Find(Host.Experiments, parsed.GetRequiredValue(figure));

    /// <inheritdoc/>
    protected override RunRequest Request(ParseResult parsed, IExperiment experiment)
    {
        List<Setting> changed = [.. parsed.GetValue(settings) ?? []];
        if (parsed.GetValue(epochs) is { } count)
        {
            changed.Add(new Setting(EpochsParameter, count.ToString(CultureInfo.InvariantCulture)));
        }

        if (parsed.GetValue(device) is { } preset)
        {
            if (experiment.Parameters.All(parameter => parameter.Name != DeviceParameter.Name))
            {
                throw CommandException.Usage($"--device: {experiment.Id()} runs on the device of its paper alone");
            }

            changed.Add(new Setting(DeviceParameter.Name, DeviceParameter.Encode(DeviceFinder.Find(Host, preset))));
        }

        if (changed.GroupBy(setting => setting.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw CommandException.Usage($"{experiment.Id()}: parameter {twice.Key} is set twice; expected one value");
        }

        return new RunRequest { Profile = parsed.GetValue(profile), Settings = changed };
    }
}
