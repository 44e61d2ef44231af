using System.Globalization;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Sweeps;

/// <summary>A range of numbers, even or even in the logarithm. Values are rounded to six digits, so that they are the same on every machine.</summary>
/// <param name="From">One end.</param>
/// <param name="To">The other.</param>
/// <param name="IsLogarithmic">Whether ratios are even instead of differences.</param>
internal sealed record AxisRange(double From, double To, bool IsLogarithmic)
{
    /// <summary>Reads <c>from</c>, <c>to</c> and <c>scale</c>.</summary>
    /// <exception cref="InvalidDataException">One is missing, or a logarithmic range has an end that is not above zero.</exception>
    public static AxisRange Read(PresetNode node)
    {
        const string Scales = "linear or log";
        string scale = node["scale"] is { } word ? word.RequireText(Scales) : "linear";
        if (scale is not ("linear" or "log"))
        {
            throw node["scale"]!.Wrong(Scales);
        }

        return new AxisRange(End("from"), End("to"), scale == "log");

        double End(string field)
        {
            string expected = scale == "log" ? "a number above 0" : "a number";
            PresetNode end = node[field] ?? throw node.Missing(field, expected);
            double value = end.Number(expected);
            return scale == "log" && value <= 0 ? throw end.Wrong(expected) : value;
        }
    }

    /// <summary>Evenly spaced values, both ends among them.</summary>
    public IEnumerable<double> Spaced(int count) => Enumerable.Range(0, count).Select(n => Between(count == 1 ? 0 : (double)n / (count - 1)));

    /// <summary>The value at a place; whole numbers from one end to the other are equally frequent.</summary>
    /// <param name="u">In [0, 1).</param>
    /// <param name="isWhole">Whether it is to be a whole number.</param>
    public double At(double u, bool isWhole) => isWhole && !IsLogarithmic
        ? Math.Floor(Math.Min(From, To) + (u * (Math.Abs(To - From) + 1)))
        : Between(u);

    private double Between(double u)
    {
        double value = IsLogarithmic ? From * Math.Exp(u * Math.Log(To / From)) : From + (u * (To - From));
        return double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
