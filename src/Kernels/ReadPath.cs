using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crosspoint.Kernels;

/// <summary>One direction of an <see cref="AnalogReader"/>: its periphery and its buffers.</summary>
internal sealed class ReadPath
{
    private const int VectorsAtATime = 64;
    private readonly int inputs;
    private readonly int outputs;
    private readonly bool backward;
    private readonly ReadParameters p;
    private readonly float[] signals;
    private readonly float[] normal;
    private readonly float[] disturbed;
    private readonly float[] oneHot;
    private PaddedMatrix? batch;

    /// <param name="inputs">Signals into the array in this direction.</param>
    /// <param name="outputs">Signals out of it.</param>
    /// <param name="backward">Whether the inputs are the columns of the weights.</param>
    /// <param name="parameters">The periphery.</param>
    public ReadPath(int inputs, int outputs, bool backward, ReadParameters parameters)
    {
        parameters.Validate();
        (this.inputs, this.outputs, this.backward, p) = (inputs, outputs, backward, parameters);
        signals = new float[(inputs + 15) / 16 * 16];
        normal = new float[WholeGroups(Math.Max(inputs, outputs)) + Gaussian.GroupLength];
        disturbed = new float[DrawsPerCrosspoint ? (Math.Max(inputs, outputs) + 15) / 16 * 16 : 0];
        oneHot = new float[p.InputNoise > 0 ? inputs : 0];
    }

    // What the random numbers of a read are for; those of an attempt begin at a group of their own.
    private enum Purpose
    {
        OutputNoise,
        InputNoise,
        WeightNoise,
        DacRounding,
        AdcRounding,
    }

    public RunningRange Running { get; } = new();

    private string InputName => backward ? "d" : "x";

    private bool DrawsPerCrosspoint => p.WeightNoise > 0 && p.WeightNoiseForm == WeightReadNoise.PerCrosspoint;

    /// <summary>
    /// Whether some of the outputs can be read without the others: nothing hangs on the others, and nothing is remembered from one read to the next.
    /// </summary>
    public bool HasParts =>
        !DrawsPerCrosspoint && p.BoundManagement == BoundManagement.None && p.NoiseManagement != NoiseManagement.RunningAverage
        && !(p.Adc.Stochastic && p.Adc.Step != 0);

    /// <summary>Reads one vector; y holds the outputs from <paramref name="first"/> on, all of them unless <see cref="HasParts"/>.</summary>
    public ReadOutcome Read(PaddedMatrix weights, ReadOnlySpan<float> x, in RandomAddress at, Span<float> y, float scale = 1, int first = 0) =>
        Read(weights, new Source(x), at, y, scale, first);

    /// <summary>Reads the vector that is zero but for one line.</summary>
    public ReadOutcome ReadOneHot(PaddedMatrix weights, int line, float value, in RandomAddress at, Span<float> y)
    {
        if (p.InputNoise == 0)
        {
            ReadOnlySpan<float> values = [value, 0];
            return Read(weights, new Source(inputs == 1 ? values[..1] : values, line), at, y, 1, 0);
        }

        // Noise on every line leaves nothing to save.
        oneHot[line] = value;
        ReadOutcome outcome = Read(weights, oneHot, at, y);
        oneHot[line] = 0;
        return outcome;
    }

    /// <summary>
    /// Reads vectors of a batch, one for each outcome; vector b has the step of <paramref name="at"/> + b. Of the outputs, those from
    /// <paramref name="first"/> on go to their places in y, all of them unless <see cref="HasParts"/>.
    /// </summary>
    public void Read(
        PaddedMatrix weights, PaddedMatrix x, in RandomAddress at, PaddedMatrix y, Span<ReadOutcome> outcomes, float scale, int first, int width)
    {
        int vectors = outcomes.Length;
        for (int b = 0; b < vectors; b++)
        {
            InputRange.Most(InputName, x.Row(b), p); // refuses before anything is written or remembered
        }

        if (DrawsPerCrosspoint)
        {
            for (int b = 0; b < vectors; b++)
            {
                outcomes[b] = Read(weights, x.Row(b), Later(at, b), y.Row(b), scale);
            }

            return;
        }

        batch ??= new PaddedMatrix(VectorsAtATime, inputs);
        Span<float> ranges = stackalloc float[VectorsAtATime];
        for (int start = 0; start < vectors; start += VectorsAtATime)
        {
            int count = Math.Min(VectorsAtATime, vectors - start);
            for (int b = 0; b < count; b++)
            {
                ranges[b] = RangeOf(x.Row(start + b));
                ToAnalog(x.Row(start + b), ranges[b], Later(at, start + b), 0, batch.Row(b));
            }

            Span<float> results = y.Padded.Slice(start * y.Stride, count * y.Stride);
            if (backward)
            {
                MatMul.Backward(weights, first, width, batch.Padded, results[first..], y.Stride, count);
            }
            else
            {
                MatMul.Forward(weights, batch.Padded, batch.Stride, results, count);
            }

            for (int b = 0; b < count; b++)
            {
                Source source = new(x.Row(start + b));
                RandomAddress step = Later(at, start + b);
                Span<float> result = y.Row(start + b).Slice(first, width);
                if (ranges[b] == 0)
                {
                    result.Clear();
                    outcomes[start + b] = default;
                    continue;
                }

                bool clipped = ToDigital(Norm(batch.PaddedRow(b)), step, 0, ranges[b], scale, first, result);
                outcomes[start + b] = Manage(weights, source, ranges[b], clipped, step, result, scale, first);
            }
        }
    }

