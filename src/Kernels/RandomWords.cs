using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Uniform random 32-bit words by address.</summary>
public static class RandomWords
{
    /// <summary>Fills a span with the words 64 <paramref name="firstGroup"/>, 64 <paramref name="firstGroup"/> + 1, ... of an address.</summary>
    /// <param name="at">Seed, stream and step.</param>
    /// <param name="words">Receives the words, any length.</param>
    /// <param name="firstGroup">The group of 64 words to begin with.</param>
    /// <remarks>Exact: the same words at every vector width, in whatever pieces they are drawn.</remarks>
    [SkipLocalsInit] // what is copied has been drawn before
    public static void Fill(in RandomAddress at, Span<uint> words, ulong firstGroup = 0)
    {
        Threefry.Key key = new(at);
        ulong group = firstGroup;
        for (int groups; (groups = GroupsAtOnce(words.Length)) > 0; words = words[(groups * Threefry.GroupWords)..])
        {
            Groups(key, at.Step, group, groups, ref MemoryMarshal.GetReference(words));
            group += (ulong)groups;
        }

        // One call for whole groups and a part: inlined twice, the second one would keep its vectors in memory.
        Span<uint> part = stackalloc uint[Threefry.GroupWords];
        while (words.Length > 0)
        {
            bool whole = words.Length >= Threefry.GroupWords;
            Group(key, at, group++, ref MemoryMarshal.GetReference(whole ? words : part));
            if (!whole)
            {
                part[..words.Length].CopyTo(words);
                return;
            }

            words = words[Threefry.GroupWords..];
        }
    }

    /// <summary>Groups that <see cref="Groups"/> makes at once for so many words: four, without AVX-512 fewer as well, without vectors none.</summary>
    internal static int GroupsAtOnce(int words) =>
        !Vector256.IsHardwareAccelerated ? 0
        : words >= 4 * Threefry.GroupWords ? 4
        : Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? 0
        : words / Threefry.GroupWords;

    /// <summary>Writes as many groups, of 64 words each, as <see cref="GroupsAtOnce"/> says.</summary>
    /// <remarks>Compiled by itself: inlined, it would leave its own rounds calls, beyond what the compiler inlines in one method.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Groups(in Threefry.Key key, ulong step, ulong group, int groups, ref uint words)
    {
        if (!Vector512.IsHardwareAccelerated || !Avx512F.IsSupported || !Threefry.ShareHighWord(group))
        {
            for (uint k = 0; k < (uint)groups; k++)
            {
                OneGroup(key, step, group + k, ref Unsafe.Add(ref words, k * Threefry.GroupWords));
            }

            return;
        }

        Threefry.FourGroups(key, step, group, out var a, out var b, out var c, out var d);
        a.Store(ref words, 0);
        b.Store(ref words, 16);
        c.Store(ref words, 32);
        d.Store(ref words, 48);
    }

    /// <summary>Writes one group of 64 words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Group(in Threefry.Key key, in RandomAddress at, ulong group, ref uint words)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            OneGroup(key, at.Step, group, ref words);
        }
        else
        {
            for (int lane = 0; lane < Threefry.GroupBlocks; lane++)
            {
                Threefry.Block(
                    at, (group * Threefry.GroupBlocks) + (uint)lane,
                    out Unsafe.Add(ref words, lane), out Unsafe.Add(ref words, lane + 16),
                    out Unsafe.Add(ref words, lane + 32), out Unsafe.Add(ref words, lane + 48));
            }
        }
    }

    // With 256 bits a call, so that the vectors of its key come from memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneGroup(in Threefry.Key key, ulong step, ulong group, ref uint words)
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            Threefry.Group(key, step, group, out var a, out var b, out var c, out var d);
            a.StoreUnsafe(ref words);
            b.StoreUnsafe(ref words, 16);
            c.StoreUnsafe(ref words, 32);
            d.StoreUnsafe(ref words, 48);
        }
        else
        {
            Halves(key, step, group, ref words);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Halves(in Threefry.Key key, ulong step, ulong group, ref uint words)
    {
        Threefry.Halves(key, step, group, out var a, out var b, out var c, out var d);
        a.Store(ref words, 0);
        b.Store(ref words, 16);
        c.Store(ref words, 32);
        d.Store(ref words, 48);
    }
}
