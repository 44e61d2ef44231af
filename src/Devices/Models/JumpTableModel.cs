using System.Collections.Immutable;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>A device of equally spaced states with the state behind an up and a down pulse as tables; each cross-point is one of the devices.</summary>
/// <remarks>The jump tables of C. H. Bennett et al., IEEE Access 7, 73938 (2019), Fig. 1, over whole states. Without noise.</remarks>
public sealed record JumpTableModel : DeviceModel, ITabulated
{
    /// <summary>The weight of the first state.</summary>
    [Unit("weight")]
    public float Min { get; init; } = -1;

    /// <summary>The weight of the last state, above <see cref="Min"/>.</summary>
    [Unit("weight")]
    public float Max { get; init; } = 1;

    /// <summary>Devices in the tables, at least 1.</summary>
    [Unit("1", Minimum = 1)]
    public int Devices { get; init; } = 1;

    /// <summary>The state behind an up pulse, shape [devices, states].</summary>
    [Unit("1", Minimum = 0)]
    public ImmutableArray<ushort> Up { get; init; } = [1, 2, 3, 3];

    /// <summary>The state behind a down pulse, likewise.</summary>
    [Unit("1", Minimum = 0)]
    public ImmutableArray<ushort> Down { get; init; } = [0, 0, 1, 2];

    /// <summary>The jump table of another model: from each state to the one nearest to where a mean pulse leads.</summary>
    /// <param name="model">The model; a step of less than half the distance of states is none.</param>
    /// <param name="states">States, 2 to <see cref="JumpTables.MaxStates"/>.</param>
    /// <param name="min">The weight of the first state.</param>
    /// <param name="max">The weight of the last state, above <paramref name="min"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static JumpTableModel Of(DeviceModel model, int states, float min, float max)
    {
        Require.InRange(nameof(states), 2, JumpTables.MaxStates, states);
        Require.Positive("max - min", max - min);
        return new() { Min = min, Max = max, Up = Table(isUp: true), Down = Table(isUp: false) };

        ImmutableArray<ushort> Table(bool isUp)
        {
            double distance = ((double)max - min) / (states - 1);
            return [.. Enumerable.Range(0, states).Select(s => (ushort)Math.Clamp(
                Math.Round(s + (model.MeanStep(min + (s * distance), isUp) / distance)), 0, states - 1))];
        }
    }

    /// <inheritdoc/>
    TableEntries ITabulated.Form => TableEntries.States;

    /// <inheritdoc/>
    int ITabulated.Entries => Up.Length / Devices;

    /// <inheritdoc/>
    /// <remarks>From each state to the one nearest to where the mean step leads.</remarks>
    DeviceModel ITabulated.WithTable(StepTable table)
    {
        int states = table.Up.Mean.Length / table.Devices;
        double distance = ((double)table.Max - table.Min) / (states - 1);
        return this with { Min = table.Min, Max = table.Max, Devices = table.Devices, Up = Next(table.Up), Down = Next(table.Down) };

        ImmutableArray<ushort> Next(StepTable.Steps steps) =>
            [.. steps.Mean.Select((step, n) => (ushort)Math.Clamp(Math.Round((n % states) + (step / distance)), 0, states - 1))];
    }

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        Require.Positive("max - min", Max - Min);
        int states = MeasuredTables.Entries(nameof(Up), Up.Length, Devices);
        JumpTables tables = new(states, Up.AsSpan(), Down.AsSpan());
        return new JumpTableArray(inputs, outputs, tables, Min, Max, MinStep(), at);
    }

    /// <inheritdoc/>
    /// <remarks>From the nearest state.</remarks>
    public override double MeanStep(double weight, bool isUp)
    {
        ImmutableArray<ushort> next = isUp ? Up : Down;
        int states = next.Length / Devices;
        double distance = ((double)Max - Min) / (states - 1);
        int state = (int)Math.Clamp(Math.Round((weight - Min) / distance), 0, states - 1);
        return distance * Enumerable.Range(0, Devices).Average(device => next[(device * states) + state] - state);
    }

    // A table may stand still at zero weight: the mean over all states.
    private float MinStep()
    {
        int states = Up.Length / Devices;
        double jumps = Up.Zip(Down, (up, down) => Math.Abs(up - down) / 2.0).Average();
        float step = (float)(jumps * ((double)Max - Min) / (states - 1));
        Require.Positive("mean jump", step);
        return step;
    }
}
