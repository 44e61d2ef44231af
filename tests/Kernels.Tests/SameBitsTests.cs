using System.Runtime.Intrinsics;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Kernels.Tests;

/// <summary>Every kernel on fixed inputs of many lengths: one stored fingerprint each, which the run at every vector width must give.</summary>
public class SameBitsTests
{
    private static readonly int[] Lengths = [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 257, 785];
    private static readonly int[] BitLengths = [1, 10, 32, 33, 100, 128];

    [Fact]
    public void Words_and_normal_numbers()
    {
        using Fingerprint fingerprint = new();
        foreach (int length in Lengths)
        {
            RandomAddress at = new(42, (ulong)length, ulong.MaxValue - 7);
            uint[] words = new uint[length];
            float[] normal = new float[length];
            RandomWords.Fill(at, words, (ulong)length << 40);
            Gaussian.Fill(at, normal);
            fingerprint.Add(words);
            fingerprint.Add(normal);
            fingerprint.Add([Gaussian.At(at, (ulong)length << 30)]);
        }

        float[] many = new float[1 << 18];
        Gaussian.Fill(new RandomAddress(1, 1, 1), many);
        fingerprint.Add(many);
        fingerprint.AssertIs("ef2ae512efee4c0c9029fb47e70759172a1712ff7ba893d6f574bda8e688ad18");
    }

    [Fact]
    public void Trains_coincidences_and_updates()
    {
        using Fingerprint fingerprint = new();
        foreach (int length in Lengths)
        {
            foreach (int bitLength in BitLengths)
            {
                Random random = new(length * bitLength);
                LineTrains rows = new(3, bitLength), columns = new(length, bitLength);
                rows.Draw(new RandomAddress(7, 1, (ulong)bitLength), random.Signals(3), 0.9f, bitLength);
                columns.Draw(new RandomAddress(7, 2, (ulong)length), random.Signals(length), 0.3f, bitLength);
                fingerprint.Add(rows.Words);
                fingerprint.Add(columns.Words);

                float[] decoded = new float[length];
                columns.Decode(1f / bitLength, decoded);
                fingerprint.Add(decoded);

                uint[] train = new uint[rows.Planes], counts = new uint[length];
                rows.CopyTrain(1, train);
                Coincidence.CountRow(columns.Words, train, counts);
                fingerprint.Add(counts);

                int[] lines = [.. Enumerable.Range(0, length)];
                int[] inRows = new int[(3 * length) + 16], inColumns = new int[inRows.Length], inCounts = new int[inRows.Length];
                int row = 0;
                MeetingLists lists = new(inRows, inColumns, inCounts);
                int found = Coincidence.Find(rows.Words, [0, 1, 2], columns.Words, lines, rows.Planes, ref row, lists);
                fingerprint.Add(inRows.AsSpan(0, found));
                fingerprint.Add(inColumns.AsSpan(0, found));
                fingerprint.Add(inCounts.AsSpan(0, found));

                float[] weights = random.Weights(length);
                PulsedUpdate.Row<Decay, float>(columns.Words, columns.Values, train, rows.Values[1], 0.01f, weights);
                fingerprint.Add(weights);
            }
        }

        fingerprint.AssertIs("a375c96b833dae58a7519defdf1d5ede3ad5df311e06a62d8f6e0092f719d960");
    }

    [Fact]
    public void Products()
    {
        using Fingerprint fingerprint = new();
        foreach (int inputs in Lengths)
        {
            foreach (int outputs in Lengths)
            {
                if (inputs * outputs > 100_000)
                {
                    continue;
                }

                Random random = new((1000 * inputs) + outputs);
                PaddedMatrix weights = random.Matrix(inputs, outputs);
                float[] x = random.Signals(inputs), d = random.Signals(outputs), y = new float[outputs], z = new float[inputs];
                MatVec.Forward(weights, x, y);
                MatVec.Backward(weights, d, z);
                MatVec.AddOuter(weights, 0.01f, x, d);
                fingerprint.Add(y);
                fingerprint.Add(z);
                fingerprint.Add(weights.Padded);
            }
        }

        fingerprint.AssertIs("a14651475093d14578ee0940c4c892a525e2d236934ee311982394d7bd451bf5");
    }

