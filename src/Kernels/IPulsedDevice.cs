using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>What one pulse does to a cross-point of one device type: one meaning at every width.</summary>
/// <remarks>
/// The weight moves by m s(w): s is the signed step of the device at the weight it has now, and m is 1 + σ ξ for a pulse with noise of its
/// own, a zero where there is no pulse: -0 up and +0 down, so that w + m s(w) is a weight within its bounds as it was, to the last bit. The
/// widths give the same bits. Implementations are structs, so that the loop of <see cref="PulsedUpdater"/> is compiled once for each.
/// </remarks>
public interface IPulsedDevice
{
    /// <summary>
    /// Whether a pulse is so long a chain of operations, with so many constants, that four side by side do not fit sixteen registers. A matter of
    /// speed alone.
    /// </summary>
    static virtual bool IsLongChain => false;

    /// <summary>Shape of the array these devices make up.</summary>
    (int Inputs, int Outputs) Shape { get; }

    /// <summary>Gathers what a cross-point needs for its pulses of one update, all in one direction.</summary>
    /// <param name="place">The cross-point, as an index into <see cref="PaddedMatrix.Padded"/>.</param>
    /// <param name="isDown">Whether the pulses go down: all bits set, or none.</param>
    /// <param name="p">Receives the parameters.</param>
    void Prepare(int place, int isDown, out PulseParameters<float> p);

    /// <inheritdoc cref="Prepare(int, int, out PulseParameters{float})"/>
    void Prepare(int place, Vector256<int> isDown, out PulseParameters<Vector256<float>> p);

    /// <inheritdoc cref="Prepare(int, int, out PulseParameters{float})"/>
    void Prepare(int place, Vector512<int> isDown, out PulseParameters<Vector512<float>> p);

    /// <summary>Asks for cache lines that <see cref="Prepare(int, Vector512{int}, out PulseParameters{Vector512{float}})"/> will read soon: a hint, which may leave some out.</summary>
    /// <param name="place">The first of sixteen cross-points.</param>
    void Prefetch(int place);

    /// <summary>The weight behind one pulse.</summary>
    /// <typeparam name="TWidth">The width: one equation for all of them.</typeparam>
    /// <typeparam name="T">A number, or numbers side by side.</typeparam>
    /// <param name="weight">The weight before, in weight units.</param>
    /// <param name="m">Factor of the step: 0 for no pulse.</param>
    /// <param name="p">What <see cref="Prepare(int, int, out PulseParameters{float})"/> gathered.</param>
    T Pulse<TWidth, T>(T weight, T m, in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct;
}

/// <summary>Numbers of one cross-point, or of a vector of them, during one update; what they mean is the device's own affair.</summary>
/// <typeparam name="T">A number or a vector of numbers.</typeparam>
public struct PulseParameters<T>
    where T : struct
{
    /// <summary>First number; for all devices here the signed step scale.</summary>
    public T P0 { get; set; }

    /// <summary>Second number.</summary>
    public T P1 { get; set; }

    /// <summary>Third number.</summary>
    public T P2 { get; set; }

    /// <summary>Fourth number.</summary>
    public T P3 { get; set; }
}
