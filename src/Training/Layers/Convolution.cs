using System.Numerics.Tensors;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Layers;

/// <summary>A two-dimensional convolution of stride 1 without a margin: one matrix reads every patch of the maps, and each patch is one update.</summary>
/// <remarks>
/// y[r, c, :] = W [x[r..r+k, c..c+k, :] ; 1], patches row by row. Weights are reused: an example is as many reads and updates as the output
/// has pixels; step n of the layer's matrix is example · pixels + pixel.
/// </remarks>
public sealed class Convolution : ILayer
{
    private readonly int kernel;
    private readonly float[] input;
    private readonly float[] inputError;
    private readonly PaddedMatrix patches;
    private readonly PaddedMatrix sums;
    private readonly PaddedMatrix errors;
    private readonly PaddedMatrix back;
    private readonly float[] output;
    private readonly float[] error;

    /// <summary>Makes a layer over a matrix.</summary>
    /// <param name="matrix">Weight units, shape [kernel · kernel · channels + 1, output channels]; the last row is the bias.</param>
    /// <param name="inputSize">Size of the maps that come in.</param>
    /// <param name="kernel">Rows and columns of a patch, 1 to the smaller side of the maps.</param>
    /// <exception cref="ArgumentException">The matrix has another number of inputs, or the kernel does not fit into the maps.</exception>
    public Convolution(IWeightMatrix matrix, MapSize inputSize, int kernel)
    {
        if (kernel < 1 || kernel > Math.Min(inputSize.Height, inputSize.Width))
        {
            throw new ArgumentOutOfRangeException(
                nameof(kernel), kernel, $"kernel: expected 1 to the smaller side of {inputSize.Height} x {inputSize.Width}, got {kernel}.");
        }

        int patch = (kernel * kernel * inputSize.Channels) + 1;
        if (matrix.Inputs != patch)
        {
            throw new ArgumentException(
                $"matrix: expected {kernel} x {kernel} x {inputSize.Channels} + 1 = {patch} inputs, got {matrix.Inputs}.", nameof(matrix));
        }

        this.kernel = kernel;
        Matrix = matrix;
        InputSize = inputSize;
        OutputSize = new MapSize(inputSize.Height - kernel + 1, inputSize.Width - kernel + 1, matrix.Outputs);
        input = new float[inputSize.Length];
        inputError = new float[inputSize.Length];
        output = new float[OutputSize.Length];
        error = new float[OutputSize.Length];
        patches = new PaddedMatrix(OutputSize.Pixels, patch);
        sums = new PaddedMatrix(OutputSize.Pixels, matrix.Outputs);
        errors = new PaddedMatrix(OutputSize.Pixels, matrix.Outputs);
        back = new PaddedMatrix(OutputSize.Pixels, patch);
        for (int n = 0; n < OutputSize.Pixels; n++)
        {
            patches[n, patch - 1] = 1;
        }
    }

    /// <summary>Size of the maps that come in.</summary>
    public MapSize InputSize { get; }

    /// <summary>Size of the maps that go out.</summary>
    public MapSize OutputSize { get; }

    /// <inheritdoc/>
    public IWeightMatrix Matrix { get; }

    /// <inheritdoc/>
    public Span<float> Input => input;

    /// <inheritdoc/>
    public Span<float> Output => output;

    /// <inheritdoc/>
    public Span<float> OutputError => error;

    /// <inheritdoc/>
    public ReadOnlySpan<float> InputError => inputError;

    /// <inheritdoc/>
    public void Forward(Moment moment)
    {
        int width = kernel * InputSize.Channels, channels = OutputSize.Channels;
        for (int n = 0; n < OutputSize.Pixels; n++)
        {
            Span<float> patch = patches.Row(n);
            for (int row = 0; row < kernel; row++)
            {
                input.AsSpan(PlaceOf(n, row), width).CopyTo(patch[(row * width)..]);
            }
        }

        Matrix.Forward(patches, sums, OutputSize.Pixels, First(moment));
        for (int n = 0; n < OutputSize.Pixels; n++)
        {
            sums.Row(n).CopyTo(output.AsSpan(n * channels));
        }
    }

    /// <inheritdoc/>
    public void Backward(Moment moment)
    {
        TakeErrors();
        Matrix.Backward(errors, back, OutputSize.Pixels, First(moment));
        int width = kernel * InputSize.Channels;
        inputError.AsSpan().Clear();
        for (int n = 0; n < OutputSize.Pixels; n++)
        {
            ReadOnlySpan<float> patch = back.Row(n);
            for (int row = 0; row < kernel; row++)
            {
                Span<float> sum = inputError.AsSpan(PlaceOf(n, row), width);
                TensorPrimitives.Add(sum, patch.Slice(row * width, width), sum);
            }
        }
    }

    /// <inheritdoc/>
    public void Update(float rate, Moment moment)
    {
        TakeErrors();
        Matrix.Update(patches, errors, OutputSize.Pixels, rate, First(moment));
    }

    // Where a row of the n-th patch begins in the maps that come in.
    private int PlaceOf(int n, int row) =>
        ((((n / OutputSize.Width) + row) * InputSize.Width) + (n % OutputSize.Width)) * InputSize.Channels;

    private Moment First(Moment moment) => moment with { Step = moment.Step * (ulong)OutputSize.Pixels };

    private void TakeErrors()
    {
        int channels = OutputSize.Channels;
        for (int n = 0; n < OutputSize.Pixels; n++)
        {
            error.AsSpan(n * channels, channels).CopyTo(errors.Row(n));
        }
    }
}
