using Crosspoint.Kernels;
using Crosspoint.Training.Data;

namespace Crosspoint.Training.RandomWeights;

/// <summary>A layer of fixed random weights with sign units: H_j = sign(Σ_i w_ij x_i). It is never written.</summary>
/// <remarks>
/// Eq. 8 of C. H. Bennett et al., IEEE Access 7, 73938 (2019). Hidden units are taken 256 at a time, whose weights stay in the second cache
/// while all samples pass. The same bits at every vector width.
/// </remarks>
public sealed class RandomLayer
{
    private const int UnitsAtATime = 256;
    private const int Batch = 64;
    private readonly PaddedMatrix[] blocks;
    private readonly int inputs;
    private readonly bool hasConstant;

    /// <summary>Takes over the weights as they are now.</summary>
    /// <param name="weights">Any finite weights, shape [inputs + 1, hidden]; the last row is the bias.</param>
    /// <param name="hasConstant">Whether one more unit, always +1, follows the others: the bias of the layer behind.</param>
    public RandomLayer(PaddedMatrix weights, bool hasConstant = false)
    {
        inputs = weights.Inputs - 1;
        Width = weights.Outputs + (hasConstant ? 1 : 0);
        this.hasConstant = hasConstant;
        blocks = new PaddedMatrix[(weights.Outputs + UnitsAtATime - 1) / UnitsAtATime];
        for (int k = 0; k < blocks.Length; k++)
        {
            int start = k * UnitsAtATime;
            blocks[k] = new PaddedMatrix(weights.Inputs, Math.Min(UnitsAtATime, weights.Outputs - start));
            for (int i = 0; i < weights.Inputs; i++)
            {
                weights.Row(i).Slice(start, blocks[k].Outputs).CopyTo(blocks[k].Row(i));
            }
        }
    }

    /// <summary>Hidden units, with the constant one if there is one.</summary>
    public int Width { get; }

    /// <summary>Reads images.</summary>
    /// <param name="images">As many pixels as the layer has inputs.</param>
    /// <param name="coding">The voltages that pixels stand for.</param>
    /// <param name="cancellation">Stops between two blocks of units.</param>
    /// <returns>The hidden states of every image.</returns>
    /// <exception cref="ArgumentException">The images have another size.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public SignFeatures Read(LabelledImages images, PixelCoding coding, CancellationToken cancellation)
    {
        if (images.PixelsPerImage != inputs)
        {
            throw new ArgumentException($"images: expected {inputs} pixels, got {images.PixelsPerImage}.", nameof(images));
        }

        SignFeatures features = NewFeatures(images.Count);
        float[] x = new float[inputs + 1], y = new float[UnitsAtATime];
        x[inputs] = 1;
        for (int k = 0; k < blocks.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            PaddedMatrix weights = WithOffset(blocks[k], coding.Low);
            Span<float> sums = y.AsSpan(0, weights.Outputs);
            for (int n = 0; n < images.Count; n++)
            {
                coding.Above(images.Pixels(n), x);
                MatVec.Forward(weights, x, sums);
                Pack(sums, features, n, k);
            }
        }

        return features;
    }

    /// <summary>Reads rows of numbers.</summary>
    /// <param name="x">Finite inputs, shape [samples, inputs].</param>
    /// <param name="features">Receives the hidden states from sample <paramref name="first"/> on.</param>
    /// <param name="first">The first sample to write.</param>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public void Read(PaddedMatrix x, SignFeatures features, int first)
    {
        if (x.Outputs != inputs || features.Width != Width || first < 0 || first + x.Inputs > features.Count)
        {
            throw new ArgumentException(
                $"x: expected {inputs} inputs and {Width} units for samples below {features.Count}, got {x.Outputs}, {features.Width} and {first + x.Inputs}.",
                nameof(x));
        }

        PaddedMatrix rows = new(Batch, inputs + 1);
        for (int start = 0; start < x.Inputs; start += Batch)
        {
            int count = Math.Min(Batch, x.Inputs - start);
            for (int b = 0; b < count; b++)
            {
                x.Row(start + b).CopyTo(rows.Row(b));
                rows[b, inputs] = 1;
            }

            for (int k = 0; k < blocks.Length; k++)
            {
                PaddedMatrix y = new(Batch, blocks[k].Outputs);
                MatMul.Forward(blocks[k], rows, y);
                for (int b = 0; b < count; b++)
                {
                    Pack(y.Row(b), features, first + start + b, k);
                }
            }
        }
    }

    /// <summary>Room for the hidden states of so many samples; the constant unit is set.</summary>
    public SignFeatures NewFeatures(int samples)
    {
        SignFeatures features = new(samples, Width);
        for (int n = 0; hasConstant && n < samples; n++)
        {
            features.Row(n)[^1] = 1u << ((Width - 1) % 32);
        }

        return features;
    }

    // The constant unit may share the last word with the last block, whose bits it survives.
    private void Pack(ReadOnlySpan<float> y, SignFeatures features, int sample, int block)
    {
        Span<uint> words = features.Row(sample).Slice(block * UnitsAtATime / 32, SignBits.Words(y.Length));
        SignBits.Pack(y, words);
        if (hasConstant && block == blocks.Length - 1)
        {
            features.Row(sample)[^1] |= 1u << ((Width - 1) % 32);
        }
    }

    // The bias row with what black pixels add: low Σ_i w_ij, in double precision.
    private PaddedMatrix WithOffset(PaddedMatrix weights, float low)
    {
        PaddedMatrix with = new(weights.Inputs, weights.Outputs);
        weights.Padded.CopyTo(with.Padded);
        for (int j = 0; j < weights.Outputs; j++)
        {
            double sum = 0;
            for (int i = 0; i < inputs; i++)
            {
                sum += weights[i, j];
            }

            with[inputs, j] = (float)(weights[inputs, j] + (low * sum));
        }

        return with;
    }
}
