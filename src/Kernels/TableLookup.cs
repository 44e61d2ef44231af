using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Look-ups by lane: permutes of small tables, single loads from others, which unlike the gather instruction need no pointer.</summary>
internal static class TableLookup
{
    /// <summary>The numbers of the tables of eight cross-points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Tables256(in TableChoice choice, int j)
    {
        if (choice.IsByClass)
        {
            Vector128<ushort> packed = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(choice.Classes), (nuint)j);
            return Vector256.Create(Vector128.WidenLower(packed), Vector128.WidenUpper(packed)).AsInt32();
        }

        return Vector256.Create(choice.First + (j * choice.Step)) + (Vector256<int>.Indices * choice.Step);
    }

    /// <summary>Eight entries of 16 bits, each read with the one behind it: a load of 32 bits goes into its lane by one instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> States(ref ushort table, Vector256<uint> index) => Vector256.Create(
        Two(ref table, index[0]), Two(ref table, index[1]), Two(ref table, index[2]), Two(ref table, index[3]),
        Two(ref table, index[4]), Two(ref table, index[5]), Two(ref table, index[6]), Two(ref table, index[7])) & Vector256.Create(0xFFFF);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ref ushort table, uint index) => Unsafe.As<ushort, int>(ref Unsafe.Add(ref table, index));

    /// <summary>Eight pairs of numbers that lie side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pairs(ref float table, Vector256<uint> index, out Vector256<float> first, out Vector256<float> second)
    {
        ref ulong pair = ref Unsafe.As<float, ulong>(ref table);
        Vector256<float> a = Vector256.Create(
            Unsafe.Add(ref pair, index[0]), Unsafe.Add(ref pair, index[1]),
            Unsafe.Add(ref pair, index[4]), Unsafe.Add(ref pair, index[5])).AsSingle();
        Vector256<float> b = Vector256.Create(
            Unsafe.Add(ref pair, index[2]), Unsafe.Add(ref pair, index[3]),
            Unsafe.Add(ref pair, index[6]), Unsafe.Add(ref pair, index[7])).AsSingle();
        first = Avx.Shuffle(a, b, 0b10_00_10_00);
        second = Avx.Shuffle(a, b, 0b11_01_11_01);
    }

    /// <summary>Sixteen pairs of numbers that lie side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pairs(ref float table, Vector512<uint> index, out Vector512<float> first, out Vector512<float> second)
    {
        Pairs(ref table, index.GetLower(), out Vector256<float> firstLow, out Vector256<float> secondLow);
        Pairs(ref table, index.GetUpper(), out Vector256<float> firstHigh, out Vector256<float> secondHigh);
        first = Vector512.Create(firstLow, firstHigh);
        second = Vector512.Create(secondLow, secondHigh);
    }

    /// <summary>Sixteen numbers of a table of at most 128, padded to 128: one permute for each 32, chosen by the index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Permute(ref float table, int length, Vector512<int> index)
    {
        Vector512<float> found = Permute32(ref table, 0, index);
        if (length > 32)
        {
            Vector512<int> odd = Vector512.Equals(index & Vector512.Create(32), Vector512.Create(32));
            found = Vector512.ConditionalSelect(odd.AsSingle(), Permute32(ref table, 32, index), found);
            if (length > 64)
            {
                Vector512<float> above = Vector512.ConditionalSelect(
                    odd.AsSingle(), Permute32(ref table, 96, index), Permute32(ref table, 64, index));
                found = Vector512.ConditionalSelect(Vector512.GreaterThan(index, Vector512.Create(63)).AsSingle(), above, found);
            }
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Permute32(ref float table, nuint first, Vector512<int> index) =>
        Avx512F.PermuteVar16x32x2(Vector512.LoadUnsafe(ref table, first), index, Vector512.LoadUnsafe(ref table, first + 16));
}
