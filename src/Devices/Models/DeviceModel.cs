using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>A kind of device with its numbers: what a preset file describes, and what an array is made of. Immutable.</summary>
public abstract record DeviceModel
{
    /// <summary>Makes an array of such devices. The same address gives the same devices.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="at">Where the numbers stand from which the devices are drawn.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public abstract ICrosspointArray Create(int inputs, int outputs, in RandomAddress at);

    /// <summary>The change of the mean device by one pulse, without noise, in weight units: the equation of the model.</summary>
    /// <param name="weight">The weight before the pulse, in weight units.</param>
    /// <param name="isUp">Whether the pulse goes up.</param>
    public abstract double MeanStep(double weight, bool isUp);

    /// <summary>The weight at which an up and a down step of the mean device cancel, where the model has a closed form of it; otherwise null.</summary>
    public virtual double? SymmetryPoint => null;
}
