using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Figures.Bennett2019;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Runs of the systems of Bennett et al. 2019 on a small problem.</summary>
public class BennettRunTests
{
    public static TheoryData<string, string, int> Systems => new()
    {
        { BennettSystem.NoProp, BennettSystem.Linear, 1 }, { BennettSystem.NoProp, BennettSystem.Nonlinear, 1 },
        { BennettSystem.NoProp, BennettSystem.Linear, 10 }, { BennettSystem.OneLayer, BennettSystem.Linear, 1 },
        { BennettSystem.Mlp, BennettSystem.Linear, 1 }, { BennettSystem.Mlp, BennettSystem.Software, 1 },
    };

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_run_that_is_stopped_and_resumed_ends_as_one_that_is_not(string system, string device, int nopropBatch)
    {
        RunResult whole = SmallRun.EndsAlike(
            context => new BennettRun(context).Result(), Values(system, device, nopropBatch, curve: true), stops: [3]);
        Assert.True(whole.Metrics[0].Value > 60, $"{whole.Metrics[0]}");
    }

    [Fact]
    public void On_chip_learning_behind_the_auto_encoder_is_resumed()
    {
        Dictionary<string, object> values = Values(BennettSystem.NoProp, BennettSystem.Linear, 1, curve: true);
        SmallRun.EndsAlike(new Table3().Run, values, stops: [2]);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_run_is_what_is_kept_of_one_that_records_its_course(string system, string device, int nopropBatch)
    {
        RunResult recorded = Run(system, device, nopropBatch);
        RunResult plain = Run(system, device, nopropBatch, curve: false);
        RunResult kept = BennettRun.Keep(new ParameterValues(Values(system, device, nopropBatch, curve: false)), recorded);
        Assert.Equal(plain.Metrics, kept.Metrics);
        Assert.Equal(plain.Counters, kept.Counters);
        Assert.Equal(plain.CurveColumns, kept.CurveColumns);
        Assert.Empty(kept.Curve);
        Assert.NotEmpty(recorded.Curve);
    }

    /// <summary>Figures that differ in what they keep alone, and none that trains something of its own.</summary>
    [Fact]
    public void Figures_of_one_training_have_the_same_parameters()
    {
        BennettExperiment[] figures = [.. Catalogue.All.OfType<BennettExperiment>().Where(figure => figure.Trains is not null)];
        Assert.DoesNotContain(figures, figure => figure is Table3 or Fig9);
        Assert.All(figures, figure => Assert.Equal(BennettSystem.Parameters.Select(p => p.Name), figure.Parameters.Select(p => p.Name)));
    }

    [Theory]
    [InlineData(BennettSystem.Software)]
    [InlineData(BennettSystem.OffChip)]
    public void Ridge_weights_read_the_images(string device) =>
        Assert.InRange(Run(BennettSystem.NoProp, device, 1).Metrics[0].Value, 90, 100);

    /// <summary>Table 2 of the paper without reads: 3.4 + 6.9 mJ against 0.13 mJ for FTJ in batches.</summary>
    [Fact]
    public void Energies_follow_from_counted_events()
    {
        DeviceEnergy ftj = EnergyData.Devices.Single(d => d.Name == "FTJ");
        EnergyAccount mlp = EnergyAccount.Mlp(ftj, "tanh", 300, 480_000, 4_800.0 * 2 * ((785 * 300) + (10 * 301)));
        EnergyAccount noprop = EnergyAccount.NoProp(ftj, 2352, 180_000, 1_800.0 * 2 * 10 * 2353);
        Assert.Equal(3.4e-3, mlp.Writes, 1e-4);
        Assert.Equal(6.9e-3, mlp.Neurons, 1e-4);
        Assert.InRange((mlp.Total - mlp.Reads) / (noprop.Total - noprop.Reads), 70, 120);
    }

    private static Dictionary<string, object> Values(string system, string device, int nopropBatch, bool curve)
    {
        Dictionary<string, object> values = BennettSystem.Parameters.ToDictionary(p => p.Name, p => p.Default);
        (values["system"], values["device"], values["nopropBatch"], values["curve"]) = (system, device, nopropBatch, curve);
        (values["hidden"], values["mlpEpochs"], values["nopropEpochs"]) = (system == BennettSystem.Mlp ? 20 : 200, 5, 5);
        return values;
    }

    private static RunResult Run(string system, string device, int nopropBatch, bool curve = true) =>
        SmallRun.Of(context => new BennettRun(context).Result(), Values(system, device, nopropBatch, curve), new MemoryCheckpoint());
}
