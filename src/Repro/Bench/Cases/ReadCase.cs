using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>Analog reads of one array, 7-bit DAC, output noise and 9-bit ADC, as the library does them and as a loop over rows and columns.</summary>
internal sealed class ReadCase
{
    private const float AdcBound = 12, Noise = 0.06f;
    private static readonly ReadParameters Periphery = new()
    {
        Dac = new Quantizer(1, Quantizer.ResolutionOfBits(7)),
        Adc = new Quantizer(AdcBound, Quantizer.ResolutionOfBits(9)),
        OutputNoise = Noise,
        NoiseManagement = NoiseManagement.AbsoluteMaximum,
        BoundManagement = BoundManagement.Iterative,
    };

    private readonly PaddedMatrix weights;
    private readonly PaddedMatrix x;
    private readonly PaddedMatrix d;
    private readonly PaddedMatrix y;
    private readonly PaddedMatrix z;
    private readonly ReadOutcome[] outcomes;
    private readonly AnalogReader reader;
    private readonly float[] converted;
    private readonly Random random = new(1);
    private ulong step;

    public ReadCase(int inputs, int outputs, int batch)
    {
        // Of such a size that no output clips and every read is a single one.
        weights = Inputs.Matrix(inputs, outputs, 2016);
        foreach (ref float w in weights.Padded)
        {
            w *= 0.1f;
        }

        x = Inputs.Matrix(batch, inputs, 1);
        d = Inputs.Matrix(batch, outputs, 2);
        y = new PaddedMatrix(batch, outputs);
        z = new PaddedMatrix(batch, inputs);
        outcomes = new ReadOutcome[batch];
        converted = new float[Math.Max(inputs, outputs)];
        reader = new AnalogReader(inputs, outputs, Periphery, Periphery);
    }

    public void Forward()
    {
        if (outcomes.Length == 1)
        {
            outcomes[0] = reader.Forward(weights, x.Row(0), new RandomAddress(1, 1, step++), y.Row(0));
        }
        else
        {
            reader.Forward(weights, x, new RandomAddress(1, 1, step += (ulong)outcomes.Length), y, outcomes);
        }
    }

    public void Backward()
    {
        if (outcomes.Length == 1)
        {
            outcomes[0] = reader.Backward(weights, d.Row(0), new RandomAddress(1, 2, step++), z.Row(0));
        }
        else
        {
            reader.Backward(weights, d, new RandomAddress(1, 2, step += (ulong)outcomes.Length), z, outcomes);
        }
    }

    public void ForwardLoop()
    {
        for (int b = 0; b < outcomes.Length; b++)
        {
            Span<float> v = converted.AsSpan(0, weights.Inputs);
            float range = Convert(x.Row(b), v);
            Span<float> to = y.Row(b);
            to.Clear();
            for (int i = 0; i < v.Length; i++)
            {
                for (int j = 0; j < to.Length; j++)
                {
                    to[j] += weights[i, j] * v[i];
                }
            }

            ConvertBack(to, range);
        }
    }

    public void BackwardLoop()
    {
        for (int b = 0; b < outcomes.Length; b++)
        {
            Span<float> v = converted.AsSpan(0, weights.Outputs);
            float range = Convert(d.Row(b), v);
            Span<float> to = z.Row(b);
            for (int i = 0; i < to.Length; i++)
            {
                float sum = 0;
                for (int j = 0; j < v.Length; j++)
                {
                    sum += weights[i, j] * v[j];
                }

                to[i] = sum;
            }

            ConvertBack(to, range);
        }
    }

    private static float Convert(ReadOnlySpan<float> from, Span<float> to)
    {
        float range = 0, lsb = Periphery.Dac.Step;
        foreach (float value in from)
        {
            range = MathF.Max(range, MathF.Abs(value));
        }

        for (int i = 0; i < from.Length; i++)
        {
            to[i] = Math.Clamp(MathF.Round(from[i] / range / lsb) * lsb, -1, 1);
        }

        return range;
    }

    private void ConvertBack(Span<float> values, float range)
    {
        float lsb = Periphery.Adc.Step;
        foreach (ref float value in values)
        {
            value += Noise * PlainRandom.Gaussian(random);
            value = range * Math.Clamp(MathF.Round(value / lsb) * lsb, -AdcBound, AdcBound);
        }
    }
}
