using Crosspoint.Devices.Models;

namespace Crosspoint.Repro.Fit;

/// <summary>A model to be fitted by its own response: where to begin, and what is given.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Start">Its numbers to begin with.</param>
/// <param name="IsMeant">Whether these numbers are meant, as those of a preset; otherwise they are the model's defaults and may be scaled.</param>
/// <param name="Given">Numbers to hold, by their names.</param>
internal sealed record ModelRequest(string Name, DeviceModel Start, bool IsMeant, IReadOnlyDictionary<string, double> Given)
{
    private const double FewestForLaw = 8; // devices
    private const double SameScale = 1.5;

    private static readonly IReadOnlyDictionary<string, double> Nothing = new Dictionary<string, double>();

    /// <summary>A registered model as it is when nothing is said.</summary>
    public static ModelRequest Of(DeviceModelEntry entry) => new(entry.Name, entry.Default(), false, Nothing);

    /// <summary>The request with numbers given as <c>name=value</c>.</summary>
    /// <exception cref="FormatException">A name is unknown or a value is none; the message says what was expected.</exception>
    public ModelRequest With(IEnumerable<string> fixes)
    {
        Dictionary<string, double> given = new(Given);
        HashSet<string> named = [];
        IReadOnlyList<ModelNumber> numbers = ModelNumber.Of(Start);
        foreach (string fix in fixes)
        {
            int sign = fix.IndexOf('=', StringComparison.Ordinal);
            string name = sign < 0 ? fix : fix[..sign];
            ModelNumber number = numbers.FirstOrDefault(other => other.Name == name)
                ?? throw new FormatException($"{Commands.Suggestion.Unknown($"parameter of {Name}", name, numbers.Select(other => other.Name))}");
            if (!named.Add(name))
            {
                throw new FormatException($"{name}: held twice; expected one value");
            }

            try
            {
                given[name] = number.Parse(sign < 0 ? string.Empty : fix[(sign + 1)..]);
            }
            catch (FormatException wrong)
            {
                throw new FormatException($"{name}: {wrong.Message}", wrong);
            }
        }

        return this with { Given = given };
    }

    /// <summary>Fits a table.</summary>
    /// <param name="measured">The devices.</param>
    /// <param name="entries">Entries; <see langword="null"/> for those of the model, or where they are not meant a number that suits the data.</param>
    public TableFit FitTable(IReadOnlyList<PulseSeries> measured, int? entries)
    {
        const int SomeEntries = 16, MostLevels = 64;
        ITabulated form = (ITabulated)Start;
        if (entries is null && !IsMeant && form.Form == TableEntries.States)
        {
            double typical = measured.SelectMany(series => series.Change).Select(Math.Abs).Where(step => step > 0).DefaultIfEmpty(1).Min();
            double range = measured.Max(series => series.Weights.Max()) - measured.Min(series => series.Weights.Min());
            entries = (int)Math.Clamp(Math.Round(range / typical) + 1, 2, MostLevels);
        }

        return new TableFit(Name, form, measured, (End("min", form.Min), End("max", form.Max)), entries ?? (IsMeant ? form.Entries : SomeEntries));

        double? End(string name, float meant) => Given.TryGetValue(name, out double value) ? value : IsMeant ? meant : null;
    }

    /// <summary>Fits a model of numbers, with normal and where there are enough devices with log-normal spreads.</summary>
    /// <param name="measured">The devices.</param>
    /// <param name="tryLaws">Whether to try both laws; otherwise spreads are as they stand.</param>
    /// <exception cref="InvalidDataException">The model cannot be fitted to these pulses.</exception>
    public MomentFit FitNumbers(IReadOnlyList<PulseSeries> measured, bool tryLaws)
    {
        HashSet<string> names = [.. Given.Keys];
        MomentFit best = Starts(measured).Select(start => Try(start)).OfType<MomentFit>().FirstOrDefault()
            ?? new MomentFit(Name, WithGiven(Start), names, measured);
        if (!tryLaws || measured.Count < FewestForLaw || !best.Estimates.Any(e => e.Number.Name.EndsWith(".spread", StringComparison.Ordinal) && e.Value.Low > 0))
        {
            return best;
        }

        return Try(ModelNumber.WithLaw(best.Model, SpreadLaw.LogNormal)) is { } other && other.Bic < best.Bic ? other : best;

        MomentFit? Try(DeviceModel start)
        {
            try
            {
                return new MomentFit(Name, start, names, measured);
            }
            catch (InvalidDataException)
            {
                return null;
            }
        }
    }

    private DeviceModel WithGiven(DeviceModel model) =>
        ModelNumber.With(model, ModelNumber.Of(model).Where(number => Given.ContainsKey(number.Name)).Select(number => (number, Given[number.Name])));

    // As it stands; unless it is meant, with its weights scaled to the measured range where that is another one.
    private IEnumerable<DeviceModel> Starts(IReadOnlyList<PulseSeries> measured)
    {
        DeviceModel plain = WithGiven(Start);
        if (!IsMeant)
        {
            float[][] own = new PulseProtocol(measured, 1).Simulate(plain);
            double range = own.Max(weights => weights.Max()) - own.Min(weights => weights.Min());
            double factor = range > 0 ? new PulseStatistics(measured).Range / range : 1;
            if (Math.Max(factor, 1 / factor) > SameScale)
            {
                yield return WithGiven(ModelNumber.With(plain, ModelNumber.Of(plain)
                    .Where(number => number.Unit is "weight" or "1/weight")
                    .Select(number => (number, number.Get(plain) * (number.Unit == "weight" ? factor : 1 / factor)))));
            }
        }

        yield return plain;
    }
}
