using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>Pairs of numbers for each cross-point, one for pulses up and one for pulses down, of which a pulse reads one.</summary>
/// <typeparam name="TSelf">The struct itself.</typeparam>
internal interface INumberPairs<TSelf>
    where TSelf : struct
{
    /// <summary>Copies numbers, all of one shape.</summary>
    static abstract TSelf Of((PaddedMatrix Up, PaddedMatrix Down)[] pairs);

    /// <summary>Changes a pair of one cross-point, in every copy of this struct.</summary>
    void Set(int pair, int place, float up, float down);

    /// <summary>The number of one cross-point in the direction that all bits of a mask, or none, say.</summary>
    float Of(int pair, int place, int isDown);

    /// <inheritdoc cref="Of(int, int, int)"/>
    Vector256<float> Of(int pair, int place, Vector256<int> isDown);

    /// <inheritdoc cref="Of(int, int, int)"/>
    Vector512<float> Of(int pair, int place, Vector512<int> isDown);

    void Prefetch(int place);
}

/// <summary>Pairs as they are.</summary>
internal readonly struct WidePairs : INumberPairs<WidePairs>
{
    private readonly InterleavedNumbers numbers;

    private WidePairs(InterleavedNumbers numbers) => this.numbers = numbers;

    public static WidePairs Of((PaddedMatrix Up, PaddedMatrix Down)[] pairs) => new(new([.. pairs.SelectMany(p => new[] { p.Up, p.Down })]));

    public void Set(int pair, int place, float up, float down)
    {
        numbers.Set(2 * pair, place, up);
        numbers.Set((2 * pair) + 1, place, down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int place) => numbers.Prefetch(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Of(int pair, int place, int isDown) => numbers.Of((2 * pair) - isDown, place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Of(int pair, int place, Vector256<int> isDown) =>
        Width256.SelectBySign(isDown.AsSingle(), numbers.OfEight((2 * pair) + 1, place), numbers.OfEight(2 * pair, place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Of(int pair, int place, Vector512<int> isDown) =>
        Vector512.ConditionalSelect(isDown.AsSingle(), numbers.OfSixteen((2 * pair) + 1, place), numbers.OfSixteen(2 * pair, place));
}

/// <summary>Pairs of numbers of 16 bits (bfloat16), both in one word: half as many cache lines.</summary>
internal readonly struct PackedPairs : INumberPairs<PackedPairs>
{
    private const uint Upper = 0xFFFF0000;
    private readonly InterleavedNumbers words; // up in the upper half, down in the lower

    private PackedPairs(InterleavedNumbers words) => this.words = words;

    /// <summary>Whether matrices hold nothing but numbers of 16 bits, so that packing them changes none.</summary>
    public static bool Fit(params ReadOnlySpan<PaddedMatrix> matrices)
    {
        foreach (PaddedMatrix matrix in matrices)
        {
            foreach (float number in matrix.Padded)
            {
                if ((BitConverter.SingleToUInt32Bits(number) & ~Upper) != 0)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Rounds to the nearest numbers of 16 bits, half-way cases to the even one: to 2^-9 of each.</summary>
    public static void Round(PaddedMatrix matrix)
    {
        foreach (ref float number in matrix.Padded)
        {
            uint bits = BitConverter.SingleToUInt32Bits(number);
            number = BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & Upper);
        }
    }

    public static PackedPairs Of((PaddedMatrix Up, PaddedMatrix Down)[] pairs)
    {
        PaddedMatrix[] words = [.. pairs.Select(p => new PaddedMatrix(p.Up.Inputs, p.Up.Outputs))];
        for (int k = 0; k < words.Length; k++)
        {
            for (int place = 0; place < words[k].Padded.Length; place++)
            {
                words[k].Padded[place] = Word(pairs[k].Up.Padded[place], pairs[k].Down.Padded[place]);
            }
        }

        return new(new(words));
    }

    public void Set(int pair, int place, float up, float down) => words.Set(pair, place, Word(up, down));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int place) => words.Prefetch(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Of(int pair, int place, int isDown)
    {
        uint word = BitConverter.SingleToUInt32Bits(words.Of(pair, place));
        return BitConverter.UInt32BitsToSingle((word << (isDown & 16)) & Upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Of(int pair, int place, Vector256<int> isDown)
    {
        Vector256<uint> word = words.OfEight(pair, place).AsUInt32();
        return Width256.SelectBySign(isDown.AsSingle(), (word << 16).AsSingle(), (word & Vector256.Create(Upper)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Of(int pair, int place, Vector512<int> isDown)
    {
        Vector512<uint> word = words.OfSixteen(pair, place).AsUInt32();
        return Vector512.ConditionalSelect(isDown.AsUInt32(), word << 16, word & Vector512.Create(Upper)).AsSingle();
    }

    private static float Word(float up, float down) =>
        BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(up) & Upper) | (BitConverter.SingleToUInt32Bits(down) >> 16));
}
