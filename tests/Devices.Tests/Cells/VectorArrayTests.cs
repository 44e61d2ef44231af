using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests.Cells;

[Properties(Arbitrary = [typeof(Generators)])]
public class VectorArrayTests
{
    private const float Step = 0.01f;

    [Property(MaxTest = 60)]
    public void An_update_moves_the_devices_that_the_selection_names(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        VectorSelection selection = (VectorSelection)random.Next(3);
        int first = random.Next(3);
        VectorArray array = Make(inputs.Value, outputs.Value, [0.5f, 0.3f, 0.2f], selection, first);
        float[][] expected = [.. Enumerable.Range(0, 3).Select(_ => new float[inputs.Value * outputs.Value])];
        for (int update = 0; update < 4; update++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, 10, 1);
            array.Pulse(t.Rows, t.Columns, address.At with { Step = (ulong)update });
            for (int k = 0; k < 3; k++)
            {
                bool moves = selection == VectorSelection.All || k == (selection == VectorSelection.Fixed ? first : (first + update) % 3);
                for (int i = 0; i < inputs.Value; i++)
                {
                    for (int j = 0; j < outputs.Value; j++)
                    {
                        int n = t.Coincidences(i, j) * MathF.Sign(t.Rows.Values[i]) * MathF.Sign(t.Columns.Values[j]);
                        expected[k][(i * outputs.Value) + j] += moves ? n * Step : 0;
                        Assert.Equal(expected[k][(i * outputs.Value) + j], array.Devices[k].Weights[i, j]);
                    }
                }
            }
        }
    }

    /// <summary>3,000 updates over 3 devices: chi-square within 4.5 deviations, and the choice hangs on the step alone.</summary>
    [Fact]
    public void A_random_selection_names_all_devices_equally_often()
    {
        long[] chosen = new long[3];
        VectorArray array = Make(1, 1, [1, 1, 1], VectorSelection.Random, 0);
        LineTrains line = new(1, 1);
        line.Fire([1f]);
        for (ulong step = 0; step < 3_000; step++)
        {
            float[] before = [.. Enumerable.Range(0, 3).Select(k => array.Devices[k].Weights[0, 0])];
            array.Pulse(line, line, new(8, 1 << 8, step));
            chosen[Enumerable.Range(0, 3).Single(k => array.Devices[k].Weights[0, 0] != before[k])]++;
        }

        double deviations = Statistics.ChiSquareDeviations(Statistics.ChiSquare(chosen, [1_000, 1_000, 1_000]), 2);
        Assert.InRange(deviations, -4.5, 4.5);
    }

    [Property]
    public void A_programmed_weight_is_shared_by_all_devices(Size inputs, Size outputs, DataSeed data)
    {
        PaddedMatrix weights = data.Random().Matrix(inputs.Value, outputs.Value);
        VectorArray array = Make(inputs.Value, outputs.Value, [0.5f, 0.25f], VectorSelection.All, 0);
        array.Program(weights);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                Assert.Equal(weights[i, j], array.Weights[i, j], 1e-6f);
                Assert.Equal(array.Devices[0].Weights[i, j], array.Devices[1].Weights[i, j]);
            }
        }
    }

    [Theory]
    [InlineData(VectorSelection.All, 0.006)]
    [InlineData(VectorSelection.Fixed, 0.002)]
    [InlineData(VectorSelection.Sequential, 0.003)]
    [InlineData(VectorSelection.Random, 0.003)]
    public void A_step_is_that_of_the_devices_that_move(VectorSelection selection, double step)
    {
        VectorModel model = new() { Gains = [0.4f, 0.2f], Selection = selection, First = 1, Device = new IdealModel { Step = Step } };
        Assert.Equal(step, model.Create(2, 3, default).MinStep, 1e-7);
        Assert.Equal(step, model.MeanStep(0.1, isUp: true), 1e-7);
        Assert.Equal(-step, model.MeanStep(0.1, isUp: false), 1e-7);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Rejected.With("gains", "above 0", -1f, () => new VectorModel { Gains = [1, -1] }.Create(2, 3, default));
        Rejected.With("Gains", 1, 0, () => new VectorModel { Gains = [] }.Create(2, 3, default));
        Rejected.With("Gains", 31, 32, () => new VectorModel { Gains = [.. Enumerable.Repeat(1f, 32)] }.Create(2, 3, default));
        Rejected.With("first", "[0, 1]", 2, () => new VectorModel { First = 2 }.Create(2, 3, default));
        Rejected.With("selection", "[0, 3]", 4, () => new VectorModel { Selection = (VectorSelection)4 }.Create(2, 3, default));
        Rejected.With("gains", 1, 2, () => new VectorArray([new ConstantStepArray(2, 3, Step)], [1, 1]));
    }

    private static VectorArray Make(int inputs, int outputs, float[] gains, VectorSelection selection, int first) =>
        new([.. gains.Select(_ => (ICrosspointArray)new ConstantStepArray(inputs, outputs, Step))], gains, selection, first);
}