    private static RandomAddress Later(in RandomAddress at, int steps) => at with { Step = at.Step + (ulong)steps };

    private static int WholeGroups(int count) => (count + Gaussian.GroupLength - 1) / Gaussian.GroupLength * Gaussian.GroupLength;

    private static ulong FirstGroup(Purpose purpose, int attempt) => ((ulong)purpose << 48) | ((ulong)attempt << 40);

    private ReadOutcome Read(PaddedMatrix weights, Source source, in RandomAddress at, Span<float> y, float scale, int first)
    {
        float range = RangeOf(source.Values);
        if (range == 0)
        {
            y.Clear();
            return default;
        }

        return Manage(weights, source, range, ReadOnce(weights, source, range, at, 0, y, scale, first), at, y, scale, first);
    }

    // 0 where nothing is read: then the outputs are zero.
    private float RangeOf(ReadOnlySpan<float> x)
    {
        float range = InputRange.Of(InputName, x, p, Running);
        return range == 0 && p.InputNoise > 0 ? 1 : range;
    }

    // What follows the first read: others where it clipped.
    private ReadOutcome Manage(
        PaddedMatrix weights, Source source, float range, bool clipped, in RandomAddress at, Span<float> y, float scale, int first)
    {
        int reads = 1;
        if (clipped && p.BoundManagement == BoundManagement.WorstCase)
        {
            range = InputRange.WorstCase(source.Values, p) is float worst and > 0 ? worst : range;
            clipped = ReadOnce(weights, source, range, at, reads++, y, scale, first);
        }
        else if (p.BoundManagement == BoundManagement.Iterative)
        {
            for (float reduction = 1; clipped && !p.IsLast(reduction) && float.IsFinite(2 * range); reduction *= 2)
            {
                range *= 2;
                clipped = ReadOnce(weights, source, range, at, reads++, y, scale, first);
            }
        }

        return new ReadOutcome(reads, clipped);
    }

    // One read of the array; whether it clipped.
    private bool ReadOnce(
        PaddedMatrix weights, Source source, float range, in RandomAddress at, int attempt, Span<float> y, float scale, int first)
    {
        if (source.Line >= 0)
        {
            float signal = OneHotToAnalog(source, range, at, attempt);
            MultiplyOneHot(weights, source.Line, signal, at, attempt, y);
            return ToDigital(MathF.Abs(signal), at, attempt, range, scale, 0, y);
        }

        ToAnalog(source.Values, range, at, attempt, signals.AsSpan(0, inputs));
        if (DrawsPerCrosspoint)
        {
            MultiplyDisturbed(weights, at, attempt, y);
        }
        else if (backward)
        {
            MatVec.Backward(weights, first, signals.AsSpan(0, inputs), y);
        }
        else
        {
            MatVec.Forward(weights, signals.AsSpan(0, inputs), y);
        }

        return ToDigital(Norm(signals), at, attempt, range, scale, first, y);
    }

    private void ToAnalog(ReadOnlySpan<float> x, float range, in RandomAddress at, int attempt, Span<float> signal)
    {
        if (range == 0)
        {
            signal.Clear();
            return;
        }

        p.Dac.Convert(x, 1 / range, signal, at, FirstGroup(Purpose.DacRounding, attempt));
        AddNoise(p.InputNoise, at, FirstGroup(Purpose.InputNoise, attempt), 0, signal);
    }

    // The word of stochastic rounding is that of the line in the whole vector.
    private float OneHotToAnalog(Source source, float range, in RandomAddress at, int attempt)
    {
        Span<float> group = stackalloc float[Gaussian.GroupLength];
        group.Clear();
        group[source.Line % Gaussian.GroupLength] = source.Values[0];
        ulong firstGroup = FirstGroup(Purpose.DacRounding, attempt) + (ulong)(source.Line / Gaussian.GroupLength);
        p.Dac.Convert(group, 1 / range, group, at, firstGroup);
        return group[source.Line % Gaussian.GroupLength];
    }

