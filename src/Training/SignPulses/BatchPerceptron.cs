using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Crosspoint.Kernels;
using Crosspoint.Training.Data;

namespace Crosspoint.Training.SignPulses;

/// <summary>A perceptron with one hidden layer, softmax outputs and cross-entropy loss, trained in batches by back-propagation.</summary>
/// <remarks>
/// a_j = Σ_i w_ij x_i, H_j = f(κ a_j), O = softmax(γ Y); with T the one-hot class, the output layer asks for Σ H_j (T_k - O_k) over the batch
/// and the first one for Σ x_i f'(a_j) Σ_k w_jk (T_k - O_k): eq. 9 to 11 of C. H. Bennett et al., IEEE Access 7, 73938 (2019). The first layer
/// is stored [inputs + 1, hidden], the second [classes, hidden + 1], so that vectors run along the hidden units in both; the last row and
/// the last column are the biases. Black pixels cost nothing: see <see cref="PixelCoding"/>. Nothing is allocated in a step.
/// </remarks>
public sealed class BatchPerceptron
{
    private const int PixelsAtATime = 16; // a cache line
    private readonly IBatchWeights first;
    private readonly IBatchWeights second;
    private readonly Options options;
    private readonly int pixels;
    private readonly PaddedMatrix above;
    private readonly PaddedMatrix sums;
    private readonly PaddedMatrix hidden;
    private readonly PaddedMatrix outputs;
    private readonly PaddedMatrix back;
    private readonly PaddedMatrix errors;
    private readonly PaddedMatrix firstDescent;
    private readonly PaddedMatrix secondDescent;
    private readonly float[] ones;
    private readonly float[] blackSums;
    private readonly float[] black; // one for every pixel, none for the bias
    private readonly float[] turned;
    private readonly float[] signs;
    private readonly float[] errorSigns;

    /// <summary>What a network is made of beside its weights.</summary>
    public sealed record Options
    {
        /// <summary>The voltages that pixels stand for.</summary>
        public PixelCoding Coding { get; init; } = PixelCoding.TwoSided;

        /// <summary>f.</summary>
        public HiddenActivation Activation { get; init; } = new(ActivationShape.Tanh, 1);

        /// <summary>γ, the gain of the softmax, above 0.</summary>
        public float SoftmaxGain { get; init; } = 1;

        /// <summary>What is summed for a weight of the first layer.</summary>
        public BatchAccumulation FirstSum { get; init; }

        /// <summary>What is summed for a weight of the second layer.</summary>
        public BatchAccumulation SecondSum { get; init; }

        /// <summary>The most samples of a batch, at least 1.</summary>
        public int Batch { get; init; } = 100;
    }

    /// <summary>Stacks two layers.</summary>
    /// <param name="first">Weights, shape [inputs + 1, hidden].</param>
    /// <param name="second">Weights, shape [classes, hidden + 1].</param>
    /// <param name="options">The rest.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together, or a batch is empty.</exception>
    public BatchPerceptron(IBatchWeights first, IBatchWeights second, Options options)
    {
        int units = first.Weights.Outputs, classes = second.Weights.Inputs;
        if (second.Weights.Outputs != units + 1)
        {
            throw new ArgumentException($"second: expected {units} + 1 inputs, got {second.Weights.Outputs}.", nameof(second));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.Batch, 1);
        this.first = first;
        this.second = second;
        this.options = options;
        pixels = first.Weights.Inputs - 1;
        above = new PaddedMatrix(options.Batch, pixels + 1);
        sums = new PaddedMatrix(options.Batch, units);
        hidden = new PaddedMatrix(options.Batch, units + 1);
        outputs = new PaddedMatrix(options.Batch, classes);
        back = new PaddedMatrix(options.Batch, units + 1);
        errors = new PaddedMatrix(options.Batch + 1, units);
        firstDescent = new PaddedMatrix(pixels + 1, units);
        secondDescent = new PaddedMatrix(classes, units + 1);
        ones = new float[options.Batch];
        ones.AsSpan().Fill(1);
        blackSums = new float[units];
        black = new float[pixels + 1];
        black.AsSpan(0, pixels).Fill(1);
        turned = new float[PixelsAtATime * (options.Batch + 1)];
        signs = new float[units + 1];
        errorSigns = new float[classes];
    }

