using Crosspoint.Devices.Extraction;

namespace Crosspoint.Training.Extraction;

/// <summary>The forward reads of a matrix, as its algorithm reads it, in logical units.</summary>
/// <param name="matrix">The matrix.</param>
internal sealed class MatrixReads(IWeightMatrix matrix) : IReadable
{
    public int Inputs => matrix.Inputs;

    public int Outputs => matrix.Outputs;

    public void Read(ReadOnlySpan<float> x, Span<float> y, ulong read) => matrix.Forward(x, y, new Moment(Phase.Extract, read));
}