    // Noise, ADC and the scales of the result: y holds the outputs from the given one on, and each has the numbers of its own place.
    private bool ToDigital(float norm, in RandomAddress at, int attempt, float range, float scale, int first, Span<float> y)
    {
        if (!DrawsPerCrosspoint)
        {
            AddNoise(p.WeightNoise * norm, at, FirstGroup(Purpose.WeightNoise, attempt), first, y);
        }

        if (p.OutputNoise > 0 && !(p.Adc.Stochastic && p.Adc.Step != 0))
        {
            return p.Adc.ConvertNoisy(y, p.OutputNoise, Noise(at, FirstGroup(Purpose.OutputNoise, attempt), first, y.Length), range, scale);
        }

        AddNoise(p.OutputNoise, at, FirstGroup(Purpose.OutputNoise, attempt), first, y);
        bool clipped = p.Adc.Convert(y, 1, y, at, FirstGroup(Purpose.AdcRounding, attempt));
        TensorPrimitives.Multiply(y, range, y);
        TensorPrimitives.Multiply(y, scale, y);
        return clipped;
    }

    private void AddNoise(float deviation, in RandomAddress at, ulong firstGroup, int first, Span<float> values)
    {
        if (deviation > 0)
        {
            MatVec.AddScaled(ref MemoryMarshal.GetReference(values), deviation, Noise(at, firstGroup, first, values.Length));
        }
    }

    // The normal numbers first to first + count - 1.
    private ReadOnlySpan<float> Noise(in RandomAddress at, ulong firstGroup, int first, int count)
    {
        int skipped = first % Gaussian.GroupLength;
        Span<float> numbers = normal.AsSpan(0, WholeGroups(skipped + count)); // a broken group would be drawn elsewhere and copied
        Gaussian.Fill(at, numbers, firstGroup + (ulong)(first / Gaussian.GroupLength));
        return numbers.Slice(skipped, count);
    }

    // ‖x‖₂ in sixteen partial sums of squares; needed for weight noise alone.
    private float Norm(ReadOnlySpan<float> padded)
    {
        if (p.WeightNoise == 0 || DrawsPerCrosspoint)
        {
            return 0;
        }

        ref float x = ref MemoryMarshal.GetReference(padded);
        return MathF.Sqrt(MatVec.Dot(ref x, ref x, padded.Length, ref Unsafe.NullRef<float>(), false));
    }

    // The product with w + σ ξ, in the order of sums of MatVec.
    private void MultiplyDisturbed(PaddedMatrix weights, in RandomAddress at, int attempt, Span<float> y)
    {
        y.Clear();
        for (int i = 0; i < weights.Inputs; i++)
        {
            if (backward)
            {
                Disturb(weights, i, at, attempt);
                y[i] = MatVec.Dot(
                    ref MemoryMarshal.GetArrayDataReference(disturbed), ref MemoryMarshal.GetArrayDataReference(signals), weights.Stride,
                    ref Unsafe.NullRef<float>(), false);
            }
            else if (signals[i] != 0)
            {
                MatVec.AddScaled(ref MemoryMarshal.GetReference(y), signals[i], Disturb(weights, i, at, attempt));
            }
        }

        TensorPrimitives.Add(y, 0f, y);
    }

    private void MultiplyOneHot(PaddedMatrix weights, int line, float signal, in RandomAddress at, int attempt, Span<float> y)
    {
        if (!backward)
        {
            TensorPrimitives.Multiply(DrawsPerCrosspoint ? Disturb(weights, line, at, attempt) : weights.Row(line), signal, y);
        }
        else if (DrawsPerCrosspoint)
        {
            for (int i = 0; i < y.Length; i++)
            {
                float xi = Gaussian.At(at, (RowGroup(weights, i, attempt) * Gaussian.GroupLength) + (ulong)line);
                y[i] = MathF.FusedMultiplyAdd(p.WeightNoise, xi, weights[i, line]) * signal;
            }
        }
        else
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = weights[i, line] * signal;
            }
        }

        TensorPrimitives.Add(y, 0f, y);
    }

    // One row of w + σ ξ, in a buffer whose padding is zero.
    private ReadOnlySpan<float> Disturb(PaddedMatrix weights, int i, in RandomAddress at, int attempt)
    {
        Span<float> numbers = normal.AsSpan(0, weights.Outputs), row = disturbed.AsSpan(0, weights.Outputs);
        Gaussian.Fill(at, numbers, RowGroup(weights, i, attempt));
        weights.Row(i).CopyTo(row);
        MatVec.AddScaled(ref MemoryMarshal.GetReference(row), p.WeightNoise, numbers);
        return row;
    }

    private static ulong RowGroup(PaddedMatrix weights, int i, int attempt) =>
        FirstGroup(Purpose.WeightNoise, attempt) + ((ulong)i * (ulong)((weights.Outputs + Gaussian.GroupLength - 1) / Gaussian.GroupLength));

    // What is read: a vector, or one value on one line.
    private readonly ref struct Source(ReadOnlySpan<float> values, int line = -1)
    {
        public ReadOnlySpan<float> Values { get; } = values;

        public int Line { get; } = line;
    }
}
