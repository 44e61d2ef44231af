using Crosspoint.Kernels;
using Crosspoint.Training.Data;

namespace Crosspoint.Training;

/// <summary>Accuracy of a network on labelled images, with noise on them if wanted.</summary>
public sealed class Evaluation
{
    private readonly SequentialNetwork network;
    private readonly LabelledImages images;
    private readonly Preprocessing preprocessing;
    private readonly Phase phase;
    private readonly ulong seed;
    private readonly float[] noise;

    /// <summary>Prepares to read images with a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">The images.</param>
    /// <param name="preprocessing">As in training.</param>
    /// <param name="phase">Keeps the random numbers of validation and test apart.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <exception cref="ArgumentException">The images do not fit the network.</exception>
    public Evaluation(SequentialNetwork network, LabelledImages images, Preprocessing preprocessing, Phase phase, ulong seed)
    {
        network.RequireFit(images);
        this.network = network;
        this.images = images;
        this.preprocessing = preprocessing;
        this.phase = phase;
        this.seed = seed;
        noise = new float[images.PixelsPerImage];
    }

    /// <summary>Gaussian noise on the inputs, behind the preprocessing.</summary>
    /// <param name="Variance">s², zero for none.</param>
    /// <param name="ClipLow">Lower bound that noisy inputs are clipped to; minus infinity for none.</param>
    /// <param name="ClipHigh">Upper bound that noisy inputs are clipped to; infinity for none.</param>
    public readonly record struct InputNoise(float Variance, float ClipLow, float ClipHigh)
    {
        /// <summary>No noise and no clipping.</summary>
        public static InputNoise None => new(0, float.NegativeInfinity, float.PositiveInfinity);
    }

    /// <summary>Reads every image once.</summary>
    /// <param name="pass">Number of the pass: each draws trains of its own, but the same noise on the images.</param>
    /// <param name="input">Noise on the inputs.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <returns>Right classes, in percent.</returns>
    /// <exception cref="OperationCanceledException">The pass was stopped.</exception>
    public double Accuracy(int pass, InputNoise input, CancellationToken cancellation)
    {
        int right = 0;
        float deviation = MathF.Sqrt(input.Variance);
        for (int n = 0; n < images.Count; n++)
        {
            if (n % 256 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            Span<float> x = network.Input;
            preprocessing.Apply(images.Pixels(n), x);
            if (input.Variance > 0)
            {
                Gaussian.Fill(new Moment(phase, (ulong)n).Address(seed, 0, Purpose.InputNoise), noise);
                for (int i = 0; i < x.Length; i++)
                {
                    x[i] = MathF.Min(MathF.Max(x[i] + (deviation * noise[i]), input.ClipLow), input.ClipHigh);
                }
            }

            Moment moment = new(phase, ((ulong)pass * (ulong)images.Count) + (ulong)n);
            right += network.Classify(moment) == images.Label(n) ? 1 : 0;
        }

        return 100.0 * right / images.Count;
    }
}
