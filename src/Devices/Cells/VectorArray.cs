using Crosspoint.Kernels;

namespace Crosspoint.Devices.Cells;

/// <summary>Cells of n devices in parallel: w = Σ_k γ_k w_k, γ_k above 0.</summary>
/// <remarks>An update moves the devices that the selection names. The form is that of the vector unit cell of aihwkit.</remarks>
public sealed class VectorArray : CellArray
{
    private readonly VectorSelection selection;
    private readonly int first;
    private readonly float sum;
    private long updates;

    /// <summary>Joins arrays.</summary>
    /// <param name="devices">One array a device, all of one shape, 1 to <see cref="CellArray.MaxDevices"/>.</param>
    /// <param name="gains">γ, one a device, above 0.</param>
    /// <param name="selection">Which devices an update moves.</param>
    /// <param name="first">The device that is fixed, or first in the sequence.</param>
    /// <exception cref="ArgumentException">Numbers or shapes do not fit.</exception>
    public VectorArray(ICrosspointArray[] devices, float[] gains, VectorSelection selection = VectorSelection.All, int first = 0)
        : base(devices, gains, Step(devices, gains, selection, first))
    {
        this.selection = selection;
        this.first = first;
        sum = gains.Sum();
    }

    /// <inheritdoc/>
    /// <remarks>Every device takes w / Σ γ.</remarks>
    private protected override void ProgramDevices(PaddedMatrix weights)
    {
        Span<float> target = Target.Padded, w = weights.Padded;
        for (int place = 0; place < target.Length; place++)
        {
            target[place] = w[place] / sum;
        }

        foreach (ICrosspointArray device in Devices)
        {
            device.Program(Target);
        }
    }

    /// <inheritdoc/>
    private protected override void PulseDevices(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        int n = Devices.Length;
        int chosen = selection switch
        {
            VectorSelection.Sequential => (int)((first + updates) % n),
            VectorSelection.Random => Drawn(CellAddress.Of(at, n), n),
            _ => first,
        };
        for (int k = 0; k < n; k++)
        {
            if (k == chosen || selection == VectorSelection.All)
            {
                Devices[k].Pulse(rows, columns, CellAddress.Of(at, k));
            }
        }

        updates++;
    }

    /// <inheritdoc/>
    private protected override void SaveCell(BinaryWriter writer) => writer.Write(updates);

    /// <inheritdoc/>
    private protected override void LoadCell(BinaryReader reader) => updates = reader.ReadInt64();

    // The device of one word: n equal parts of 2³².
    private static int Drawn(in RandomAddress at, int n)
    {
        Span<uint> word = stackalloc uint[1];
        RandomWords.Fill(at, word);
        return (int)(((ulong)word[0] * (ulong)n) >> 32);
    }

    // All devices step together, or one of them: the mean where they take turns.
    private static float Step(ICrosspointArray[] devices, float[] gains, VectorSelection selection, int first)
    {
        Require.InRange(nameof(devices), 1, MaxDevices, devices.Length);
        Require.InRange(nameof(selection), 0, (int)VectorSelection.Random, (int)selection);
        Require.InRange(nameof(first), 0, devices.Length - 1, first);
        if (gains.Length != devices.Length)
        {
            throw new ArgumentException($"gains: expected {devices.Length}, one a device, got {gains.Length}.", nameof(gains));
        }

        float all = 0;
        for (int k = 0; k < gains.Length; k++)
        {
            Require.Positive(nameof(gains), gains[k]);
            all += gains[k] * devices[k].MinStep;
        }

        return selection switch
        {
            VectorSelection.All => all,
            VectorSelection.Fixed => gains[first] * devices[first].MinStep,
            _ => all / gains.Length,
        };
    }
}
