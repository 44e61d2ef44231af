using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Crosspoint.Kernels;

namespace Crosspoint.Bench;

/// <summary>Time per word of the library's generator and of the other counter-based ones; the buffer stays in the first-level cache.</summary>
public class GeneratorsBench
{
    private const int Count = 4_096;
    private const ulong Key = 0x548C_9DEC_BCE6_5297;
    private readonly uint[] words = new uint[Count];
    private ulong counter;

    /// <summary>What is measured must be what the papers define.</summary>
    [GlobalSetup]
    public void Check()
    {
        (uint x0, uint x1, uint x2, uint x3) = OtherGenerators.PhiloxBlock(0, 0);
        Expect("Philox", (x0, x1, x2, x3) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)); // published with the paper
        for (uint n = 0; n < 32; n++)
        {
            OtherGenerators.Philox(Key, uint.MaxValue, words);
            (x0, x1, x2, x3) = OtherGenerators.PhiloxBlock(Key, uint.MaxValue + (ulong)n);
            Expect("Philox", (words[2 * n], words[(2 * n) + 1], words[64 + (2 * n)], words[65 + (2 * n)]) == (x0, x1, x2, x3));
            OtherGenerators.Squares(Key, 1, words);
            Expect("Squares", words[n] == OtherGenerators.SquaresWord(Key, n + 1));
            OtherGenerators.Ars(Key, 1, words);
            Expect("ARS", Vector128.LoadUnsafe(ref words[4 * n]) == OtherGenerators.ArsBlock(Key, n + 1));
        }

        static void Expect(string generator, bool same)
        {
            if (!same)
            {
                throw new InvalidOperationException($"{generator} differs from its plain form.");
            }
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Threefry12() => RandomWords.Fill(new RandomAddress(Key, 2, counter++), words);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Philox10() => OtherGenerators.Philox(Key, counter++ * Count, words);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Squares4() => OtherGenerators.Squares(Key, counter++ * Count, words);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Ars5() => OtherGenerators.Ars(Key, counter++ * Count, words);
}
