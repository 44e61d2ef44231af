using Crosspoint.Devices;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Fit;

/// <summary>What was done to the measured devices, done to simulated ones: where each began, and the direction of each of its pulses.</summary>
/// <remarks>
/// Simulated device k stands for measured device k mod K and begins where that one did; where the measured ones began at different weights,
/// and the model says that its devices do, it is left to the model, since a start and the bounds of a device belong together. The same seed always: two models differ by their numbers
/// alone.
/// </remarks>
internal sealed class PulseProtocol
{
    private const ulong Seed = 20_260_101, DeviceStream = 0x500, NoiseStream = 0x501;

    private readonly IReadOnlyList<PulseSeries> measured;
    private readonly int pulses;
    private readonly bool isCommon;
    private readonly PaddedMatrix start;
    private readonly bool startsVary;

    /// <summary>Takes the protocol from measured devices.</summary>
    /// <param name="measured">At least one.</param>
    /// <param name="copies">Simulated devices for each, at least 1.</param>
    public PulseProtocol(IReadOnlyList<PulseSeries> measured, int copies)
    {
        this.measured = measured;
        Devices = copies * measured.Count;
        pulses = measured.Max(series => series.IsUp.Length);
        isCommon = measured.All(series => series.IsUp.AsSpan().SequenceEqual(measured[0].IsUp));
        start = new PaddedMatrix(1, Devices);
        startsVary = measured.Any(series => series.Weights[0] != measured[0].Weights[0]);
        for (int k = 0; k < Devices; k++)
        {
            start[0, k] = (float)measured[k % measured.Count].Weights[0];
        }
    }

    /// <summary>Simulated devices.</summary>
    public int Devices { get; }

    /// <summary>Pulses devices of a model; the weight of device k before the first and behind each pulse is row k.</summary>
    /// <exception cref="ArgumentException">A number of the model is out of its range.</exception>
    public float[][] Simulate(DeviceModel model)
    {
        ICrosspointArray array = model.Create(1, Devices, new RandomAddress(Seed, DeviceStream, 0));
        if (!(startsVary && array.Weights.Row(0).ContainsAnyExcept(array.Weights[0, 0])))
        {
            array.Program(start);
        }

        LineTrains row = new(1, 1), columns = new(Devices, 1);
        float[] signs = new float[Devices];
        signs.AsSpan().Fill(1);
        columns.Fire(signs);
        row.Fire([1f]);
        float[][] weights = [.. Enumerable.Range(0, Devices).Select(k => new float[measured[k % measured.Count].Weights.Length])];
        for (int pulse = 0; pulse <= pulses; pulse++)
        {
            ReadOnlySpan<float> now = array.Weights.Row(0);
            for (int k = 0; k < Devices; k++)
            {
                if (pulse < weights[k].Length)
                {
                    weights[k][pulse] = now[k];
                }
            }

            if (pulse == pulses)
            {
                break;
            }

            if (isCommon)
            {
                row.Fire([measured[0].IsUp[pulse] ? 1 : -1]);
            }
            else
            {
                for (int k = 0; k < Devices; k++)
                {
                    bool[] isUp = measured[k % measured.Count].IsUp;
                    signs[k] = pulse >= isUp.Length ? 0 : isUp[pulse] ? 1 : -1;
                }

                columns.Fire(signs);
            }

            array.Pulse(row, columns, new RandomAddress(Seed, NoiseStream, (ulong)pulse));
        }

        return weights;
    }
}
