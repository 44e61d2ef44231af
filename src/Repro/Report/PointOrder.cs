using System.Globalization;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Report;

/// <summary>Points in the order in which people would write them: coordinate by coordinate, numbers by size.</summary>
internal sealed class PointOrder : IComparer<Point>
{
    /// <summary>The order.</summary>
    public static PointOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(Point? x, Point? y)
    {
        foreach (((string Name, object Value) left, (string Name, object Value) right) in (x ?? Point.Empty).Coordinates.Zip((y ?? Point.Empty).Coordinates))
        {
            int names = string.CompareOrdinal(left.Name, right.Name);
            int order = names != 0 ? names : Values(left.Value, right.Value);
            if (order != 0)
            {
                return order;
            }
        }

        return (x?.Coordinates.Count ?? 0) - (y?.Coordinates.Count ?? 0);
    }

    /// <summary>Compares two values of a coordinate.</summary>
    public static int Values(object left, object right) =>
        IsNumber(left) && IsNumber(right)
            ? Convert.ToDouble(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(right, CultureInfo.InvariantCulture))
            : string.CompareOrdinal(Point.Format(left), Point.Format(right));

    /// <summary>Whether a value is a number.</summary>
    public static bool IsNumber(object value) => value is int or long or double;
}
