using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>The numbers of the devices of one array, drawn once: step scale and shape in each direction, and hard bounds.</summary>
public sealed class DeviceTable
{
    private readonly HashSet<int> stuck = [];
    private Action<DeviceTable, int> followers = (_, _) => { };

    /// <summary>Makes room for the devices of an array: no step, no bounds.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public DeviceTable(int inputs, int outputs)
    {
        (Up, Down, UpShape, DownShape) = (new(inputs, outputs), new(inputs, outputs), new(inputs, outputs), new(inputs, outputs));
        (Low, High) = (new(inputs, outputs), new(inputs, outputs));
        Low.Values.Fill(float.NegativeInfinity);
        High.Values.Fill(float.PositiveInfinity);
    }

    /// <summary>Scale of an up step, above 0, in weight units, shape [inputs, outputs].</summary>
    public PaddedMatrix Up { get; }

    /// <summary>Scale of a down step, below 0, in weight units, shape [inputs, outputs].</summary>
    public PaddedMatrix Down { get; }

    /// <summary>What else the law of an up step needs of a device, shape [inputs, outputs].</summary>
    public PaddedMatrix UpShape { get; }

    /// <summary>What else the law of a down step needs of a device, shape [inputs, outputs].</summary>
    public PaddedMatrix DownShape { get; }

    /// <summary>Lower bounds, in weight units, shape [inputs, outputs].</summary>
    public PaddedMatrix Low { get; }

    /// <summary>Upper bounds, in weight units, shape [inputs, outputs].</summary>
    public PaddedMatrix High { get; }

    /// <summary>Numbers that came out with the wrong sign or almost zero and were set to a hundredth of their mean.</summary>
    public long Truncated { get; internal set; }

    /// <summary>Places, as indices into <see cref="PaddedMatrix.Padded"/>, of devices that no pulse moves.</summary>
    public IReadOnlyCollection<int> Stuck => stuck;

    /// <summary>Whether all devices have the same numbers.</summary>
    internal bool IsAlike => new[] { Up, Down, UpShape, DownShape, Low, High }.All(AreAlike);

    /// <summary>Whether some device has a bound.</summary>
    internal bool IsBounded => HasOther(Low, float.NegativeInfinity) || HasOther(High, float.PositiveInfinity);

    private static bool HasOther(PaddedMatrix bounds, float none) =>
        Enumerable.Range(0, bounds.Inputs).Any(i => bounds.Row(i).ContainsAnyExcept(none));

    private static bool AreAlike(PaddedMatrix numbers)
    {
        float first = numbers[0, 0];
        for (int i = 0; i < numbers.Inputs; i++)
        {
            if (numbers.Row(i).ContainsAnyExcept(first))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fixes a device at a weight: its steps are zero and its bounds equal.</summary>
    internal void Stick(int place, float weight)
    {
        stuck.Add(place);
        weight += 0f; // -0 becomes 0, which a zero step leaves as it is
        (Up.Padded[place], Down.Padded[place], UpShape.Padded[place], DownShape.Padded[place]) = (0, -0f, 0, 0);
        (Low.Padded[place], High.Padded[place]) = (weight, weight);
        followers(this, place);
    }

    /// <summary>Tells the place of each device that is stuck from now on, behind the change of its numbers.</summary>
    internal void OnStuck(Action<DeviceTable, int> follower) => followers += follower;
}