    [Fact]
    public void Windows_and_memory_cells()
    {
        using Fingerprint fingerprint = new();
        foreach (int length in Lengths)
        {
            Random random = new(length);
            float[] gates = random.Signals(4 * length, 5), before = random.Signals(length, 2), error = random.Signals(length);
            float[] cell = new float[length], squashed = new float[length], output = new float[length], errors = new float[4 * length];
            LstmCell.Forward(gates, before, cell, squashed, output);
            fingerprint.Add(gates);
            fingerprint.Add(cell);
            fingerprint.Add(output);
            LstmCell.Backward(gates, before, squashed, error, cell, errors);
            fingerprint.Add(errors);
            fingerprint.Add(cell);
            Activation.Softmax(before, output);
            fingerprint.Add(output);
            PaddedMatrix weights = random.Matrix(129, length), x = random.Matrix(100, 129), d = random.Matrix(100, length);
            OuterProducts.Add(weights, 0.01f, x, d, 100);
            fingerprint.Add(weights.Padded);
        }

        fingerprint.AssertIs("1b1c3b99faeecb40527c6dd20299120214b710a238ab2544430c90aac7fe2ce1");
    }

    [Fact]
    public void Analog_reads()
    {
        using Fingerprint fingerprint = new();
        ReadParameters usual = new()
        {
            Dac = new Quantizer(1, Quantizer.ResolutionOfBits(7)),
            Adc = new Quantizer(12, Quantizer.ResolutionOfBits(9)),
            OutputNoise = 0.06f,
            NoiseManagement = NoiseManagement.AbsoluteMaximum,
            BoundManagement = BoundManagement.Iterative,
        };
        ReadParameters other = usual with
        {
            Dac = new Quantizer(-0.5f, 1, 0.01f, true),
            Adc = new Quantizer(3, 0.02f, true),
            InputNoise = 0.1f,
            WeightNoise = 0.2f,
            NoiseManagement = NoiseManagement.PositiveNegativeSum,
        };
        foreach (int inputs in Lengths)
        {
            foreach (int outputs in Lengths.Where(n => n * inputs < 40_000))
            {
                Random random = new((1000 * inputs) + outputs);
                PaddedMatrix weights = random.Matrix(inputs, outputs), x = random.Matrix(9, inputs), y = new(9, outputs);
                ReadOutcome[] outcomes = new ReadOutcome[9];
                AnalogReader reader = new(inputs, outputs, usual, other with { WeightNoiseForm = WeightReadNoise.PerOutputSameLaw });
                reader.Forward(weights, x, new RandomAddress(1, 2, 3), y, outcomes);
                fingerprint.Add(y.Padded);
                reader.Backward(weights, y, new RandomAddress(1, 3, 3), x, outcomes);
                fingerprint.Add(x.Padded);
                new AnalogReader(inputs, outputs, other, usual).Forward(weights, x.Row(3), new RandomAddress(1, 4, 3), y.Row(0));
                fingerprint.Add(y.Row(0));
                fingerprint.Add(outcomes);
            }
        }

        fingerprint.AssertIs("787375fd896be5f3b850544f906ff2ab6c5c25ef175381c2122a8e49640171c5");
    }

    [Fact]
    public void Activations()
    {
        using Fingerprint fingerprint = new();
        foreach (int length in Lengths)
        {
            Random random = new(length);
            float[] x = random.Signals(length, 100), z = random.Signals(length), y = new float[length], d = new float[length];
            Activation.Sigmoid(x, y);
            Activation.SigmoidBackward(y, z, d);
            fingerprint.Add(y);
            fingerprint.Add(d);
            Activation.Softmax(x, y);
            fingerprint.Add(y);
        }

        fingerprint.AssertIs("c74d3185a9927e032b82b988765db6cc6b0dfada938a6241cbdd58015b33f014");
    }

