using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class ConstantStepArrayTests
{
    [Property]
    public void Each_weight_moves_by_its_signed_coincidences_within_the_bounds(
        Size inputs, Size outputs, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        float step = 0.01f + (0.1f * random.NextSingle()), bound = random.Next(2) == 0 ? 0.7f : float.PositiveInfinity;
        ConstantStepArray array = new(inputs.Value, outputs.Value, step, bound);
        array.Program(random.Matrix(inputs.Value, outputs.Value, 0.6f));

        // Thin updates and dense ones go different ways.
        AssertMoves(array, step, bound, slots.Value, random, () => random.Next(2) == 0 ? 0.7f : 0.05f);
        Assert.Equal(step, array.MinStep);
    }

    // Sizes and lengths beyond those of properties go ways of their own.
    [Theory]
    [InlineData(31, 0.7f)]
    [InlineData(31, 0.2f)]
    [InlineData(127, 0.3f)]
    [InlineData(128, 0.3f)]
    public void Large_arrays_move_by_their_coincidences_too(int slots, float probability)
    {
        Random random = new(slots);
        ConstantStepArray array = new(90, 203, 0.01f, 0.7f);
        array.Program(random.Matrix(90, 203, 0.6f));
        AssertMoves(array, 0.01f, 0.7f, slots, random, () => probability);
    }

    private static void AssertMoves(ConstantStepArray array, float step, float bound, int slots, Random random, Func<float> probability)
    {
        int inputs = array.Weights.Inputs, outputs = array.Weights.Outputs;
        PaddedMatrix expected = new(inputs, outputs);
        array.Weights.Padded.CopyTo(expected.Padded);
        long coincidences = 0, events = 0;
        for (int update = 0; update < 3; update++)
        {
            Trains t = new(random, inputs, outputs, slots, probability());
            array.Pulse(t.Rows, t.Columns, default);
            for (int i = 0; i < inputs; i++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    int n = t.Coincidences(i, j);
                    float move = step * (t.Rows.Values[i] > 0 == t.Columns.Values[j] > 0 ? n : -n);
                    expected[i, j] = Math.Clamp(expected[i, j] + move, -bound, bound);
                    coincidences += n;
                    events += n > 0 ? 1 : 0;
                }
            }
        }

        Assert.Equal(expected.Padded.ToArray(), array.Weights.Padded.ToArray());
        Assert.Equal((coincidences, events), (array.Counters.Coincidences, array.Counters.Events));
    }

    [Property]
    public void Program_clips_to_the_bounds_and_a_reset_does_nothing(Size inputs, Size outputs, DataSeed data)
    {
        PaddedMatrix weights = data.Random().Matrix(inputs.Value, outputs.Value, 2);
        ConstantStepArray array = new(inputs.Value, outputs.Value, 0.1f, 0.9f);
        array.Program(weights);
        array.Reset(default);
        for (int i = 0; i < inputs.Value; i++)
        {
            Same.Bits([.. weights.Row(i).ToArray().Select(w => Math.Clamp(w, -0.9f, 0.9f))], array.Weights.Row(i));
        }
    }

    [Property(MaxTest = 40)]
    public void A_saved_array_loaded_into_another_has_the_same_weights_and_counters(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        ConstantStepArray first = new(inputs.Value, outputs.Value, 0.01f), second = new(inputs.Value, outputs.Value, 0.01f);
        Trains t = new(random, inputs.Value, outputs.Value, 10, 1);
        first.Pulse(t.Rows, t.Columns, address.At);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        first.Save(writer);
        stream.Position = 0;
        second.Load(new BinaryReader(stream));
        Same.Bits(first.Weights.Padded, second.Weights.Padded);
        Assert.Equal(first.Counters.Coincidences, second.Counters.Coincidences);
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Numbers_and_shapes_that_do_not_fit_are_refused()
    {
        Rejected.With("step", "above 0", 0f, () => new ConstantStepArray(1, 1, 0));
        Rejected.With("step", "finite", float.PositiveInfinity, () => new ConstantStepArray(1, 1, float.PositiveInfinity));
        Rejected.With("bound", "above 0", -1f, () => new ConstantStepArray(1, 1, 1, -1));
        Rejected.With("bound", "above 0", float.NaN, () => new ConstantStepArray(1, 1, 1, float.NaN));
        Rejected.With("inputs", 1, 0, () => new ConstantStepArray(0, 1, 1));
        ConstantStepArray array = new(3, 5, 0.1f);
        Rejected.With("weights", "[3, 5]", "[3, 6]", () => array.Program(new PaddedMatrix(3, 6)));
        Rejected.With("rows", 3, 2, () => array.Pulse(new LineTrains(2, 8), new LineTrains(5, 8), default));
        Rejected.With("columns", 5, 4, () => array.Pulse(new LineTrains(3, 8), new LineTrains(4, 8), default));
        Rejected.With("columns", 8, 7, () => array.Pulse(new LineTrains(3, 8), new LineTrains(5, 7), default));
    }
}
