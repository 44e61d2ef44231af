using Crosspoint.Devices.Models;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class PiecewiseStepModelTests
{
    /// <summary>Δw = ± Δ (1 ± β) t(w), t by straight lines between nodes from bound to bound, clipped; in double, pulse by pulse.</summary>
    [Property(MaxTest = 80)]
    public void Pulses_follow_the_nodes(Size inputs, Size outputs, Slots slots, DataSeed data)
    {
        Random random = data.Random();
        int nodes = random.Next(2, 17);
        PiecewiseStepModel model = new()
        {
            Step = 0.01f,
            UpDown = 0.2f,
            Low = -0.5f,
            High = 0.8f,
            UpNodes = [.. Enumerable.Range(0, nodes).Select(_ => 2 * random.NextSingle())],
            DownNodes = [.. Enumerable.Range(0, nodes).Select(_ => 2 * random.NextSingle())],
        };
        ICrosspointArray array = model.Create(inputs.Value, outputs.Value, default);
        array.Program(random.Matrix(inputs.Value, outputs.Value));
        Trains t = new(random, inputs.Value, outputs.Value, slots.Value, 0.2f);
        double[,] expected = new double[inputs.Value, outputs.Value];
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                bool isUp = t.Rows.Values[i] > 0 == t.Columns.Values[j] > 0;
                expected[i, j] = array.Weights[i, j];
                for (int n = t.Coincidences(i, j); n > 0; n--)
                {
                    double place = (expected[i, j] + 0.5) / 1.3 * (nodes - 1);
                    int k = Math.Clamp((int)place, 0, nodes - 2);
                    IReadOnlyList<float> table = isUp ? model.UpNodes : model.DownNodes;
                    double step = table[k] + ((place - k) * (table[k + 1] - table[k]));
                    double after = Math.Clamp(expected[i, j] + (step * (isUp ? 0.012 : -0.008)), -0.5, 0.8);
                    Assert.Equal(after - expected[i, j], model.MeanStep(expected[i, j], isUp), 1e-6);
                    expected[i, j] = after;
                }
            }
        }

        array.Pulse(t.Rows, t.Columns, default);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                Assert.Equal(expected[i, j], array.Weights[i, j], 1e-5);
            }
        }
    }

    [Fact]
    public void The_symmetry_point_is_where_the_lines_cross()
    {
        Assert.Equal(0, new PiecewiseStepModel().SymmetryPoint!.Value, 1e-7);
        PiecewiseStepModel model = new() { Low = -1, High = 1, UpNodes = [1, 1, 0], DownNodes = [0, 0.5f, 0.5f] };
        Assert.Equal(0.5, model.SymmetryPoint!.Value, 1e-6);
        Assert.Null(new PiecewiseStepModel { UpNodes = [1, 1], DownNodes = [1, 1] }.SymmetryPoint);
    }

    [Fact]
    public void Nodes_that_do_not_fit_are_refused()
    {
        Rejected.With("UpNodes", 16, 17, () => new PiecewiseStepModel { UpNodes = [.. new float[17]] }.Create(2, 3, default));
        Rejected.With("UpNodes", 2, 1, () => new PiecewiseStepModel { UpNodes = [1] }.Create(2, 3, default));
        Rejected.With("DownNodes", 5, 4, () => new PiecewiseStepModel { DownNodes = [1, 1, 1, 1] }.Create(2, 3, default));
        Rejected.With("UpNodes", 0, -1f, () => new PiecewiseStepModel { UpNodes = [1, 1, 1, 1, -1] }.Create(2, 3, default));
        Rejected.With("DownNodes", "finite", float.NaN, () => new PiecewiseStepModel { DownNodes = [1, 1, 1, 1, float.NaN] }.Create(2, 3, default));
    }
}
