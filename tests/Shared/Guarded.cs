using System.Runtime.InteropServices;
using Xunit;

namespace Crosspoint.Tests;

/// <summary>A buffer between two guards: shows writes past either end, spoils results that read past it, and is aligned to nothing.</summary>
internal sealed class Guarded<T>
    where T : unmanaged
{
    private const int Guard = 67;
    private const byte Sentinel = 0xA5;
    private readonly T[] memory;
    private readonly int length;

    public Guarded(int length)
    {
        this.length = length;
        memory = new T[length + (2 * Guard)];
        MemoryMarshal.AsBytes(memory.AsSpan()).Fill(Sentinel);
    }

    public Guarded(ReadOnlySpan<T> values)
        : this(values.Length) => values.CopyTo(Span);

    public Span<T> Span => memory.AsSpan(Guard, length);

    public T[] ToArray() => Span.ToArray();

    public void AssertGuardsIntact()
    {
        AssertUntouched(memory.AsSpan(0, Guard));
        AssertUntouched(memory.AsSpan(Guard + length));
    }

    public void AssertUntouched() => AssertUntouched(memory);

    private static void AssertUntouched(ReadOnlySpan<T> span) =>
        Assert.Equal(-1, MemoryMarshal.AsBytes(span).IndexOfAnyExcept(Sentinel));
}
