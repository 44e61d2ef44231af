using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class ThreefryTests
{
    /// <summary>
    /// The published vectors of Random123 (tests/kat_vectors) hold for the oracle at 13, 20 and 72 rounds; none is published for 12.
    /// Each line: rounds, counter, key, result.
    /// </summary>
    [Theory]
    [InlineData("13 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 531c7e4f 39491ee5 2c855a92 3d6abf9a")]
    [InlineData("13 ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff c4189358 1c9cc83a d5881c67 6a0a89e0")]
    [InlineData("13 243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 082efa98 ec4e6c89 4aa71d8f 734738c2 431fc6a8 ae6debf1")]
    [InlineData("20 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 9c6ca96a e17eae66 fc10ecd4 5256a7d8")]
    [InlineData("20 ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 2a881696 57012287 f6c7446e a16a6732")]
    [InlineData("20 243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 082efa98 ec4e6c89 59cd1dbb b8879579 86b5d00c ac8b6d84")]
    [InlineData("72 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 93171da6 9220326d b392b7b1 ff58a002")]
    [InlineData("72 243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 082efa98 ec4e6c89 09930adf 7f27bd55 9ed68ce1 97f803f6")]
    public void The_oracle_gives_the_published_vectors(string line)
    {
        string[] parts = line.Split(' ');
        uint[] words = [.. parts.Skip(1).Select(p => Convert.ToUInt32(p, 16))];
        Assert.Equal(words.AsSpan(8), ThreefryOracle.Block(words[4..8], words[..4], int.Parse(parts[0])).AsSpan());
    }

    [Property]
    public void A_block_is_twelve_rounds_keyed_by_seed_and_stream_at_counter_block_and_step(Address address, Address other)
    {
        ulong block = other.At.Seed;
        Threefry.Block(address.At, block, out uint w0, out uint w1, out uint w2, out uint w3);
        uint[] expected = ThreefryOracle.Block(address.At, block);
        Assert.Equal((expected[0], expected[1], expected[2], expected[3]), (w0, w1, w2, w3));
    }

    [Fact]
    public void Every_bit_of_the_address_matters()
    {
        HashSet<(uint, uint, uint, uint)> seen = [];
        for (int bit = 0; bit < 64; bit++)
        {
            ulong one = 1UL << bit;
            RandomAddress[] addresses = [new(one, 0, 0), new(0, one, 0), new(0, 0, one)];
            foreach (RandomAddress at in addresses)
            {
                Threefry.Block(at, 0, out uint a, out uint b, out uint c, out uint d);
                Assert.True(seen.Add((a, b, c, d)));
            }

            Threefry.Block(default, one, out uint e, out uint f, out uint g, out uint h);
            Assert.True(seen.Add((e, f, g, h)));
        }
    }
}

/// <summary>
/// Threefry-4x32 as the paper states it: J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011), one round a turn.
/// </summary>
internal static class ThreefryOracle
{
    private static readonly int[][] Rotations = [[10, 26], [11, 21], [13, 27], [23, 5], [6, 20], [17, 11], [25, 10], [18, 20]];

    public static uint[] Block(uint[] key, uint[] counter, int rounds)
    {
        uint[] schedule = [.. key, key.Aggregate(0x1BD1_1BDAu, (parity, k) => parity ^ k)];
        uint[] x = [.. counter.Zip(key, (c, k) => c + k)];
        for (int round = 0; round < rounds; round++)
        {
            int[] partners = round % 2 == 0 ? [1, 3] : [3, 1];
            for (int pair = 0; pair < 2; pair++)
            {
                int other = partners[pair], turn = Rotations[round % 8][pair];
                x[2 * pair] += x[other];
                x[other] = ((x[other] << turn) | (x[other] >> (32 - turn))) ^ x[2 * pair];
            }

            if (round % 4 == 3)
            {
                int injection = (round + 1) / 4;
                for (int k = 0; k < 4; k++)
                {
                    x[k] += schedule[(injection + k) % 5];
                }

                x[3] += (uint)injection;
            }
        }

        return x;
    }

    public static uint[] Block(RandomAddress at, ulong block) => Block(
        [(uint)at.Seed, (uint)(at.Seed >> 32), (uint)at.Stream, (uint)(at.Stream >> 32)],
        [(uint)block, (uint)(block >> 32), (uint)at.Step, (uint)(at.Step >> 32)],
        12);

    /// <summary>Word n of an address is component (n / 16) mod 4 of block 16 (n / 64) + n mod 16.</summary>
    public static uint Word(RandomAddress at, ulong n) => Block(at, (16 * (n / 64)) + (n % 16))[n / 16 % 4];
}
