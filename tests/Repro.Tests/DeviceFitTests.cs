using Crosspoint.Devices;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;
using Crosspoint.Kernels;
using Crosspoint.Repro.Fit;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Fits to simulated pulses find the parameters that they were simulated with.</summary>
public sealed class DeviceFitTests : IDisposable
{
    private static readonly LinearStepModel Truth = new()
    {
        Step = new(0.02f, 0.2f),
        UpDown = 0.1f,
        UpDownDeviation = 0.05f,
        UpSlope = new(1.6f, 0.15f),
        DownSlope = new(1.2f, 0.15f),
        AdditiveNoise = 0.4f,
    };

    private readonly TemporaryFolder folder = new();
    private readonly Cli cli = new();

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// 40 seeds, 5 means and σ and 4 deviations each: of 95 % intervals, 95 % hold the truth. Intervals of one seed are not independent;
    /// the band is that of 40 seeds, 0.95 ± 4.5 sqrt(0.95 0.05 / 40) for each parameter, cut at 1.
    /// </summary>
    [Fact]
    public void Intervals_hold_the_truth_as_often_as_they_say()
    {
        const int Seeds = 40;
        double[] truth = [0.02, 0.002, 1.6, 1.2], spread = [0.004, 0.001, 0.24, 0.18];
        int[] meanInside = new int[4], spreadInside = new int[4];
        int sigmaInside = 0;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            ModelFit fit = new(new StepFamily("linear-step", new LinearStepModel()), CycleNoise.Additive, Simulate(Truth, seed, 12, 60, 2));
            for (int j = 0; j < 4; j++)
            {
                meanInside[j] += Holds(fit.Parameters[j].Mean, truth[j]) ? 1 : 0;
                spreadInside[j] += Holds(fit.Parameters[j].Deviation, spread[j]) ? 1 : 0;
            }

            sigmaInside += Holds(fit.Sigma, 0.4) ? 1 : 0;
        }

