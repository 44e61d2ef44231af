using Crosspoint.Kernels;

namespace Crosspoint.Training.Layers;

/// <summary>A fully connected layer with its bias as one more input that is always 1, stored in the same array.</summary>
/// <remarks>It holds the inputs and errors of a window of steps; weights are frozen until all of them are updated in order of time.</remarks>
public sealed class Dense : ILayer
{
    private readonly PaddedMatrix input;
    private readonly PaddedMatrix output;
    private readonly PaddedMatrix error;
    private readonly PaddedMatrix back;

    /// <summary>Makes a layer over a matrix.</summary>
    /// <param name="matrix">Weight units, shape [inputs + 1, outputs]; the last row is the bias.</param>
    /// <param name="window">Steps of a window, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="window"/> is below 1.</exception>
    public Dense(IWeightMatrix matrix, int window = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        Matrix = matrix;
        input = new PaddedMatrix(window, matrix.Inputs);
        output = new PaddedMatrix(window, matrix.Outputs);
        error = new PaddedMatrix(window, matrix.Outputs);
        back = new PaddedMatrix(window, matrix.Inputs);
        for (int n = 0; n < window; n++)
        {
            input[n, matrix.Inputs - 1] = 1;
        }
    }

    /// <summary>The weights.</summary>
    public IWeightMatrix Matrix { get; }

    /// <summary>Where the layer before, or the image, writes its values, shape [inputs], without the bias.</summary>
    public Span<float> Input => InputAt(0);

    /// <summary>The sums of the last forward pass, shape [outputs].</summary>
    public Span<float> Output => OutputAt(0);

    /// <summary>Where the error of the sums is written, in the direction of descent, shape [outputs].</summary>
    public Span<float> OutputError => OutputErrorAt(0);

    /// <summary>The error of the inputs after the last backward pass, shape [inputs], without the bias.</summary>
    public ReadOnlySpan<float> InputError => InputErrorAt(0);

    /// <summary><see cref="Input"/> of one step of a window, shape [inputs], without the bias.</summary>
    /// <param name="step">0 to the steps of a window - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public Span<float> InputAt(int step) => input.Row(step)[..^1];

    /// <summary><see cref="Output"/> of one step of a window, shape [outputs].</summary>
    /// <param name="step">0 to the steps of a window - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public Span<float> OutputAt(int step) => output.Row(step);

    /// <summary><see cref="OutputError"/> of one step of a window, shape [outputs].</summary>
    /// <param name="step">0 to the steps of a window - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public Span<float> OutputErrorAt(int step) => error.Row(step);

    /// <summary><see cref="InputError"/> of one step of a window, shape [inputs], without the bias.</summary>
    /// <param name="step">0 to the steps of a window - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public ReadOnlySpan<float> InputErrorAt(int step) => back.Row(step)[..^1];

    /// <summary>Computes <see cref="Output"/> from <see cref="Input"/>.</summary>
    /// <param name="moment">When.</param>
    public void Forward(Moment moment) => Matrix.Forward(input.Row(0), output.Row(0), moment);

    /// <summary>Computes <see cref="InputError"/> from <see cref="OutputError"/>.</summary>
    /// <param name="moment">When.</param>
    public void Backward(Moment moment) => Matrix.Backward(error.Row(0), back.Row(0), moment);

    /// <summary>Updates the weights by <see cref="Input"/> and <see cref="OutputError"/>.</summary>
    /// <param name="rate">Learning rate η, finite, at least 0.</param>
    /// <param name="moment">When.</param>
    public void Update(float rate, Moment moment) => Matrix.Update(input.Row(0), error.Row(0), rate, moment);

    /// <summary>Computes the outputs of a window.</summary>
    /// <param name="steps">Steps, 0 to those of a window.</param>
    /// <param name="moment">When the first is.</param>
    public void Forward(int steps, Moment moment) => Matrix.Forward(input, output, steps, moment);

    /// <summary>Computes the errors of the inputs of a window.</summary>
    /// <param name="steps">Steps, 0 to those of a window.</param>
    /// <param name="moment">When the first is.</param>
    public void Backward(int steps, Moment moment) => Matrix.Backward(error, back, steps, moment);

    /// <summary>Updates the weights by each step of a window in order of time.</summary>
    /// <param name="steps">Steps, 0 to those of a window.</param>
    /// <param name="rate">Learning rate η, finite, at least 0.</param>
    /// <param name="moment">When the first is.</param>
    public void Update(int steps, float rate, Moment moment) => Matrix.Update(input, error, steps, rate, moment);
}
