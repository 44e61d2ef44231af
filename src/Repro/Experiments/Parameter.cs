namespace Crosspoint.Repro.Experiments;

/// <summary>One number or word that an experiment depends on, with everything a reader needs to change it.</summary>
/// <param name="Name">The paper's name in lower camel case, such as <c>bitLength</c>; what <c>--set</c> takes.</param>
/// <param name="Default">The value of the full profile: an <see cref="int"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>, which fixes the type.</param>
/// <param name="Unit">Unit, or "1" for a pure number.</param>
/// <param name="Source">Where the value comes from: "paper", "chosen: ..." or "derived: ...".</param>
/// <param name="Minimum">Smallest value a number may take.</param>
/// <param name="Maximum">Largest value a number may take.</param>
/// <param name="Words">The words a text may be; <see langword="null"/> where any is allowed.</param>
/// <param name="AddedLater">Whether keys leave it out at its default, so that results from before it was there stay valid.</param>
/// <param name="OfState">
/// Whether the state that longer runs go on from depends on it; not so where it is about what is done with a trained model alone.
/// </param>
/// <param name="Records">
/// Whether it is a flag that only makes a run keep more of its course: a run with it serves figures that ask for the same one without.
/// </param>
public sealed record Parameter(
    string Name,
    object Default,
    string Unit,
    string Source,
    double Minimum = double.NegativeInfinity,
    double Maximum = double.PositiveInfinity,
    IReadOnlyList<string>? Words = null,
    bool AddedLater = false,
    bool OfState = true,
    bool Records = false);