    /// <summary>The layers, from the input to the output.</summary>
    public IReadOnlyList<IBatchWeights> Layers => [first, second];

    /// <summary>What the last step asked of the first layer: the negative gradient summed over the batch, if that is what is summed.</summary>
    public PaddedMatrix FirstDescent => firstDescent;

    /// <summary>What the last step asked of the second layer.</summary>
    public PaddedMatrix SecondDescent => secondDescent;

    /// <summary>Reads images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="which">Numbers of the images of a batch, at most <see cref="Options.Batch"/>.</param>
    /// <returns>Y, shape [batch, classes], of which as many rows as images were read; overwritten by the next reading.</returns>
    /// <exception cref="ArgumentException">There are too many images, or they have another size.</exception>
    public PaddedMatrix Read(LabelledImages images, ReadOnlySpan<int> which)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(which.Length, options.Batch);
        if (images.PixelsPerImage != pixels)
        {
            throw new ArgumentException($"images: expected {pixels} pixels, got {images.PixelsPerImage}.", nameof(images));
        }

        MatVec.Forward(first.Weights, black, blackSums);
        for (int b = 0; b < which.Length; b++)
        {
            Span<float> x = above.Row(b);
            options.Coding.Above(images.Pixels(which[b]), x);
            x[pixels] = 1;
            MatVec.Forward(first.Weights, x, sums.PaddedRow(b));
        }

        if (options.Coding.Low != 0)
        {
            MatVec.AddOuter(sums, options.Coding.Low, ones, blackSums);
        }

        for (int b = 0; b < which.Length; b++)
        {
            // The rows of the hidden units end in a constant one, the bias.
            Span<float> h = hidden.Row(b);
            sums.Row(b).CopyTo(h);
            options.Activation.Apply(h[..^1]);
            h[^1] = 1;
        }

