using Crosspoint.Kernels;

namespace Crosspoint.Devices.SymmetryPoints;

/// <summary>Pairs of one up and one down pulse to every cross-point of an array.</summary>
internal sealed class AlternatingPulses
{
    private readonly ICrosspointArray array;
    private readonly LineTrains rows;
    private readonly LineTrains up;
    private readonly LineTrains down;

    public AlternatingPulses(ICrosspointArray array)
    {
        this.array = array;
        (rows, up, down) = (new(array.Weights.Inputs, 1), new(array.Weights.Outputs, 1), new(array.Weights.Outputs, 1));
        float[] ones = new float[Math.Max(rows.Lines, up.Lines)];
        ones.AsSpan().Fill(1);
        rows.Fire(ones.AsSpan(0, rows.Lines));
        up.Fire(ones.AsSpan(0, up.Lines));
        down.CopyFrom(up, LineSigns.All, negate: true);
    }

    /// <summary>Pulses once; pulse n takes the step n behind that of the address.</summary>
    public void Pulse(long n, bool isUp, in RandomAddress at) => array.Pulse(rows, isUp ? up : down, at with { Step = at.Step + (ulong)n });

    /// <summary>So many pairs, up first, from pulse 2 first on.</summary>
    public void Drive(long first, long pairs, in RandomAddress at)
    {
        for (long n = 2 * first; n < 2 * (first + pairs); n++)
        {
            Pulse(n, n % 2 == 0, at);
        }
    }
}
