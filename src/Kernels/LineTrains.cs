using System.Numerics;

namespace Crosspoint.Kernels;

/// <summary>The pulse trains of one side of an array in one update: a word or more for each line, and the signs beside them.</summary>
/// <remarks>Allocated once for the longest train; drawing again overwrites it.</remarks>
public sealed class LineTrains
{
    private const int Lanes = 16;
    private readonly uint[] words;
    private readonly float[] values;
    private int planes;

    /// <summary>Makes room for trains.</summary>
    /// <param name="lines">Number of lines, at least 1.</param>
    /// <param name="maxBitLength">The longest train to come, in slots.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public LineTrains(int lines, int maxBitLength)
    {
        ThrowHelper.RequireAtLeast(nameof(lines), 1, lines);
        words = new uint[lines * PulseTrains.Planes(maxBitLength)];
        values = new float[lines];
        MaxBitLength = maxBitLength;
        BitLength = maxBitLength;
        planes = PulseTrains.Planes(maxBitLength);
    }

    /// <summary>Number of lines.</summary>
    public int Lines => values.Length;

    /// <summary>The longest train there is room for, in slots.</summary>
    public int MaxBitLength { get; }

    /// <summary>Slots of the trains drawn last.</summary>
    public int BitLength { get; private set; }

    /// <summary>Words of one train.</summary>
    public int Planes => planes;

    /// <summary>The trains, shape [planes, lines].</summary>
    public ReadOnlySpan<uint> Words => words.AsSpan(0, planes * values.Length);

    /// <summary>The numbers the trains were drawn from, shape [lines]; a pulse carries the sign of its line's.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>Draws new trains; see <see cref="PulseTrains.Draw"/>.</summary>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="signals">Numbers to code, shape [lines].</param>
    /// <param name="gain">Pulse probability of a unit signal.</param>
    /// <param name="bitLength">BL, 1 to <see cref="MaxBitLength"/>.</param>
    /// <exception cref="ArgumentException">A length or a range does not hold.</exception>
    public void Draw(in RandomAddress at, ReadOnlySpan<float> signals, float gain, int bitLength)
    {
        ThrowHelper.RequireLength(nameof(signals), values.Length, signals.Length);
        ThrowHelper.RequireInRange(nameof(bitLength), 1, MaxBitLength, bitLength);
        planes = PulseTrains.Planes(bitLength);
        BitLength = bitLength;
        signals.CopyTo(values);
        PulseTrains.Draw(at, values, gain, bitLength, words.AsSpan(0, planes * values.Length));
    }

    /// <summary>Reads the trains as numbers; see <see cref="PulseTrains.Decode"/>.</summary>
    /// <param name="scale">Value of one pulse.</param>
    /// <param name="decoded">Receives the numbers, shape [lines].</param>
    public void Decode(float scale, Span<float> decoded) => PulseTrains.Decode(Words, values, scale, decoded);

    /// <summary>Copies the train of one line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="train">Receives the words, shape [planes].</param>
    /// <returns>Whether it has a pulse.</returns>
    public bool CopyTrain(int line, Span<uint> train)
    {
        uint any = 0;
        for (int p = 0; p < train.Length; p++)
        {
            train[p] = words[(p * values.Length) + line];
            any |= train[p];
        }

        return any != 0;
    }

    /// <summary>Pulses of all lines together.</summary>
    public long Pulses
    {
        get
        {
            long pulses = 0;
            foreach (uint word in Words)
            {
                pulses += BitOperations.PopCount(word);
            }

            return pulses;
        }
    }

    /// <summary>Words that <see cref="Compact"/> may need: every line, rounded up to whole vectors, in every plane.</summary>
    public static int CompactLength(int lines, int planes) => planes * ((lines + Lanes - 1) / Lanes * Lanes);

    /// <summary>Lists the lines that pulse at all, and packs their trains side by side.</summary>
    /// <param name="lines">Receives the lines in ascending order, shape at least [lines].</param>
    /// <param name="trains">Receives their trains, shape [planes, n] with n rounded up to a multiple of 16 by empty trains, at the front.</param>
    /// <returns>The rounded n; 0 where no line pulses.</returns>
    public int Compact(Span<int> lines, Span<uint> trains)
    {
        int n = 0;
        for (int l = 0; l < values.Length; l++)
        {
            uint any = words[l];
            for (int p = 1; p < planes; p++)
            {
                any |= words[(p * values.Length) + l];
            }

            lines[n] = l;
            n += any != 0 ? 1 : 0;
        }

        int rounded = (n + Lanes - 1) / Lanes * Lanes;
        for (int p = 0; p < planes; p++)
        {
            Span<uint> packed = trains.Slice(p * rounded, rounded);
            packed[n..].Clear();
            for (int k = 0; k < n; k++)
            {
                packed[k] = words[(p * values.Length) + lines[k]];
            }
        }

        return rounded;
    }
}
