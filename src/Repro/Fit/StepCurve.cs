using Crosspoint.Devices.Models;

namespace Crosspoint.Repro.Fit;

/// <summary>The steps of one device, each counted in the direction of its pulse.</summary>
/// <param name="model">The device.</param>
/// <param name="up">Scale of its up steps, in weight units.</param>
/// <param name="down">Scale of its down steps.</param>
internal readonly struct StepCurve(DeviceModel model, double up, double down)
{
    /// <summary>The size of a step from a weight; below 0 where it goes against the pulse.</summary>
    public double Step(double weight, bool isUp) => isUp ? model.MeanStep(weight, true) : -model.MeanStep(weight, false);

    /// <summary>The scale of a step, to which additive noise is proportional.</summary>
    public double Scale(bool isUp) => isUp ? up : down;
}
