namespace Crosspoint.Kernels;

/// <summary>Which of several tables each cross-point of a row uses: one for all, one by class, or its own.</summary>
public readonly ref struct TableChoice
{
    private TableChoice(bool byClass, ReadOnlySpan<ushort> classes, int first, int step)
    {
        IsByClass = byClass;
        Classes = classes;
        First = first;
        Step = step;
    }

    /// <summary>Every cross-point uses table 0.</summary>
    public static TableChoice Shared => default;

    internal ReadOnlySpan<ushort> Classes { get; }

    internal int First { get; }

    internal int Step { get; }

    internal bool IsByClass { get; }

    internal bool IsShared => Step == 0 && !IsByClass;

    /// <summary>Cross-point j uses table classes[j].</summary>
    /// <param name="classes">Number of the table of each cross-point, shape [columns].</param>
    public static TableChoice ByClass(ReadOnlySpan<ushort> classes) => new(true, classes, 0, 0);

    /// <summary>Cross-point j uses table <paramref name="first"/> + j.</summary>
    /// <param name="first">Table of the first cross-point of the row, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is negative.</exception>
    public static TableChoice PerCrosspoint(int first)
    {
        ThrowHelper.RequireAtLeast(nameof(first), 0, first);
        return new(false, [], first, 1);
    }

    /// <summary>Refuses a choice that names a table that is not there, so that the kernels need not test.</summary>
    internal void Require(int tables, int columns)
    {
        if (IsByClass)
        {
            ThrowHelper.RequireLength("classes", columns, Classes.Length);
            ThrowHelper.RequireBelow("classes", tables, Classes);
        }
        else if (Step != 0)
        {
            ThrowHelper.RequireAtLeast("tables", (int)Math.Min((long)First + columns, int.MaxValue), tables);
        }
    }

    internal int Table(int j) => IsByClass ? Classes[j] : First + (j * Step);
}
