using Crosspoint.Repro.Commands;
using Xunit;

namespace Crosspoint.Repro.Tests;

public sealed class DeviceTests : IDisposable
{
    private static readonly DeviceEntry Counter = new("counter", "A device that counts its pulses", Count);

    private readonly TemporaryFolder folder = new();
    private readonly Cli cli = new() { Devices = [Counter] };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void List_names_the_devices() => Assert.Contains("counter", cli.Succeed("device", "list"), StringComparison.Ordinal);

    [Fact]
    public void Pulses_are_printed_one_row_each()
    {
        string[] lines = cli.Succeed("device", "pulse", "counter", "--up", "2", "--down", "1", "--repeat", "2", "--devices", "2", "--seed", "5", "--csv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(
            [
                "pulse,direction,device,weight",
                "0,start,0,5", "0,start,1,5.5",
                "1,up,0,6", "1,up,1,6.5",
                "2,up,0,7", "2,up,1,7.5",
                "3,down,0,6", "3,down,1,6.5",
                "4,up,0,7", "4,up,1,7.5",
                "5,up,0,8", "5,up,1,8.5",
                "6,down,0,7", "6,down,1,7.5",
            ],
            lines);
    }

    [Fact]
    public void Turning_points_are_printed_and_the_response_is_drawn()
    {
        string output = cli.Succeed("device", "pulse", "counter", "--up", "20", "--down", "10", "--out", folder["pulse.png"]);
        // Ten devices that start at 1, 1.5, ... 5.5: 3.25 in the mean.
        Assert.Matches("20  up +23.25000 ", output);
        Assert.Matches("30  down +13.25000 ", output);
        Assert.True(new FileInfo(folder["pulse.png"]).Length > 10_000);
        Assert.Equal(["pulse.png"], folder.Files());
    }

    [Theory]
    [InlineData("countr", "did you mean 'counter'")]
    [InlineData("counter --up -1", "--up: expected a whole number")]
    [InlineData("counter --repeat 0", "--repeat: expected a whole number")]
    [InlineData("counter --devices 10000 --repeat 100000", "too many")]
    [InlineData("counter --out pulse.pdf", "ends in .png")]
    public void A_mistake_is_told_in_one_line(string line, string words) =>
        cli.Fail(ExitCodes.Usage, [words], ["device", "pulse", .. line.Split(' ')]);

    private static float[,] Count(ulong seed, int up, int down, int repeat, int devices)
    {
        float[,] weights = new float[devices, ((up + down) * repeat) + 1];
        for (int k = 0; k < devices; k++)
        {
            weights[k, 0] = seed + (0.5f * k);
            for (int pulse = 1; pulse < weights.GetLength(1); pulse++)
            {
                weights[k, pulse] = weights[k, pulse - 1] + ((pulse - 1) % (up + down) < up ? 1 : -1);
            }
        }

        return weights;
    }
}
