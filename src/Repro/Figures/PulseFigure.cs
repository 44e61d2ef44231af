using Crosspoint.Devices;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;
using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures;

/// <summary>What figures of pulse responses have in common.</summary>
internal static class PulseFigure
{
    private const ulong DeviceStream = 0x100;

    /// <summary>The model of a preset of this library.</summary>
    public static TModel Model<TModel>(string preset)
        where TModel : DeviceModel => (TModel)PresetLibrary.Find(preset)!.Model;

    /// <summary>Fresh devices on one input line, drawn from the seed of a run.</summary>
    public static ICrosspointArray Devices(DeviceModel model, int count, RunContext context) =>
        model.Create(1, count, new RandomAddress(context.Seed, DeviceStream, 0));

    /// <summary>Sets every device to one weight, as near as it can be.</summary>
    public static void SetTo(ICrosspointArray array, float weight)
    {
        PaddedMatrix start = new(1, array.Weights.Outputs);
        start.Row(0).Fill(weight);
        array.Program(start);
    }

    /// <summary>The mean device without noise, pulse after pulse.</summary>
    /// <param name="model">The device.</param>
    /// <param name="start">Weight before the first pulse.</param>
    /// <param name="directions">Direction of each pulse.</param>
    public static double[] Mean(DeviceModel model, double start, IEnumerable<bool> directions)
    {
        List<double> trace = [start];
        foreach (bool isUp in directions)
        {
            trace.Add(trace[^1] + model.MeanStep(trace[^1], isUp));
        }

        return [.. trace];
    }

    /// <summary>So many pulses up and then so many down, again and again.</summary>
    public static IEnumerable<bool> Rounds(int pulses, int rounds) =>
        Enumerable.Range(0, 2 * pulses * rounds).Select(pulse => pulse % (2 * pulses) < pulses);
}
