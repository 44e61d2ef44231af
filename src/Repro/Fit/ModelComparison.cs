using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;

namespace Crosspoint.Repro.Fit;

/// <summary>Every registered model of numbers that needs no other one, fitted by its own response to one measurement, the best first.</summary>
internal sealed class ModelComparison
{
    /// <summary>Fits.</summary>
    /// <param name="measured">The devices.</param>
    /// <param name="progress">Told each model before it is fitted.</param>
    /// <param name="cancellation">Ends the work between two models.</param>
    public ModelComparison(IReadOnlyList<PulseSeries> measured, Action<string> progress, CancellationToken cancellation)
    {
        List<MomentFit> fits = [];
        List<string> failures = [];
        foreach (DeviceModelEntry entry in DeviceModels.All.Where(Applies))
        {
            cancellation.ThrowIfCancellationRequested();
            progress(entry.Name);
            try
            {
                fits.Add(ModelRequest.Of(entry).FitNumbers(measured, tryLaws: false));
            }
            catch (Exception failure) when (failure is InvalidDataException or ArgumentException or ArithmeticException)
            {
                failures.Add(failure.Message.ReplaceLineEndings(" "));
            }
        }

        Fits = [.. fits.Where(fit => double.IsFinite(fit.Bic)).OrderBy(fit => fit.Bic)];
        Failures = failures;
    }

    /// <summary>The fits, the smallest BIC first.</summary>
    public IReadOnlyList<MomentFit> Fits { get; }

    /// <summary>The models that could not be fitted, and why.</summary>
    public IReadOnlyList<string> Failures { get; }

    // Cells are told what they are made of, tables are the data themselves, and what is never pulsed has no response.
    private static bool Applies(DeviceModelEntry entry) => entry.Default() is not (CellModel or ITabulated or OffStateModel);
}
