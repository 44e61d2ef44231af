using System.Numerics;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class BernoulliBitsTests
{
    [Property]
    public void Fill_follows_its_scheme_bit_by_bit(Address address, Length length, DataSeed data)
    {
        Random random = data.Random();
        float p = random.Next(5) switch
        {
            0 => 0,
            1 => 1,
            2 => random.Next(0, 257) / 256f,
            3 => MathF.Pow(10, -9 * random.NextSingle()),
            _ => random.NextSingle(),
        };
        Guarded<uint> bits = new(length.Value);
        BernoulliBits.Fill(address.At, p, bits.Span);
        Assert.Equal(BitByBit(address.At, p, length.Value), bits.ToArray());
        bits.AssertGuardsIntact();
    }

    [Theory]
    [InlineData(0.7310586f)]
    [InlineData(0.001f)]
    public void Fill_follows_its_scheme_through_many_groups(float p)
    {
        Guarded<uint> bits = new(5_003);
        RandomAddress at = new(1, 2, 3);
        BernoulliBits.Fill(at, p, bits.Span);
        Assert.Equal(BitByBit(at, p, bits.Span.Length), bits.ToArray());
        bits.AssertGuardsIntact();
    }

    [Fact]
    public void Zero_sets_no_bit_and_one_sets_all()
    {
        uint[] bits = new uint[4_099];
        BernoulliBits.Fill(new RandomAddress(1, 2, 3), 1, bits);
        Assert.True(bits.All(word => word == uint.MaxValue));
        BernoulliBits.Fill(new RandomAddress(1, 2, 3), 0, bits);
        Assert.True(bits.All(word => word == 0));
    }

    /// <summary>Fixed seed, 3.2 million bits for each p: their number within 4.5 deviations of N p, and pairs of neighbours of N p².</summary>
    [Theory]
    [InlineData(1e-5f)]
    [InlineData(0.003f)]
    [InlineData(0.25f)]
    [InlineData(0.7310586f)]
    [InlineData(0.99999f)]
    public void Bits_have_their_probability_and_do_not_know_their_neighbours(float p)
    {
        uint[] bits = new uint[100_000];
        BernoulliBits.Fill(new RandomAddress(5, 6, 7), p, bits);
        double set = 0, pairs = 0, above = 0;
        for (int n = 0; n < bits.Length; n++)
        {
            set += BitOperations.PopCount(bits[n]);
            pairs += BitOperations.PopCount(bits[n] & (bits[n] >> 1));
            above += n > 0 ? BitOperations.PopCount(bits[n] & bits[n - 1]) : 0;
        }

        AssertMean(32.0 * bits.Length, p, set);
        AssertMean(31.0 * bits.Length, (double)p * p, pairs, neighbours: true);
        AssertMean(32.0 * (bits.Length - 1), (double)p * p, above, neighbours: true);

        // Overlapping pairs share a bit, which adds 2 (p³ - p⁴) to the variance of each.
        void AssertMean(double trials, double mean, double found, bool neighbours = false)
        {
            double variance = (mean * (1 - mean)) + (neighbours ? 2 * ((Math.Pow(mean, 1.5)) - (mean * mean)) : 0);
            Assert.InRange((found - (trials * mean)) / Math.Sqrt(trials * variance), -4.5, 4.5);
        }
    }

    [Fact]
    public void A_probability_out_of_range_is_refused()
    {
        Guarded<uint> bits = new(3);
        Rejected.With("probability", 1, 1.01f, () => BernoulliBits.Fill(default, 1.01f, bits.Span));
        Rejected.With("probability", 0, -0.01f, () => BernoulliBits.Fill(default, -0.01f, bits.Span));
        Rejected.With("probability", 1, float.NaN, () => BernoulliBits.Fill(default, float.NaN, bits.Span));
        bits.AssertUntouched();
    }

    // Bits of a level are made two digits at a time, as deep as they stay open.
    private static uint[] BitByBit(RandomAddress at, float p, int length)
    {
        double fraction = Math.Floor(p * 4294967296.0) / 4294967296.0;
        ulong[] made = new ulong[17];
        uint[] bits = new uint[length];
        for (int n = 0; n < 32 * length; n++)
        {
            bits[n / 32] |= Next(0, fraction) ? 1u << (n % 32) : 0;
        }

        return bits;

        bool Next(int level, double probability)
        {
            if (probability is 0 or 1)
            {
                return probability == 1;
            }

            ulong n = made[level]++, word = n / 32;
            uint[] block = ThreefryOracle.Block(at, (16 * (((ulong)level << 55) + (word / 32))) + (word % 16));
            int half = 2 * (int)(word / 16 % 2), bit = (int)(n % 32);
            uint digits = (2 * ((block[half] >> bit) & 1)) + ((block[half + 1] >> bit) & 1);
            double whole = Math.Floor(4 * probability);
            return digits < whole || (digits == whole && Next(level + 1, (4 * probability) - whole));
        }
    }
}
