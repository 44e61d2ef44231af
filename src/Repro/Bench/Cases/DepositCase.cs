using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Repro.Bench;

/// <summary>Bits given in turn to the places that masks mark, about sixteen of 64 each: two masks take theirs from one read.</summary>
internal sealed class DepositCase
{
    private const int Masks = 512; // with the rest, few enough for the first cache
    private readonly ulong[] masks = new ulong[Masks];
    private readonly ulong[] kept;
    private readonly ulong[] bits = new ulong[Masks];

    public DepositCase()
    {
        ReadOnlySpan<ulong> random = MemoryMarshal.Cast<uint, ulong>(Inputs.Words(4 * Masks, 1));
        int marked = 0;
        for (int n = 0; n < Masks; n++)
        {
            masks[n] = random[n] & random[n + Masks];
            marked += BitOperations.PopCount(masks[n]);
        }

        kept = random[..((marked / 64) + 2)].ToArray();
    }

    /// <summary>Gives their bits to so many masks, a multiple of 2; without the instruction for it, counts and reads alone.</summary>
    public void Run(int count)
    {
        ref byte from = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetArrayDataReference(kept));
        ref ulong places = ref MemoryMarshal.GetArrayDataReference(masks), to = ref MemoryMarshal.GetArrayDataReference(bits);
        for (int done = 0; done < count; done += Masks)
        {
            uint used = 0;
            nuint end = (nuint)Math.Min(Masks, count - done);
            for (nuint n = 0; n < end; n += 2)
            {
                ulong a = Unsafe.Add(ref places, n), b = Unsafe.Add(ref places, n + 1);
                ulong next = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, used / 8)) >> (int)(used % 8);
                uint ofA = (uint)BitOperations.PopCount(a);
                Unsafe.Add(ref to, n) = Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitDeposit(next, a) : next;
                Unsafe.Add(ref to, n + 1) = Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitDeposit(next >> (int)ofA, b) : next >> (int)ofA;
                used += ofA + (uint)BitOperations.PopCount(b);
            }
        }
    }
}
