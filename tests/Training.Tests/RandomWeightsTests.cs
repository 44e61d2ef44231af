using Crosspoint.Devices;
using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Data;
using Crosspoint.Training.RandomWeights;
using Crosspoint.Training.SignPulses;
using Xunit;

namespace Crosspoint.Training.Tests;

public class RandomWeightsTests
{
    public static TheoryData<int, bool> Layers => new() { { 1, false }, { 31, true }, { 32, true }, { 33, false }, { 256, true }, { 300, true }, { 520, false } };

    /// <summary>Eq. 8 in double precision; sums closer to zero than the rounding of float may go either way and are left out.</summary>
    [Theory]
    [MemberData(nameof(Layers))]
    public void Hidden_bits_are_the_signs_of_the_sums(int hidden, bool hasConstant)
    {
        LabelledImages images = Synthetic.Images(70);
        PaddedMatrix weights = Random(Synthetic.Pixels + 1, hidden, 3);
        foreach (PixelCoding coding in new[] { PixelCoding.TwoSided, PixelCoding.OneSided })
        {
            RandomLayer layer = new(weights, hasConstant);
            SignFeatures features = layer.Read(images, coding, default);
            Assert.Equal(hidden + (hasConstant ? 1 : 0), features.Width);
            for (int n = 0; n < images.Count; n++)
            {
                for (int j = 0; j < hidden; j++)
                {
                    double sum = weights[Synthetic.Pixels, j];
                    for (int i = 0; i < Synthetic.Pixels; i++)
                    {
                        sum += weights[i, j] * (coding.Low + ((coding.High - coding.Low) * images.Pixels(n)[i] / 255.0));
                    }

                    Assert.True(Math.Abs(sum) < 1e-5 || Bit(features, n, j) == sum > 0);
                }

                Assert.True(!hasConstant || Bit(features, n, hidden));
            }
        }
    }

    [Fact]
    public void Rows_of_numbers_give_the_bits_of_the_images_they_stand_for()
    {
        LabelledImages images = Synthetic.Images(131);
        RandomLayer layer = new(Random(Synthetic.Pixels + 1, 300, 4), hasConstant: true);
        SignFeatures expected = layer.Read(images, PixelCoding.OneSided, default), features = layer.NewFeatures(images.Count);
        PaddedMatrix x = new(images.Count, Synthetic.Pixels);
        for (int n = 0; n < images.Count; n++)
        {
            PixelCoding.OneSided.Above(images.Pixels(n), x.Row(n));
        }

        layer.Read(x, features, 0);
        for (int n = 0; n < images.Count; n++)
        {
            Assert.Equal(expected.Row(n).ToArray(), features.Row(n).ToArray());
        }
    }

