using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;
using Xunit;

namespace Crosspoint.Repro.Tests;

public sealed class DeviceTests : IDisposable
{
    private static readonly Preset Counter = new()
    {
        Name = "counter",
        Title = "A device that counts its pulses",
        Source = "chosen",
        Model = new ConstantStepModel { Step = 1, Low = -100, High = 100 },
    };

    private readonly TemporaryFolder folder = new();
    private readonly Cli cli = new() { Devices = [Counter] };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void List_names_the_devices() => Assert.Contains("counter", cli.Succeed("device", "list"), StringComparison.Ordinal);

    [Fact]
    public void Pulses_are_printed_one_row_each()
    {
        string[] lines = cli.Succeed("device", "pulse", "counter", "--up", "2", "--down", "1", "--repeat", "2", "--devices", "2", "--from", "5", "--csv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(
            [
                "pulse,direction,device,weight",
                "0,start,0,5", "0,start,1,5",
                "1,up,0,6", "1,up,1,6",
                "2,up,0,7", "2,up,1,7",
                "3,down,0,6", "3,down,1,6",
                "4,up,0,7", "4,up,1,7",
                "5,up,0,8", "5,up,1,8",
                "6,down,0,7", "6,down,1,7",
            ],
            lines);
    }

    [Fact]
    public void Turning_points_are_printed_and_the_response_is_drawn()
    {
        string output = cli.Succeed("device", "pulse", "counter", "--up", "20", "--down", "10", "--out", folder["pulse.png"]);
        Assert.Matches("20  up +20.00000 ", output);
        Assert.Matches("30  down +10.00000 ", output);
        Assert.True(new FileInfo(folder["pulse.png"]).Length > 10_000);
        Assert.Equal(["pulse.png"], folder.Files());
    }

    [Fact]
    public void A_preset_file_is_used_like_a_preset()
    {
        File.WriteAllText(folder["mine.json"], PresetWriter.Write(Counter with { Name = "mine" }));
        Assert.Contains("3,down,0,1", cli.Succeed("device", "pulse", folder["mine.json"], "--up", "2", "--down", "1", "--csv"), StringComparison.Ordinal);
        string shown = cli.Succeed("device", "show", folder["mine.json"], "--out", folder["mine.png"]);
        Assert.Matches("step +1 weight", shown);
        Assert.Matches("states +200 ", shown);
        Assert.True(new FileInfo(folder["mine.png"]).Length > 10_000);
    }

    [Fact]
    public void A_malformed_file_is_told_with_the_place_of_the_mistake()
    {
        File.WriteAllText(folder["mine.json"], PresetWriter.Write(Counter).Replace("\"unit\": \"weight\"", "\"unit\": \"S\"", StringComparison.Ordinal));
        cli.Fail(ExitCodes.Failure, ["mine.json:", "parameters.step.unit: expected the unit \"weight\", got \"S\""], "device", "show", folder["mine.json"]);
        cli.Fail(ExitCodes.Usage, ["expected a preset file"], "device", "show", folder["none.json"]);
    }

    [Fact]
    public void Lists_and_descriptions_are_json_too()
    {
        Assert.Equal("constant-step", Json.Parse(cli.Succeed("device", "list", "--json")).Get("devices", 0, "model").GetString());
        var shown = Json.Parse(cli.Succeed("device", "show", "counter", "--json"));
        Assert.Equal(1, shown.Get("preset", "parameters", "step", "value").GetDouble());
        Assert.Equal(200, shown.Get("derived", "states").GetDouble(), 1e-3);
        Assert.Equal("A device of Crosspoint", Json.Parse(cli.Succeed("device", "schema")).Get("title").GetString());
    }

    [Theory]
    [InlineData("countr", "did you mean 'counter'")]
    [InlineData("counter --up -1", "--up: expected a whole number")]
    [InlineData("counter --repeat 0", "--repeat: expected a whole number")]
    [InlineData("counter --devices 10000 --repeat 100000", "too many")]
    [InlineData("counter --out pulse.pdf", "ends in .png")]
    public void A_mistake_is_told_in_one_line(string line, string words) =>
        cli.Fail(ExitCodes.Usage, [words], ["device", "pulse", .. line.Split(' ')]);
}
