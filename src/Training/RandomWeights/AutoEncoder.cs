using System.Numerics.Tensors;
using Crosspoint.Kernels;
using Crosspoint.Training.Data;

namespace Crosspoint.Training.RandomWeights;

/// <summary>Features learned without labels: output weights β that bring images back out of a random layer, sparse, then used as X βᵀ.</summary>
/// <remarks>
/// The auto-encoder of the multi-layer extreme learning machine, J. Tang, C. Deng, G.-B. Huang, IEEE Trans. Neural Netw. Learn. Syst. 27,
/// 809 (2016): β = argmin ‖A β - X‖² + ℓ ‖β‖₁ by the fast iterative shrinkage of A. Beck, M. Teboulle, SIAM J. Imaging Sci. 2, 183 (2009).
/// Every image is standardised over its pixels and gets one more input, 0.1; A is X times uniform weights, scaled to [-1, 1] per image.
/// The same bits at every vector width.
/// </remarks>
public sealed class AutoEncoder
{
    private const float Constant = 0.1f;
    private const int Block = 512;
    private readonly PaddedMatrix beta;
    private readonly int pixels;

    private AutoEncoder(PaddedMatrix beta)
    {
        this.beta = beta;
        pixels = beta.Inputs - 1;
    }

    /// <summary>Number of features.</summary>
    public int Features => beta.Outputs;

    /// <summary>βᵀ, shape [pixels + 1, features]: to be rounded to what devices can hold, for instance.</summary>
    public PaddedMatrix Weights => beta;

    /// <summary>Learns β.</summary>
    /// <param name="images">The images.</param>
    /// <param name="features">Hidden units of the auto-encoder, at least 1.</param>
    /// <param name="sparsity">ℓ, at least 0.</param>
    /// <param name="steps">Steps of the shrinkage, at least 1.</param>
    /// <param name="at">Where the random weights stand.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The learning was stopped.</exception>
    public static AutoEncoder Learn(
        LabelledImages images, int features, float sparsity, int steps, in RandomAddress at, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(sparsity);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        int inputs = images.PixelsPerImage + 1;
        PaddedMatrix random = new(inputs, features);
        uint[] words = new uint[features];
        for (int i = 0; i < inputs; i++)
        {
            RandomWords.Fill(at with { Step = at.Step + (ulong)i }, words);
            for (int j = 0; j < features; j++)
            {
                random[i, j] = (int)words[j] / 2147483648f;
            }
        }

        (PaddedMatrix gram, PaddedMatrix target) = Products(images, random, cancellation);
        return new AutoEncoder(Transposed(Shrink(gram, target, sparsity, steps, cancellation)));
    }

    /// <summary>The features of images, X βᵀ.</summary>
    /// <param name="images">The images.</param>
    /// <param name="first">The first image.</param>
    /// <param name="y">Receives the features, shape [images to read, features].</param>
    public void Encode(LabelledImages images, int first, PaddedMatrix y)
    {
        PaddedMatrix x = new(y.Inputs, pixels + 1);
        for (int n = 0; n < y.Inputs; n++)
        {
            Standardize(images.Pixels(first + n), x.Row(n));
        }

        MatMul.Forward(beta, x, y);
    }

    // AᵀA and AᵀX, summed over blocks of images.
    private static (PaddedMatrix Gram, PaddedMatrix Target) Products(LabelledImages images, PaddedMatrix random, CancellationToken cancellation)
    {
        int inputs = random.Inputs, features = random.Outputs;
        PaddedMatrix gram = new(features, features), target = new(features, inputs), x = new(Block, inputs), a = new(Block, features);
        PaddedMatrix across = new(features, Block), gramPart = new(features, features), targetPart = new(features, inputs);
        for (int start = 0; start < images.Count; start += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(Block, images.Count - start);
            x.Padded.Clear();
            for (int n = 0; n < count; n++)
            {
                Standardize(images.Pixels(start + n), x.Row(n));
            }

            MatMul.Forward(random, x, a);
            for (int n = 0; n < Block; n++)
            {
                Span<float> row = a.Row(n);
                float largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(row));
                TensorPrimitives.Multiply(row, largest > 0 ? 1 / largest : 0, row);
                for (int j = 0; j < features; j++)
                {
                    across[j, n] = row[j];
                }
            }

            MatMul.Forward(a, across, gramPart);
            MatMul.Forward(x, across, targetPart);
            TensorPrimitives.Add(gram.Padded, gramPart.Padded, gram.Padded);
            TensorPrimitives.Add(target.Padded, targetPart.Padded, target.Padded);
        }

        return (gram, target);
    }

    // β ← shrink(z - (AᵀA z - AᵀX) 2 / L, ℓ / L) with z carried on by the momentum of the method; L = 2 λ_max.
    private static PaddedMatrix Shrink(PaddedMatrix gram, PaddedMatrix target, float sparsity, int steps, CancellationToken cancellation)
    {
        float lipschitz = 2 * LargestEigenvalue(gram), threshold = sparsity / lipschitz;
        PaddedMatrix current = new(target.Inputs, target.Outputs), carried = new(target.Inputs, target.Outputs);
        PaddedMatrix next = new(target.Inputs, target.Outputs);
        double t = 1;
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();

            // The Gram matrix is symmetric: its rows are its columns.
            MatMul.Forward(carried, gram, next);
            double after = (1 + Math.Sqrt(1 + (4 * t * t))) / 2;
            float momentum = (float)((t - 1) / after);
            Span<float> to = next.Padded, z = carried.Padded, old = current.Padded, wanted = target.Padded;
            for (int k = 0; k < to.Length; k++)
            {
                float moved = z[k] - (2 / lipschitz * (to[k] - wanted[k]));
                to[k] = MathF.CopySign(MathF.Max(MathF.Abs(moved) - threshold, 0), moved);
                z[k] = to[k] + (momentum * (to[k] - old[k]));
            }

            (current, next) = (next, current);
            t = after;
        }

        return current;
    }

    // By repeated multiplication; the matrix is positive, and its largest eigenvalue far above the others.
    private static float LargestEigenvalue(PaddedMatrix gram)
    {
        float[] v = new float[gram.Inputs], product = new float[gram.Inputs];
        v.AsSpan().Fill(1);
        float largest = 1;
        for (int step = 0; step < 100; step++)
        {
            MatVec.Forward(gram, v, product);
            largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(product));
            TensorPrimitives.Divide(product, largest, v);
        }

        return largest;
    }

    // Mean 0 and deviation 1 over the pixels; a last input of 0.1.
    private static void Standardize(ReadOnlySpan<byte> image, Span<float> x)
    {
        long sum = 0, squares = 0;
        foreach (byte pixel in image)
        {
            sum += pixel;
            squares += pixel * pixel;
        }

        double mean = (double)sum / image.Length, deviation = Math.Sqrt(Math.Max(((double)squares / image.Length) - (mean * mean), 1e-12));
        for (int i = 0; i < image.Length; i++)
        {
            x[i] = (float)((image[i] - mean) / deviation);
        }

        x[^1] = Constant;
    }

    private static PaddedMatrix Transposed(PaddedMatrix m)
    {
        PaddedMatrix t = new(m.Outputs, m.Inputs);
        for (int i = 0; i < m.Inputs; i++)
        {
            for (int j = 0; j < m.Outputs; j++)
            {
                t[j, i] = m[i, j];
            }
        }

        return t;
    }
}
