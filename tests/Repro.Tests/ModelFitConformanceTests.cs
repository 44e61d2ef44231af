using Crosspoint.Devices;
using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Repro.Fit;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>The last part of what every registered device must keep: a fit to its own pulse response recovers its numbers.</summary>
/// <remarks>
/// Devices are made with spread and noise, pulsed, and fitted from numbers that are a third off. Intervals are of 99.99 %: about 200 numbers
/// are asserted at fixed seeds, which chance alone would fail with a probability of 2 %. That an interval also says something is asserted by
/// its width.
/// </remarks>
public class ModelFitConformanceTests
{
    private const int Devices = 40;
    private const double Confidence = 0.9999, Off = 1.3;

    public static TheoryData<string> Names => [.. DeviceModels.All.Select(entry => entry.Name)];

    public static TheoryData<string> Cells => [.. DeviceModels.All.Where(entry => entry.Default() is CellModel).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fit_to_its_own_pulses_recovers_its_numbers(string name)
    {
        DeviceModel model = DeviceModels.Find(name)!.Default();
        if (model is ITabulated table)
        {
            AssertRecovers(name, table);
        }
        else
        {
            AssertRecovers(name, WithSpreadAndNoise(model), Simulate(WithSpreadAndNoise(model), 80, 2));
        }
    }

    /// <summary>In fewer pulses than lie between two carries, at which the response of a cell jumps with its numbers.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void A_fit_of_a_cell_recovers_the_numbers_of_the_devices_in_it(string name)
    {
        CellModel cell = (CellModel)DeviceModels.Find(name)!.Default();
        DeviceModel truth = WithSpreadAndNoise(cell with { Device = new SoftBoundsModel { Low = -0.8f, High = 0.8f } });
        AssertRecovers(name, truth, Simulate(truth, 45, 1));
    }

    private static void AssertRecovers(string name, DeviceModel truth, PulseSeries[] pulses)
    {
        IReadOnlySet<string> told = MomentFit.Told(name, truth, pulses);
        DeviceModel start = ModelNumber.With(truth, ModelNumber.Of(truth).Where(n => told.Contains(n.Name) && n.Kind != NumberKind.Deviation)
            .Select(n => (n, n.Get(truth) * (n.IsIn(n.Get(truth) * Off) ? Off : 1))));
        MomentFit fit = new(name, start, ModelNumber.Of(truth).Select(n => n.Name).Where(n => !told.Contains(n)).ToHashSet(), pulses, Confidence);
        Assert.NotEmpty(fit.Estimates);
        Assert.All(fit.Estimates, estimate => AssertHolds(estimate.Value, estimate.Number.Get(truth), $"{name}, {estimate.Number.Name}"));
        NumberEstimate first = fit.Estimates.MinBy(e => (e.Value.High - e.Value.Low) / Math.Abs(e.Value.Value))!;
        Assert.True(first.Value.High - first.Value.Low < 0.5 * Math.Abs(first.Value.Value), $"{name}: no interval says anything");
    }

    private static void AssertRecovers(string name, ITabulated truth)
    {
        TableFit fit = new(name, truth, Simulate((DeviceModel)truth, 80, 2), (truth.Min, truth.Max), truth.Entries, Confidence);
        Assert.All(fit.Entries.Where(entry => entry.Pulses > 0), entry => AssertHolds(
            entry.Mean, ((DeviceModel)truth).MeanStep(entry.Weight, entry.IsUp), $"{name}, step from {entry.Weight}, up {entry.IsUp}"));
        Assert.Contains(fit.Entries, entry => entry.IsUp && entry.Pulses > 0 && entry.Mean.High - entry.Mean.Low < 0.5 * entry.Mean.Value);
        Assert.Contains(fit.Entries, entry => !entry.IsUp && entry.Pulses > 0 && entry.Mean.High - entry.Mean.Low < -0.5 * entry.Mean.Value);
        Assert.True(fit.Model.Create(1, 5, default).MinStep > 0);
    }

    private static void AssertHolds(Interval interval, double truth, string what) =>
        Assert.True(interval.Low <= truth && truth <= interval.High, $"{what}: {truth} is not in [{interval.Low}, {interval.High}] around {interval.Value}");

    // Every parameter that may vary does, noise goes with the step, and a step is large enough for the bounds to be seen.
    private static DeviceModel WithSpreadAndNoise(DeviceModel model) => ModelNumber.With(model, ModelNumber.Of(model).Where(n => n.Held is null).Select(n => (n, n switch
    {
        { Kind: NumberKind.Deviation, Unit: "weight" } => n.Get(model),
        { Kind: NumberKind.Deviation, IsBetweenDevices: true } => Math.Max(n.Get(model), 0.1),
        { Kind: NumberKind.Deviation } => n.Name.EndsWith("cycleNoise", StringComparison.Ordinal) ? 0.3 : n.Get(model),
        { Name: "step" or "device.step" } => 0.02,
        { Name: "levels" } => 40,
        _ => n.Get(model),
    })));

    private static PulseSeries[] Simulate(DeviceModel model, int pulses, int rounds)
    {
        float[,] weights = PulseMeasurement.Trace(model.Create(1, Devices, new RandomAddress(7, 0x100, 0)), 7, pulses, pulses, rounds);
        bool[] isUp = [.. Enumerable.Range(0, 2 * pulses * rounds).Select(n => n % (2 * pulses) < pulses)];
        return
        [
            .. Enumerable.Range(0, Devices).Select(k => PulseSeries.Of(
                k, [.. Enumerable.Range(0, isUp.Length + 1).Select(n => (double)weights[k, n])], isUp)),
        ];
    }
}
