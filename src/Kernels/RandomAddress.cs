namespace Crosspoint.Kernels;

/// <summary>Where a sequence of random numbers stands. Every draw is a function of its address and its index alone.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Stream">What the numbers are for: the array and the purpose.</param>
/// <param name="Step">When they are drawn: the number of the update, image or event.</param>
/// <remarks>
/// (seed, stream) is the key of <see cref="Threefry"/> and (step, index) its counter, so that no two addresses share a number and
/// no draw depends on those before it: neither the vector width, nor threads, nor a resumed run can change a result.
/// </remarks>
public readonly record struct RandomAddress(ulong Seed, ulong Stream, ulong Step);
