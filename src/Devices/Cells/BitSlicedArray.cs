using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>Cells of several devices of falling significance: w = Σ_k w_k / B^k, digits of a number to the base B.</summary>
/// <remarks>
/// Updates go to the last digit alone, whose steps count least. A digit that has left ± the carry threshold hands its value on to the one
/// before it, as a whole, in a carry: every so many updates, or at a reset. Digits keep what the one before cannot hold, so that a carry
/// leaves every weight as it is, up to the rounding of the devices. Periodic carry: S. Agarwal et al., Symp. VLSI Technol. (2017).
/// A carry reads and writes as programming does, without noise.
/// </remarks>
public sealed class BitSlicedArray : CellArray
{
    private readonly float carryAt;
    private readonly int carryEvery;
    private readonly PaddedMatrix rest;
    private long updates;

    /// <summary>Joins arrays.</summary>
    /// <param name="devices">One array a digit, the most significant first, all of one shape, 1 to <see cref="CellArray.MaxDevices"/>.</param>
    /// <param name="digitBase">B, above 1.</param>
    /// <param name="carryAt">The magnitude of a digit's device at which it is carried, in weight units, above 0.</param>
    /// <param name="carryEvery">Updates from one carry to the next, at least 0; 0 for none but by a reset.</param>
    /// <exception cref="ArgumentException">Numbers or shapes do not fit.</exception>
    public BitSlicedArray(ICrosspointArray[] devices, float digitBase, float carryAt, int carryEvery)
        : base(devices, Significances(devices.Length, digitBase), devices[^1].MinStep * Significances(devices.Length, digitBase)[^1])
    {
        Require.Positive(nameof(carryAt), carryAt);
        Require.InRange(nameof(carryEvery), 0, int.MaxValue, carryEvery);
        this.carryAt = carryAt;
        this.carryEvery = carryEvery;
        rest = new PaddedMatrix(Weights.Inputs, Weights.Outputs);
    }

    /// <inheritdoc/>
    /// <remarks>The first digit takes what it can hold, each further one what is left: with ideal devices the last digits are zero.</remarks>
    private protected override void ProgramDevices(PaddedMatrix weights)
    {
        weights.Padded.CopyTo(rest.Padded);
        for (int k = 0; k < Devices.Length; k++)
        {
            Span<float> target = Target.Padded, left = rest.Padded;
            for (int place = 0; place < target.Length; place++)
            {
                target[place] = left[place] / Gains[k];
            }

            Devices[k].Program(Target);
            Span<float> held = Devices[k].Weights.Padded;
            for (int place = 0; place < left.Length; place++)
            {
                left[place] = MathF.FusedMultiplyAdd(-Gains[k], held[place], left[place]);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void PulseDevices(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        Devices[^1].Pulse(rows, columns, CellAddress.Of(at, Devices.Length - 1));
        updates++;
        if (carryEvery > 0 && updates % carryEvery == 0)
        {
            Carry();
        }
    }

    /// <inheritdoc/>
    private protected override void ResetDevices(in RandomAddress at)
    {
        base.ResetDevices(at);
        Carry();
    }

    /// <inheritdoc/>
    private protected override void SaveCell(BinaryWriter writer) => writer.Write(updates);

    /// <inheritdoc/>
    private protected override void LoadCell(BinaryReader reader) => updates = reader.ReadInt64();

    // From the last digit on; a digit that overflows by what it is handed is carried next.
    private void Carry()
    {
        for (int k = Devices.Length - 1; k > 0; k--)
        {
            CountRefreshed(Carry(Devices[k], Devices[k - 1], Gains[k], Gains[k - 1]));
        }
    }

    // Returns how many digits were carried.
    private long Carry(ICrosspointArray from, ICrosspointArray to, float low, float high)
    {
        Span<float> digit = from.Weights.Padded, next = to.Weights.Padded, target = Target.Padded, before = rest.Padded;
        long carried = 0;
        for (int place = 0; place < target.Length; place++)
        {
            bool isCarried = MathF.Abs(digit[place]) >= carryAt;
            before[place] = next[place];
            target[place] = isCarried ? MathF.FusedMultiplyAdd(low / high, digit[place], next[place]) : next[place];
            carried += isCarried ? 1 : 0;
        }

        if (carried == 0)
        {
            return 0;
        }

        to.Program(Target);
        for (int place = 0; place < target.Length; place++)
        {
            target[place] = MathF.FusedMultiplyAdd(-(high / low), next[place] - before[place], digit[place]);
        }

        from.Program(Target);
        return carried;
    }

    private static float[] Significances(int digits, float digitBase)
    {
        if (!(digitBase > 1 && float.IsFinite(digitBase)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(digitBase), digitBase, $"digitBase: expected a finite number above 1, got {digitBase}.");
        }

        return [.. Enumerable.Range(0, digits).Select(k => MathF.Pow(digitBase, -k))];
    }
}
