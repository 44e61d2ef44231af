using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class DigitalSgdTests
{
    [Property]
    public void An_update_adds_rate_times_input_times_error(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        DigitalSgd sgd = new(inputs.Value, outputs.Value);
        sgd.Program(random.Matrix(inputs.Value, outputs.Value));
        double[] before = [.. sgd.Weights.Padded.ToArray().Select(w => (double)w)];
        float[] x = random.Signals(inputs.Value), d = random.Signals(outputs.Value);
        sgd.Update(x, d, 0.1f, default);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                double expected = before[(i * sgd.Weights.Stride) + j] + (0.1f * (double)x[i] * d[j]);
                Assert.Equal(expected, sgd.Weights[i, j], 1e-7);
            }
        }
    }

    [Property(MaxTest = 30)]
    public void A_saved_matrix_is_loaded_bit_for_bit_and_counts_no_events(Size inputs, Size outputs, DataSeed data)
    {
        DigitalSgd saved = new(inputs.Value, outputs.Value), loaded = new(inputs.Value, outputs.Value);
        saved.Program(data.Random().Matrix(inputs.Value, outputs.Value));
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        saved.Save(writer);
        stream.Position = 0;
        loaded.Load(new BinaryReader(stream));
        Same.Bits(saved.Weights.Padded, loaded.Weights.Padded);
        Assert.Equal((0L, 0L, 0L), (saved.Counters.Coincidences, saved.Counters.Events, saved.Counters.PairsReset));
    }
}
