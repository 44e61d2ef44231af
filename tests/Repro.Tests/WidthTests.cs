using System.Diagnostics;
using System.Text.RegularExpressions;
using Crosspoint.Repro.Experiments;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Runs the command in child processes that have other vector widths.</summary>
public sealed partial class WidthTests : IDisposable
{
    private static readonly string[] Switches = ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];
    private const int FiguresOfPaper = 5;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public void Info_tells_the_width_that_is_in_use(string off, int bits) =>
        Assert.Equal(Math.Min(bits, BuildInfo.VectorBits), Json.Parse(Crosspoint(off, "info", "--json")).Get("vectorBits").GetInt32());

    /// <summary>The first quick point of the cheapest figures of each paper, one epoch on the embedded sample; figures of a paper share their code.</summary>
    [Fact]
    public void The_width_changes_no_byte_of_a_result()
    {
        string text = folder["text.txt"];
        File.WriteAllText(text, string.Concat(Enumerable.Range(0, 600).Select(n => $"{n} times {n % 7} is {n * (n % 7)}; ")));
        foreach (IExperiment experiment in Catalogue.All.GroupBy(figure => figure.Paper).SelectMany(paper => paper.OrderBy(Cost).Take(FiguresOfPaper)))
        {
            Point point = experiment.Points(Profile.Quick)[0];
            string[] args =
            [
                "run", experiment.Id(), "--quiet", "--seeds", "1", "--threads", "1",
                .. point.Coordinates.SelectMany(coordinate => new[] { "--points", $"{coordinate.Name}={Point.Format(coordinate.Value)}" }),
                .. experiment.Parameters.Any(parameter => parameter.Name == "epochs") ? new[] { "--epochs", "1" } : [],
                .. experiment.NeedsText ? new[] { "--text", text } : [],
            ];
            Crosspoint("CROSSPOINT_NONE", [.. args, "--out", folder["widest"]]);
            foreach (string off in Switches)
            {
                Crosspoint(off, [.. args, "--out", folder[off]]);
                Assert.Equal(folder.Files("widest"), folder.Files(off));
                foreach (string file in folder.Files("widest").Where(file => !file.EndsWith(".png", StringComparison.Ordinal)))
                {
                    if (file.EndsWith(".state", StringComparison.Ordinal))
                    {
                        Assert.Equal(WithoutTime(folder["widest", file]), WithoutTime(folder[off, file]));
                        continue;
                    }

                    Assert.Equal(WithoutTimeAndWidth(folder["widest", file]), WithoutTimeAndWidth(folder[off, file]));
                }
            }
        }
    }

    private static double Cost(IExperiment experiment) =>
        new RunPlan(experiment, new RunRequest { Profile = Profile.Quick, Seeds = 1 }, ExperimentData.Papers(experiment)).Runs[0].ExpectedSeconds;

    // Of a state, all but the seconds behind magic, format and key, and the checksum over them.
    private static byte[] WithoutTime(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan(8 + 4 + 32, 8).Clear();
        return bytes[..^32];
    }

    private static string WithoutTimeAndWidth(string path) => TimeAndWidth().Replace(File.ReadAllText(path), string.Empty);

    [GeneratedRegex("\"(seconds|vectorBits)\": [0-9.eE+-]+")]
    private static partial Regex TimeAndWidth();

    /// <summary>Runs the command with one of the runtime's switches off, without any data set but the embedded one.</summary>
    private string Crosspoint(string off, params string[] args)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(CrosspointApp).Assembly.Location);
        Array.ForEach(args, start.ArgumentList.Add);
        start.Environment[off] = "0";
        start.Environment["CROSSPOINT_DATA"] = string.Empty;
        start.Environment["XDG_CACHE_HOME"] = folder["cache"];
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }
}
