using Crosspoint.Devices.Models;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tests;

/// <summary>A model with a parameter of every kind that a preset file can hold.</summary>
public sealed record ProbeModel : DeviceModel
{
    public enum Form
    {
        EachPulse,
        Aggregated,
    }

    [Unit("weight", Minimum = 0, Above = true)]
    public Spread Step { get; init; } = new(0.001f, 0.3f);

    [Unit("weight")]
    public float Low { get; init; } = -1;

    [Unit("weight")]
    public float High { get; init; } = 1;

    [Unit("1", Minimum = 0, Maximum = 0.5)]
    public float StuckFraction { get; init; }

    [Unit("1", Minimum = 2)]
    public int States { get; init; } = 32;

    [Unit("update", Minimum = 0, Above = true)]
    public double Lifetime { get; init; } = double.PositiveInfinity;

    public bool IsClipped { get; init; } = true;

    public Form Noise { get; init; }

    [Unit("weight")]
    public IReadOnlyList<float> Table { get; init; } = [0.5f, 0.25f];

    public ProbePart Leak { get; init; } = new();

    public DeviceModel? Reference { get; init; }

    public IReadOnlyList<DeviceModel> Members { get; init; } = [];

    public static IReadOnlyDictionary<string, Type> Types { get; } = new Dictionary<string, Type> { ["probe"] = typeof(ProbeModel) };

    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        RequireAbove(nameof(High), Low, High);
        return new ConstantStepArray(inputs, outputs, Step.Mean, High);
    }

    public override double MeanStep(double weight, bool isUp) => isUp ? Step.Mean : -Step.Mean;

    private static void RequireAbove(string name, float low, float high)
    {
        if (!(low < high))
        {
            throw new ArgumentOutOfRangeException(name, high, $"{name}: expected a number above low, {low}, got {high}.");
        }
    }
}

/// <summary>A part of a model.</summary>
public sealed record ProbePart
{
    [Unit("1/update", Minimum = 0)]
    public Spread Rate { get; init; }

    [Unit("weight")]
    public float Target { get; init; } = 0.5f;
}
