using System.Collections.Immutable;

namespace Crosspoint.Devices.Models;

/// <summary>Steps measured over the weight, in weight units, each with its sign.</summary>
/// <param name="Min">The smallest weight.</param>
/// <param name="Max">The largest weight, above <paramref name="Min"/>.</param>
/// <param name="Devices">Measured devices, at least 1.</param>
/// <param name="Up">Up steps.</param>
/// <param name="Down">Down steps.</param>
public sealed record StepTable(float Min, float Max, int Devices, StepTable.Steps Up, StepTable.Steps Down)
{
    /// <summary>Steps in one direction, all of shape [devices, entries].</summary>
    /// <param name="Mean">The mean step.</param>
    /// <param name="Deviation">Its deviation from cycle to cycle, at least 0.</param>
    /// <param name="Observed">The single steps in ascending order, at least one each.</param>
    public sealed record Steps(ImmutableArray<float> Mean, ImmutableArray<float> Deviation, ImmutableArray<ImmutableArray<float>> Observed);
}
