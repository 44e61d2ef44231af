using Crosspoint.Devices.Extraction;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Extraction;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)], MaxTest = 20)]
public class ModelExtractionTests
{
    private const int Length = 309;

    public static TheoryData<string> Algorithms => ["digital", "ttv2"];

    [Property]
    public void Moments_are_mean_and_deviation_of_the_samples(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        WeightMoments moments = new(inputs.Value, outputs.Value);
        Assert.Throws<InvalidOperationException>(moments.Mean);
        PaddedMatrix[] samples = [.. Enumerable.Range(0, 1 + random.Next(9)).Select(_ => random.Matrix(inputs.Value, outputs.Value))];
        int cut = random.Next(samples.Length);
        for (int n = 0; n < samples.Length; n++)
        {
            if (n == cut)
            {
                byte[] state = State(moments.Save);
                moments = new(inputs.Value, outputs.Value);
                moments.Load(Reader(state));
            }

            moments.Add(samples[n]);
        }

        PaddedMatrix mean = moments.Mean(), deviation = moments.Deviation();
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                double[] values = [.. samples.Select(s => (double)s[i, j])];
                double average = values.Average(), spread = values.Length == 1 ? 0 : Math.Sqrt(values.Sum(v => (v - average) * (v - average)) / (values.Length - 1));
                Assert.Equal(average, mean[i, j], 1e-6);
                Assert.Equal(spread, deviation[i, j], 1e-5);
            }
        }
    }

    [Fact]
    public void Moments_that_cannot_be_are_refused()
    {
        WeightMoments moments = new(2, 3);
        byte[] state = State(moments.Save);
        Assert.Throws<InvalidDataException>(() => new WeightMoments(3, 2).Load(Reader(state)));
        Assert.Throws<EndOfStreamException>(() => moments.Load(Reader(state[..^1])));
        BitConverter.TryWriteBytes(state.AsSpan(state.Length - 8), -1.0);
        Assert.Throws<InvalidDataException>(() => moments.Load(Reader(state)));
        Assert.Throws<ArgumentException>(() => moments.Add(new PaddedMatrix(3, 2)));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Watching_leaves_training_as_it_is_and_what_is_watched_does_not_depend_on_stops(string algorithm)
    {
        (TextTrainer plain, LanguageModel unwatched, _) = Watched(algorithm, watch: false);
        (TextTrainer whole, LanguageModel model, ModelAverage average) = Watched(algorithm);
        RunTo(plain, 4);
        RunTo(whole, 4);
        Assert.Equal(Texts.Weights(unwatched), Texts.Weights(model));
        Assert.Equal(plain.LastLoss, whole.LastLoss);
        byte[] expected = State(average.Save);
        foreach (int windows in (int[])[0, 15, 17, 30, 31, 40, 47, 48])
        {
            (TextTrainer first, _, ModelAverage before) = Watched(algorithm);
            for (int n = 0; n < windows; n++)
            {
                first.Run(1, default);
            }

            (TextTrainer second, _, ModelAverage after) = Watched(algorithm);
            second.Load(Reader(State(first.Save)));
            after.Load(Reader(State(before.Save)));
            RunTo(second, 4);
            Assert.Equal(expected, State(after.Save));
        }
    }

    [Fact]
    public void Averages_of_a_digital_model_are_those_of_its_weights()
    {
        (TextTrainer trainer, LanguageModel model, ModelAverage average) = Watched("digital", sampleEvery: 20);
        List<float[]> samples = [];
        Action<long> watch = trainer.AfterWindow!;
        trainer.AfterWindow = examples =>
        {
            watch(examples);
            if (examples > Length && examples <= 3 * Length && (examples - Length) / 20 > samples.Count)
            {
                samples.Add(Texts.Weights(model));
            }
        };
        RunTo(trainer, 4);
        float[] mean = [.. average.Result!.SelectMany(m => Numbers(m.Average))];
        Assert.Equal(2 * Length / 20, samples.Count);
        for (int k = 0; k < mean.Length; k++)
        {
            Assert.Equal(samples.Average(s => (double)s[k]), mean[k], 1e-6);
        }

        Assert.All(average.Result!, m => Assert.Equal(0, m.AverageError));
    }

    /// <summary>Seed of the data; reads of noisy arrays against the true weights of the same moments, and errors as the reads tell them.</summary>
    [Fact]
    public void Extracted_weights_of_noisy_arrays_are_the_true_ones_and_averages_their_means_within_the_errors_that_reads_tell()
    {
        (TextTrainer trainer, LanguageModel model, ModelAverage average) = Watched("ttv2", reads: 3_000, sampleEvery: 1);
        RunTo(trainer, 3);
        float[] now = Texts.Weights(model);
        Assert.Equal(now, average.Result!.SelectMany(m => Numbers(m.Trained)));
        foreach (MatrixIterates matrix in average.Result!)
        {
            Assert.InRange(WeightError.Between(matrix.Trained, matrix.Extracted).Deviation / matrix.ExtractedError, 0.85, 1.15);
            Assert.InRange(WeightError.Between(matrix.Mean, matrix.Average).Deviation / matrix.AverageError, 0.8, 1.2);
            Assert.True(WeightError.Between(matrix.Mean, matrix.Trained).Deviation > 2 * matrix.AverageError, "the average is not the last model");
            Assert.All(Numbers(matrix.Deviation), d => Assert.InRange(d, 0, 10));
        }
    }

    [Fact]
    public void A_span_whose_beginning_was_not_watched_has_no_result()
    {
        (TextTrainer trainer, _, ModelAverage average) = Watched("digital");
        RunTo(trainer, 1);
        average.Resume(Length);
        Assert.False(average.IsMissed);
        average.Resume(Length + 20);
        Assert.True(average.IsMissed);
        RunTo(trainer, 4);
        Assert.Null(average.Result);
        (_, _, ModelAverage other) = Watched("digital");
        other.Load(Reader(State(average.Save)));
        Assert.True(other.IsMissed);
    }

    [Fact]
    public void States_of_averages_that_cannot_be_are_refused()
    {
        (TextTrainer trainer, _, ModelAverage average) = Watched("digital");
        trainer.Run(20, default);
        RunTo(trainer, 1);
        trainer.Run(5, default);
        byte[] running = State(average.Save);
        Assert.Throws<InvalidDataException>(() => average.Load(Reader([9])));
        Assert.Throws<EndOfStreamException>(() => Watched("digital").Average.Load(Reader(running[..^1])));
        RunTo(trainer, 4);
        byte[] done = State(average.Save);
        Assert.Throws<EndOfStreamException>(() => Watched("digital").Average.Load(Reader(done[..^1])));
        BitConverter.TryWriteBytes(done.AsSpan(1), double.NaN);
        Assert.Throws<InvalidDataException>(() => Watched("digital").Average.Load(Reader(done)));
        IReadOnlyList<IWeightMatrix> matrices = Texts.Model("digital", 20).Matrices;
        foreach (ModelAverage.Options options in (ModelAverage.Options[])
            [new() { Start = -1, Length = 1 }, new() { Start = 0, Length = 0 }, new() { Start = 0, Length = 1, Reads = -1 }, new() { Start = 0, Length = 1, Number = 128 }])
        {
            Assert.ThrowsAny<ArgumentException>(() => new ModelAverage(matrices, options, 1));
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Watching_allocates_nothing_within_its_span(string algorithm)
    {
        LanguageModel model = Model(algorithm);
        ModelAverage average = new(model.Matrices, new() { Start = 0, Length = 1_000_000, Reads = 40_000, SampleEvery = 20 }, Synthetic.Seed);
        long examples = 0;
        Watch(0);
        Allocation.None(Watch);

        void Watch(int run)
        {
            for (int n = 0; n < 100; n++)
            {
                average.Observe(examples += 20);
            }
        }
    }

    [Property]
    public void Pruning_removes_the_uncertain_and_as_many_at_random(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix[] means = [random.Matrix(inputs.Value, outputs.Value), random.Matrix(outputs.Value, 3)];
        PaddedMatrix[] deviations = [random.Matrix(inputs.Value, outputs.Value), random.Matrix(outputs.Value, 3)];
        Array.ForEach(deviations, d => Map(d, MathF.Abs));
        (IReadOnlyList<PaddedMatrix> kept, int removed) = Pruning.BySignal(means, deviations, 2);
        float[] mu = [.. means.SelectMany(Numbers)], sigma = [.. deviations.SelectMany(Numbers)], left = [.. kept.SelectMany(Numbers)];
        Assert.Equal(mu.Zip(sigma, (m, s) => Math.Abs(m) / (double)s < 2 ? 0 : m), left);
        Assert.Equal(left.Count(w => w == 0), removed);
        float[] one = [.. Pruning.AtRandom(means, removed, 3, 0).SelectMany(Numbers)], other = [.. Pruning.AtRandom(means, removed, 3, 1).SelectMany(Numbers)];
        Assert.Equal(removed, one.Count(w => w == 0));
        Assert.All(Enumerable.Range(0, mu.Length), k => Assert.True(one[k] == 0 || one[k] == mu[k]));
        Assert.True(mu.Length < 20 || removed is 0 || removed > mu.Length - 2 || !one.SequenceEqual(other), "draws differ");
        Assert.Equal(0, Pruning.BySignal(means, [.. means.Select(m => new PaddedMatrix(m.Inputs, m.Outputs))], 2).Removed);
        Rejected.With("count", mu.Length, mu.Length + 1, () => Pruning.AtRandom(means, mu.Length + 1, 3, 0));
    }

    /// <summary>Seed 5; 60,000 numbers: 4.5 deviations of their mean square.</summary>
    [Fact]
    public void Disturbances_have_the_deviations_of_each_weight_or_the_same_ones_elsewhere()
    {
        PaddedMatrix[] means = [new Random(1).Matrix(200, 200), new Random(2).Matrix(100, 200)];
        PaddedMatrix[] deviations = [new PaddedMatrix(200, 200), new PaddedMatrix(100, 200)];
        Map(deviations[0], _ => 0.1f);
        Map(deviations[1], _ => 0.4f);
        const double Few = 4.5 * 1.42;
        IReadOnlyList<PaddedMatrix> matched = Disturbance.Matched(means, deviations, 5, 0), permuted = Disturbance.Permuted(means, deviations, 5, 0);
        Assert.InRange(Square(0, matched) / 0.01, 1 - (Few / 200), 1 + (Few / 200));
        Assert.InRange(Square(1, matched) / 0.16, 1 - (Few / 141), 1 + (Few / 141));

        // A third of the weights has 0.4, the others 0.1, in both matrices alike: mean square 0.06, whose deviation is about twice that of normal ones.
        Assert.InRange(Square(0, permuted) / 0.06, 1 - (2 * Few / 200), 1 + (2 * Few / 200));
        Assert.InRange(Square(1, permuted) / 0.06, 1 - (2 * Few / 141), 1 + (2 * Few / 141));
        Assert.NotEqual(Numbers(matched[0]), Numbers(Disturbance.Matched(means, deviations, 5, 1)[0]));
        Assert.Throws<ArgumentException>(() => Disturbance.Matched(means, [deviations[1], deviations[0]], 5, 0));

        double Square(int k, IReadOnlyList<PaddedMatrix> disturbed) =>
            Numbers(disturbed[k]).Zip(Numbers(means[k]), (d, m) => ((double)d - m) * (d - m)).Average();
    }

    [Fact]
    public void Programmed_weights_are_read_with_noise_keep_programming_errors_and_take_no_updates()
    {
        LinearStepModel device = new() { Step = new(0.01f, 0.3f), UpSlope = 1.66f, DownSlope = 1.66f };
        PaddedMatrix weights = new Random(3).Matrix(30, 40, 0.5f);
        ProgrammedMatrix exact = Programmed(ProgrammingMethod.Exact), rough = Programmed(ProgrammingMethod.OpenLoop);
        Assert.Equal(0, WeightError.Between(weights, exact.Weights).Largest, 1e-6);
        Assert.Equal(rough.Report.Deviation * 2, WeightError.Between(weights, rough.Weights).Deviation, 1e-6);
        Assert.InRange(rough.Report.Deviation, 0.005, 0.2);
        float[] x = [.. Numbers(weights).Take(30)], y = new float[40], again = new float[40], z = new float[30];
        exact.Forward(new float[30], y, new Moment(Phase.Test, 1));
        Assert.All(y, v => Assert.Equal(0, v));
        exact.Forward(x, y, new Moment(Phase.Test, 1));
        exact.Forward(x, again, new Moment(Phase.Test, 2));
        Assert.NotEqual(y, again);
        exact.Backward(y, z, new Moment(Phase.Test, 1));
        Assert.Contains(z, v => v != 0);
        Assert.Throws<NotSupportedException>(() => exact.Update(z, y, 0.1f, new Moment(Phase.Train, 0)));
        ProgrammedMatrix copy = new(device.Create(30, 40, new RandomAddress(9, 9, 9)), Periphery, new(), 7, 1);
        copy.Load(Reader(State(rough.Save)));
        Assert.Equal(Numbers(rough.Weights), Numbers(copy.Weights));

        ProgrammedMatrix Programmed(ProgrammingMethod method)
        {
            ProgrammedMatrix matrix = new(
                device.Create(30, 40, new RandomAddress(9, 9, 9)), Periphery, new() { Method = method, Device = device }, 7, 1);
            matrix.Program(weights);
            return matrix;
        }
    }

    [Theory]
    [InlineData("digital", "8761a244a7e4b6b4b2ab2c3c5a5cb8898b7f60331c1a8efd5d61688ffd6d32ef")]
    [InlineData("ttv2", "0014d7439c148d39cb54c6241088aa5e2821b1debbd08c22b1033382c0bf57f1")]
    public void Averages_have_the_same_bits_at_every_width(string algorithm, string expected)
    {
        (TextTrainer trainer, _, ModelAverage average) = Watched(algorithm);
        RunTo(trainer, 3);
        using Fingerprint print = new();
        print.Add(State(average.Save));
        foreach (PaddedMatrix matrix in Disturbance.Permuted([.. average.Result!.Select(m => m.Average)], [.. average.Result!.Select(m => m.Deviation)], 3, 0))
        {
            print.Add(matrix.Padded);
        }

        print.AssertIs(expected);
    }

    private static AnalogTile.Options Periphery => new()
    {
        Forward = Reads(BoundManagement.Iterative),
        Backward = Reads(BoundManagement.None),
        Transfer = Reads(BoundManagement.None) with { NoiseManagement = NoiseManagement.None },
        Scale = 2,
        BitLength = 31,
    };

    private static ReadParameters Reads(BoundManagement bounds) => new()
    {
        Dac = new Quantizer(1, Quantizer.ResolutionOfBits(7)),
        Adc = new Quantizer(12, Quantizer.ResolutionOfBits(9)),
        OutputNoise = 0.06f,
        NoiseManagement = NoiseManagement.AbsoluteMaximum,
        BoundManagement = bounds,
    };

    private static LanguageModel Model(string algorithm)
    {
        if (algorithm == "digital")
        {
            return Texts.Model(algorithm, 20);
        }

        LinearStepModel device = new() { Step = new(0.02f, 0.3f), UpSlope = 1.66f, DownSlope = 1.66f, AdditiveNoise = 0.3f };
        IWeightMatrix[] matrices =
        [
            .. Texts.Model("digital", 20).Matrices.Select((m, k) =>
            {
                TikiTaka2 matrix = new(
                    device.Create(m.Inputs, m.Outputs, new RandomAddress(1, (ulong)k, 0)), device.Create(m.Inputs, m.Outputs, new RandomAddress(2, (ulong)k, 0)),
                    Periphery, new() { FastRate = 0.3f, TransferRate = 3, Every = 2 }, Synthetic.Seed, k + 1);
                matrix.Program(m.Weights);
                return matrix;
            }),
        ];
        return new LanguageModel(20, matrices);
    }

    /// <summary>A training of epochs of 309 symbols of which the second and third are averaged over.</summary>
    private static (TextTrainer Trainer, LanguageModel Model, ModelAverage Average) Watched(
        string algorithm, bool watch = true, int reads = 100, int sampleEvery = 50)
    {
        LanguageModel model = Model(algorithm);
        TextTrainer trainer = new(model, Texts.Make(Length + 1), new GeometricSchedule(algorithm == "digital" ? 0.1f : 1));
        ModelAverage average = new(
            model.Matrices,
            new() { Start = Length, Length = 2 * Length, Reads = algorithm == "digital" ? 0 : reads, LastReads = 2 * reads, SampleEvery = sampleEvery, Number = 1 },
            Synthetic.Seed);
        trainer.AfterWindow = watch ? average.Observe : null;
        return (trainer, model, average);
    }

    private static void RunTo(TextTrainer trainer, int epochs)
    {
        while (trainer.Epoch < epochs && trainer.RunEpoch(default))
        {
        }
    }

    private static void Map(PaddedMatrix matrix, Func<float, float> map)
    {
        for (int i = 0; i < matrix.Inputs; i++)
        {
            foreach (ref float value in matrix.Row(i))
            {
                value = map(value);
            }
        }
    }

    private static float[] Numbers(PaddedMatrix matrix) => [.. Enumerable.Range(0, matrix.Inputs).SelectMany(i => matrix.Row(i).ToArray())];

    private static byte[] State(Action<BinaryWriter> save)
    {
        using MemoryStream stream = new();
        save(new BinaryWriter(stream));
        return stream.ToArray();
    }

    private static BinaryReader Reader(byte[] bytes) => new(new MemoryStream(bytes));
}
