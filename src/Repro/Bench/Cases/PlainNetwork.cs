namespace Crosspoint.Repro.Bench;

/// <summary>
/// The training step as one would write it without the library: loops over rows, columns and slots, and the generator of the runtime.
/// With slots, signals are read as means of pulse trains and updates raise one device of a pair; without, everything is floating point.
/// </summary>
internal sealed class PlainNetwork
{
    private const float Levels = 31, StepOfPair = 0.25f / Levels, Sigma = 0.1f, Saturation = 0.95f * Levels;
    private readonly Random random = new();
    private readonly int slots;
    private readonly float[][][] weights;
    private readonly float[][][] plus;
    private readonly float[][][] minus;
    private readonly float[][] values;
    private readonly float[][] errors;
    private int images;

    public PlainNetwork(int[] widths, int slots)
    {
        this.slots = slots;
        weights = Layers(widths, i => Inputs.Signals(widths[i + 1], i).Select(w => 0.05f * w));
        plus = Layers(widths, i => weights[i][0].Select(w => MathF.Max(MathF.Round(w / StepOfPair), 0)));
        minus = Layers(widths, i => weights[i][0].Select(w => MathF.Max(MathF.Round(-w / StepOfPair), 0)));
        values = [.. widths.Select(w => new float[w + 1])];
        errors = [.. widths.Select(w => new float[w])];
    }

    public void Train(float[] image, int label, float rate)
    {
        image.CopyTo(values[0], 0);
        int last = weights.Length;
        for (int k = 0; k < last; k++)
        {
            values[k][^1] = 1;
            Forward(weights[k], slots > 0 ? Coded(values[k], 1) : values[k], values[k + 1], k + 1 == last);
        }

        for (int j = 0; j < errors[last].Length; j++)
        {
            errors[last][j] = (j == label ? 1 : 0) - values[last][j];
        }

        for (int k = last - 1; k > 0; k--)
        {
            float[] d = slots > 0 ? Coded(errors[k + 1], errors[k + 1].Max(MathF.Abs)) : errors[k + 1];
            for (int i = 0; i < errors[k].Length; i++)
            {
                float sum = 0;
                for (int j = 0; j < d.Length; j++)
                {
                    sum += weights[k][i][j] * d[j];
                }

                errors[k][i] = sum * values[k][i] * (1 - values[k][i]);
            }
        }

        for (int k = 0; k < last; k++)
        {
            if (slots > 0)
            {
                Pulse(k, values[k], errors[k + 1], MathF.Sqrt(rate / (slots * StepOfPair)));
            }
            else
            {
                Add(weights[k], values[k], errors[k + 1], rate);
            }
        }

        if (slots > 0 && ++images % 15 == 0)
        {
            Reset();
        }
    }

    private static void Forward(float[][] w, float[] x, float[] y, bool softmax)
    {
        int outputs = w[0].Length;
        float total = 0;
        for (int j = 0; j < outputs; j++)
        {
            float sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum += w[i][j] * x[i];
            }

            y[j] = softmax ? MathF.Exp(sum) : 1 / (1 + MathF.Exp(-sum));
            total += y[j];
        }

        for (int j = 0; softmax && j < outputs; j++)
        {
            y[j] /= total;
        }
    }

    private static void Add(float[][] w, float[] x, float[] d, float rate)
    {
        for (int i = 0; i < w.Length; i++)
        {
            for (int j = 0; j < d.Length; j++)
            {
                w[i][j] += rate * x[i] * d[j];
            }
        }
    }

    private static float[][][] Layers(int[] widths, Func<int, IEnumerable<float>> row) =>
        [.. Enumerable.Range(0, widths.Length - 1).Select(k => Enumerable.Range(0, widths[k] + 1).Select(_ => row(k).ToArray()).ToArray())];

    private float[] Coded(float[] signals, float scale)
    {
        float[] decoded = new float[signals.Length];
        for (int l = 0; l < signals.Length; l++)
        {
            decoded[l] = MathF.CopySign(scale * Pulses(MathF.Abs(signals[l]) / scale).Count(pulse => pulse) / slots, signals[l]);
        }

        return decoded;
    }

    private bool[] Pulses(float p)
    {
        bool[] train = new bool[slots];
        for (int n = 0; n < slots; n++)
        {
            train[n] = random.NextSingle() < p;
        }

        return train;
    }

    private void Pulse(int k, float[] x, float[] d, float gain)
    {
        bool[][] rows = [.. x.Select(v => Pulses(gain * MathF.Abs(v)))], columns = [.. d.Select(v => Pulses(gain * MathF.Abs(v)))];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < columns.Length; j++)
            {
                int met = 0;
                for (int n = 0; n < slots; n++)
                {
                    met += rows[i][n] && columns[j][n] ? 1 : 0;
                }

                if (met > 0)
                {
                    float[][] device = x[i] * d[j] > 0 ? plus[k] : minus[k];
                    device[i][j] = Math.Clamp(device[i][j] + met + Error(), 0, Levels);
                    weights[k][i][j] = StepOfPair * (plus[k][i][j] - minus[k][i][j]);
                }
            }
        }
    }

    private void Reset()
    {
        for (int k = 0; k < weights.Length; k++)
        {
            for (int i = 0; i < weights[k].Length; i++)
            {
                for (int j = 0; j < weights[k][i].Length; j++)
                {
                    if (MathF.Max(plus[k][i][j], minus[k][i][j]) >= Saturation)
                    {
                        float difference = plus[k][i][j] - minus[k][i][j];
                        float level = Math.Clamp(MathF.Abs(difference) + Error(), 0, Levels);
                        plus[k][i][j] = difference > 0 ? level : 0;
                        minus[k][i][j] = difference < 0 ? level : 0;
                        weights[k][i][j] = StepOfPair * (plus[k][i][j] - minus[k][i][j]);
                    }
                }
            }
        }
    }

    private float Error() =>
        Sigma * MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
}
