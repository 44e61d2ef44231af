using System.Globalization;

namespace Crosspoint.Repro.Experiments;

/// <summary>An ordered list of names with values: where in a sweep a run or a metric stands.</summary>
/// <remarks>Two points are equal when they hold the same names with the same values, in any order.</remarks>
public sealed class Point : IEquatable<Point>
{
    /// <summary>The point without coordinates.</summary>
    public static Point Empty { get; } = new();

    private readonly (string Name, object Value)[] coordinates;

    /// <summary>Makes a point from names and values (<see cref="int"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>).</summary>
    public Point(params (string Name, object Value)[] coordinates) => this.coordinates = coordinates;

    /// <summary>The coordinates in their order.</summary>
    public IReadOnlyList<(string Name, object Value)> Coordinates => coordinates;

    /// <summary>The value of a coordinate, or <see langword="null"/> where the point has none of that name.</summary>
    public object? this[string name]
    {
        get
        {
            foreach ((string Name, object Value) c in coordinates)
            {
                if (c.Name == name)
                {
                    return c.Value;
                }
            }

            return null;
        }
    }

    /// <summary>A coordinate as a number.</summary>
    /// <exception cref="KeyNotFoundException">The point has no such coordinate.</exception>
    public double Number(string name) =>
        Convert.ToDouble(this[name] ?? throw new KeyNotFoundException(name), CultureInfo.InvariantCulture);

    /// <summary>A coordinate as a word.</summary>
    /// <exception cref="KeyNotFoundException">The point has no such coordinate.</exception>
    public string Word(string name) => Format(this[name] ?? throw new KeyNotFoundException(name));

    /// <summary>Whether every coordinate of <paramref name="other"/> stands here with the same value.</summary>
    public bool Contains(Point other) =>
        other.coordinates.All(c => this[c.Name] is { } mine && Format(mine) == Format(c.Value));

    /// <summary>This point and the coordinates of another behind it.</summary>
    public Point With(Point other) => new([.. coordinates, .. other.coordinates]);

    /// <summary>The canonical text, <c>name=value,name=value</c>; also the name of a result folder.</summary>
    public override string ToString() =>
        coordinates.Length == 0 ? "all" : string.Join(",", coordinates.Select(c => $"{c.Name}={Format(c.Value)}"));

    /// <summary>A value as it stands in folders, filters and tables: invariant culture, shortest round trip.</summary>
    public static string Format(object value) => value switch
    {
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        bool b => b ? "true" : "false",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    /// <inheritdoc/>
    public bool Equals(Point? other) =>
        other is not null && other.coordinates.Length == coordinates.Length && Contains(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Point);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        coordinates.Aggregate(0, (hash, c) => hash ^ HashCode.Combine(c.Name, Format(c.Value)));
}
