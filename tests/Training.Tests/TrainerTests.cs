using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using Crosspoint.Training.Data;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class TrainerTests
{
    /// <summary>Cancelled at a random image of three epochs, written, read by a fresh trainer over fresh arrays, and trained to the end.</summary>
    [Property(MaxTest = 30)]
    public void A_run_stopped_anywhere_and_resumed_ends_with_the_same_bytes(DataSeed data)
    {
        Random random = data.Random();
        string algorithm = Synthetic.Algorithms[random.Next(Synthetic.Algorithms.Length)];
        LabelledImages images = Synthetic.Images(70);
        Trainer whole = Synthetic.Trainer(Synthetic.Network(algorithm), images);
        RunTo(whole, 3);

        using CancellationTokenSource stop = new();
        int updates = 0, stopAt = random.Next(0, 3 * images.Count);
        Observed first = new(Synthetic.Matrix(algorithm, Synthetic.Pixels + 1, 33, 1))
        {
            OnUpdate = (_, _) =>
            {
                if (updates++ == stopAt)
                {
                    stop.Cancel();
                }
            },
        };
        IWeightMatrix second = Synthetic.Matrix(algorithm, 34, 17, 2), third = Synthetic.Matrix(algorithm, 18, Synthetic.Classes, 3);
        Trainer stopped = Synthetic.Trainer(Synthetic.Started(first, second, third), images);
        RunTo(stopped, 3, stop.Token);
        Assert.InRange((stopped.Epoch * images.Count) + stopped.Position, stopAt + 1, stopAt + images.Count);

        Trainer resumed = Synthetic.Trainer(Synthetic.Network(algorithm), images);
        byte[] state = Synthetic.State(stopped);
        using BinaryReader reader = new(new MemoryStream(state));
        resumed.Load(reader);
        Assert.Equal(state, Synthetic.State(resumed));
        Assert.Equal((stopped.Epoch, stopped.Position), (resumed.Epoch, resumed.Position));
        RunTo(resumed, 3);
        Assert.Equal(Synthetic.State(whole), Synthetic.State(resumed));
        Assert.Equal(whole.LastLoss, resumed.LastLoss);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(70)]
    [InlineData(1_000)]
    public void An_epoch_in_pieces_is_the_epoch_whole(int images)
    {
        LabelledImages all = Synthetic.Images(70);
        Trainer whole = Synthetic.Trainer(Synthetic.Network("digital"), all), pieces = Synthetic.Trainer(Synthetic.Network("digital"), all);
        Assert.True(whole.RunEpoch(default));
        int calls = 0;
        while (pieces.Epoch == 0)
        {
            Assert.Equal(calls * images, pieces.Position);
            Assert.True(pieces.Run(images, default));
            calls++;
        }

        Assert.Equal((70 + images - 1) / images, calls);
        Assert.Equal(Synthetic.State(whole), Synthetic.State(pieces));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => pieces.Run(0, default));
    }

    [Fact]
    public void A_trainer_that_is_stopped_and_goes_on_itself_ends_with_the_same_bytes()
    {
        LabelledImages images = Synthetic.Images(70);
        Trainer whole = Synthetic.Trainer(Synthetic.Network("digital"), images);
        RunTo(whole, 2);
        using CancellationTokenSource stop = new();
        Observed first = new(new DigitalSgd(Synthetic.Pixels + 1, 33))
        {
            OnUpdate = (_, moment) =>
            {
                if (moment.Step == 30)
                {
                    stop.Cancel();
                }
            },
        };
        Trainer stopped = Synthetic.Trainer(
            Synthetic.Started(first, new DigitalSgd(34, 17), new DigitalSgd(18, Synthetic.Classes)), images);
        Assert.False(stopped.RunEpoch(stop.Token));
        Assert.InRange(stopped.Position, 31, 46);
        RunTo(stopped, 2);
        Assert.Equal(Synthetic.State(whole), Synthetic.State(stopped));
    }

    [Fact]
    public void Every_epoch_takes_each_image_once_in_an_order_of_its_own()
    {
        const int Images = 200;
        byte[] pixels = [.. Enumerable.Range(0, Images).Select(n => (byte)n)];
        LabelledImages images = new(pixels, new byte[Images], 1, "numbers");
        List<int>[] orders = [.. Enumerable.Range(0, 6).Select(_ => new List<int>())];
        List<ulong> steps = [];
        int run = 0;
        foreach (ulong seed in new ulong[] { 1, 2 })
        {
            Observed matrix = new(new DigitalSgd(2, 2))
            {
                OnForward = (x, moment) =>
                {
                    orders[run].Add((int)MathF.Round(x[0] * 255));
                    steps.Add(moment.Step);
                    Assert.Equal(Phase.Train, moment.Phase);
                },
            };
            Trainer trainer = new(
                new MultilayerPerceptron(matrix), images, new Preprocessing(MeanNormalization.None, images), new LearningSchedule(1, 1), seed);
            for (int epoch = 0; epoch < 3; epoch++, run++)
            {
                Assert.True(trainer.RunEpoch(default));
                Assert.Equal((epoch + 1, 0), (trainer.Epoch, trainer.Position));
            }
        }

        foreach (List<int> order in orders)
        {
            Assert.Equal(Enumerable.Range(0, Images), order.Order());
        }

        Assert.Equal(6, orders.Select(order => string.Join(' ', order)).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 3 * Images).Select(n => (ulong)n), steps.Take(3 * Images));
    }

    /// <summary>Fixed seeds: 2,000 epochs of 8 images; chi-square of image against place has 49 degrees of freedom, bound 4.5 deviations.</summary>
    [Fact]
    public void Every_image_comes_at_every_place_equally_often()
    {
        const int Images = 8, Epochs = 2_000;
        LabelledImages images = new(new byte[] { 0, 1, 2, 3, 4, 5, 6, 7 }, new byte[Images], 1, "numbers");
        long[] counts = new long[Images * Images];
        Observed matrix = new(new DigitalSgd(2, 2))
        {
            OnForward = (x, moment) => counts[((int)(moment.Step % Images) * Images) + (int)MathF.Round(x[0] * 255)]++,
        };
        Trainer trainer = new(
            new MultilayerPerceptron(matrix), images, new Preprocessing(MeanNormalization.None, images), new LearningSchedule(1, 1), 5);
        RunTo(trainer, Epochs);
        double chiSquare = Statistics.ChiSquare(counts, [.. Enumerable.Repeat((double)Epochs / Images, counts.Length)]);
        Assert.InRange(Statistics.ChiSquareDeviations(chiSquare, (Images - 1) * (Images - 1)), -4.5, 4.5);
    }

    [Fact]
    public void The_rate_follows_the_schedule_and_the_loss_is_the_mean_of_the_epoch()
    {
        LabelledImages images = Synthetic.Images(20);
        List<float> rates = [];
        Observed matrix = new(new DigitalSgd(Synthetic.Pixels + 1, Synthetic.Classes)) { OnUpdate = (rate, _) => rates.Add(rate) };
        Trainer trainer = new(
            new MultilayerPerceptron(matrix), images, new Preprocessing(MeanNormalization.None, images), new LearningSchedule(0.4f, 2), 1);
        Assert.Equal(0, trainer.LastLoss);
        RunTo(trainer, 3);
        Assert.Equal(Enumerable.Repeat(0.4f, 40).Concat(Enumerable.Repeat(0.2f, 20)), rates);
        Assert.InRange(trainer.LastLoss, 1e-6, Math.Log(Synthetic.Classes));

        Trainer unchanged = new(
            new MultilayerPerceptron(new DigitalSgd(Synthetic.Pixels + 1, Synthetic.Classes)), images,
            new Preprocessing(MeanNormalization.None, images), new LearningSchedule(1e-30f, 1), 1);
        RunTo(unchanged, 1);
        Assert.Equal(Math.Log(Synthetic.Classes), unchanged.LastLoss, 1e-6);
    }

    [Fact]
    public void The_state_of_another_network_or_a_short_one_is_refused()
    {
        LabelledImages images = Synthetic.Images(20);
        byte[] state = Synthetic.State(Synthetic.Trainer(Synthetic.Network("digital"), images));
        Trainer other = Synthetic.Trainer(Synthetic.OneLayer("digital"), images);
        Assert.Throws<InvalidDataException>(() => other.Load(new BinaryReader(new MemoryStream(state))));
        Trainer same = Synthetic.Trainer(Synthetic.Network("digital"), images);
        Assert.Throws<EndOfStreamException>(() => same.Load(new BinaryReader(new MemoryStream(state[..^1]))));
    }

    private static void RunTo(Trainer trainer, int epochs, CancellationToken cancellation = default)
    {
        while (trainer.Epoch < epochs && trainer.RunEpoch(cancellation))
        {
        }
    }
}
