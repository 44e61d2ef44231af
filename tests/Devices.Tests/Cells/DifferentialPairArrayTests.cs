using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests.Cells;

[Properties(Arbitrary = [typeof(Generators)])]
public class DifferentialPairArrayTests
{
    private const float Step = 0.01f, Bound = 0.5f;

    /// <summary>n up pulses: G⁺ rises by n steps, G⁻ falls by as many, each within its bounds; in turn, one of the two.</summary>
    [Property(MaxTest = 60)]
    public void Devices_go_opposite_ways(Size inputs, Size outputs, Slots slots, Address address, DataSeed data)
    {
        Random random = data.Random();
        PairPulses pulses = (PairPulses)random.Next(2);
        float center = random.NextSingle() - 0.5f;
        DifferentialPairArray array = new(Ideal(inputs, outputs), Ideal(inputs, outputs), pulses, center);
        array.Program(random.Matrix(inputs.Value, outputs.Value, 1.5f));
        float[,] plus = Values(array.Devices[0]), minus = Values(array.Devices[1]);
        for (ulong update = 0; update < 4; update++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, slots.Value, 0.5f);
            array.Pulse(t.Rows, t.Columns, address.At with { Step = update });
            for (int i = 0; i < inputs.Value; i++)
            {
                for (int j = 0; j < outputs.Value; j++)
                {
                    int n = t.Coincidences(i, j) * MathF.Sign(t.Rows.Values[i]) * MathF.Sign(t.Columns.Values[j]);
                    plus[i, j] = pulses == PairPulses.Both || update % 2 == 0 ? Moved(plus[i, j], n) : plus[i, j];
                    minus[i, j] = pulses == PairPulses.Both || update % 2 == 1 ? Moved(minus[i, j], -n) : minus[i, j];
                    Assert.Equal(plus[i, j], array.Devices[0].Weights[i, j]);
                    Assert.Equal(minus[i, j], array.Devices[1].Weights[i, j]);
                    Assert.Equal(plus[i, j] - minus[i, j], array.Weights[i, j]);
                }
            }
        }
    }

    [Property]
    public void A_programmed_weight_is_split_evenly_about_the_center(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value, 0.5f);
        DifferentialPairArray array = new(Ideal(inputs, outputs), Ideal(inputs, outputs), PairPulses.Both, 0.25f);
        array.Program(weights);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                Assert.Equal(weights[i, j], array.Weights[i, j], 1e-7f);
                Assert.Equal(0.5f, array.Devices[0].Weights[i, j] + array.Devices[1].Weights[i, j], 1e-6f);
            }
        }
    }

    [Fact]
    public void A_step_is_that_of_both_devices_or_in_turn_of_one()
    {
        Assert.Equal(2 * Step, new DifferentialPairArray(Ideal(new(2), new(3)), Ideal(new(2), new(3))).MinStep);
        Assert.Equal(Step, new DifferentialPairArray(Ideal(new(2), new(3)), Ideal(new(2), new(3)), PairPulses.Alternating).MinStep);
        DifferentialPairModel model = new() { Device = new IdealModel { Step = Step, Bound = Bound } };
        Assert.Equal(2 * Step, model.MeanStep(0.3, isUp: true), 1e-7);
        Assert.Equal(-2 * Step, model.MeanStep(0.3, isUp: false), 1e-7);
        Assert.Equal(0, model.MeanStep(2 * Bound, isUp: true), 1e-7);
        Assert.Equal(Step, (model with { Pulses = PairPulses.Alternating }).MeanStep(0.3, isUp: true), 1e-7);
    }

    [Fact]
    public void Shapes_and_numbers_that_do_not_fit_are_refused()
    {
        Rejected.With("devices", "[2, 3]", "[2, 4]", () => new DifferentialPairArray(Ideal(new(2), new(3)), Ideal(new(2), new(4))));
        Rejected.With("pulses", "[0, 2]", 3, () => new DifferentialPairArray(Ideal(new(2), new(3)), Ideal(new(2), new(3)), (PairPulses)3));
        Rejected.With("center", "finite", float.NaN, () => new DifferentialPairModel { Center = float.NaN }.Create(2, 3, default));
    }

    /// <summary>Bennett et al. 2019, eq. 8: random weights that no pulse moves, of mean 0 and deviation √2 σ. 65,536 pairs, bound 4.5 deviations.</summary>
    [Fact]
    public void Pairs_left_in_their_off_state_are_a_random_layer()
    {
        DifferentialPairModel model = new() { Device = new OffStateModel { Mean = 0.1f, Deviation = 0.02f } };
        ICrosspointArray layer = model.Create(256, 256, new(5, 6 << 8, 0));
        float[] before = layer.Weights.Padded.ToArray();
        Trains t = new(new Random(1), 256, 256, 10, 1);
        layer.Pulse(t.Rows, t.Columns, new(1, 2, 3));
        layer.Program(new Random(1).Matrix(256, 256));
        Same.Bits(before, layer.Weights.Padded);
        double deviation = Math.Sqrt(2) * 0.02;
        (double mean, double variance) = Statistics.Moments([.. before.Select(w => (double)w)]);
        Assert.InRange(mean / deviation * 256, -4.5, 4.5);
        Assert.InRange(((variance / (deviation * deviation)) - 1) * Math.Sqrt(65536 / 2.0), -4.5, 4.5);
        Assert.InRange(Statistics.KolmogorovSmirnov(before, w => Statistics.NormalCdf(w / deviation)), 0.3, 2.4);
    }

    private static float Moved(float weight, int pulses) => Math.Clamp(weight + (pulses * Step), -Bound, Bound);

    private static ConstantStepArray Ideal(Size inputs, Size outputs) => new(inputs.Value, outputs.Value, Step, Bound);

    private static float[,] Values(ICrosspointArray array)
    {
        float[,] values = new float[array.Weights.Inputs, array.Weights.Outputs];
        for (int i = 0; i < array.Weights.Inputs; i++)
        {
            for (int j = 0; j < array.Weights.Outputs; j++)
            {
                values[i, j] = array.Weights[i, j];
            }
        }

        return values;
    }
}
