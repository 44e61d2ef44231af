using Crosspoint.Devices.Models;
using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class PulsedArrayTests
{
    private const float Bound = 0.6f;

    [Property(MaxTest = 50)]
    public void Program_clips_to_the_bounds_and_a_reset_does_nothing(Size inputs, Size outputs, DataSeed data)
    {
        PaddedMatrix weights = data.Random().Matrix(inputs.Value, outputs.Value, 2);
        ICrosspointArray array = Linear(inputs.Value, outputs.Value);
        array.Program(weights);
        array.Reset(default);
        for (int i = 0; i < inputs.Value; i++)
        {
            Same.Bits([.. weights.Row(i).ToArray().Select(w => Math.Clamp(w, -Bound, Bound))], array.Weights.Row(i));
        }
    }

    [Property(MaxTest = 50)]
    public void Coincidences_and_events_are_counted(Size inputs, Size outputs, Slots slots, Address address, DataSeed data)
    {
        ICrosspointArray array = Linear(inputs.Value, outputs.Value);
        Trains t = new(data.Random(), inputs.Value, outputs.Value, slots.Value, 0.7f);
        array.Pulse(t.Rows, t.Columns, address.At);
        long coincidences = 0, events = 0;
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                coincidences += t.Coincidences(i, j);
                events += t.Coincidences(i, j) > 0 ? 1 : 0;
            }
        }

        Assert.Equal((coincidences, events, 0), (array.Counters.Coincidences, array.Counters.Events, array.Counters.PairsReset));
        Assert.Equal(0.01f, array.MinStep);
    }

    [Fact]
    public void Numbers_and_shapes_that_do_not_fit_are_refused()
    {
        DeviceTable table = new(3, 5);
        PulsedDevice<LinearStep, MultiplicativeNoise, OwnBounds> device = new(table, default, default, default);
        PulsedArray Of(DeviceTable t, float minStep = 0.1f, float sigma = 0, PulseNoiseKind kind = default) =>
            new PulsedArray<PulsedDevice<LinearStep, MultiplicativeNoise, OwnBounds>>(device, t, minStep, sigma, kind);

        Rejected.With("minStep", "above 0", 0f, () => Of(table, minStep: 0));
        Rejected.With("minStep", "finite", float.PositiveInfinity, () => Of(table, minStep: float.PositiveInfinity));
        Rejected.With("sigma", "at least 0", -1f, () => Of(table, sigma: -1));
        Rejected.With("sigma", "finite", float.NaN, () => Of(table, sigma: float.NaN));
        Rejected.With("device", "[4, 5]", "[3, 5]", () => Of(new DeviceTable(4, 5)));
        Rejected.With("noise", 1, 2, () => Of(table, kind: (PulseNoiseKind)2));
        Rejected.With("inputs", 1, 0, () => Linear(0, 5));

        ICrosspointArray array = Linear(3, 5);
        PaddedMatrix unknown = new(3, 5);
        unknown[1, 4] = float.NaN;
        Rejected.With("weights", "numbers", "[1, 4]", () => array.Program(unknown));
        Rejected.With("weights", "[3, 5]", "[3, 6]", () => array.Program(new PaddedMatrix(3, 6)));
        Rejected.With("rows", 3, 2, () => array.Pulse(new LineTrains(2, 8), new LineTrains(5, 8), default));
        Rejected.With("columns", 5, 4, () => array.Pulse(new LineTrains(3, 8), new LineTrains(4, 8), default));
        Rejected.With("columns", 8, 7, () => array.Pulse(new LineTrains(3, 8), new LineTrains(5, 7), default));

        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        Linear(2, 5).Save(writer);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => array.Load(new BinaryReader(stream)));
    }

    private static ICrosspointArray Linear(int inputs, int outputs) => new LinearStepModel
    {
        Step = new(0.01f, 0.3f), UpDownDeviation = 0.05f, Bounded = true, CycleNoise = 0.3f,
    }.Create(inputs, outputs, new(3, 4, 0));
}
