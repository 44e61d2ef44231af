using Crosspoint.Kernels;

namespace Crosspoint.Training;

/// <summary>Checks at the door: the argument's name and both numbers.</summary>
internal static class Require
{
    public static void Positive(string name, float actual)
    {
        if (!(actual > 0 && float.IsFinite(actual)))
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a finite number above 0, got {actual}.");
        }
    }

    public static void NotNegative(string name, float actual)
    {
        if (!(actual >= 0 && float.IsFinite(actual)))
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a finite number of at least 0, got {actual}.");
        }
    }

    public static void AtLeast(string name, int smallest, int actual)
    {
        if (actual < smallest)
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected at least {smallest}, got {actual}.");
        }
    }

    public static void InRange(string name, float low, float high, float actual)
    {
        if (!(actual >= low && actual <= high))
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a number in [{low}, {high}], got {actual}.");
        }
    }

    public static void SameShape(string name, PaddedMatrix expected, PaddedMatrix actual) => Shape(name, expected.Inputs, expected.Outputs, actual);

    public static void Shape(string name, int inputs, int outputs, PaddedMatrix actual)
    {
        if (inputs != actual.Inputs || outputs != actual.Outputs)
        {
            throw new ArgumentException($"{name}: expected shape [{inputs}, {outputs}], got [{actual.Inputs}, {actual.Outputs}].", name);
        }
    }

    /// <summary>Numbers that were read from a state.</summary>
    public static void StoredNumbers(string name, PaddedMatrix values)
    {
        foreach (float value in values.Padded)
        {
            Stored(name, float.MinValue, float.MaxValue, value);
        }
    }

    /// <summary>A number that was read from a state.</summary>
    public static void Stored(string name, double low, double high, double actual)
    {
        if (!(actual >= low && actual <= high))
        {
            throw new InvalidDataException($"{name}: expected a number in [{low}, {high}], got {actual}.");
        }
    }
}
