namespace Crosspoint.Repro.Bench;

/// <summary>Random numbers as one would draw them without the library: one at a time from the generator of the runtime.</summary>
internal static class PlainRandom
{
    public static void Words(Random random, Span<uint> words)
    {
        for (int n = 0; n < words.Length; n++)
        {
            words[n] = (uint)random.NextInt64(1L << 32);
        }
    }

    /// <summary>By sine and cosine (Box and Muller).</summary>
    public static void Gaussians(Random random, Span<float> numbers)
    {
        for (int n = 0; n < numbers.Length; n += 2)
        {
            (numbers[n], numbers[n + 1]) = Pair(random);
        }
    }

    public static float Gaussian(Random random) => Pair(random).First;

    /// <summary>Bits that are all set with one probability, one at a time.</summary>
    public static void Bits(Random random, float probability, Span<uint> bits)
    {
        bits.Clear();
        for (int n = 0; n < 32 * bits.Length; n++)
        {
            bits[n / 32] |= random.NextSingle() < probability ? 1u << (n % 32) : 0;
        }
    }

    /// <summary>Trains of shape [planes, lines] with P(pulse) = |v|, slot by slot.</summary>
    public static void Trains(Random random, ReadOnlySpan<float> values, int bitLength, Span<uint> trains)
    {
        trains.Clear();
        for (int l = 0; l < values.Length; l++)
        {
            float p = MathF.Abs(values[l]);
            for (int slot = 0; slot < bitLength; slot++)
            {
                if (random.NextSingle() < p)
                {
                    trains[(slot / 32 * values.Length) + l] |= 1u << (slot % 32);
                }
            }
        }
    }

    private static (float First, float Second) Pair(Random random)
    {
        float radius = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle()));
        (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * random.NextSingle());
        return (radius * cosine, radius * sine);
    }
}
