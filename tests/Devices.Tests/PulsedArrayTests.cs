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
    public void An_update_is_that_of_the_kernel_and_is_counted(Size inputs, Size outputs, Slots slots, Address address, DataSeed data)
    {
        Random random = data.Random();
        LinearStep device = new(Table(inputs.Value, outputs.Value), Bound);
        PulseNoiseKind kind = (PulseNoiseKind)random.Next(2);
        PulsedArray<LinearStep> array = new(inputs.Value, outputs.Value, device, 0.01f, Bound, 0.3f, kind);
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value, Bound);
        array.Program(weights);
        PulsedUpdater updater = new(inputs.Value, outputs.Value);
        long coincidences = 0, events = 0;
        for (int update = 0; update < 3; update++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, slots.Value, random.NextSingle());
            array.Pulse(t.Rows, t.Columns, address.At);
            coincidences += updater.Apply(device, weights, t.Rows, t.Columns, 0.3f, kind, address.At, out long some);
            events += some;
        }

        Same.Bits(weights.Padded, array.Weights.Padded);
        Assert.Equal((coincidences, events, 0), (array.Counters.Coincidences, array.Counters.Events, array.Counters.PairsReset));
        Assert.Equal(0.01f, array.MinStep);
    }

    [Property(MaxTest = 50)]
    public void Program_clips_to_the_bounds_and_a_reset_does_nothing(Size inputs, Size outputs, DataSeed data)
    {
        PaddedMatrix weights = data.Random().Matrix(inputs.Value, outputs.Value, 2);
        PulsedArray<LinearStep> array = Linear(inputs.Value, outputs.Value);
        array.Program(weights);
        array.Reset(default);
        for (int i = 0; i < inputs.Value; i++)
        {
            Same.Bits([.. weights.Row(i).ToArray().Select(w => Math.Clamp(w, -Bound, Bound))], array.Weights.Row(i));
        }
    }

    [Property(MaxTest = 30)]
    public void A_saved_array_loaded_into_another_goes_on_like_the_first(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        PulsedArray<LinearStep> first = Linear(inputs.Value, outputs.Value), second = Linear(inputs.Value, outputs.Value);
        Trains t = new(random, inputs.Value, outputs.Value, 20, 1), next = new(random, inputs.Value, outputs.Value, 40, 1);
        first.Pulse(t.Rows, t.Columns, address.At);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        first.Save(writer);
        stream.Position = 0;
        second.Load(new BinaryReader(stream));
        Assert.Equal(stream.Length, stream.Position);
        foreach (PulsedArray<LinearStep> array in new[] { first, second })
        {
            array.Pulse(next.Rows, next.Columns, address.At with { Step = 77 });
        }

        Same.Bits(first.Weights.Padded, second.Weights.Padded);
        Assert.Equal(
            (first.Counters.Coincidences, first.Counters.Events, first.Counters.PairsReset),
            (second.Counters.Coincidences, second.Counters.Events, second.Counters.PairsReset));
    }

    [Theory]
    [InlineData(PulseNoiseKind.EachPulse)]
    [InlineData(PulseNoiseKind.Aggregated)]
    public void Pulses_allocate_nothing_after_the_first(PulseNoiseKind kind)
    {
        StepTable table = Table(30, 50);
        AssertNothing(new PulsedArray<LinearStep>(30, 50, new(table, Bound), 0.01f, Bound, 0.3f, kind));
        AssertNothing(new PulsedArray<ExponentialStep>(30, 50, new(table, Bound, 3), 0.01f, Bound, 0.3f, kind));
        AssertNothing(new PulsedArray<PowerStep>(30, 50, new(table, Bound, 2), 0.01f, Bound, 0.3f, kind));

        static void AssertNothing(ICrosspointArray array)
        {
            Trains t = new(new Random(1), 30, 50, 100, 1);
            array.Pulse(t.Rows, t.Columns, new(1, 1, 0));
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (ulong step = 1; step < 10; step++)
            {
                array.Pulse(t.Rows, t.Columns, new(1, 1, step));
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Numbers_and_shapes_that_do_not_fit_are_refused()
    {
        LinearStep device = new(Table(3, 5), Bound);
        Rejected.With("minStep", "above 0", 0f, () => new PulsedArray<LinearStep>(3, 5, device, 0, 1, 0));
        Rejected.With("minStep", "finite", float.PositiveInfinity, () => new PulsedArray<LinearStep>(3, 5, device, float.PositiveInfinity, 1, 0));
        Rejected.With("bound", "above 0", -1f, () => new PulsedArray<LinearStep>(3, 5, device, 0.1f, -1, 0));
        Rejected.With("bound", "above 0", float.NaN, () => new PulsedArray<LinearStep>(3, 5, device, 0.1f, float.NaN, 0));
        Rejected.With("sigma", "at least 0", -1f, () => new PulsedArray<LinearStep>(3, 5, device, 0.1f, 1, -1));
        Rejected.With("sigma", "finite", float.NaN, () => new PulsedArray<LinearStep>(3, 5, device, 0.1f, 1, float.NaN));
        Rejected.With("inputs", 1, 0, () => new PulsedArray<LinearStep>(0, 5, device, 0.1f, 1, 0));
        Rejected.With("device", "[4, 5]", "[3, 5]", () => new PulsedArray<LinearStep>(4, 5, device, 0.1f, 1, 0));
        Rejected.With("noise", 1, 2, () => new PulsedArray<LinearStep>(3, 5, device, 0.1f, 1, 0, (PulseNoiseKind)2));

        PulsedArray<LinearStep> array = Linear(3, 5);
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

    private static PulsedArray<LinearStep> Linear(int inputs, int outputs) =>
        new(inputs, outputs, new LinearStep(Table(inputs, outputs), Bound), 0.01f, Bound, 0.3f);

    private static StepTable Table(int inputs, int outputs) =>
        new(inputs, outputs, new() { Step = 0.01f, StepSpread = 0.3f, UpDownSpread = 0.05f, Slope = 1 / Bound }, new(3, 4, 0));
}
