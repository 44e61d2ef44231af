using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Experiments;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Experiments on any device: <c>--device</c>.</summary>
public sealed class DeviceParameterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_preset_survives_as_the_value_of_a_parameter()
    {
        foreach (Preset preset in PresetLibrary.All)
        {
            string value = DeviceParameter.Encode(preset);
            Assert.DoesNotContain('\n', value);
            Assert.Equal(value, DeviceParameter.Encode(DeviceParameter.Decode(value)!));
        }

        Assert.Null(DeviceParameter.Decode(DeviceParameter.Papers));
    }

    [Fact]
    public void A_preset_or_a_file_of_the_users_replaces_the_papers_device()
    {
        File.WriteAllText(folder["text.txt"], string.Concat(Enumerable.Range(0, 300).Select(n => $"{n} and {n * n}; ")));
        Preset own = PresetLibrary.Find("gokmen2021-model-1")! with { Name = "own", Model = new LinearStepModel { Step = 0.05f } };
        File.WriteAllText(folder["own.json"], PresetWriter.Write(own));
        string[] run =
        [
            "run", "gokmen2021/fig5e", "--points", "hysteresis=0.6", "--epochs", "1", "--text", folder["text.txt"], "--out", folder["out"], "--quiet",
        ];
        Cli cli = new() { Experiments = [.. Catalogue.All], Devices = [.. PresetLibrary.All] };
        Assert.Contains("device = own", cli.Succeed([.. run, "--device", folder["own.json"]]), StringComparison.Ordinal);
        Assert.Contains("device = tang2018-ecram", cli.Succeed([.. run, "--device", "tang2018-ecram"]), StringComparison.Ordinal);
        string[] results = [.. folder.Files("out").Where(file => file.EndsWith("seed-1.json", StringComparison.Ordinal)).Select(file => File.ReadAllText(folder["out", file]))];
        Assert.Equal(2, results.Length);
        Assert.Single(results, result => result.Contains("ECRAM", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_device_or_wants_none_is_refused()
    {
        File.WriteAllText(folder["bad.json"], "{ \"name\": \"x\" ");
        Cli cli = new() { Experiments = [.. Catalogue.All], Devices = [.. PresetLibrary.All] };
        cli.Fail(2, ["--device", "babu2017/fig4"], "run", "babu2017/fig4", "--device", "tang2018-ecram", "--out", folder["out"]);
        File.WriteAllText(folder["text.txt"], new string('a', 100) + new string('b', 100));
        cli.Fail(2, ["unknown device", "tang"], "run", "gokmen2021/fig5e", "--device", "tang", "--text", folder["text.txt"], "--out", folder["out"]);
        Assert.NotEqual(0, cli.Run("run", "gokmen2021/fig5e", "--device", folder["bad.json"], "--text", folder["text.txt"], "--out", folder["out"]).ExitCode);
        cli.Fail(
            2, ["device", "expected"], "run", "gokmen2021/fig5e", "--set", "device={}", "--text", folder["text.txt"], "--out", folder["out"], "--quiet");
    }
}
