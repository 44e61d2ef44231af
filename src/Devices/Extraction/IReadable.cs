namespace Crosspoint.Devices.Extraction;

/// <summary>Something with weights that only shows what it answers to vectors: a tile behind its periphery, a matrix under an algorithm.</summary>
public interface IReadable
{
    /// <summary>Number of input lines.</summary>
    int Inputs { get; }

    /// <summary>Number of output lines.</summary>
    int Outputs { get; }

    /// <summary>y[j] ≈ Σ_i w[i, j] x[i].</summary>
    /// <param name="x">Inputs in [-1, 1], shape [inputs].</param>
    /// <param name="y">Receives the outputs, shape [outputs].</param>
    /// <param name="read">Number of the read; each has noise of its own.</param>
    void Read(ReadOnlySpan<float> x, Span<float> y, ulong read);
}
