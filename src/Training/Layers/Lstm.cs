using System.Numerics.Tensors;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Layers;

/// <summary>A block of long short-term memory over one matrix, trained by back-propagation through a window of steps.</summary>
/// <remarks>
/// [i f g o] = W [u(t) ; h(t-1) ; 1], i, f, o through sigmoids, g through tanh; c(t) = f c(t-1) + i g, h(t) = o tanh c(t). The state
/// (h, c) is carried from one window to the next, errors are not. Weights are frozen inside a window; each of its steps is one update.
/// </remarks>
public sealed class Lstm
{
    private readonly PaddedMatrix input;
    private readonly PaddedMatrix gates;
    private readonly PaddedMatrix cells;
    private readonly PaddedMatrix squashed;
    private readonly PaddedMatrix output;
    private readonly PaddedMatrix outputError;
    private readonly PaddedMatrix error;
    private readonly PaddedMatrix back;
    private readonly float[] cellError;
    private readonly float[] state;

    /// <summary>Makes a layer over a matrix, its state zero.</summary>
    /// <param name="matrix">Weight units, shape [inputs + hidden + 1, 4 hidden]; the last row is the bias.</param>
    /// <param name="window">Most steps of a window, at least 1.</param>
    /// <exception cref="ArgumentException">The matrix has no such shape with at least one input.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="window"/> is below 1.</exception>
    public Lstm(IWeightMatrix matrix, int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        Hidden = matrix.Outputs / 4;
        Inputs = matrix.Inputs - Hidden - 1;
        if (matrix.Outputs % 4 != 0 || Inputs < 1)
        {
            throw new ArgumentException(
                $"matrix: expected shape [inputs + hidden + 1, 4 hidden], got [{matrix.Inputs}, {matrix.Outputs}].", nameof(matrix));
        }

        Matrix = matrix;
        Window = window;
        input = new PaddedMatrix(window, matrix.Inputs);
        gates = new PaddedMatrix(window, matrix.Outputs);
        cells = new PaddedMatrix(window + 1, Hidden);
        squashed = new PaddedMatrix(window, Hidden);
        output = new PaddedMatrix(window, Hidden);
        outputError = new PaddedMatrix(window, Hidden);
        error = new PaddedMatrix(window, matrix.Outputs);
        back = new PaddedMatrix(window, matrix.Inputs);
        cellError = new float[Hidden];
        state = new float[2 * Hidden];
        for (int n = 0; n < window; n++)
        {
            input[n, matrix.Inputs - 1] = 1;
        }
    }

    /// <summary>The weights.</summary>
    public IWeightMatrix Matrix { get; }

    /// <summary>Inputs of a step, without the hidden state and the bias.</summary>
    public int Inputs { get; }

    /// <summary>Width of the hidden state.</summary>
    public int Hidden { get; }

    /// <summary>Most steps of a window.</summary>
    public int Window { get; }

    /// <summary>h and c behind the last step, shape [2 hidden]: what the next window begins with.</summary>
    public Memory<float> State => state;

    /// <summary>Where u of one step is written, shape [inputs].</summary>
    /// <param name="step">0 to <see cref="Window"/> - 1.</param>
    public Span<float> InputAt(int step) => input.Row(step)[..Inputs];

    /// <summary>h of one step after the forward pass, shape [hidden].</summary>
    /// <param name="step">0 to <see cref="Window"/> - 1.</param>
    public ReadOnlySpan<float> OutputAt(int step) => output.Row(step);

    /// <summary>Where the error of h from the layer above is written, in the direction of descent, shape [hidden]; the backward pass adds that of the step behind.</summary>
    /// <param name="step">0 to <see cref="Window"/> - 1.</param>
    public Span<float> OutputErrorAt(int step) => outputError.Row(step);

    /// <summary>The error of u after the backward pass, shape [inputs].</summary>
    /// <param name="step">0 to <see cref="Window"/> - 1.</param>
    public ReadOnlySpan<float> InputErrorAt(int step) => back.Row(step)[..Inputs];

    /// <summary>Computes the outputs of a window and carries the state on.</summary>
    /// <param name="steps">0 to <see cref="Window"/>.</param>
    /// <param name="moment">When the first step is.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more steps.</exception>
    public void Forward(int steps, Moment moment)
    {
        Require(steps);
        if (steps == 0)
        {
            return;
        }

        state.AsSpan(Hidden).CopyTo(cells.Row(0));
        Matrix.BeginForward(input, Inputs, gates, steps);
        ReadOnlySpan<float> before = state.AsSpan(0, Hidden);
        for (int n = 0; n < steps; n++)
        {
            before.CopyTo(input.Row(n)[Inputs..]);
            Matrix.EndForward(input, Inputs, gates, n, moment.Later(n));
            LstmCell.Forward(gates.Row(n), cells.Row(n), cells.Row(n + 1), squashed.Row(n), output.Row(n));
            before = output.Row(n);
        }

        before.CopyTo(state);
        cells.Row(steps).CopyTo(state.AsSpan(Hidden));
    }

    /// <summary>Computes the errors of a window from its end to its beginning.</summary>
    /// <param name="steps">As in the forward pass before.</param>
    /// <param name="moment">When the first step is.</param>
    /// <param name="toInputs">Whether the errors of the inputs are wanted; the lowest layer needs none.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more steps.</exception>
    public void Backward(int steps, Moment moment, bool toInputs)
    {
        Require(steps);
        cellError.AsSpan().Clear();
        for (int n = steps - 1; n >= 0; n--)
        {
            if (n < steps - 1)
            {
                TensorPrimitives.Add(outputError.Row(n), back.Row(n + 1).Slice(Inputs, Hidden), outputError.Row(n));
            }

            LstmCell.Backward(gates.Row(n), cells.Row(n), squashed.Row(n), outputError.Row(n), cellError, error.Row(n));
            Matrix.BeginBackward(error, Inputs, Hidden, back, n, moment.Later(n));
        }

        if (toInputs)
        {
            Matrix.EndBackward(error, Inputs, back, steps, moment);
        }
    }

    /// <summary>Updates the weights by each step of the window in order of time.</summary>
    /// <param name="steps">As in the passes before.</param>
    /// <param name="rate">Learning rate η.</param>
    /// <param name="moment">When the first step is.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more steps.</exception>
    public void Update(int steps, float rate, Moment moment)
    {
        Require(steps);
        Matrix.Update(input, error, steps, rate, moment);
    }

    private void Require(int steps)
    {
        if ((uint)steps > (uint)Window)
        {
            throw new ArgumentOutOfRangeException(nameof(steps), steps, $"steps: expected at most {Window}, got {steps}.");
        }
    }
}
