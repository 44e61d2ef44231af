namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>What a write and a read of a device take.</summary>
/// <param name="Name">The device.</param>
/// <param name="Model">Its model: linear or nonlinear.</param>
/// <param name="WriteJoules">A write pulse.</param>
/// <param name="MeanSiemens">Mean conductance at a read.</param>
/// <param name="Source">Where the numbers come from.</param>
internal sealed record DeviceEnergy(string Name, string Model, double WriteJoules, double MeanSiemens, string Source);

/// <summary>What a neuron takes.</summary>
/// <param name="Name">The neuron.</param>
/// <param name="LeakWatts">Leakage.</param>
/// <param name="DynamicJoules">One evaluation.</param>
/// <param name="Source">Where the numbers come from.</param>
internal sealed record NeuronEnergy(string Name, double LeakWatts, double DynamicJoules, string Source);

/// <summary>Energies of devices and circuits, as Sec. V of the paper gives or cites them; what it leaves open is marked as chosen.</summary>
internal static class EnergyData
{
    /// <summary>The paper's devices.</summary>
    public static IReadOnlyList<DeviceEnergy> Devices { get; } =
    [
        new("FTJ", BennettSystem.Nonlinear, 1.48e-12, 1e-6, "paper, after Chanthbouala et al. 2012; conductance chosen"),
        new("TaOx", BennettSystem.Nonlinear, 12.5e-12, 1e-4, "paper, after Strachan et al. 2011; conductance chosen"),
        new("ENODe", BennettSystem.Linear, 10e-12, 5e-4, "paper, after van de Burgt et al. 2017; conductance chosen"),
        new("LISTA", BennettSystem.Linear, 10e-18, 1e-5, "paper, after Fuller et al. 2016; conductance chosen"),
    ];

    /// <summary>Voltage of a read, in volts; chosen.</summary>
    public const double ReadVolts = 0.1;

    /// <summary>Time of a read, and of one evaluation of a neuron, in seconds: the paper's period.</summary>
    public const double ReadSeconds = 100e-9;

    /// <summary>Soft-max, for each output, in joules; chosen, the paper calls it negligible.</summary>
    public const double SoftmaxJoules = 10e-15;

    /// <summary>The paper's neurons.</summary>
    public static IReadOnlyDictionary<string, NeuronEnergy> Neurons { get; } = new NeuronEnergy[]
    {
        new("sign", 0, 10e-15, "paper: a CMOS inverter, below 10 fJ"),
        new("tanh", 40e-6, 43.8e-12, "paper: 90 nm, measured over 100 periods of 100 ns"),
        new("relu", 4.2e-6, 0.151e-12, "paper: 16 bits"),
    }.ToDictionary(neuron => neuron.Name);

    /// <summary>One read of one device, V² G t, in joules.</summary>
    public static double ReadJoules(DeviceEnergy device) => ReadVolts * ReadVolts * device.MeanSiemens * ReadSeconds;

    /// <summary>One evaluation of a neuron with its leakage meanwhile, in joules.</summary>
    public static double NeuronJoules(string name) => Neurons[name].DynamicJoules + (Neurons[name].LeakWatts * ReadSeconds);
}
