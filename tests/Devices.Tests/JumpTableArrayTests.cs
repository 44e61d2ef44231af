using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class JumpTableArrayTests
{
    [Property(MaxTest = 60)]
    public void Pulses_follow_the_jumps_of_each_device(Size inputs, Size outputs, Slots slots, Address address, DataSeed data)
    {
        Random random = data.Random();
        int devices = random.Next(1, 5), states = random.Next(2, 60);
        JumpTableModel model = new()
        {
            Devices = devices,
            Up = [.. Enumerable.Range(0, devices * states).Select(k => k % states == 0 ? (ushort)(states - 1) : (ushort)random.Next(states))],
            Down = [.. Enumerable.Range(0, devices * states).Select(k => k % states == 0 ? (ushort)0 : (ushort)random.Next(states))],
        };
        JumpTableArray array = (JumpTableArray)model.Create(inputs.Value, outputs.Value, address.At);
        array.Program(random.Matrix(inputs.Value, outputs.Value, 1.3f));
        ushort[][] expected = [.. Enumerable.Range(0, inputs.Value).Select(i => array.States(i).ToArray())];
        Trains t = new(random, inputs.Value, outputs.Value, slots.Value, 0.5f);
        array.Pulse(t.Rows, t.Columns, address.At);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                bool isUp = t.Rows.Values[i] > 0 == t.Columns.Values[j] > 0;
                for (int n = t.Coincidences(i, j); n > 0; n--)
                {
                    expected[i][j] = (isUp ? model.Up : model.Down)[(array.Table(i, j) * states) + expected[i][j]];
                }

                Assert.Equal(expected[i][j], array.States(i)[j]);
                Assert.Equal(-1 + (2f * expected[i][j] / (states - 1)), array.Weights[i, j], 1e-6f);
            }
        }
    }

    [Property]
    public void Program_goes_to_the_nearest_state_and_stays_there(Size inputs, Size outputs, DataSeed data)
    {
        PaddedMatrix weights = data.Random().Matrix(inputs.Value, outputs.Value, 1.3f);
        ICrosspointArray array = new JumpTableModel().Create(inputs.Value, outputs.Value, default);
        array.Program(weights);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                Assert.InRange(Math.Abs(Math.Clamp(weights[i, j], -1, 1) - array.Weights[i, j]), 0, (1 / 3f) + 1e-6);
            }
        }

        float[] before = array.Weights.Padded.ToArray();
        array.Program(array.Weights);
        Same.Bits(before, array.Weights.Padded);
    }

    [Property(MaxTest = 30)]
    public void A_saved_array_loaded_into_another_goes_on_like_the_first(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        JumpTableModel model = JumpTableModel.Of(new LinearJumpModel { Levels = 100 }, 100, 0, 1);
        ICrosspointArray first = model.Create(inputs.Value, outputs.Value, address.At), second = model.Create(inputs.Value, outputs.Value, address.At);
        Trains t = new(random, inputs.Value, outputs.Value, 20, 1);
        first.Pulse(t.Rows, t.Columns, default);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        first.Save(writer);
        stream.Position = 0;
        second.Load(new BinaryReader(stream));
        Assert.Equal(stream.Length, stream.Position);
        first.Pulse(t.Rows, t.Columns, default);
        second.Pulse(t.Rows, t.Columns, default);
        Same.Bits(first.Weights.Padded, second.Weights.Padded);
    }

    [Fact]
    public void The_jump_table_of_a_linear_device_goes_up_and_down_by_one()
    {
        JumpTableModel table = JumpTableModel.Of(new LinearJumpModel { Levels = 16 }, 16, 0, 1);
        Assert.Equal(Enumerable.Range(0, 16).Select(s => (ushort)Math.Min(s + 1, 15)), table.Up);
        Assert.Equal(Enumerable.Range(0, 16).Select(s => (ushort)Math.Max(s - 1, 0)), table.Down);
        Assert.Equal(1 / 15.0, table.MeanStep(0.5, isUp: true), 1e-9);
    }

    [Fact]
    public void Tables_that_do_not_fit_are_refused()
    {
        Rejected.With("set", "set[3]", 4, () => new JumpTableModel { Up = [1, 2, 3, 4] }.Create(2, 3, default));
        Rejected.With("reset", 4, 3, () => new JumpTableModel { Down = [0, 0, 1] }.Create(2, 3, default));
        Rejected.With("Up", 3, 4, () => new JumpTableModel { Devices = 3 }.Create(2, 3, default));
        Rejected.With("max - min", "above 0", -1f, () => new JumpTableModel { Min = 1, Max = 0 }.Create(2, 3, default));
        Rejected.With("mean jump", "above 0", 0f, () => new JumpTableModel { Up = [0, 1], Down = [0, 1] }.Create(2, 3, default));
        Rejected.With("states", 1024, 1025, () => JumpTableModel.Of(new IdealModel(), 1025, -1, 1));
        ICrosspointArray array = new JumpTableModel().Create(2, 3, default);
        Rejected.With("columns", 3, 4, () => array.Pulse(new LineTrains(2, 8), new LineTrains(4, 8), default));
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(2);
        writer.Write(3);
        for (int k = 0; k < 6; k++)
        {
            writer.Write(float.NaN);
        }

        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => array.Load(new BinaryReader(stream)));
    }
}
