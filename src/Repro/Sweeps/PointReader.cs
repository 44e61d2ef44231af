using System.Text.Json;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Sweeps;

/// <summary>Reads the points of a sweep: a grid, a list, a Latin hypercube, Sobol points, or each point of one with each of another.</summary>
internal static class PointReader
{
    /// <summary>The most points of one sweep.</summary>
    public const int MostPoints = 100_000;

    private const string Label = "label";
    private static readonly (string Name, Func<PresetNode, IReadOnlyList<SweepPoint>> Read)[] Blocks =
        [("grid", Grid), ("list", List), ("latinHypercube", Latin), ("sobol", Sobol)];

    /// <summary>The names of the kinds of points.</summary>
    public static IEnumerable<string> Names => Blocks.Select(block => block.Name);

    /// <summary>The points; a single one where the file says nothing.</summary>
    /// <exception cref="InvalidDataException">Something is malformed, or there are too many.</exception>
    public static IReadOnlyList<SweepPoint> Read(PresetNode? node)
    {
        IReadOnlyList<SweepPoint> points = [SweepPoint.Empty];
        if (node is null)
        {
            return points;
        }

        node.RequireObject(Names);
        foreach ((string name, PresetNode value) in node.Fields)
        {
            IReadOnlyList<SweepPoint> more = Blocks.First(block => block.Name == name).Read(value);
            RequireFew(node, (long)points.Count * more.Count);
            points = [.. from a in points from b in more select a.With(b)];
        }

        return points;
    }

    private static IReadOnlyList<SweepPoint> Grid(PresetNode node)
    {
        Axis[] axes = Axes(node, isGrid: true);
        RequireFew(node, axes.Aggregate(1L, (product, axis) => Math.Min(product, MostPoints + 1L) * axis.Values.Count));
        IEnumerable<SweepPoint> points = [SweepPoint.Empty];
        foreach (Axis axis in axes)
        {
            points = from point in points from value in axis.Values select point.With(SweepPoint.At([(axis, value)]));
        }

        return [.. points];
    }

    private static IReadOnlyList<SweepPoint> List(PresetNode node)
    {
        if (node.Kind != JsonValueKind.Array || node.Items.Count == 0)
        {
            throw node.Wrong("a list of points, each an object of paths and values");
        }

        return [.. node.Items.Select(One)];
    }

    private static SweepPoint One(PresetNode node)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            throw node.Wrong("a point, an object of paths and values");
        }

        string? label = node[Label]?.RequireText("a label");
        (string Path, PresetNode Value)[] settings = [.. node.Fields.Where(field => field.Name != Label)];
        foreach ((string path, PresetNode value) in settings)
        {
            Description.Require(path, value);
        }

        return new SweepPoint(
            label is not null ? [(Label, label)] : [.. settings.Select(setting => (setting.Path, SweepPoint.Shown(setting.Path, setting.Value)))],
            settings);
    }

    private static SweepPoint[] Latin(PresetNode node)
    {
        (Axis[] axes, int count, ulong seed) = Scattered(node);
        return At(axes, LatinHypercube.Points(count, axes.Length, seed));
    }

    private static SweepPoint[] Sobol(PresetNode node)
    {
        (Axis[] axes, int count, ulong seed) = Scattered(node);
        return axes.Length > SobolSequence.MostDimensions
            ? throw node["axes"]!.Wrong($"at most {SobolSequence.MostDimensions} axes", $"{axes.Length}")
            : At(axes, SobolSequence.Points(count, LatinHypercube.Shifts(axes.Length, seed)));
    }

    private static SweepPoint[] At(Axis[] axes, double[][] points) =>
        [.. points.Select(point => SweepPoint.At(axes.Select((axis, d) => (axis, axis.At(point[d])))))];

    private static (Axis[] Axes, int Count, ulong Seed) Scattered(PresetNode node)
    {
        node.RequireObject("count", "seed", "axes");
        PresetNode axes = node["axes"] ?? throw node.Missing("axes", "the axes, an object of paths and ranges");
        return (Axes(axes, isGrid: false), Axis.Whole(node, "count", 1, MostPoints, null), (ulong)Axis.Whole(node, "seed", 0, int.MaxValue, 1));
    }

    private static Axis[] Axes(PresetNode node, bool isGrid) =>
        node.Kind == JsonValueKind.Object && node.Fields.Count > 0
            ? [.. node.Fields.Select(field => Axis.Read(field.Name, field.Value, isGrid))]
            : throw node.Wrong("an object of paths, each with its values");

    private static void RequireFew(PresetNode node, long count)
    {
        if (count > MostPoints)
        {
            throw node.Wrong($"at most {MostPoints} points", $"{count}");
        }
    }
}
