namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>What learning takes, in joules: writes, reads, neurons and soft-max, from counted events.</summary>
/// <param name="Writes">Devices written times the energy of a write.</param>
/// <param name="Reads">Every device of every array once a sample, and the second array of an MLP once more, transposed.</param>
/// <param name="Neurons">Hidden units once a sample.</param>
/// <param name="Softmax">Outputs of an MLP once a sample.</param>
/// <remarks>Arrays are read in parallel and written column by column, which moves only devices that are to change (Sec. V of the paper).</remarks>
internal sealed record EnergyAccount(double Writes, double Reads, double Neurons, double Softmax)
{
    private const int Inputs = 785;

    /// <summary>All together.</summary>
    public double Total => Writes + Reads + Neurons + Softmax;

    /// <summary>The account of NoProp.</summary>
    /// <param name="device">Its devices.</param>
    /// <param name="hidden">M.</param>
    /// <param name="samples">Samples read.</param>
    /// <param name="written">Devices written.</param>
    public static EnergyAccount NoProp(DeviceEnergy device, int hidden, double samples, double written) => new(
        written * device.WriteJoules,
        samples * 2.0 * hidden * (Inputs + BennettSystem.Classes) * EnergyData.ReadJoules(device),
        samples * (hidden + BennettSystem.Classes) * EnergyData.NeuronJoules("sign"),
        0);

    /// <summary>The account of an MLP.</summary>
    /// <param name="device">Its devices.</param>
    /// <param name="neuron">Its hidden units.</param>
    /// <param name="hidden">M.</param>
    /// <param name="samples">Samples read.</param>
    /// <param name="written">Devices written.</param>
    public static EnergyAccount Mlp(DeviceEnergy device, string neuron, int hidden, double samples, double written) => new(
        written * device.WriteJoules,
        samples * 2.0 * ((hidden * (double)Inputs) + (2.0 * BennettSystem.Classes * (hidden + 1))) * EnergyData.ReadJoules(device),
        samples * hidden * EnergyData.NeuronJoules(neuron),
        samples * BennettSystem.Classes * EnergyData.SoftmaxJoules);
}