    [Fact]
    public void Look_ups()
    {
        using Fingerprint fingerprint = new();
        foreach (int length in Lengths)
        {
            Random random = new(length);
            uint[] counts = [.. Enumerable.Range(0, length).Select(_ => (uint)Math.Max(0, random.Next(-6, 10)))];
            float[] signs = random.Signals(length), set = random.Weights(64, 0.1f), reset = random.Weights(64, 0.1f), noise = [.. set.Select(MathF.Abs)];
            RandomAddress at = new(3, (ulong)length, 9);
            foreach (int many in new[] { 32, 1024 })
            {
                ushort[] map = [.. Enumerable.Range(0, many).Select(_ => (ushort)random.Next(many))], states = new ushort[length];
                JumpUpdate.Row(counts, signs, 1, new JumpTables(many, map, [.. map.Reverse()]), TableChoice.Shared, states);
                fingerprint.Add(states);
            }

            float[] weights = random.Weights(length);
            StepTables tables = StepTables.Interpolated(-1, 1, 64, set, reset, noise, noise);
            StepUpdate.Row(counts, signs, 1, tables, TableChoice.Shared, weights);
            fingerprint.Add(weights);
            StepUpdate.Row(counts, signs, -1, tables, TableChoice.Shared, at, 77, weights);
            fingerprint.Add(weights);
            Array.Sort(set);
            StepUpdate.Row(counts, signs, 1, new StepDistribution(-1, 1, 2, 32, set, set), TableChoice.Shared, at, 77, weights);
            fingerprint.Add(weights);
        }

        fingerprint.AssertIs("00725698ff5d3369e02d580ba3e1c711b7e52f5526bf997f7d738ebe7224c010");
    }

    [Fact]
    public void Exponentials_and_logarithms()
    {
        using Fingerprint fingerprint = new();
        fingerprint.Add([.. Enumerable.Range(-90_000, 180_000).Select(n => Elementary.Exp(n * 1e-3f))]);
        fingerprint.Add([.. Enumerable.Range(1, 200_000).Select(n => Elementary.MinusLog(n * 1e-5f))]);
        fingerprint.AssertIs("a62bdae0e0fb19261ed926f872a9e208b0988de92b235f937a78d8c1acfa2f63");
    }

    [Fact]
    public void Single_pulses()
    {
        using Fingerprint fingerprint = new();
        foreach (int length in Lengths)
        {
            Random random = new(length);
            BoundedDevice device = BoundedDevice.Random(random, 20, length);
            PaddedMatrix weights = random.Matrix(20, length, 0.6f);
            PulsedUpdater updater = new(20, length);
            LineTrains rows = new(20, 128), columns = new(length, 128);
            foreach (int bitLength in BitLengths)
            {
                rows.Draw(new RandomAddress(7, 1, (ulong)bitLength), random.Signals(20), 0.9f, bitLength);
                columns.Draw(new RandomAddress(7, 2, (ulong)length), random.Signals(length), 0.3f, bitLength);
                RandomAddress at = new(7, 3, (ulong)bitLength);
                foreach ((float sigma, int kind) in new[] { (0, 0), (0.3f, 0), (0.3f, 1) })
                {
                    fingerprint.Add([updater.Apply(device, weights, rows, columns, sigma, (PulseNoiseKind)kind, at, out long events), events]);
                    fingerprint.Add(weights.Padded);
                }
            }
        }

        fingerprint.AssertIs("5587a3358f992edd19a5f34eee44064d4f3acf87c67ecf15cac162ef29fd36e6");
    }

    /// <summary>w' = w - n λ w: a step that depends on the state.</summary>
    private readonly struct Decay : IPulseResponse<float>
    {
        public static float Apply(float weight, float pulses, in float p) => weight - (pulses * p * weight);

        public static Vector256<float> Apply(Vector256<float> weight, Vector256<float> pulses, in float p) => weight - (pulses * p * weight);

        public static Vector512<float> Apply(Vector512<float> weight, Vector512<float> pulses, in float p) => weight - (pulses * p * weight);
    }
}
