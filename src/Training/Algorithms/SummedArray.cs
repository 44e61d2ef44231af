using System.Numerics.Tensors;
using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Algorithms;

/// <summary>A and C on common lines, as one sees them that reads both at once: γ A + C. Read only: the arrays themselves
/// are programmed, pulsed and stored.</summary>
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

    /// <summary>To be told whenever A or C has changed.</summary>
    public void Changed() => changed = true;

    public void Program(PaddedMatrix weights)
    {
    }

    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at) => throw new NotSupportedException();

    public void Reset(in RandomAddress at)
    {
    }

    public void Save(BinaryWriter writer)
    {
    }

    public void Load(BinaryReader reader)
    {
    }
}
