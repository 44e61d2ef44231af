using Crosspoint.Repro.Plots;

namespace Crosspoint.Repro.Report;

/// <summary>One axis of a chart: from values to places in the picture, and the ticks between.</summary>
/// <param name="low">The value at the start; its logarithm to base 10 on a logarithmic axis.</param>
/// <param name="high">The value at the end, above <paramref name="low"/>.</param>
/// <param name="start">Place of the start.</param>
/// <param name="end">Place of the end.</param>
/// <param name="isLog">Whether the axis is logarithmic.</param>
internal sealed class ChartScale(double low, double high, double start, double end, bool isLog)
{
    private static readonly double[] NiceSteps = [1, 2, 2.5, 5, 10];

    /// <summary>Fits an axis to values, with a margin where an end is not fixed.</summary>
    public static ChartScale Fit(IEnumerable<double> values, double? low, double? high, double margin, double start, double end, bool isLog)
    {
        double[] finite = [.. values.Select(value => isLog ? Math.Log10(value) : value).Where(double.IsFinite)];
        (double least, double most) = finite.Length > 0 ? (finite.Min(), finite.Max()) : (0, 1);
        double room = most > least ? margin * (most - least) : Math.Max(Math.Abs(most) * 0.05, 1e-9);
        double from = Fixed(low) ?? (least - room), to = Fixed(high) ?? (most + room);
        return to > from ? new ChartScale(from, to, start, end, isLog) : new ChartScale(from - 0.5, from + 0.5, start, end, isLog);

        double? Fixed(double? at) => at is { } value && double.IsFinite(isLog ? Math.Log10(value) : value) ? isLog ? Math.Log10(value) : value : null;
    }

    /// <summary>Place of a value; not finite where a logarithmic axis has none.</summary>
    public double At(double value) => start + (((isLog ? Math.Log10(value) : value) - low) / (high - low) * (end - start));

    /// <summary>Ticks with their numbers.</summary>
    /// <param name="spacing">Least distance of two ticks in the picture.</param>
    public IEnumerable<(double Place, string Text)> Ticks(double spacing) => isLog ? LogTicks(spacing) : LinearTicks(spacing);

    private IEnumerable<(double, string)> LinearTicks(double spacing)
    {
        double rough = (high - low) * spacing / Math.Abs(end - start);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * NiceSteps.First(nice => nice * power >= rough * 0.999);
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        decimals += Math.Abs((step * Math.Pow(10, decimals)) - Math.Round(step * Math.Pow(10, decimals))) > 1e-6 ? 1 : 0;
        for (double n = Math.Ceiling((low / step) - 1e-9); n <= Math.Floor((high / step) + 1e-9); n++)
        {
            yield return (At(n * step), Number(n * step, decimals));
        }
    }

    private IEnumerable<(double, string)> LogTicks(double spacing)
    {
        double[] between = Panel.LogDigits(high - low);
        int every = Math.Max(1, (int)Math.Ceiling((high - low) * spacing / Math.Abs(end - start)));
        for (int exponent = (int)Math.Floor(low); exponent <= (int)Math.Ceiling(high); exponent++)
        {
            foreach (double factor in between)
            {
                double value = factor * Math.Pow(10, exponent), at = Math.Log10(value);
                if (at >= low - 1e-9 && at <= high + 1e-9 && exponent % every == 0)
                {
                    yield return (At(value), Math.Abs(exponent) <= 3 ? Number(value, Math.Max(0, -exponent)) : $"{factor:0}e{exponent}");
                }
            }
        }
    }

    // A true minus sign is as wide as a plus sign.
    private static string Number(double value, int decimals) =>
        Math.Abs(value) >= 1e6 || decimals > 6
            ? value.ToString("0.##e0").Replace('-', '−')
            : (Math.Round(value, Math.Min(decimals, 15)) + 0.0).ToString("F" + decimals).Replace('-', '−');
}