    [Fact]
    public void Pixels_are_coded_at_any_length()
    {
        byte[] pixels = [.. Enumerable.Range(0, 130).Select(i => (byte)(2 * i % 256))];
        for (int length = 0; length <= pixels.Length; length++)
        {
            Guarded<float> above = new(length);
            PixelCoding.TwoSided.Above(pixels.AsSpan(0, length), above.Span);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(2f / 255 * pixels[i], above.Span[i]);
            }

            above.AssertGuardsIntact();
        }
    }

    /// <summary>The weights solve (HᵀH + λ 1) W = Hᵀ T, checked row by row.</summary>
    [Fact]
    public void Ridge_weights_solve_the_normal_equations()
    {
        const double lambda = 0.5;
        SignFeatures features = Features(77, 40);
        int[] labels = [.. Enumerable.Range(0, 70).Select(n => n % 3)];
        PaddedMatrix weights = RidgeRegression.Solve(features, labels, 3, lambda, default);
        for (int k = 0; k < 3; k++)
        {
            for (int j = 0; j < 40; j++)
            {
                double left = lambda * weights[k, j], right = 0;
                for (int n = 0; n < labels.Length; n++)
                {
                    double sum = Enumerable.Range(0, 40).Sum(i => (Bit(features, n, i) ? 1 : -1) * (double)weights[k, i]);
                    int h = Bit(features, n, j) ? 1 : -1;
                    left += h * sum;
                    right += h * (labels[n] == k ? 1 : -1);
                }

                Assert.InRange(left - right, -1e-3, 1e-3);
            }
        }
    }

    /// <summary>Eq. 7 weight by weight, with ideal linear devices.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Only_outputs_of_the_wrong_sign_move_each_weight_one_step_for_a_pulse(int pulses)
    {
        const int units = 50, levels = 101;
        SignFeatures features = Features(60, units);
        ICrosspointArray array = Pair(3, units, levels);
        SignWidrowHoff rule = new(array, pulses, 1, 1);
        long wrong = 0;
        for (int n = 0; n < features.Count; n++)
        {
            float[] before = Values(array.Weights);
            int label = n % 3;
            SignBits.Expand(features.Row(n), rule.Input);
            wrong += rule.Train(label, new Moment(Phase.Train, (ulong)n));
            for (int k = 0; k < 3; k++)
            {
                double y = Enumerable.Range(0, units).Sum(j => (Bit(features, n, j) ? 1 : -1) * (double)before[(k * units) + j]);
                int target = k == label ? 1 : -1, output = y < 0 ? -1 : 1;
                for (int j = 0; j < units; j++)
                {
                    float step = array.Weights[k, j] - before[(k * units) + j];
                    int direction = target == output ? 0 : target * (Bit(features, n, j) ? 1 : -1);

                    // At a bound of one device only the other moves, and at both none.
                    Assert.InRange(step * direction, direction == 0 ? 0 : -1e-6, (pulses * 2.0 / (levels - 1)) + 1e-5);
                    Assert.True(direction != 0 || step == 0);
                }
            }
        }

        Assert.Equal(wrong, rule.Errors);
        Assert.True(wrong > 0);
    }

    [Fact]
    public void A_batch_of_one_is_a_single_step()
    {
        SignFeatures features = Features(100, 70);
        ICrosspointArray one = Pair(3, 70, 64), batch = Pair(3, 70, 64);
        SignWidrowHoff rule = new(one, 1, 1, 1);
        BatchWidrowHoff batches = new(new SignPulsedWeights(batch, 0, 1, 1), 1);
        for (int n = 0; n < features.Count; n++)
        {
            Moment moment = new(Phase.Train, (ulong)n);
            SignBits.Expand(features.Row(n), rule.Input);
            SignBits.Expand(features.Row(n), batches.Input);
            Assert.Equal(rule.Train(n % 3, moment), batches.Train(n % 3, moment));
        }

        Same.Bits(one.Weights.Padded, batch.Weights.Padded);
        Assert.Equal(rule.Errors, batches.Errors);
    }

    [Fact]
    public void A_batch_moves_the_weights_once_and_the_end_of_an_epoch_moves_them_for_what_is_left()
    {
        SignFeatures features = Features(6, 70);
        ICrosspointArray array = Pair(3, 70, 64);
        BatchWidrowHoff rule = new(new SignPulsedWeights(array, 0, 1, 1), 4);
        float[] before = array.Weights.Padded.ToArray();
        for (int n = 0; n < features.Count; n++)
        {
            SignBits.Expand(features.Row(n), rule.Input);
            rule.Train(n % 3, new Moment(Phase.Train, (ulong)n));
            Assert.Equal(n == 3, HasMoved());
        }

        rule.EndEpoch(new Moment(Phase.Train, 5));
        Assert.True(HasMoved());
        rule.EndEpoch(new Moment(Phase.Train, 5));
        Assert.False(HasMoved());

        bool HasMoved()
        {
            bool moved = !before.AsSpan().SequenceEqual(array.Weights.Padded);
            array.Weights.Padded.CopyTo(before);
            return moved;
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        SignFeatures features = Features(50, 300);
        SignWidrowHoff rule = new(Pair(3, 300, 64), 2, 1, 1);
        Epoch();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Epoch();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Epoch()
        {
            for (int n = 0; n < 50; n++)
            {
                SignBits.Expand(features.Row(n), rule.Input);
                rule.Train(n % 3, new Moment(Phase.Train, (ulong)n));
            }
        }
    }

    [Fact]
    public void A_rule_that_is_saved_and_loaded_goes_on_as_if_nothing_had_happened()
    {
        SignFeatures features = Features(90, 40);
        SignWidrowHoff whole = Rule(), first = Rule(), second = Rule();
        Train(whole, 0, 90);
        Train(first, 0, 41);
        using MemoryStream stream = new();
        first.Save(new BinaryWriter(stream));
        stream.Position = 0;
        second.Load(new BinaryReader(stream));
        Train(second, 41, 90);
        Assert.Equal(whole.Errors, second.Errors);
        Same.Bits(whole.Outputs, second.Outputs);

        SignWidrowHoff Rule() => new(Pair(3, 40, 64, noise: 0.5f), 1, 1, 1);

        void Train(SignWidrowHoff rule, int from, int to)
        {
            for (int n = from; n < to; n++)
            {
                SignBits.Expand(features.Row(n), rule.Input);
                rule.Train(n % 3, new Moment(Phase.Train, (ulong)n));
            }
        }
    }

    [Fact]
    public void An_order_holds_every_sample_once_and_differs_from_epoch_to_epoch()
    {
        SampleOrder order = new(1_000, 5), again = new(1_000, 5);
        int[] first = order.Of(0).ToArray(), second = order.Of(1).ToArray();
        Assert.Equal(Enumerable.Range(0, 1_000), first.Order());
        Assert.Equal(Enumerable.Range(0, 1_000), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(second, again.Of(1).ToArray());
        Assert.Equal(first, again.Of(0).ToArray());
    }

    [Fact]
    public void An_auto_encoder_brings_images_back_better_than_their_mean()
    {
        LabelledImages images = Synthetic.Images(600);
        AutoEncoder encoder = AutoEncoder.Learn(images, 20, 1e-3f, 50, new RandomAddress(1, 2, 0), default);
        PaddedMatrix features = new(images.Count, encoder.Features);
        encoder.Encode(images, 0, features);
        Assert.Equal((Synthetic.Pixels + 1, 20), (encoder.Weights.Inputs, encoder.Weights.Outputs));

        // Classes lie apart in the features: the distance of class means against the spread within a class.
        double[][] means = [.. Enumerable.Range(0, Synthetic.Classes).Select(Mean)];
        double apart = Distance(means[0], means[1]);
        double within = Enumerable.Range(0, images.Count).Where(n => images.Label(n) == 0).Average(n => Distance(features.Row(n).ToArray().Select(f => (double)f).ToArray(), means[0]));
        Assert.True(apart > 0.5 * within, $"{apart} {within}");

        double[] Mean(int label)
        {
            int[] which = [.. Enumerable.Range(0, images.Count).Where(n => images.Label(n) == label)];
            return [.. Enumerable.Range(0, encoder.Features).Select(j => which.Average(n => (double)features[n, j]))];
        }

        static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b).Sum(p => (p.First - p.Second) * (p.First - p.Second)));
    }

    [Fact]
    public void The_same_bits_at_every_width()
    {
        using Fingerprint fingerprint = new();
        LabelledImages images = Synthetic.Images(200);
        RandomLayer layer = new(Random(Synthetic.Pixels + 1, 300, 4), hasConstant: true);
        SignFeatures features = layer.Read(images, PixelCoding.TwoSided, default);
        for (int n = 0; n < images.Count; n++)
        {
            fingerprint.Add(features.Row(n));
        }

        foreach (DeviceModel device in new DeviceModel[]
        {
            new LinearJumpModel { CycleNoise = 0.3f }, new NonlinearJumpModel { StuckWeight = 0.5f, Levels = new Spread(64, 0.2f), ExtremaDeviation = 0.1f },
        })
        {
            ICrosspointArray array = new DifferentialPairModel { Device = device, Center = 0.5f }.Create(3, layer.Width, new RandomAddress(1, 2, 3));
            SignWidrowHoff rule = new(array, 1, 1, 1);
            for (int n = 0; n < images.Count; n++)
            {
                SignBits.Expand(features.Row(n), rule.Input);
                rule.Train(images.Label(n), new Moment(Phase.Train, (ulong)n));
            }

            fingerprint.Add(array.Weights.Padded);
        }

        AutoEncoder encoder = AutoEncoder.Learn(images, 20, 1e-3f, 10, new RandomAddress(1, 2, 0), default);
        fingerprint.Add(encoder.Weights.Padded);
        fingerprint.Add(Values(RidgeRegression.Solve(features, [.. Enumerable.Range(0, 200).Select(images.Label)], 3, 1, default)));
        fingerprint.AssertIs("28ec9097aced12bb9d7c22019bc00edebd58982b9896e2331c04016eb325f966");
    }

    private static ICrosspointArray Pair(int inputs, int outputs, int levels, float noise = 0) => new DifferentialPairModel
    {
        Device = new LinearJumpModel { Levels = levels, CycleNoise = noise },
        Center = 0.5f,
    }.Create(inputs, outputs, new RandomAddress(1, 7, 0));

    private static SignFeatures Features(int count, int width)
    {
        SignFeatures features = new(count, width);
        Random random = new(width);
        for (int n = 0; n < count; n++)
        {
            SignBits.Pack(random.Weights(width), features.Row(n));
        }

        return features;
    }

    private static PaddedMatrix Random(int inputs, int outputs, int seed) => new Random(seed).Matrix(inputs, outputs);

    private static bool Bit(SignFeatures features, int sample, int unit) => (features.Row(sample)[unit / 32] >> (unit % 32) & 1) != 0;

    private static float[] Values(PaddedMatrix m) => [.. Enumerable.Range(0, m.Inputs).SelectMany(i => m.Row(i).ToArray())];
}
