using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Sweeps;

/// <summary>A point of a sweep with everything that is in force there, checked.</summary>
/// <param name="Point">Where it stands in the sweep.</param>
/// <param name="Network">Kind of the network.</param>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Values">Every parameter that means something there.</param>
/// <param name="Preset">The device; <see langword="null"/> where there is none.</param>
internal sealed record ResolvedPoint(Point Point, string Network, string Algorithm, IReadOnlyDictionary<string, object> Values, Preset? Preset)
{
    /// <summary>Whether a parameter means something there.</summary>
    public bool Uses(DescribedParameter parameter) => parameter.Applies(Network, Algorithm);

    /// <summary>Puts a point into a description and checks all of it.</summary>
    /// <exception cref="InvalidDataException">A value is wrong, or values contradict each other.</exception>
    public static ResolvedPoint At(Description common, SweepPoint point, Func<Description, Preset> device)
    {
        Description description = point.Settings.Aggregate(common, (all, setting) => all.With(setting.Path, setting.Value));
        string network = Word(description, DescribedParameters.Network), algorithm = Word(description, DescribedParameters.Algorithm);
        Dictionary<string, object> values = [];
        foreach (DescribedParameter parameter in DescribedParameters.All.Where(parameter => parameter.Applies(network, algorithm)))
        {
            values[parameter.Path] = description.Leaves.TryGetValue(parameter.Path, out PresetNode? node)
                ? parameter.Read(node)
                : parameter.DefaultOf(network, algorithm);
        }

        Preset? preset = null;
        if (Kinds.OnDevices.Contains(algorithm))
        {
            preset = device(description);
            values[DescribedParameters.Device] = DeviceParameter.Encode(preset);
        }

        RequireConverters(values, description);
        DescribedShapes.Of(new ParameterValues(values));
        return new ResolvedPoint(new Point([.. point.Coordinates]), network, algorithm, values, preset);
    }

    private static string Word(Description description, string path)
    {
        DescribedParameter parameter = DescribedParameters.ByPath[path];
        return description.Leaves.TryGetValue(path, out PresetNode? node) ? (string)parameter.Read(node) : (string)parameter.Declared.Default;
    }

    private static void RequireConverters(Dictionary<string, object> values, Description description)
    {
        foreach (string path in values.Keys.Where(path => path.EndsWith("cBits", StringComparison.Ordinal)))
        {
            string bound = path[..^"Bits".Length] + "Bound";
            if (values[path] is 1 || (values[path] is > 0 && values[bound] is 0.0))
            {
                string expected = values[path] is 1 ? "0 for no rounding, or 2 to 24 bits" : $"0 as {bound} is 0, which leaves no range to round in";
                throw (description.Leaves.TryGetValue(path, out PresetNode? node)
                    ? node.Wrong(expected)
                    : description.Leaves[bound].Wrong($"a bound above 0, or {path} of 0"));
            }
        }
    }
}
