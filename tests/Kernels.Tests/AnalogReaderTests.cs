using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class AnalogReaderTests
{
    /// <summary>The converters, noise and management most simulations of training on crossbars use.</summary>
    private static readonly ReadParameters Usual = new()
    {
        Dac = new Quantizer(1, Quantizer.ResolutionOfBits(7)),
        Adc = new Quantizer(12, Quantizer.ResolutionOfBits(9)),
        OutputNoise = 0.06f,
        NoiseManagement = NoiseManagement.AbsoluteMaximum,
        BoundManagement = BoundManagement.Iterative,
    };

    [Property(MaxTest = 400)]
    public void A_read_is_what_the_equations_say(Size inputs, Size outputs, DataSeed data, Address address)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value);
        ReadParameters forward = Any(random), backward = Any(random);
        AnalogReader reader = new(inputs.Value, outputs.Value, forward, backward);
        ReadOracle forwardOracle = new(forward, false), backwardOracle = new(backward, true);
        for (ulong step = 0; step < 3; step++)
        {
            RandomAddress at = address.At with { Step = step };
            float[] x = random.Signals(inputs.Value, 3, random.NextDouble()), d = random.Signals(outputs.Value, 3, random.NextDouble());
            Guarded<float> y = new(outputs.Value), z = new(inputs.Value);
            ReadOutcome ahead = reader.Forward(weights, x, at, y.Span), back = reader.Backward(weights, d, at, z.Span);
            (float[] expectedY, ReadOutcome expectedAhead) = forwardOracle.Read(weights, x, at);
            (float[] expectedZ, ReadOutcome expectedBack) = backwardOracle.Read(weights, d, at);
            Assert.Equal(expectedAhead, ahead);
            Assert.Equal(expectedBack, back);
            Same.Bits(expectedY, y.Span);
            Same.Bits(expectedZ, z.Span);
            y.AssertGuardsIntact();
            z.AssertGuardsIntact();
        }
    }

    [Property]
    public void A_batch_has_the_bits_of_its_vectors_alone(Size inputs, Size outputs, DataSeed data, Address address)
    {
        Random random = data.Random();
        int batch = random.Next(1, 70);
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value);
        ReadParameters forward = Any(random), backward = Any(random);
        AnalogReader together = new(inputs.Value, outputs.Value, forward, backward), alone = new(inputs.Value, outputs.Value, forward, backward);
        PaddedMatrix x = new(batch, inputs.Value), y = new(batch, outputs.Value), d = new(batch, outputs.Value), z = new(batch, inputs.Value);
        for (int b = 0; b < batch; b++)
        {
            double zeros = b % 5 == 4 ? 1 : random.NextDouble();
            random.Signals(inputs.Value, 3, zeros).CopyTo(x.Row(b));
            random.Signals(outputs.Value, 3, zeros).CopyTo(d.Row(b));
        }

        ReadOutcome[] ahead = new ReadOutcome[batch], back = new ReadOutcome[batch];
        together.Forward(weights, x, address.At, y, ahead);
        together.Backward(weights, d, address.At, z, back);
        float[] expectedY = new float[outputs.Value], expectedZ = new float[inputs.Value];
        for (int b = 0; b < batch; b++)
        {
            RandomAddress at = address.At with { Step = address.At.Step + (ulong)b };
            Assert.Equal(alone.Forward(weights, x.Row(b), at, expectedY), ahead[b]);
            Assert.Equal(alone.Backward(weights, d.Row(b), at, expectedZ), back[b]);
            Same.Bits(expectedY, y.Row(b));
            Same.Bits(expectedZ, z.Row(b));
            Assert.Equal(-1, y.PaddedRow(b)[outputs.Value..].IndexOfAnyExcept(0f));
            Assert.Equal(-1, z.PaddedRow(b)[inputs.Value..].IndexOfAnyExcept(0f));
        }

        Assert.Equal(alone.ForwardRange.Value, together.ForwardRange.Value);
        Assert.Equal(alone.BackwardRange.Value, together.BackwardRange.Value);
    }

    [Property(MaxTest = 300)]
    public void Some_products_of_a_backward_read_have_the_bits_they_have_among_all(Size inputs, Size outputs, DataSeed data, Address address)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value);
        ReadParameters backward = Any(random);
        backward = backward with
        {
            BoundManagement = BoundManagement.None,
            NoiseManagement = backward.NoiseManagement == NoiseManagement.RunningAverage ? NoiseManagement.None : backward.NoiseManagement,
            WeightNoiseForm = WeightReadNoise.PerOutputSameLaw,
            Adc = new Quantizer(backward.Adc.Low, backward.Adc.High, backward.Adc.Resolution, false),
        };
        AnalogReader whole = new(inputs.Value, outputs.Value, new(), backward), part = new(inputs.Value, outputs.Value, new(), backward);
        int batch = random.Next(1, 70), first = random.Next(inputs.Value), count = random.Next(1, inputs.Value - first + 1);
        float scale = 1 + random.NextSingle();
        PaddedMatrix d = new(batch, outputs.Value), z = new(batch, inputs.Value), some = random.Matrix(batch, inputs.Value);
        for (int b = 0; b < batch; b++)
        {
            random.Signals(outputs.Value, 3, b % 5 == 4 ? 1 : random.NextDouble()).CopyTo(d.Row(b));
        }

        float[] before = some.Padded.ToArray();
        whole.Backward(weights, d, address.At, z, new ReadOutcome[batch], scale);
        part.BackwardPart(weights, first, count, d, address.At, some, new ReadOutcome[batch], scale);
        Guarded<float> alone = new(count);
        for (int b = 0; b < batch; b++)
        {
            float[] expected = z.Row(b).Slice(first, count).ToArray();
            part.BackwardPart(weights, first, d.Row(b), address.At with { Step = address.At.Step + (ulong)b }, alone.Span, scale);
            Same.Bits(expected, alone.Span);
            Same.Bits(expected, some.Row(b).Slice(first, count));
            expected.CopyTo(before.AsSpan((b * some.Stride) + first));
        }

        Same.Bits(before, some.Padded);
        alone.AssertGuardsIntact();
    }

    [Fact]
    public void Parts_are_refused_where_something_hangs_on_all_products()
    {
        foreach (ReadParameters backward in (ReadParameters[])
        [
            Usual, Usual with { BoundManagement = BoundManagement.None, NoiseManagement = NoiseManagement.RunningAverage },
            new() { WeightNoise = 0.1f }, new() { Adc = new Quantizer(1, 0.1f, true) },
        ])
        {
            AnalogReader reader = new(3, 2, new(), backward);
            Assert.False(reader.HasBackwardParts);
            Assert.Throws<InvalidOperationException>(() => reader.BackwardPart(new PaddedMatrix(3, 2), 1, new float[2], default, new float[2]));
        }

        AnalogReader parts = new(3, 2, Usual, Usual with { BoundManagement = BoundManagement.None });
        Assert.True(parts.HasBackwardParts);
        Rejected.With("first", 2, 3, () => parts.BackwardPart(new PaddedMatrix(3, 2), 3, new float[2], default, new float[1]));
        Rejected.With("count", 2, 3, () => parts.BackwardPart(new PaddedMatrix(3, 2), 1, new float[2], default, new float[3]));
    }

    [Property(MaxTest = 300)]
    public void A_one_hot_read_has_the_bits_of_the_whole_read(Size inputs, Size outputs, DataSeed data, Address address)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value);
        ReadParameters forward = Any(random), backward = Any(random);
        AnalogReader whole = new(inputs.Value, outputs.Value, forward, backward), one = new(inputs.Value, outputs.Value, forward, backward);
        float[] x = new float[inputs.Value], d = new float[outputs.Value];
        int i = random.Next(inputs.Value), j = random.Next(outputs.Value);
        x[i] = (4 * random.NextSingle()) - 2;
        d[j] = (4 * random.NextSingle()) - 2;
        float[] expectedY = new float[outputs.Value], expectedZ = new float[inputs.Value];
        Guarded<float> y = new(outputs.Value), z = new(inputs.Value);
        Assert.Equal(whole.Forward(weights, x, address.At, expectedY), one.ForwardOneHot(weights, i, x[i], address.At, y.Span));
        Assert.Equal(whole.Backward(weights, d, address.At, expectedZ), one.BackwardOneHot(weights, j, d[j], address.At, z.Span));
        Same.Bits(expectedY, y.Span);
        Same.Bits(expectedZ, z.Span);
        y.AssertGuardsIntact();
        z.AssertGuardsIntact();
        Assert.Equal(whole.ForwardRange.Value, one.ForwardRange.Value);
    }

    [Property]
    public void An_ideal_read_is_the_product(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs.Value);
        AnalogReader reader = new(inputs.Value, outputs.Value, new ReadParameters(), new ReadParameters());
        float[] x = random.Signals(inputs.Value), d = random.Signals(outputs.Value);
        float[] y = new float[outputs.Value], z = new float[inputs.Value], product = new float[outputs.Value], back = new float[inputs.Value];
        Assert.Equal(new ReadOutcome(1, false), reader.Forward(weights, x, default, y));
        Assert.Equal(new ReadOutcome(1, false), reader.Backward(weights, d, default, z));
        MatVec.Forward(weights, x, product);
        MatVec.Backward(weights, d, back);
        Same.Bits(product, y);
        Same.Bits(back, z);
    }

    /// <summary>Without noise, outputs do not know of each other: an array cut between columns reads the same.</summary>
    [Property]
    public void Arrays_that_share_their_inputs_read_like_one(Size inputs, Size left, Size right, DataSeed data)
    {
        Random random = data.Random();
        int outputs = left.Value + right.Value;
        PaddedMatrix weights = random.Matrix(inputs.Value, outputs);
        ReadParameters parameters = Usual with { OutputNoise = 0, BoundManagement = BoundManagement.None };
        float[] x = random.Signals(inputs.Value, 5), whole = new float[outputs], parts = new float[outputs];
        new AnalogReader(inputs.Value, outputs, parameters, parameters).Forward(weights, x, default, whole);
        foreach ((int start, int width) in new[] { (0, left.Value), (left.Value, right.Value) })
        {
            PaddedMatrix part = new(inputs.Value, width);
            for (int i = 0; i < inputs.Value; i++)
            {
                weights.Row(i).Slice(start, width).CopyTo(part.Row(i));
            }

            new AnalogReader(inputs.Value, width, parameters, parameters).Forward(part, x, default, parts.AsSpan(start, width));
        }

        Same.Bits(whole, parts);
    }

    /// <summary>
    /// Fixed seed, 2,000 reads of 64 outputs: mean and variance of what each noise adds, within 4.5 of their deviations. α = 2 scales the
    /// noise of outputs, and not that of inputs and weights relative to the signals: what is read is α f(x / α).
    /// </summary>
    [Theory]
    [InlineData("output", 2 * 0.06)]
    [InlineData("input", 2 * 0.02)]
    [InlineData("weight per cross-point", 0.03)]
    [InlineData("weight per output", 0.03)]
    public void Each_noise_has_the_deviation_it_claims(string noise, double expected)
    {
        ReadParameters p = new() { NoiseManagement = NoiseManagement.AbsoluteMaximum };
        p = noise switch
        {
            "output" => p with { OutputNoise = 0.06f },
            "input" => p with { InputNoise = 0.02f },
            "weight per cross-point" => p with { WeightNoise = 0.03f },
            _ => p with { WeightNoise = 0.03f, WeightNoiseForm = WeightReadNoise.PerOutputSameLaw },
        };
        const int Inputs = 40, Outputs = 64, Reads = 2000;
        Random random = new(7);
        PaddedMatrix weights = random.Matrix(Inputs, Outputs);
        float[] x = random.Signals(Inputs), y = new float[Outputs], product = new float[Outputs];
        x[3] = 2;
        MatVec.Forward(weights, x, product);
        AnalogReader reader = new(Inputs, Outputs, p, p);
        List<double> errors = [];
        for (int n = 0; n < Reads; n++)
        {
            reader.Forward(weights, x, new RandomAddress(1, 2, (ulong)n), y);
            for (int j = 0; j < Outputs; j++)
            {
                // In units of what one unit of noise gives at this output.
                double size = noise switch
                {
                    "output" => 1,
                    "input" => Math.Sqrt(Enumerable.Range(0, Inputs).Sum(i => Math.Pow(weights[i, j], 2))),
                    _ => Math.Sqrt(x.Sum(v => (double)v * v)),
                };
                errors.Add((y[j] - (double)product[j]) / size);
            }
        }

        // Input noise is common to the outputs of a read, whose errors are then correlated: as if there were a read's worth of them only.
        double independent = noise == "input" ? Reads : errors.Count;
        (double mean, double variance) = Statistics.Moments(errors);
        Assert.InRange(mean * Math.Sqrt(independent) / expected, -4.5, 4.5);
        Assert.InRange(((variance / (expected * expected)) - 1) * Math.Sqrt(independent / 2), -4.5, 4.5);
    }

    /// <summary>Fixed seed; the two forms of weight noise have one law: the distributions of 2¹⁶ outputs each differ by chance alone.</summary>
    [Fact]
    public void Both_forms_of_weight_noise_are_normal()
    {
        foreach (WeightReadNoise form in Enum.GetValues<WeightReadNoise>())
        {
            ReadParameters p = new() { WeightNoise = 0.1f, WeightNoiseForm = form };
            AnalogReader reader = new(5, 256, p, p);
            PaddedMatrix weights = new(5, 256);
            float[] x = [1, -0.5f, 0, 0.25f, 2], y = new float[256];
            double size = 0.1 * Math.Sqrt(1 + 0.25 + 0.0625 + 4);
            List<float> sample = [];
            for (ulong n = 0; n < 256; n++)
            {
                reader.Forward(weights, x, new RandomAddress(5, 6, n), y);
                sample.AddRange(y.Select(v => (float)(v / size)));
            }

            Assert.InRange(Statistics.KolmogorovSmirnov([.. sample], Statistics.NormalCdf), 0.3, 2.4);
        }
    }

    [Fact]
    public void Bound_management_halves_until_nothing_clips_and_draws_new_noise()
    {
        PaddedMatrix weights = new(1, 2);
        weights[0, 0] = 30;
        weights[0, 1] = 1;
        AnalogReader reader = new(1, 2, Usual, Usual);
        float[] y = new float[2];
        RandomAddress at = new(1, 1, 0);
        Assert.Equal(new ReadOutcome(3, false), reader.Forward(weights, [1], at, y));
        Assert.InRange(y[0], 29, 31);

        // The noise of the third read and its rounding, four times as large.
        float third = Gaussian.At(at, ((2UL << 40) * Gaussian.GroupLength) + 1);
        double signal = Math.Round(0.25 * 63) / 63, step = 24.0 / 510;
        Assert.Equal(4 * Math.Round((signal + (0.06 * third)) / step) * step, y[1], 1e-4);
    }

    [Fact]
    public void Bound_management_ends_at_its_limits()
    {
        PaddedMatrix weights = new(1, 1);
        weights[0, 0] = 1e6f;
        float[] y = new float[1];
        ReadOutcome Outcome(ReadParameters p) => new AnalogReader(1, 1, p, p).Forward(weights, [1], default, y);

        // Two bits of 63 steps a side are left at a reduction of 16, the first above 0.25 · 126 / 2.
        Assert.Equal(new ReadOutcome(5, true), Outcome(Usual));
        Assert.Equal(12 * 16, y[0], 1e-3);
        Assert.Equal(new ReadOutcome(11, true), Outcome(Usual with { Dac = new Quantizer(1, 0) }));
        Assert.Equal(new ReadOutcome(3, true), Outcome(Usual with { LargestReduction = 2 }));
        Assert.Equal(new ReadOutcome(1, true), Outcome(Usual with { BoundManagement = BoundManagement.None }));
        Assert.Equal(12, y[0], 1e-3);

        // The worst case of weights of 0.6 needs no more than the range of one input: read again, and no more.
        Assert.Equal(new ReadOutcome(2, true), Outcome(Usual with { BoundManagement = BoundManagement.WorstCase }));
        Assert.Equal(new ReadOutcome(2, false), Outcome(Usual with { BoundManagement = BoundManagement.WorstCase, AssumedWeight = 2e6f, Dac = Quantizer.None }));
        Assert.Equal(1e6, y[0], 3e5);
    }

    /// <summary>
    /// The range from outside: the DAC at a resolution of one level a side tells where half of the range lies. x = (-3, 1, 2); the ranges are
    /// by hand, the bound 4 and the weight 2 for the last.
    /// </summary>
    [Theory]
    [InlineData(NoiseManagement.None, 1)]
    [InlineData(NoiseManagement.AbsoluteMaximum, 3)]
    [InlineData(NoiseManagement.Maximum, 2)]
    [InlineData(NoiseManagement.Constant, 5)]
    [InlineData(NoiseManagement.RunningAverage, 2.25)]
    [InlineData(NoiseManagement.PositiveNegativeSum, 30)]
    public void Noise_management_chooses_the_range(NoiseManagement management, double expected)
    {
        ReadParameters p = new()
        {
            NoiseManagement = management,
            ConstantRange = 5,
            AverageDecay = 0.25f,
            AssumedWeight = 40,
            Dac = new Quantizer(1, 0),
            Adc = new Quantizer(4, 0),
        };
        PaddedMatrix weights = new(3, 1);
        weights[0, 0] = -1e5f;
        AnalogReader reader = new(3, 1, p, p);
        reader.ForwardRange.Value = 2;
        float[] y = new float[1];
        Assert.Equal(new ReadOutcome(1, true), reader.Forward(weights, [-3, 1, 2], default, y));
        Assert.Equal(4 * expected, y[0], 1e-5);
        Assert.Equal(management == NoiseManagement.RunningAverage ? 2.25f : 2, reader.ForwardRange.Value);
    }

    [Fact]
    public void The_range_has_a_limit_and_the_running_average_begins_with_the_first_read()
    {
        ReadParameters p = new() { Dac = new Quantizer(1, 0), NoiseManagement = NoiseManagement.AbsoluteMaximum, LargestRange = 2 };
        PaddedMatrix weights = new(2, 1);
        weights[0, 0] = 1;
        weights[1, 0] = 1;
        float[] y = new float[1];
        new AnalogReader(2, 1, p, p).Forward(weights, [3, 1], default, y);
        Assert.Equal(3, y[0]);

        p = p with { NoiseManagement = NoiseManagement.RunningAverage, AverageDecay = 0.5f };
        AnalogReader reader = new(2, 1, p, p);
        reader.Forward(weights, [3, 1], default, y);
        Assert.Equal(3, reader.ForwardRange.Value);
        reader.Forward(weights, [0, -1], default, y);
        Assert.Equal(2, reader.ForwardRange.Value);
        Assert.Equal(-1, reader.BackwardRange.Value);
    }

    [Fact]
    public void Zero_inputs_are_not_read()
    {
        AnalogReader reader = new(2, 3, Usual, Usual);
        float[] y = [1, 2, 3];
        Assert.Equal(default, reader.Forward(new PaddedMatrix(2, 3), [0, -0f], default, y));
        Assert.Equal([0, 0, 0], y);
        y = [1, 2, 3];
        AnalogReader maximum = new(2, 3, Usual with { NoiseManagement = NoiseManagement.Maximum }, Usual);
        Assert.Equal(default, maximum.Forward(new PaddedMatrix(2, 3), [-1, -2], default, y));
        Assert.Equal([0, 0, 0], y);
        AnalogReader noisy = new(2, 3, Usual with { NoiseManagement = NoiseManagement.None }, Usual);
        Assert.Equal(1, noisy.Forward(new PaddedMatrix(2, 3), [0, 0], default, y).Reads);
        Assert.NotEqual([0, 0, 0], y);
    }

    [Fact]
    public void Reads_allocate_nothing()
    {
        Random random = new(1);
        PaddedMatrix weights = random.Matrix(70, 40, 5), x = random.Matrix(40, 70), y = new(40, 40), z = new(40, 70);
        ReadParameters noisy = Usual with { WeightNoise = 0.1f, Adc = new Quantizer(12, 0.01f, true), InputNoise = 0.1f };
        AnalogReader[] readers = [new(70, 40, Usual, Usual), new(70, 40, noisy, noisy with { WeightNoiseForm = WeightReadNoise.PerOutputSameLaw })];
        ReadOutcome[] outcomes = new ReadOutcome[40];
        void ReadAll(ulong step)
        {
            foreach (AnalogReader reader in readers)
            {
                RandomAddress at = new(1, 1, step);
                reader.Forward(weights, x.Row(0), at, y.Row(0));
                reader.Backward(weights, y.Row(1), at, z.Row(0));
                reader.ForwardOneHot(weights, 3, 1, at, y.Row(0));
                reader.BackwardOneHot(weights, 3, 1, at, z.Row(0));
                reader.Forward(weights, x, at, y, outcomes);
                reader.Backward(weights, y, at, z, outcomes);
            }
        }

        ReadAll(0);
        Allocation.None(run => ReadAll((ulong)run + 1));
    }

    [Theory]
    [InlineData(nameof(ReadParameters.InputNoise))]
    [InlineData(nameof(ReadParameters.OutputNoise))]
    [InlineData(nameof(ReadParameters.WeightNoise))]
    [InlineData(nameof(ReadParameters.LargestRange))]
    [InlineData(nameof(ReadParameters.ConstantRange))]
    [InlineData(nameof(ReadParameters.AverageDecay))]
    [InlineData(nameof(ReadParameters.AssumedWeight))]
    [InlineData(nameof(ReadParameters.LargestReduction))]
    [InlineData(nameof(ReadParameters.CoarsestResolution))]
    [InlineData(nameof(ReadParameters.NoiseManagement))]
    [InlineData(nameof(ReadParameters.BoundManagement))]
    [InlineData(nameof(ReadParameters.WeightNoiseForm))]
    public void Parameters_that_make_no_sense_are_refused(string name)
    {
        System.Reflection.PropertyInfo property = typeof(ReadParameters).GetProperty(name)!;
        object[] bad = property.PropertyType == typeof(float) ? [-1f, float.NaN, float.NegativeInfinity]
            : [Enum.ToObject(property.PropertyType, -1), Enum.ToObject(property.PropertyType, 100)];
        if (property.PropertyType == typeof(float) && !name.EndsWith("Noise", StringComparison.Ordinal) && name != nameof(ReadParameters.LargestReduction))
        {
            bad = [.. bad, 0f];
        }

        foreach (object value in bad)
        {
            ReadParameters parameters = new();
            property.SetValue(parameters, value);
            Assert.Throws<ArgumentOutOfRangeException>(name, () => new AnalogReader(2, 2, parameters, Usual));
            Assert.Throws<ArgumentOutOfRangeException>(name, () => new AnalogReader(2, 2, Usual, parameters));
        }
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused_before_anything_is_written()
    {
        AnalogReader reader = new(3, 20, Usual, Usual);
        PaddedMatrix weights = new(3, 20), x = new(5, 3), y = new(5, 20);
        Guarded<float> outputs = new(20);
        Rejected.With("inputs", 1, 0, () => new AnalogReader(0, 1, Usual, Usual));
        Rejected.With("outputs", 1, -1, () => new AnalogReader(1, -1, Usual, Usual));
        Assert.Throws<ArgumentNullException>("Dac", () => new AnalogReader(1, 1, Usual with { Dac = null! }, Usual));
        Rejected.With("weights", 3, 4, () => reader.Forward(new PaddedMatrix(4, 20), new float[3], default, outputs.Span));
        Rejected.With("weights", 20, 21, () => reader.Backward(new PaddedMatrix(3, 21), new float[20], default, new float[3]));
        Rejected.With("x", 3, 4, () => reader.Forward(weights, new float[4], default, outputs.Span));
        Rejected.With("y", 20, 32, () => reader.Forward(weights, new float[3], default, new float[32]));
        Rejected.With("d", 20, 3, () => reader.Backward(weights, new float[3], default, new float[3]));
        Rejected.With("z", 3, 20, () => reader.Backward(weights, new float[20], default, outputs.Span));
        Rejected.With("i", 2, 3, () => reader.ForwardOneHot(weights, 3, 1, default, outputs.Span));
        Rejected.With("j", 19, -1, () => reader.BackwardOneHot(weights, -1, 1, default, new float[3]));
        Rejected.With("y", 5, 4, () => reader.Forward(weights, x, default, new PaddedMatrix(4, 20), new ReadOutcome[5]));
        Rejected.With("outcomes", 5, 6, () => reader.Forward(weights, x, default, y, new ReadOutcome[6]));
        Rejected.With("z", 3, 20, () => reader.Backward(weights, y, default, y, new ReadOutcome[5]));
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("x", () => reader.Forward(weights, [1, bad, 2], default, outputs.Span));
        }

        Assert.Throws<ArgumentOutOfRangeException>("Value", () => reader.ForwardRange.Value = float.NaN);
        outputs.AssertUntouched();
    }

    [Theory]
    [InlineData(NoiseManagement.None)]
    [InlineData(NoiseManagement.AbsoluteMaximum)]
    [InlineData(NoiseManagement.Maximum)]
    [InlineData(NoiseManagement.Constant)]
    [InlineData(NoiseManagement.RunningAverage)]
    [InlineData(NoiseManagement.PositiveNegativeSum)]
    public void An_input_that_is_no_number_is_refused_before_anything_is_written_or_remembered(NoiseManagement management)
    {
        ReadParameters parameters = Usual with { NoiseManagement = management };
        AnalogReader reader = new(3, 20, parameters, parameters);
        PaddedMatrix weights = new(3, 20), x = new(70, 3), y = new(70, 20), d = new(70, 20), z = new(70, 3);
        x.Padded.Fill(1);
        d.Padded.Fill(1);
        y.Padded.Fill(7);
        z.Padded.Fill(7);
        x[69, 2] = d[69, 19] = float.NaN;
        float range = reader.ForwardRange.Value;
        Assert.Throws<ArgumentOutOfRangeException>("x", () => reader.Forward(weights, x.Row(69), default, new float[20]));
        Assert.Throws<ArgumentOutOfRangeException>("d", () => reader.Backward(weights, d.Row(69), default, new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>("x", () => reader.Forward(weights, x, default, y, new ReadOutcome[70]));
        Assert.Throws<ArgumentOutOfRangeException>("d", () => reader.Backward(weights, d, default, z, new ReadOutcome[70]));
        Assert.Throws<ArgumentOutOfRangeException>("x", () => reader.ForwardOneHot(weights, 1, float.NaN, default, new float[20]));
        Assert.Equal((range, range), (reader.ForwardRange.Value, reader.BackwardRange.Value));
        Assert.True(y.Padded.IndexOfAnyExcept(7f) < 0 && z.Padded.IndexOfAnyExcept(7f) < 0);
    }

    private static ReadParameters Any(Random random) => new()
    {
        Dac = QuantizerTests.Any(random),
        Adc = QuantizerTests.Any(random),
        InputNoise = random.Next(3) == 0 ? 0.1f * random.NextSingle() : 0,
        OutputNoise = random.Next(2) == 0 ? random.NextSingle() : 0,
        WeightNoise = random.Next(2) == 0 ? random.NextSingle() : 0,
        WeightNoiseForm = (WeightReadNoise)random.Next(2),
        NoiseManagement = (NoiseManagement)random.Next(6),
        LargestRange = random.Next(2) == 0 ? 2 : float.PositiveInfinity,
        ConstantRange = 1 + random.NextSingle(),
        AverageDecay = random.NextSingle(),
        BoundManagement = (BoundManagement)random.Next(3),
    };
}
