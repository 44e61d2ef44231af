using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array of resistive cross-points: weights that can be read as a whole and stepped by pulses.</summary>
public interface ICrosspointArray
{
    /// <summary>The weights the periphery reads, in weight units, shape [inputs, outputs].</summary>
    PaddedMatrix Weights { get; }

    /// <summary>The weight change of one coincidence, in weight units, above 0.</summary>
    float MinStep { get; }

    /// <summary>What has been counted since the array was made.</summary>
    ArrayCounters Counters { get; }

    /// <summary>Places weights in the array, rounded and clipped to what its devices can hold, without noise.</summary>
    /// <param name="weights">Weight units, shape [inputs, outputs].</param>
    /// <exception cref="ArgumentException">The shape differs, or a weight is NaN.</exception>
    void Program(PaddedMatrix weights);

    /// <summary>Applies the coincidences of row and column trains: one up pulse where the signs agree, one down pulse where they differ.</summary>
    /// <param name="rows">Trains of the input lines.</param>
    /// <param name="columns">Trains of the output lines, in the same slots.</param>
    /// <param name="at">Where the noise of this update stands.</param>
    /// <exception cref="ArgumentException">Lines or slots do not fit.</exception>
    void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at);

    /// <summary>Brings devices that only go one way back into their range, where they are of that kind; otherwise does nothing.</summary>
    /// <param name="at">Where the noise of this reset stands.</param>
    void Reset(in RandomAddress at);

    /// <summary>Lets the devices rest between updates: decay, diffusion and drift, where they have any; otherwise does nothing.</summary>
    /// <param name="updates">How long, in updates, at least 0.</param>
    /// <param name="at">Where the numbers of this rest stand.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite.</exception>
    void Rest(double updates, in RandomAddress at)
    {
    }

    /// <summary>What the devices are and hold, plane by plane, in array units; the weights that are read come first.</summary>
    IEnumerable<StatePlane> Planes => [new("weights", "array weight", Weights)];

    /// <summary>Writes the whole state: every device and the counters.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of an array of another shape.</exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    void Load(BinaryReader reader);
}
