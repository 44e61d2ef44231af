using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>The array C with A on the same lines: reads see γ A + C, pulses reach C.</summary>
internal sealed class SummedArray(ICrosspointArray a, ICrosspointArray c, float gamma) : ICrosspointArray
{
    private readonly PaddedMatrix sum = new(c.Weights.Inputs, c.Weights.Outputs);
    private bool changed = true;

    /// <summary>γ A + C, added up anew where something has changed: once a window, as long as weights rest within it.</summary>
    public PaddedMatrix Weights
    {
        get
        {
            if (changed)
            {
                TensorPrimitives.FusedMultiplyAdd(a.Weights.Padded, gamma, c.Weights.Padded, sum.Padded);
                changed = false;
            }

            return sum;
        }
    }

    public float MinStep => c.MinStep;

    public ArrayCounters Counters => c.Counters;

    /// <summary>To be told whenever A has changed.</summary>
    public void Changed() => changed = true;

    public void Program(PaddedMatrix weights)
    {
        c.Program(weights);
        Changed();
    }

    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        c.Pulse(rows, columns, at);
        Changed();
    }

    public void Reset(in RandomAddress at)
    {
        c.Reset(at);
        Changed();
    }

    public void Save(BinaryWriter writer) => c.Save(writer);

    public void Load(BinaryReader reader)
    {
        c.Load(reader);
        Changed();
    }
}
