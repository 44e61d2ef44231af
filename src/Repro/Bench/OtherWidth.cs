using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Crosspoint.Repro.Bench;

/// <summary>Measures a row without AVX-512, by a second process of this program: a process cannot change its vector width.</summary>
internal static class OtherWidth
{
    /// <summary>Bits of a vector in the second process.</summary>
    public const int Bits = 256;

    /// <summary>The most that a row may cost there, in times of its cost at full width.</summary>
    public const double MostRatio = 1.8;

    private const string Switch = "DOTNET_EnableAVX512";

    /// <summary>The median of one row and the time of what nothing can leave out of it, if that is known, both in its unit.</summary>
    /// <param name="name">Name of the row.</param>
    /// <param name="options">Further options of the command line.</param>
    /// <param name="stop">Ends the process.</param>
    /// <exception cref="CommandException">The process failed, or has another width.</exception>
    public static (double Median, double? Limit) Measure(string name, IEnumerable<string> options, CancellationToken stop)
    {
        string program = Environment.ProcessPath ?? throw CommandException.Failure("--widths: the system does not tell where this program lies");
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OtherWidth).Assembly.Location);
        }

        foreach (string argument in (IEnumerable<string>)["bench", "--json", "--quiet", "--filter", name, .. options])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Switch] = "0";
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration kill = stop.Register(process.Kill);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        if (process.ExitCode != ExitCodes.Success)
        {
            throw CommandException.Failure($"--widths: {name} without AVX-512 ended with exit code {process.ExitCode}: {error.Result.Trim()}");
        }

        JsonElement report = JsonDocument.Parse(output).RootElement;
        int bits = report.GetProperty("vectorBits").GetInt32();
        if (bits != Bits)
        {
            throw CommandException.Failure(string.Create(CultureInfo.InvariantCulture, $"--widths: expected {Bits} bits with {Switch}=0, got {bits}"));
        }

        JsonElement row = report.GetProperty("rows")[0], limit = row.GetProperty("limitPercent");
        double median = row.GetProperty("median").GetDouble();
        return (median, limit.ValueKind == JsonValueKind.Number ? median * limit.GetDouble() / 100 : null);
    }
}