        MatMul.Backward(second.Weights, hidden, outputs);
        return outputs;
    }

    /// <summary>The class with the largest output, for every image.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>Right classes, in percent.</returns>
    /// <exception cref="OperationCanceledException">The pass was stopped.</exception>
    public double Accuracy(LabelledImages images, CancellationToken cancellation)
    {
        int right = 0;
        Span<int> which = stackalloc int[options.Batch];
        for (int start = 0; start < images.Count; start += options.Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(options.Batch, images.Count - start);
            for (int b = 0; b < count; b++)
            {
                which[b] = start + b;
            }

            PaddedMatrix y = Read(images, which[..count]);
            for (int b = 0; b < count; b++)
            {
                right += TensorPrimitives.IndexOfMax<float>(y.Row(b)) == images.Label(start + b) ? 1 : 0;
            }
        }

        return 100.0 * right / images.Count;
    }

    /// <summary>One step on a batch.</summary>
    /// <param name="images">The images.</param>
    /// <param name="which">Numbers of the images of the batch, at most <see cref="Options.Batch"/>.</param>
    /// <param name="moment">When.</param>
    /// <returns>The sum of the cross-entropies before the step, in nats.</returns>
    /// <exception cref="ArgumentException">There are too many images, or they have another size.</exception>
    public double Train(LabelledImages images, ReadOnlySpan<int> which, Moment moment)
    {
        double loss = Gradients(images, which);
        first.Move(firstDescent, which.Length, moment);
        second.Move(secondDescent, which.Length, moment);
        return loss;
    }

    /// <summary>Finds <see cref="FirstDescent"/> and <see cref="SecondDescent"/> of a batch, and moves nothing.</summary>
    /// <inheritdoc cref="Train"/>
    public double Gradients(LabelledImages images, ReadOnlySpan<int> which)
    {
        Read(images, which);
        double loss = OutputErrors(images, which);
        secondDescent.Padded.Clear();
        for (int b = 0; b < which.Length; b++)
        {
            MatVec.AddOuter(secondDescent, 1, SecondErrors(b), SecondInputs(b));
        }

        HiddenErrors(which.Length);
        FirstSums(which.Length);
        return loss;
    }

    // outputs becomes T - softmax(γ Y); rows beyond the batch become zero.
    private double OutputErrors(LabelledImages images, ReadOnlySpan<int> which)
    {
        double loss = 0;
        for (int b = 0; b < options.Batch; b++)
        {
            Span<float> y = outputs.Row(b);
            if (b >= which.Length)
            {
                y.Clear();
                continue;
            }

            TensorPrimitives.Multiply(y, options.SoftmaxGain, y);
            Activation.Softmax(y, y);
            int label = images.Label(which[b]);
            loss -= Math.Log(Math.Max(y[label], float.Epsilon));
            TensorPrimitives.Negate(y, y);
            y[label] += 1;
        }

        return loss;
    }

    private ReadOnlySpan<float> SecondInputs(int b) => options.SecondSum == BatchAccumulation.Gradient ? hidden.Row(b) : Signs(hidden.Row(b), signs);

    private ReadOnlySpan<float> SecondErrors(int b) =>
        options.SecondSum == BatchAccumulation.SignOfBoth ? Signs(outputs.Row(b), errorSigns) : outputs.Row(b);

    // errors becomes f'(a_j) Σ_k w_jk (T_k - O_k), with one more row for what black pixels have in common: the sum of the others.
    private void HiddenErrors(int count)
    {
        MatMul.Forward(second.Weights, outputs, back);
        Span<float> common = errors.Row(options.Batch);
        common.Clear();
        for (int b = 0; b < options.Batch; b++)
        {
            Span<float> e = errors.Row(b);
            if (b >= count)
            {
                e.Clear();
                continue;
            }

            back.Row(b)[..^1].CopyTo(e);
            options.Activation.Back(hidden.Row(b)[..^1], e);
            if (options.FirstSum == BatchAccumulation.SignOfBoth)
            {
                _ = Signs(e, e);
            }

            TensorPrimitives.Add(common, e, common);
        }
    }

    // Σ_b x_bi e_bj, row by row of the inputs: of a pixel only the samples where it is not black, and low times the sum of all.
    private void FirstSums(int count)
    {
        float low = options.Coding.Low;
        if (options.FirstSum != BatchAccumulation.Gradient)
        {
            low = MathF.Sign(low);
            for (int b = 0; b < count; b++)
            {
                foreach (ref float x in above.Row(b)[..pixels])
                {
                    x = MathF.Sign(options.Coding.Low + x) - low;
                }
            }
        }

        int width = options.Batch + 1;
        for (int start = 0; start < pixels; start += PixelsAtATime)
        {
            Turn(start, low);
            for (int i = start; i < Math.Min(start + PixelsAtATime, pixels); i++)
            {
                MatVec.Forward(errors, turned.AsSpan((i - start) * width, width), firstDescent.PaddedRow(i));
            }
        }

        errors.Row(options.Batch).CopyTo(firstDescent.Row(pixels));
    }

    // A few pixels of all samples, pixel by pixel, each with what black ones have in common behind it; a cache line of samples is read once.
    private void Turn(int start, float low)
    {
        int width = options.Batch + 1;
        ref float to = ref MemoryMarshal.GetArrayDataReference(turned);
        for (int b = 0; b < options.Batch; b++)
        {
            ref float from = ref Unsafe.Add(ref above.First, (b * above.Stride) + start); // rows are padded to whole lines
            for (int k = 0; k < PixelsAtATime; k++)
            {
                Unsafe.Add(ref to, (k * width) + b) = Unsafe.Add(ref from, k);
            }
        }

        for (int k = 0; k < PixelsAtATime; k++)
        {
            turned[(k * width) + options.Batch] = low;
        }
    }

    private static Span<float> Signs(ReadOnlySpan<float> values, Span<float> signs)
    {
        for (int n = 0; n < values.Length; n++)
        {
            signs[n] = MathF.Sign(values[n]);
        }

        return signs;
    }
}
