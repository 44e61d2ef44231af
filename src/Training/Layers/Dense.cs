namespace Crosspoint.Training.Layers;

/// <summary>A fully connected layer with its bias as one more input that is always 1, stored in the same array.</summary>
public sealed class Dense
{
    private readonly float[] input;
    private readonly float[] output;
    private readonly float[] error;
    private readonly float[] back;

    /// <summary>Makes a layer over a matrix.</summary>
    /// <param name="matrix">Weight units, shape [inputs + 1, outputs]; the last row is the bias.</param>
    public Dense(IWeightMatrix matrix)
    {
        Matrix = matrix;
        input = new float[matrix.Inputs];
        input[^1] = 1;
        output = new float[matrix.Outputs];
        error = new float[matrix.Outputs];
        back = new float[matrix.Inputs];
    }

    /// <summary>The weights.</summary>
    public IWeightMatrix Matrix { get; }

    /// <summary>Where the layer before, or the image, writes its values, shape [inputs], without the bias.</summary>
    public Span<float> Input => input.AsSpan(0, input.Length - 1);

    /// <summary>The sums of the last forward pass, shape [outputs].</summary>
    public Span<float> Output => output;

    /// <summary>Where the error of the sums is written, in the direction of descent, shape [outputs].</summary>
    public Span<float> Error => error;

    /// <summary>The error of the inputs after the last backward pass, shape [inputs], without the bias.</summary>
    public ReadOnlySpan<float> InputError => back.AsSpan(0, back.Length - 1);

    /// <summary>Computes <see cref="Output"/> from <see cref="Input"/>.</summary>
    /// <param name="moment">When.</param>
    public void Forward(Moment moment) => Matrix.Forward(input, output, moment);

    /// <summary>Computes <see cref="InputError"/> from <see cref="Error"/>.</summary>
    /// <param name="moment">When.</param>
    public void Backward(Moment moment) => Matrix.Backward(error, back, moment);

    /// <summary>Updates the weights by <see cref="Input"/> and <see cref="Error"/>.</summary>
    /// <param name="rate">Learning rate η.</param>
    /// <param name="moment">When.</param>
    public void Update(float rate, Moment moment) => Matrix.Update(input, error, rate, moment);
}
