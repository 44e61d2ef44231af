using System.CommandLine;
using System.Runtime.InteropServices;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint info</c>: what this program is and what it runs on.</summary>
internal static class InfoCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Option<bool> json = Options.Json();
        Command command = new("info", "Version, runtime, processor, vector width in use") { json };
        command.SetAction(parsed => Run(host, parsed.GetValue(json)));
        return command;
    }

    private static int Run(Host host, bool asJson)
    {
        TextWriter output = host.Output;
        double speed = MachineSpeed.OfThisMachine(host).Relative;
        if (asJson)
        {
            JsonOutput.Write(output, json =>
            {
                json.WriteString("version", BuildInfo.Version);
                json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                json.WriteString("os", RuntimeInformation.OSDescription);
                json.WriteString("processor", BuildInfo.ProcessorName());
                json.WriteNumber("cores", Environment.ProcessorCount);
                json.WriteNumber("vectorBits", BuildInfo.VectorBits);
                json.WriteNumber("speedOfReference", Math.Round(speed, 3));
            });
            return ExitCodes.Success;
        }

        output.WriteLine($"crosspoint   {BuildInfo.Version}");
        output.WriteLine($"runtime      {RuntimeInformation.FrameworkDescription}");
        output.WriteLine($"system       {RuntimeInformation.OSDescription}");
        output.WriteLine($"processor    {BuildInfo.ProcessorName()}, {Environment.ProcessorCount} cores");
        output.WriteLine(BuildInfo.VectorBits > 0 ? $"vectors      {BuildInfo.VectorBits} bits" : "vectors      none: scalar code");
        output.WriteLine(FormattableString.Invariant(
            $"speed        {speed:0.00} of the machine that expected times are for; kept for an hour in {MachineSpeed.PathOf(host)}"));
        return ExitCodes.Success;
    }
}
