namespace Crosspoint.Kernels;

/// <summary>For each state of a device, the state behind one SET and one RESET pulse; one table or many.</summary>
/// <remarks>
/// Pulses come one after the other: n pulses are the n-th power of the map. Of a few tables the powers from 0 to <see cref="PulsesAtOnce"/>
/// are kept, so that one look-up answers n pulses, exactly. Immutable; a map need not be monotone, nor a RESET undo a SET.
/// </remarks>
public sealed class JumpTables
{
    /// <summary>The most states of a device.</summary>
    public const int MaxStates = 1_024;

    // 132 KB of powers stay in a second-level cache; 32 pulses are the longest train of one word.
    private const int MaxEntries = 67_584, MostAtOnce = 32;

    /// <summary>The most states whose SET and RESET maps together fit in two 512-bit registers.</summary>
    internal const int PermutedStates = 32;

    private readonly ushort[] next = [];
    private readonly byte[] bytes = [];
    private readonly ushort[] permuted = [];

    /// <summary>Checks and copies the tables.</summary>
    /// <param name="states">States of a device, 2 to <see cref="MaxStates"/>.</param>
    /// <param name="set">State behind a SET pulse, shape [tables, states], each below <paramref name="states"/>.</param>
    /// <param name="reset">State behind a RESET pulse, shape [tables, states], each below <paramref name="states"/>.</param>
    /// <exception cref="ArgumentException">The number of states or an entry is out of range, or the lengths do not fit.</exception>
    public JumpTables(int states, ReadOnlySpan<ushort> set, ReadOnlySpan<ushort> reset)
    {
        ThrowHelper.RequireInRange(nameof(states), 2, MaxStates, states);
        ThrowHelper.RequireAtLeast(nameof(set), states, set.Length);
        ThrowHelper.RequireLength(nameof(set), set.Length / states * states, set.Length);
        ThrowHelper.RequireLength(nameof(reset), set.Length, reset.Length);
        ThrowHelper.RequireBelow(nameof(set), states, set);
        ThrowHelper.RequireBelow(nameof(reset), states, reset);
        States = states;
        Tables = set.Length / states;
        int powersKept = Math.Min((MaxEntries / (2 * set.Length)) - 1, MostAtOnce);
        PulsesAtOnce = Math.Max(powersKept, 1);
        FirstPower = powersKept > 1 ? 0 : 1;
        if (FirstPower > 0 && states <= byte.MaxValue + 1)
        {
            bytes = new byte[checked(TableLength * Tables)];
        }
        else
        {
            next = new ushort[checked((TableLength * Tables) + 1)];
        }

        for (int table = 0; table < Tables; table++)
        {
            for (int power = FirstPower; power <= PulsesAtOnce; power++)
            {
                Fill(table, power, 0, set.Slice(table * states, states));
                Fill(table, power, 1, reset.Slice(table * states, states));
            }
        }

        if (Tables == 1 && states <= PermutedStates)
        {
            permuted = new ushort[6 * 2 * PermutedStates];
            for (int half = 0; half < 12; half++)
            {
                int pulses = 1 << (half / 2);
                next.AsSpan(((pulses * 2) + (half % 2)) * states, states).CopyTo(permuted.AsSpan(half * PermutedStates));
            }
        }
    }

    /// <summary>States of a device.</summary>
    public int States { get; }

    /// <summary>Number of tables.</summary>
    public int Tables { get; }

    /// <summary>The most pulses that one look-up answers; more take several.</summary>
    public int PulsesAtOnce { get; }

    /// <summary>The smallest power that is kept: 0, which changes nothing, or 1 where tables are so many that no other power is kept.</summary>
    internal int FirstPower { get; }

    /// <summary>Entries from one table to the next.</summary>
    internal int TableLength => (PulsesAtOnce - FirstPower + 1) * 2 * States;

    /// <summary>Shape [tables, powers, SET or RESET, states], and one entry more, so that two may be read at any place.</summary>
    internal ReadOnlySpan<ushort> Next => next;

    /// <summary>The same in bytes where tables are many and states few, and <see cref="Next"/> is empty: half the memory to stream.</summary>
    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Powers 1, 2, 4 ... 32 of one small table, padded, shape [6, SET or RESET, 32]; empty for other tables.</summary>
    internal ReadOnlySpan<ushort> Permuted => permuted;

    // One pulse more than the power before, in the same direction.
    private void Fill(int table, int power, int direction, ReadOnlySpan<ushort> map)
    {
        int to = (table * TableLength) + ((((power - FirstPower) * 2) + direction) * States);
        for (int state = 0; state < States; state++)
        {
            if (bytes.Length > 0)
            {
                bytes[to + state] = (byte)map[state];
            }
            else
            {
                next[to + state] = power == 0 ? (ushort)state : power == 1 ? map[state] : map[next[to - (2 * States) + state]];
            }
        }
    }
}
