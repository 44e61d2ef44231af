using Crosspoint.Tests;
using Crosspoint.Training.Data;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class PreprocessingTests
{
    [Property]
    public void A_mean_is_taken_from_the_pixels_of_the_training_images(Size count, Size pixels, DataSeed data)
    {
        Random random = data.Random();
        byte[] bytes = new byte[count.Value * pixels.Value];
        random.NextBytes(bytes);
        LabelledImages images = new(bytes, new byte[count.Value], pixels.Value, "noise");
        foreach (MeanNormalization normalization in Enum.GetValues<MeanNormalization>())
        {
            Preprocessing preprocessing = new(normalization, images);
            Guarded<float> inputs = new(pixels.Value);
            for (int n = 0; n < count.Value; n++)
            {
                preprocessing.Apply(images.Pixels(n), inputs.Span);
                for (int i = 0; i < pixels.Value; i++)
                {
                    double mean = normalization switch
                    {
                        MeanNormalization.None => 0,
                        MeanNormalization.Global => bytes.Average(b => b / 255.0),
                        _ => Enumerable.Range(0, count.Value).Average(m => bytes[(m * pixels.Value) + i] / 255.0),
                    };
                    Assert.Equal((bytes[(n * pixels.Value) + i] / 255.0) - mean, inputs.Span[i], 2e-7);
                    Assert.InRange(inputs.Span[i], normalization == MeanNormalization.None ? 0 : -1, 1);
                }

                inputs.AssertGuardsIntact();
                if (n == 3)
                {
                    break;
                }
            }
        }
    }

    [Fact]
    public void Without_normalization_inputs_reach_from_zero_to_one_exactly()
    {
        LabelledImages images = new(new byte[] { 0, 51, 255 }, new byte[1], 3, "three");
        float[] inputs = new float[3];
        new Preprocessing(MeanNormalization.None, images).Apply(images.Pixels(0), inputs);
        Assert.Equal([0, 0.2f, 1], inputs);
    }

    [Fact]
    public void Every_byte_is_divided_with_correct_rounding()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        LabelledImages images = new(bytes, new byte[1], 256, "all");
        float[] inputs = new float[256];
        new Preprocessing(MeanNormalization.None, images).Apply(images.Pixels(0), inputs);
        Assert.Equal(bytes.Select(b => b / 255f), inputs);
    }

    [Fact]
    public void The_mean_is_that_of_the_training_images_also_for_other_images()
    {
        LabelledImages train = new(new byte[] { 0, 255, 255, 255 }, new byte[2], 2, "train");
        LabelledImages test = new(new byte[] { 255, 0 }, new byte[1], 2, "test");
        float[] inputs = new float[2];
        new Preprocessing(MeanNormalization.Global, train).Apply(test.Pixels(0), inputs);
        Assert.Equal([0.25f, -0.75f], inputs);
        new Preprocessing(MeanNormalization.PerPixel, train).Apply(test.Pixels(0), inputs);
        Assert.Equal([0.5f, -1], inputs);
    }
}
