using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Training;

namespace Crosspoint.Repro.Bench;

/// <summary>A weight matrix that is read as ever and never updated: what training takes without its updates.</summary>
internal sealed class NeverUpdated(IWeightMatrix inner) : IWeightMatrix
{
    public int Inputs => inner.Inputs;

    public int Outputs => inner.Outputs;

    public PaddedMatrix Weights => inner.Weights;

    public ArrayCounters Counters => inner.Counters;

    public void Program(PaddedMatrix weights) => inner.Program(weights);

    public void Forward(ReadOnlySpan<float> x, Span<float> y, Moment moment) => inner.Forward(x, y, moment);

    public void Backward(ReadOnlySpan<float> d, Span<float> z, Moment moment) => inner.Backward(d, z, moment);

    public void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> d, float rate, Moment moment)
    {
    }

    public void Forward(PaddedMatrix x, PaddedMatrix y, int steps, Moment moment) => inner.Forward(x, y, steps, moment);

    public void Backward(PaddedMatrix d, PaddedMatrix z, int steps, Moment moment) => inner.Backward(d, z, steps, moment);

    public void BeginForward(PaddedMatrix x, int known, PaddedMatrix y, int steps) => inner.BeginForward(x, known, y, steps);

    public void EndForward(PaddedMatrix x, int known, PaddedMatrix y, int n, Moment moment) => inner.EndForward(x, known, y, n, moment);

    public void BeginBackward(PaddedMatrix d, int known, int asked, PaddedMatrix z, int n, Moment moment) =>
        inner.BeginBackward(d, known, asked, z, n, moment);

    public void EndBackward(PaddedMatrix d, int known, PaddedMatrix z, int steps, Moment moment) => inner.EndBackward(d, known, z, steps, moment);

    public void Update(PaddedMatrix x, PaddedMatrix d, int steps, float rate, Moment moment)
    {
    }

    public void Save(BinaryWriter writer) => inner.Save(writer);

    public void Load(BinaryReader reader) => inner.Load(reader);
}
