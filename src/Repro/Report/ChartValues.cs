using System.Globalization;
using System.Text.Json;
using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Report;

/// <summary>The values of a mark with their places in the picture, for the pointer and the keyboard.</summary>
internal static class ChartValues
{
    private const int Digits = 6;

    /// <summary>Writes the points of a mark that are drawn.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Write(Utf8JsonWriter json, int place, ChartSeries series, Mark mark, ChartScale x, ChartScale y)
    {
        IReadOnlyList<double> errors = series.ErrorsOf(mark);
        int[] keep = [.. ChartThinning.Keep(mark.Y).Where(index => double.IsFinite(x.At(mark.X[index])) && double.IsFinite(y.At(mark.Y[index])))];
        json.WriteStartObject();
        json.WriteNumber("series", place);
        json.WriteString("name", series.Name);
        WriteNumbers("x", keep.Select(index => mark.X[index]));
        WriteNumbers("y", keep.Select(index => mark.Y[index]));
        if (mark.Kind == MarkKind.Cells)
        {
            WriteNumbers("value", keep.Select(index => mark.Extent[index]));
        }

        if (errors.Any(error => error > 0))
        {
            WriteNumbers("error", keep.Select(index => errors[index]));
        }

        WriteNumbers("px", keep.Select(index => Math.Round(x.At(mark.X[index]), 1)));
        WriteNumbers("py", keep.Select(index => Math.Round(y.At(mark.Y[index]), 1)));
        json.WriteEndObject();
        return keep.Length > 0;

        void WriteNumbers(string name, IEnumerable<double> numbers)
        {
            json.WriteStartArray(name);
            foreach (double number in numbers)
            {
                json.WriteRawValue(number.ToString("G" + Digits, CultureInfo.InvariantCulture));
            }

            json.WriteEndArray();
        }
    }
}
