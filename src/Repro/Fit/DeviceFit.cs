using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;

namespace Crosspoint.Repro.Fit;

/// <summary>All update models fitted to one measurement, the best first.</summary>
internal sealed class DeviceFit
{
    private const int FewestPulses = 10; // in each direction and device
    private const double Margin = 5; // typical steps from a bound within which a step may have been cut

    private static readonly (string Name, Func<StepDeviceModel> Template)[] Models =
    [
        ("constant-step", () => new ConstantStepModel { Bounded = false }),
        ("linear-step", () => new LinearStepModel()),
        ("soft-bounds", () => new SoftBoundsModel()),
        ("exponential-step", () => new ExponentialStepModel()),
        ("power-step", () => new PowerStepModel()),
    ];

    /// <summary>Fits.</summary>
    /// <param name="measured">The devices.</param>
    /// <param name="model">The only model to fit; <see langword="null"/> for all.</param>
    /// <param name="cancellation">Ends the work between two models.</param>
    /// <exception cref="InvalidDataException">There are too few pulses in a direction, or no model can be fitted.</exception>
    public DeviceFit(IReadOnlyList<PulseSeries> measured, string? model, CancellationToken cancellation)
    {
        Measured = measured;
        Bounds = HardBounds.Of(measured);
        Used = [.. measured.Select((series, k) => series.Without(Bounds.Low[k], Bounds.High[k], Margin * Typical(series)))];
        RequirePulses(Used);
        List<ModelFit> fits = [];
        List<string> failures = [];
        foreach ((string name, Func<StepDeviceModel> template) in Models.Where(known => model is null || known.Name == model))
        {
            StepFamily family = new(name, template());
            CycleNoise[] laws = name == "constant-step" ? [CycleNoise.Multiplicative] : [CycleNoise.Multiplicative, CycleNoise.Additive];
            foreach (CycleNoise noise in laws)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    fits.Add(new ModelFit(family, noise, Used));
                }
                catch (Exception failure) when (failure is InvalidDataException or ArgumentException or ArithmeticException)
                {
                    failures.Add($"{name} with {PresetWriter.Word(noise)} noise: {failure.Message.ReplaceLineEndings(" ")}");
                }
            }
        }

        Failures = failures;
        Fits = [.. fits.Where(fit => double.IsFinite(fit.Bic)).OrderBy(fit => fit.Bic)];
        if (Fits.Count == 0)
        {
            throw new InvalidDataException($"no model can be fitted to these pulses; {string.Join("; ", failures)}");
        }
    }

    /// <summary>The models that can be fitted.</summary>
    public static IEnumerable<string> ModelNames => Models.Select(model => model.Name);

    /// <summary>The measurement.</summary>
    public IReadOnlyList<PulseSeries> Measured { get; }

    /// <summary>The steps that were fitted: those far enough from hard bounds.</summary>
    public IReadOnlyList<PulseSeries> Used { get; }

    /// <summary>Hard bounds of the devices, where the measurement shows them.</summary>
    public HardBounds Bounds { get; }

    /// <summary>The fits, the smallest BIC first.</summary>
    public IReadOnlyList<ModelFit> Fits { get; }

    /// <summary>The models that could not be fitted, and why.</summary>
    public IReadOnlyList<string> Failures { get; }

    /// <summary>The fit of the smallest BIC.</summary>
    public ModelFit Best => Fits[0];

    /// <summary>The best fit as a preset, with the hard bounds that were seen.</summary>
    public Preset ToPreset(string name, string file)
    {
        StepDeviceModel model = Best.Model();
        if (Bounds.IsSeen)
        {
            (Spread low, Spread high) = Bounds.Spread();
            model = model switch
            {
                ConstantStepModel constant => constant with { Bounded = true, Low = low, High = high },
                LinearStepModel linear => linear with { Bounded = true, Low = low, High = high },
                _ => model,
            };
        }

        return new Preset
        {
            Name = name,
            Title = $"Fitted to {Measured.Count} devices, {Best.Steps} steps",
            Source = $"own measurement, {file}",
            Note = FormattableString.Invariant(
                $"Fit of {Best.Family.Name} with {PresetWriter.Word(Best.Noise)} noise: ln L {Best.LogLikelihood:F1}, AIC {Best.Aic:F1}, BIC {Best.Bic:F1}."),
            Model = model,
        };
    }

    private static void RequirePulses(IReadOnlyList<PulseSeries> used)
    {
        foreach (PulseSeries series in used)
        {
            foreach (bool isUp in new[] { true, false })
            {
                int pulses = series.IsUp.Count(up => up == isUp);
                if (pulses < FewestPulses)
                {
                    throw new InvalidDataException(
                        $"device {series.Device}: expected at least {FewestPulses} {(isUp ? "up" : "down")} pulses away from its bounds, got {pulses}");
                }
            }
        }
    }

    private static double Typical(PulseSeries series)
    {
        double[] sizes = [.. series.Change.Select(Math.Abs).Order()];
        return sizes.Length == 0 ? 0 : sizes[sizes.Length / 2];
    }
}
