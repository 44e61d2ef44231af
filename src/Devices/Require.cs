using Crosspoint.Kernels;

namespace Crosspoint.Devices;

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

    /// <summary>A bound: above 0, infinity for none.</summary>
    public static void Bound(string name, float actual)
    {
        if (!(actual > 0))
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a number above 0, got {actual}.");
        }
    }

    public static void Finite(string name, float actual)
    {
        if (!float.IsFinite(actual))
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a finite number, got {actual}.");
        }
    }

    public static void InRange(string name, int low, int high, int actual)
    {
        if (actual < low || actual > high)
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected a number in [{low}, {high}], got {actual}.");
        }
    }

    public static void SameShape(string name, PaddedMatrix expected, PaddedMatrix actual)
    {
        if (expected.Inputs != actual.Inputs || expected.Outputs != actual.Outputs)
        {
            throw new ArgumentException(
                $"{name}: expected shape [{expected.Inputs}, {expected.Outputs}], got [{actual.Inputs}, {actual.Outputs}].", name);
        }
    }

    public static void Fit(PaddedMatrix weights, LineTrains rows, LineTrains columns)
    {
        if (rows.Lines != weights.Inputs)
        {
            throw new ArgumentException($"rows: expected {weights.Inputs} lines, got {rows.Lines}.", nameof(rows));
        }

        if (columns.Lines != weights.Outputs)
        {
            throw new ArgumentException($"columns: expected {weights.Outputs} lines, got {columns.Lines}.", nameof(columns));
        }

        if (columns.BitLength != rows.BitLength)
        {
            throw new ArgumentException($"columns: expected {rows.BitLength} slots as in the rows, got {columns.BitLength}.", nameof(columns));
        }
    }

    public static void NoNaN(string name, PaddedMatrix weights)
    {
        for (int i = 0; i < weights.Inputs; i++)
        {
            int j = weights.Row(i).IndexOf(float.NaN);
            if (j >= 0)
            {
                throw new ArgumentException($"{name}: expected numbers, got NaN at [{i}, {j}].", name);
            }
        }
    }
}
