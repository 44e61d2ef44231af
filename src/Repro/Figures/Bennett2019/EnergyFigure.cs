using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Runs whose events are turned into energies for every device of their model.</summary>
internal abstract class EnergyFigure : BennettExperiment
{
    /// <summary>Name of the metric of the total energy of learning.</summary>
    protected const string Energy = "learning_energy_joules";

    /// <summary>Name of the metric of the energy of writes and neurons alone, whose numbers the paper gives.</summary>
    protected const string WithoutReads = "energy_without_reads_joules";

    /// <summary>The hidden units of NoProp: 3 L.</summary>
    protected const int Random = 2352;

    /// <inheritdoc/>
    public override IReadOnlyList<Point> Points(Profile profile) =>
    [
        .. from device in new List<string> { BennettSystem.Linear, BennettSystem.Nonlinear }
           from point in new List<Point> { Single(device), Batch(device), Tanh(device), Relu(device) }
           select point,
    ];

    /// <summary>NoProp, written sample by sample.</summary>
    protected static Point Single(string device) => NoProp(device, ("hidden", Random), ("nopropBatch", 1));

    /// <summary>NoProp, written batch by batch.</summary>
    protected static Point Batch(string device) => NoProp(device, ("hidden", Random), ("nopropBatch", 100));

    /// <summary>The MLP with 800 ReLU units.</summary>
    protected static Point Relu(string device) => Rectifier(device, "relu", 800);

    /// <inheritdoc/>
    public override RunResult Run(RunContext context) =>
        new BennettRun(context).Result((counters, samples) => Energies(context.Parameters, counters["devices_written"], samples));

    /// <inheritdoc/>
    public override RunResult Keep(ParameterValues parameters, RunResult run) =>
        BennettRun.Keep(parameters, run, (counters, samples) => Energies(parameters, counters["devices_written"], samples));

    // An MLP that is written sample by sample writes as many devices a sample as one in batches writes a batch.
    private static IEnumerable<Metric> Energies(ParameterValues p, long written, long samples)
    {
        int hidden = p.Whole("hidden");
        bool isMlp = p.Text("system") == BennettSystem.Mlp;
        foreach (DeviceEnergy device in EnergyData.Devices.Where(d => d.Model == p.Text("device")))
        {
            if (!isMlp)
            {
                EnergyAccount account = EnergyAccount.NoProp(device, hidden, samples, written);
                string policy = p.Whole("nopropBatch") > 1 ? "batch" : "single";
                yield return Of(device, policy, Energy, account.Total);
                yield return Of(device, policy, WithoutReads, account.Total - account.Reads);
                continue;
            }

            foreach ((string policy, double writes) in new[] { ("batch", (double)written), ("single", (double)written * p.Whole("batch")) })
            {
                EnergyAccount account = EnergyAccount.Mlp(device, p.Text("activation"), hidden, samples, writes);
                yield return Of(device, policy, Energy, account.Total);
                yield return Of(device, policy, WithoutReads, account.Total - account.Reads);
            }
        }
    }

    private static Metric Of(DeviceEnergy device, string policy, string name, double joules) =>
        new(new Point(("technology", device.Name), ("policy", policy)), name, joules);
}
