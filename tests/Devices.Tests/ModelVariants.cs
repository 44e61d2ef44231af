using System.Reflection;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tests;

/// <summary>What can be made of a registered model without knowing it.</summary>
internal static class ModelVariants
{
    public static DeviceModel Default(string name) => DeviceModels.Find(name)!.Default();

    /// <summary>A spread for every parameter that may vary from device to device and is not zero.</summary>
    public static TModel WithSpread<TModel>(TModel model, float deviation, SpreadLaw law)
        where TModel : DeviceModel
    {
        DeviceModel copy = model with { };
        foreach (PropertyInfo property in copy.GetType().GetProperties().Where(p => p.PropertyType == typeof(Spread) && p.CanWrite))
        {
            Spread spread = (Spread)property.GetValue(copy)!;
            property.SetValue(copy, spread with { Deviation = spread.Mean == 0 ? 0 : deviation, Law = law });
        }

        return (TModel)copy;
    }

    /// <summary>Whether devices differ where every parameter that may vary does.</summary>
    public static bool MayVary(DeviceModel model) => model.GetType().GetProperties()
        .Any(p => p.PropertyType == typeof(Spread) && p.CanWrite && ((Spread)p.GetValue(model)!).Mean != 0);

    /// <summary>The model as it is, with spread, and where it is a pulsed device with each imperfection and with all of them.</summary>
    public static IEnumerable<(string Name, DeviceModel Model)> All(string name)
    {
        DeviceModel model = Default(name);
        yield return ("default", model);
        yield return ("spread", WithSpread(model, 0.2f, SpreadLaw.Normal));
        if (model is not PulsedDeviceModel pulsed)
        {
            yield break;
        }

        yield return ("log-normal", WithSpread(pulsed, 0.2f, SpreadLaw.LogNormal) with { CycleNoise = 0.3f });
        yield return ("multiplicative", pulsed with { CycleNoise = 0.3f });
        yield return ("additive", pulsed with { AdditiveNoise = 0.3f });
        yield return ("both", WithSpread(pulsed, 0.2f, SpreadLaw.Normal) with { CycleNoise = 0.3f, AdditiveNoise = 0.2f });
        yield return ("aggregated", pulsed with { CycleNoise = 0.3f, PulseNoise = PulseNoiseKind.Aggregated });
        yield return ("write noise", pulsed with { CycleNoise = 0.3f, WriteNoise = 0.05f });
        yield return ("stuck at a weight", pulsed with { CycleNoise = 0.3f, StuckAt = 0.3f, StuckWeight = 0.125f });
        yield return ("resting", pulsed with { Decay = new(0.01f, 0.2f), RestingWeight = 0.1f, Diffusion = new(0.01f, 0.2f), DriftExponent = new(0.1f, 0.2f) });
        if (pulsed is StepDeviceModel step)
        {
            yield return ("imbalance", step with { UpDown = 0.2f, UpDownDeviation = 0.1f, CycleNoise = 0.3f });
        }

        if (double.IsFinite(pulsed.MeanBounds.High))
        {
            yield return ("finite states", pulsed with { CycleNoise = 1, States = 300 });
            yield return ("everything", WithSpread(pulsed, 0.2f, SpreadLaw.Normal) with
            {
                CycleNoise = 0.3f,
                AdditiveNoise = 0.2f,
                WriteNoise = 0.05f,
                States = 500,
                StuckLow = 0.05f,
                StuckHigh = 0.05f,
                StuckAt = 0.05f,
                StuckWeight = pulsed.MeanBounds.Low > 0 ? 0.125f : 0,
                Decay = new(0.01f, 0.2f),
                Diffusion = new(0.01f, 0.2f),
                DriftExponent = new(0.1f, 0.2f),
            });
        }
    }

    /// <summary>Weights to begin with: within the bounds of the mean device, or where an unbounded one still has its direction.</summary>
    public static float[] Inside(DeviceModel model)
    {
        FiredPulses probe = new(model.Create(1, 1, default));
        float low = probe.Program(-10)[0], high = probe.Program(10)[0];
        (low, high) = (low == -10 ? -0.5f : low, high == 10 ? 0.5f : high);
        return [.. Enumerable.Range(0, 9).Select(n => low + ((n + 0.5f) / 9 * (high - low)))];
    }
}
