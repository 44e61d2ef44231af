using System.Collections.Immutable;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>Steps measured over the weight, as tables of mean and deviation; each cross-point is one of the measured devices.</summary>
/// <remarks>
/// w' = clip(w + s(w) + σ(w) ξ, min, max): s and σ are constant in equal bins of the weight, or straight lines between equally spaced knots.
/// </remarks>
public sealed record MeasuredStepModel : DeviceModel, ITabulated
{
    /// <summary>The smallest weight.</summary>
    [Unit("weight")]
    public float Min { get; init; } = -1;

    /// <summary>The largest weight, above <see cref="Min"/>.</summary>
    [Unit("weight")]
    public float Max { get; init; } = 1;

    /// <summary>Measured devices in the tables, at least 1.</summary>
    [Unit("1", Minimum = 1)]
    public int Devices { get; init; } = 1;

    /// <summary>Whether the numbers are knots with straight lines between them, the first at the smallest weight; otherwise bins.</summary>
    public bool Interpolated { get; init; } = true;

    /// <summary>Steps of an up pulse, shape [devices, knots or bins].</summary>
    [Unit("weight")]
    public ImmutableArray<float> Up { get; init; } = [0.002f, 0];

    /// <summary>Steps of a down pulse with their sign, shape [devices, knots or bins].</summary>
    [Unit("weight")]
    public ImmutableArray<float> Down { get; init; } = [0, -0.002f];

    /// <summary>Deviation of an up step, shape [devices, knots or bins]; empty for none.</summary>
    [Unit("weight", Minimum = 0)]
    public ImmutableArray<float> UpNoise { get; init; } = [];

    /// <summary>Deviation of a down step, likewise.</summary>
    [Unit("weight", Minimum = 0)]
    public ImmutableArray<float> DownNoise { get; init; } = [];

    /// <inheritdoc/>
    TableEntries ITabulated.Form => Interpolated ? TableEntries.Knots : TableEntries.Bins;

    /// <inheritdoc/>
    int ITabulated.Entries => Up.Length / Devices;

    /// <inheritdoc/>
    DeviceModel ITabulated.WithTable(StepTable table) => this with
    {
        Min = table.Min,
        Max = table.Max,
        Devices = table.Devices,
        Up = table.Up.Mean,
        Down = table.Down.Mean,
        UpNoise = table.Up.Deviation,
        DownNoise = table.Down.Deviation,
    };

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        int entries = MeasuredTables.Entries(nameof(Up), Up.Length, Devices);
        StepTables tables = Interpolated
            ? StepTables.Interpolated(Min, Max, entries, Up.AsSpan(), Down.AsSpan(), UpNoise.AsSpan(), DownNoise.AsSpan())
            : StepTables.Binned(Min, Max, entries, Up.AsSpan(), Down.AsSpan(), UpNoise.AsSpan(), DownNoise.AsSpan());
        return new StepTableArray(inputs, outputs, tables, MeasuredTables.MinStep(this, Min, Max), at);
    }

    /// <inheritdoc/>
    public override double MeanStep(double weight, bool isUp)
    {
        ImmutableArray<float> steps = isUp ? Up : Down;
        int entries = steps.Length / Devices, cells = Interpolated ? entries - 1 : entries;
        double place = Math.Clamp((weight - Min) / (Max - Min) * cells, 0, cells), sum = 0;
        int cell = Math.Min((int)place, cells - 1);
        for (int device = 0; device < Devices; device++)
        {
            int k = (device * entries) + cell;
            sum += Interpolated ? steps[k] + ((place - cell) * (steps[k + 1] - steps[k])) : steps[k];
        }

        return Math.Clamp(weight + (sum / Devices), Min, Max) - weight;
    }
}
