using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Training.Tests;

/// <summary>Failures that were found once, each kept as it was found.</summary>
public class FoundOnceTests
{
    /// <summary>The reciprocal of an error below 2.9e-39 is infinite, which is no gain.</summary>
    [Fact]
    public void An_error_of_subnormal_size_goes_back()
    {
        StochasticSgd sgd = new(new ConstantStepArray(3, 2, 0.001f), new(), 1, 1);
        float[] z = new float[3];
        sgd.Backward([1e-40f, 0], z, default);
        Assert.Equal(-1, z.AsSpan().IndexOfAnyExcept(0f));
    }

    /// <summary>Below 7.5e-37 every error above zero once pulsed in every slot; such errors count as none.</summary>
    [Fact]
    public void A_very_small_error_is_coded_by_its_size()
    {
        ConstantStepArray array = new(1, 2, 0.001f);
        PaddedMatrix weights = new(1, 2);
        weights[0, 1] = 1e30f;
        array.Program(weights);
        StochasticSgd sgd = new(array, new() { BitLength = 100 }, 1, 1);
        float[] z = new float[1];
        sgd.Backward([1e-37f, 1e-38f], z, default);
        Assert.InRange(z[0], 0, 0.4e-7f);
    }

    [Fact]
    public void Program_refuses_weights_of_another_shape() =>
        Rejected.With("weights", "[3, 20]", "[2, 20]", () => new DigitalSgd(3, 20).Program(new PaddedMatrix(2, 20)));

    [Fact]
    public void An_array_of_constant_steps_counts_its_events()
    {
        ConstantStepArray array = new(1, 1, 0.001f);
        StochasticSgd sgd = new(array, new(), 1, 1);
        sgd.Update([1], [1], 0.01f, default);
        Assert.Equal((10, 1), (array.Counters.Coincidences, array.Counters.Events));
    }

    [Fact]
    public void Trains_too_long_for_inference_are_refused_where_they_are_set()
    {
        ConstantStepArray array = new(2, 2, 0.001f);
        Assert.ThrowsAny<ArgumentException>(() => new StochasticSgd(array, new() { InferenceBitLength = 5_000 }, 1, 1));
        StochasticSgd sgd = new(array, new(), 1, 1);
        Assert.ThrowsAny<ArgumentException>(() => sgd.InferenceBitLength = -1);
    }

    [Fact]
    public void A_network_and_images_that_do_not_fit_are_refused()
    {
        LabelledImages images = Synthetic.Images(4);
        MultilayerPerceptron wide = new(new DigitalSgd(Synthetic.Pixels + 2, Synthetic.Classes));
        Assert.ThrowsAny<ArgumentException>(() => Synthetic.Trainer(wide, images).RunEpoch(default));
        MultilayerPerceptron few = new(new DigitalSgd(Synthetic.Pixels + 1, 1));
        Assert.ThrowsAny<ArgumentException>(() => Synthetic.Trainer(few, images).RunEpoch(default));
    }

    [Fact]
    public void A_schedule_without_a_period_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => new LearningSchedule(0.01f, 0).Rate(3));

    [Fact]
    public void A_weight_that_is_not_a_number_is_refused_by_a_device()
    {
        PaddedMatrix weights = new(1, 1);
        weights[0, 0] = float.NaN;
        UnidirectionalPairArray array = new(1, 1, new UnidirectionalPairArray.Parameters());
        Assert.ThrowsAny<ArgumentException>(() => array.Program(weights));
    }

    [Fact]
    public void A_position_behind_the_images_is_refused()
    {
        Trainer large = Synthetic.Trainer(Synthetic.OneLayer("digital"), Synthetic.Images(100));
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        large.Save(writer);
        byte[] state = stream.ToArray();
        state[4] = 90;
        Trainer small = Synthetic.Trainer(Synthetic.OneLayer("digital"), Synthetic.Images(10));
        Assert.Throws<InvalidDataException>(() => small.Load(new BinaryReader(new MemoryStream(state))));
    }
}
