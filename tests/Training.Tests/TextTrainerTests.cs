using Crosspoint.Tests;
using Crosspoint.Training.Data;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class TextTrainerTests
{
    public static TheoryData<string> Algorithms => ["digital", "one by one", "pulsed"];

    /// <summary>Stopped before a random window of three epochs, written, read by a fresh trainer over fresh arrays, and trained to the end.</summary>
    [Property(MaxTest = 30)]
    public void A_run_stopped_before_any_window_and_resumed_ends_with_the_same_bytes(DataSeed data)
    {
        Random random = data.Random();
        string algorithm = random.Next(2) == 0 ? "digital" : "pulsed";
        TextTrainer whole = Trainer(algorithm), stopped = Trainer(algorithm), resumed = Trainer(algorithm);
        RunTo(whole, 3);
        for (int windows = random.Next(3 * 16); windows > 0; windows--)
        {
            Assert.True(stopped.Run(1, default));
        }

        byte[] state = Texts.State(stopped);
        resumed.Load(new BinaryReader(new MemoryStream(state)));
        Assert.Equal(state, Texts.State(resumed));
        Assert.Equal((stopped.Epoch, stopped.Position, stopped.Loss), (resumed.Epoch, resumed.Position, resumed.Loss));
        RunTo(resumed, 3);
        RunTo(stopped, 3);
        Assert.Equal(Texts.State(whole), Texts.State(resumed));
        Assert.Equal(Texts.State(whole), Texts.State(stopped));
    }

    [Fact]
    public void A_stop_is_heard_before_the_next_window()
    {
        using CancellationTokenSource stop = new();
        int updates = 0;
        IWeightMatrix[] matrices = [.. Texts.Model("digital", 20).Matrices];
        LanguageModel model = new(20, matrices[0], matrices[1], new Observed(matrices[2])
        {
            OnUpdate = (_, _) =>
            {
                if (++updates == 47)
                {
                    stop.Cancel();
                }
            },
        });
        TextTrainer trainer = new(model, Texts.Make(310), new GeometricSchedule(0.1f));
        Assert.False(trainer.RunEpoch(stop.Token));
        Assert.Equal((0, 60), (trainer.Epoch, trainer.Position));
        RunTo(trainer, 2);
        TextTrainer whole = Trainer("digital");
        RunTo(whole, 2);
        Assert.Equal(Texts.State(whole), Texts.State(trainer));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_small_text_is_learned(string algorithm)
    {
        LanguageModel model = Texts.Model(algorithm, 25);
        TextTrainer trainer = new(model, Texts.Make(4_001), new GeometricSchedule(0.1f, 0.9f));
        TextEvaluation evaluation = new(model, Texts.Make(1_001, seed: 2), Phase.Test);
        Assert.Equal(Math.Log(Texts.Symbols), evaluation.CrossEntropy(0, default), 0.05);
        RunTo(trainer, 10);
        Assert.InRange(trainer.LastLoss, 0.4, 0.8);
        Assert.InRange(evaluation.CrossEntropy(1, default), 0.4, 0.8);
    }

    [Fact]
    public void A_test_in_the_middle_of_an_epoch_changes_nothing()
    {
        LanguageModel model = Texts.Model("pulsed", 20);
        TextTrainer plain = Trainer("pulsed"), tested = new(model, Texts.Make(310), new GeometricSchedule(0.1f, 0.5f));
        TextEvaluation evaluation = new(model, Texts.Make(130, seed: 2), Phase.Validate);
        tested.Run(5, default);
        double error = evaluation.CrossEntropy(0, default);
        Assert.Equal(error, evaluation.CrossEntropy(0, default));
        RunTo(plain, 1);
        RunTo(tested, 1);
        Assert.Equal(Texts.State(plain), Texts.State(tested));
    }

    [Fact]
    public void A_test_can_be_stopped_and_leaves_the_state()
    {
        LanguageModel model = Texts.Model("digital", 20);
        TextTrainer trainer = new(model, Texts.Make(310), new GeometricSchedule(0.1f));
        trainer.Run(2, default);
        byte[] state = Texts.State(trainer);
        TextEvaluation evaluation = new(model, Texts.Make(130, seed: 2), Phase.Test);
        Assert.Throws<OperationCanceledException>(() => evaluation.CrossEntropy(0, new CancellationToken(canceled: true)));
        Assert.Equal(state, Texts.State(trainer));
    }

    [Fact]
    public void States_begin_at_zero_in_every_epoch_and_rates_follow_their_schedules()
    {
        List<(float Rate, ulong Step)> updates = [];
        List<float[]> reads = [];
        IWeightMatrix[] matrices = [.. Texts.Model("digital", 20, blocks: 1).Matrices];
        LanguageModel model = new(
            20,
            new Observed(matrices[0]) { OnForward = (x, _) => reads.Add(x) },
            new Observed(matrices[1]) { OnUpdate = (rate, moment) => updates.Add((rate, moment.Step)) });
        TextTrainer trainer = new(model, Texts.Make(31), new GeometricSchedule(0), new GeometricSchedule(0.5f, 0.25f));
        RunTo(trainer, 3);
        Assert.Equal(Enumerable.Range(0, 90).Select(n => (0.5f * MathF.Pow(0.25f, n / 30), (ulong)n)), updates);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            Assert.All(reads[30 * epoch][Texts.Symbols..^1], h => Assert.Equal(0, h));
            Assert.All(reads[(30 * epoch) + 20][Texts.Symbols..^1], h => Assert.NotEqual(0, h));
        }
    }

    [Fact]
    public void The_state_of_another_text_or_model_or_a_short_one_is_refused()
    {
        byte[] state = Texts.State(Trainer("digital"));
        void Refuse<T>(TextTrainer trainer, byte[] bytes)
            where T : Exception => Assert.Throws<T>(() => trainer.Load(new BinaryReader(new MemoryStream(bytes))));
        Refuse<InvalidDataException>(new(Texts.Model("digital", 20), Texts.Make(311), new GeometricSchedule(0.1f)), state);
        Refuse<InvalidDataException>(new(Texts.Model("digital", 20, hidden: 8), Texts.Make(310), new GeometricSchedule(0.1f)), state);
        Refuse<EndOfStreamException>(Trainer("digital"), state[..^1]);
        TextTrainer moved = Trainer("digital");
        moved.Run(1, default);
        Refuse<InvalidDataException>(new(Texts.Model("digital", 21), Texts.Make(310), new GeometricSchedule(0.1f)), Texts.State(moved));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        LanguageModel model = Texts.Model("digital", 20);
        Rejected.With("text", 2, 1, () => new TextTrainer(model, Texts.Make(1), new GeometricSchedule(1)));
        Rejected.With("text", 7, 9, () => new TextTrainer(model, new Text(new byte[] { 1, 9 }, "other"), new GeometricSchedule(1)));
        Rejected.With("schedules", 3, 2, () => new TextTrainer(model, Texts.Make(9), new GeometricSchedule(1), new GeometricSchedule(1)));
        Rejected.With("phase", "Test", "Train", () => new TextEvaluation(model, Texts.Make(9), Phase.Train));
        Rejected.With("Initial", 0, -1, () => new GeometricSchedule(-1));
        Rejected.With("Factor", 0, 0, () => new GeometricSchedule(1, 0));
        Assert.ThrowsAny<ArgumentException>(() => Trainer("digital").Run(0, default));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Windows_and_tests_allocate_nothing(string algorithm)
    {
        if (algorithm == "one by one")
        {
            return;
        }

        LanguageModel model = Texts.Model(algorithm, 20);
        TextTrainer trainer = new(model, Texts.Make(310), new GeometricSchedule(0.1f));
        TextEvaluation evaluation = new(model, Texts.Make(130), Phase.Test);
        RunTo(trainer, 2);
        evaluation.CrossEntropy(0, default);
        Allocation.None(run =>
        {
            RunTo(trainer, run + 3);
            evaluation.CrossEntropy(run + 1, default);
        });
    }

    [Theory]
    [InlineData("digital", "132e7df8ef4f14dde666335921328c7a167d597d1d97ec140417a2702fff2725")]
    [InlineData("pulsed", "bd3818890caa23a6c384838af39699b9059c1e5dbc327c2126e09c03d89360ac")]
    public void Training_gives_the_same_bits_at_every_width(string algorithm, string expected)
    {
        LanguageModel model = Texts.Model(algorithm, 20);
        TextTrainer trainer = new(model, Texts.Make(310), new GeometricSchedule(0.1f, 0.9f));
        TextEvaluation evaluation = new(model, Texts.Make(130, seed: 2), Phase.Test);
        RunTo(trainer, 3);
        using Fingerprint fingerprint = new();
        fingerprint.Add(Texts.State(trainer));
        fingerprint.Add([evaluation.CrossEntropy(0, default)]);
        fingerprint.AssertIs(expected);
    }

    private static TextTrainer Trainer(string algorithm) => new(Texts.Model(algorithm, 20), Texts.Make(310), new GeometricSchedule(0.1f));

    private static void RunTo(TextTrainer trainer, int epochs)
    {
        while (trainer.Epoch < epochs && trainer.RunEpoch(default))
        {
        }
    }
}