        Assert.All([.. meanInside, .. spreadInside, sigmaInside], inside => Assert.InRange(inside / (double)Seeds, 0.95 - 0.155, 1));
    }

    [Fact]
    public void The_model_that_made_the_data_is_the_best()
    {
        DeviceFit fit = new(Simulate(Truth, 7, 10, 60, 2), null, default);
        Assert.True(fit.Best.Family.Name is "linear-step" or "soft-bounds", fit.Best.Family.Name);
        Assert.Equal(CycleNoise.Additive, fit.Best.Noise);
        Assert.Equal(9, fit.Fits.Count);
        Assert.Contains(fit.Fits, other => other.Family.Name == "constant-step" && other.Bic > fit.Best.Bic + 100);
    }

    /// <summary>
    /// Siemens or microsiemens: slopes have the inverse unit, σ none, and the likelihood is a density. Numbers are compared of the model that made
    /// the data: those of others lie on a ridge, along which rounding moves them.
    /// </summary>
    [Theory]
    [InlineData("linear-step", 1e-9)]
    [InlineData("linear-step", 1e6)]
    [InlineData("exponential-step", 1e-5)]
    [InlineData("power-step", 1e-2)]
    public void A_fit_does_not_depend_on_the_unit_of_weights(string name, double factor)
    {
        StepDeviceModel template = name switch
        {
            "linear-step" => new LinearStepModel(),
            "exponential-step" => new ExponentialStepModel(),
            _ => new PowerStepModel(),
        };
        PulseSeries[] series = [.. Simulate(Truth, 11, 5, 40, 1)];
        StepFamily family = new(name, template);
        ModelFit fit = new(family, CycleNoise.Additive, series);
        ModelFit other = new(family, CycleNoise.Additive, [.. series.Select(device => device.Times(factor))]);
        Assert.Equal(fit.LogLikelihood, other.LogLikelihood + (fit.Steps * Math.Log(factor)), 0.5);
        if (name != "linear-step")
        {
            return;
        }

        Assert.Equal(fit.Sigma.Value, other.Sigma.Value, 0.01 * fit.Sigma.Value);
        double[] scale = family.Scale(factor);
        for (int j = 0; j < scale.Length; j++)
        {
            double unit = Math.Abs(fit.Parameters[j].Mean.Value) + fit.Parameters[j].Deviation.Value;
            Assert.Equal(fit.Parameters[j].Mean.Value, other.Parameters[j].Mean.Value / scale[j], 0.02 * unit);
            Assert.Equal(fit.Parameters[j].Deviation.Value, other.Parameters[j].Deviation.Value / scale[j], 0.02 * unit);
        }
    }

    [Fact]
    public void A_mean_that_the_model_cannot_have_is_named()
    {
        StepFamily power = new("power-step", new PowerStepModel());
        int up = power.Parameters.ToList().FindIndex(parameter => parameter.Name == "upPower");
        double[] theta = [.. power.Starts(Simulate(Truth, 1, 1, 40, 1)[0]).First()];
        Assert.Null(power.Fault(theta));
        theta[up] = -0.02;
        Assert.Equal("upPower: expected a number above 0, got -0.02", power.Fault(theta));
    }

    [Fact]
    public void Hard_bounds_are_seen_and_kept_out_of_the_steps()
    {
        ConstantStepModel truth = new() { Step = new(0.05f, 0.1f), Low = -0.5f, High = 0.5f, CycleNoise = 0.2f };
        DeviceFit fit = new(Simulate(truth, 3, 8, 40, 2), "constant-step", default);
        ConstantStepModel model = Assert.IsType<ConstantStepModel>(fit.ToPreset("fitted", "x.csv").Model);
        Assert.Equal((true, -0.5f, 0.5f), (model.Bounded, model.Low.Mean, model.High.Mean));
        Assert.InRange(model.CycleNoise, 0.18, 0.22);
        Assert.True(Holds(fit.Best.Parameters[0].Mean, 0.05));
    }

    [Fact]
    public void The_command_writes_a_preset_that_can_be_pulsed_and_a_picture()
    {
        File.WriteAllText(folder["truth.json"], PresetWriter.Write(new() { Name = "truth", Title = "t", Source = "s", Model = Truth }));
        File.WriteAllText(folder["pulses.csv"], cli.Succeed("device", "pulse", folder["truth.json"], "--up", "50", "--down", "50", "--repeat", "2", "--csv"));
        string report = cli.Succeed(
            "device", "fit", folder["pulses.csv"], "--model", "linear-step", "--out", folder["fitted.json"], "--picture", folder["fit.png"]);
        Assert.Matches("upSlope +1\\.", report);
        Assert.IsType<LinearStepModel>(PresetReader.ReadFile(folder["fitted.json"]).Model);
        Assert.Contains("pulses", cli.Succeed("device", "show", folder["fitted.json"]), StringComparison.Ordinal);
        Assert.True(new FileInfo(folder["fit.png"]).Length > 10_000);
        var json = Json.Parse(cli.Succeed("device", "fit", folder["pulses.csv"], "--model", "linear-step", "--json"));
        Assert.Equal(2, json.Get("models").GetArrayLength());
        Assert.Equal("pulses", json.Get("preset", "name").GetString());
    }

    /// <summary>
    /// Log-normal spreads and noise of writing, which the likelihood does not know, from numbers a third off; intervals of 99.99 %, and of the
    /// two laws the true one is the likelier: its spread is so wide that a normal one of the same width would turn steps round.
    /// </summary>
    [Fact]
    public void Log_normal_spreads_and_the_noise_of_writing_are_found()
    {
        LinearStepModel truth = new() { Step = new(0.02f, 0.6f, SpreadLaw.LogNormal), UpSlope = 1.6f, DownSlope = 1.6f, CycleNoise = 0.3f, WriteNoise = 0.02f };
        LinearStepModel start = truth with { Step = truth.Step with { Mean = 0.026f, Deviation = 0.3f }, UpSlope = 2, WriteNoise = 0, CycleNoise = 0 };
        PulseSeries[] pulses = Simulate(truth, 11, 150, 40, 1);
        HashSet<string> given = ["upDownDeviation", "upSlope.spread", "downSlope.spread", "additiveNoise"];
        MomentFit fit = new("linear-step", start, given, pulses, 0.9999);
        foreach ((string name, double value) in new[] { ("step", 0.02), ("step.spread", 0.6), ("writeNoise", 0.02), ("cycleNoise", 0.3) })
        {
            Interval interval = Assert.Single(fit.Estimates, estimate => estimate.Number.Name == name).Value;
            Assert.True(Holds(interval, value), $"{name}: {interval}");
            Assert.InRange(interval.High - interval.Low, 0, 2 * value);
        }

        MomentFit other = new("linear-step", start with { Step = start.Step with { Law = SpreadLaw.Normal } }, given, pulses, 0.9999);
        Assert.True(fit.LogLikelihood > other.LogLikelihood, $"{fit.LogLikelihood}, normal {other.LogLikelihood}");
    }

    [Fact]
    public void Any_model_can_be_named_and_its_numbers_held()
    {
        SoftBoundsModel truth = new() { Step = new(0.02f, 0.1f), Low = -0.5f, High = 0.5f, CycleNoise = 0.3f };
        File.WriteAllText(folder["truth.json"], PresetWriter.Write(new() { Name = "truth", Title = "t", Source = "s", Model = truth }));
        File.WriteAllText(folder["p.csv"], cli.Succeed("device", "pulse", folder["truth.json"], "--devices", "20", "--csv"));
        string report = cli.Succeed(
            "device", "fit", folder["p.csv"], "--model", "soft-bounds-pmax", "--fix", "pulses=100", "--out", folder["fitted.json"], "--picture", folder["fit.png"]);
        Assert.Matches("bend +0\\.0", report);
        Assert.Contains("held (given): pulses 100", report, StringComparison.Ordinal);
        Assert.Contains("held (pulses follow one another without a rest): ", report, StringComparison.Ordinal);
        Assert.Equal(100, Assert.IsType<SoftBoundsPmaxModel>(PresetReader.ReadFile(folder["fitted.json"]).Model).Pulses);
        Assert.True(new FileInfo(folder["fit.png"]).Length > 10_000);
        var json = Json.Parse(cli.Succeed("device", "fit", folder["p.csv"], "--model", folder["truth.json"], "--fix", "high=0.5", "--json"));
        Assert.Contains("high", json.Get("models")[0].Get("held").EnumerateArray().Select(held => held.Get("name").GetString()));

        string table = cli.Succeed("device", "fit", folder["p.csv"], "--model", "measured-step", "--entries", "5", "--out", folder["table.json"]);
        Assert.Equal(10, table.Split('\n').Count(line => line.Contains(" up ", StringComparison.Ordinal) || line.Contains(" down ", StringComparison.Ordinal)));
        Assert.IsType<MeasuredStepModel>(PresetReader.ReadFile(folder["table.json"]).Model);
    }

    [Theory]
    [InlineData("--fix: expected --model beside it", "--fix", "high=1")]
    [InlineData("--fix: unknown parameter of soft-bounds 'hihg'; did you mean 'high'?", "--model", "soft-bounds", "--fix", "hihg=1")]
    [InlineData("--fix: high: expected a number of at least 0, got '-1'", "--model", "soft-bounds", "--fix", "high=-1")]
    [InlineData("--fix: states: expected a whole number from 0", "--model", "soft-bounds", "--fix", "states=1.5")]
    [InlineData("--entries: expected a model that is a table, got soft-bounds", "--model", "soft-bounds", "--entries", "5")]
    [InlineData("--model: unknown model 'soft-bound'; did you mean 'soft-bounds'?", "--model", "soft-bound")]
    [InlineData("--fix: high: held twice; expected one value", "--model", "soft-bounds", "--fix", "high=1", "--fix", "high=2")]
    [InlineData("--name: expected a name of small letters, digits and hyphens, got 'Bad Name'", "--name", "Bad Name")]
    public void A_mistake_in_what_to_fit_is_told(string words, params string[] arguments)
    {
        File.WriteAllText(folder["p.csv"], "pulse,direction,device,weight\n0,start,0,0\n1,up,0,1\n");
        cli.Fail(ExitCodes.Usage, [words], ["device", "fit", folder["p.csv"], .. arguments]);
    }

    [Theory]
    [InlineData("", "expected the header pulse,direction,device,weight, got an empty file")]
    [InlineData("a,b\n", ":1: expected the header pulse,direction,device,weight, got 'a,b'")]
    [InlineData("pulse,direction,device,weight\n", "expected rows behind the header")]
    [InlineData("pulse,direction,device,weight\n0,start,0,0\n1,up,0,x\n", ":3: weight: expected a finite number, got 'x'")]
    [InlineData("pulse,direction,device,weight\n0,start,0,NaN\n", ":2: weight: expected a finite number, got 'NaN'")]
    [InlineData("pulse,direction,device,weight\n0,start,0,0\n1,left,0,1\n", ":3: direction: expected start, up or down, got 'left'")]
    [InlineData("pulse,direction,device,weight\n0,start,0,0\n2,up,0,1\n", ":3: pulse: expected pulse 1 of device 0, got 2")]
    [InlineData("pulse,direction,device,weight\n0,start,0,0\n0,start,0,0\n", ":3: expected each pulse of a device once")]
    [InlineData("pulse,direction,device,weight\n1,up,0,0\n", "expected start in the first row of device 0")]
    [InlineData("pulse,direction,device,weight\n0,start,0\n", ":2: expected 4 columns, got 3")]
    [InlineData("pulse,direction,device,weight\n0,start,0,0\n1,up,0,1\n", "p.csv: device 0: expected at least 10 up pulses away from its bounds, got 1")]
    [InlineData("pulse,direction,device,weight\n0,start,0,0\n1,up,0,-1\n", "p.csv: expected up pulses to raise the weight, got a mean change of -1")]
    [InlineData("pulse,direction,device,weight\n0,start,0,0\n1,up,0,1\n2,down,0,3\n", "p.csv: expected down pulses to lower the weight, got a mean change of 2")]
    [InlineData("pulse,direction,device,weight\n0,start,0,5\n1,up,0,5.2\n", "p.csv: expected weights with zero inside their range, got 5 to 5.2")]
    public void A_mistake_in_the_pulses_is_told_with_its_line(string text, string words)
    {
        File.WriteAllText(folder["p.csv"], text);
        cli.Fail(ExitCodes.Failure, [words], "device", "fit", folder["p.csv"]);
    }

    private static bool Holds(Interval interval, double truth) => interval.Low <= truth && truth <= interval.High;

    private static PulseSeries[] Simulate(DeviceModel model, ulong seed, int devices, int pulses, int rounds)
    {
        float[,] weights = PulseMeasurement.Trace(model.Create(1, devices, new RandomAddress(seed, 0x100, 0)), seed, pulses, pulses, rounds);
        bool[] isUp = [.. Enumerable.Range(0, 2 * pulses * rounds).Select(n => n % (2 * pulses) < pulses)];
        return
        [
            .. Enumerable.Range(0, devices).Select(k => PulseSeries.Of(
                k, [.. Enumerable.Range(0, isUp.Length + 1).Select(n => (double)weights[k, n])], isUp)),
        ];
    }
}
