namespace Crosspoint.Training.Layers;

/// <summary>A layer of a network that sees one example at a time: inputs to outputs, errors of outputs to errors of inputs.</summary>
public interface ILayer
{
    /// <summary>The weights; <see langword="null"/> where there are none.</summary>
    IWeightMatrix? Matrix { get; }

    /// <summary>Where the layer before, or the image, writes its values, shape [inputs].</summary>
    Span<float> Input { get; }

    /// <summary>The values of the last forward pass, shape [outputs].</summary>
    Span<float> Output { get; }

    /// <summary>Where the error of the outputs is written, in the direction of descent, shape [outputs].</summary>
    Span<float> OutputError { get; }

    /// <summary>The error of the inputs after the last backward pass, shape [inputs].</summary>
    ReadOnlySpan<float> InputError { get; }

    /// <summary>Computes <see cref="Output"/> from <see cref="Input"/>.</summary>
    /// <param name="moment">When: the step is the number of the example.</param>
    void Forward(Moment moment);

    /// <summary>Computes <see cref="InputError"/> from <see cref="OutputError"/>.</summary>
    /// <param name="moment">When: the step is the number of the example.</param>
    void Backward(Moment moment);

    /// <summary>Updates the weights by <see cref="Input"/> and <see cref="OutputError"/>.</summary>
    /// <param name="rate">Learning rate η.</param>
    /// <param name="moment">When: the step is the number of the example.</param>
    void Update(float rate, Moment moment);
}
