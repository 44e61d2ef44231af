using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>One number for each cross-point of an array or matrix, with its name and unit: what can be taken out and looked at.</summary>
/// <param name="Name">What it is, such as <c>weights</c> or <c>a.step_up</c>: small letters, digits, _ and dots.</param>
/// <param name="Unit">Its unit; <c>array weight</c> is a weight before, <c>weight</c> one behind the digital scale of a tile, <c>1</c> a pure number.</param>
/// <param name="Values">Shape [inputs, outputs], or [lines, cross-points of a line] of what an algorithm keeps of the lines it transfers; as of now, not to be written to.</param>
public sealed record StatePlane(string Name, string Unit, PaddedMatrix Values);
