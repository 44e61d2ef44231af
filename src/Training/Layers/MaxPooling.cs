namespace Crosspoint.Training.Layers;

/// <summary>Halves feature maps: the largest of each 2 x 2 pixels, channel by channel; the error goes back to the pixel that was the largest.</summary>
public sealed class MaxPooling : ILayer
{
    private readonly MapSize size;
    private readonly float[] input;
    private readonly float[] output;
    private readonly float[] error;
    private readonly float[] inputError;
    private readonly int[] largest;

    /// <summary>Makes a layer.</summary>
    /// <param name="inputSize">Size of the maps that come in; height and width are even.</param>
    /// <exception cref="ArgumentException">A side is odd.</exception>
    public MaxPooling(MapSize inputSize)
    {
        if (inputSize.Height % 2 != 0 || inputSize.Width % 2 != 0)
        {
            throw new ArgumentException($"inputSize: expected even sides, got {inputSize.Height} x {inputSize.Width}.", nameof(inputSize));
        }

        size = inputSize;
        OutputSize = new MapSize(inputSize.Height / 2, inputSize.Width / 2, inputSize.Channels);
        input = new float[inputSize.Length];
        inputError = new float[inputSize.Length];
        output = new float[OutputSize.Length];
        error = new float[OutputSize.Length];
        largest = new int[OutputSize.Length];
    }

    /// <summary>Size of the maps that go out.</summary>
    public MapSize OutputSize { get; }

    /// <inheritdoc/>
    public IWeightMatrix? Matrix => null;

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
        int row = size.Width * size.Channels;
        for (int n = 0; n < output.Length; n++)
        {
            int channel = n % size.Channels, pixel = n / size.Channels;
            int place = (2 * (pixel / OutputSize.Width) * row) + (2 * (pixel % OutputSize.Width) * size.Channels) + channel;

            // The first of equal values is the largest.
            int best = place;
            best = input[place + size.Channels] > input[best] ? place + size.Channels : best;
            best = input[place + row] > input[best] ? place + row : best;
            best = input[place + row + size.Channels] > input[best] ? place + row + size.Channels : best;
            largest[n] = best;
            output[n] = input[best];
        }
    }

    /// <inheritdoc/>
    public void Backward(Moment moment)
    {
        inputError.AsSpan().Clear();
        for (int n = 0; n < error.Length; n++)
        {
            inputError[largest[n]] = error[n];
        }
    }

    /// <inheritdoc/>
    public void Update(float rate, Moment moment)
    {
    }
}
