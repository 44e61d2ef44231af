using Crosspoint.Kernels;
using FsCheck;
using FsCheck.Fluent;

namespace Crosspoint.Tests;

/// <summary>Number of lines, 0 to 130: no vector, part of one, several and a tail.</summary>
public sealed record Length(int Value);

/// <summary>Number of lines, 1 to 130.</summary>
public sealed record Size(int Value);

/// <summary>Slots of a train, 1 to 130: one word to five.</summary>
public sealed record Slots(int Value);

/// <summary>Where random numbers stand; all 192 bits are used.</summary>
public sealed record Address(RandomAddress At);

/// <summary>Seeds a plain generator for data that need no shrinking.</summary>
public sealed record DataSeed(int Value)
{
    public Random Random() => new(Value);
}

/// <summary>FsCheck draws small numbers by default; lengths go over several vectors here, and addresses use all their bits.</summary>
public static class Generators
{
    private static readonly Gen<ulong> HalfWord = Gen.Choose(0, ushort.MaxValue).Select(n => (ulong)(uint)n);

    private static readonly Gen<ulong> Word64 =
        from a in HalfWord
        from b in HalfWord
        from c in HalfWord
        from d in HalfWord
        select (a << 48) | (b << 32) | (c << 16) | d;

    public static Arbitrary<Length> Length() => Numbers(0, 130, n => new Length(n), l => l.Value);

    public static Arbitrary<Size> Size() => Numbers(1, 130, n => new Size(n), s => s.Value);

    public static Arbitrary<Slots> Slots() => Numbers(1, 130, n => new Slots(n), s => s.Value);

    public static Arbitrary<DataSeed> DataSeed() => Gen.Choose(0, int.MaxValue).Select(n => new DataSeed(n)).ToArbitrary();

    public static Arbitrary<Address> Address() => (
        from seed in Word64
        from stream in Word64
        from step in Word64
        select new Address(new RandomAddress(seed, stream, step))).ToArbitrary();

    private static Arbitrary<T> Numbers<T>(int low, int high, Func<int, T> make, Func<T, int> number) =>
        Arb.From(
            Gen.Choose(low, high).Select(make),
            t => new[] { low, number(t) / 2, number(t) - 1 }.Where(n => n >= low && n < number(t)).Distinct().Select(make));
}

/// <summary>Plain random data of a test.</summary>
internal static class RandomData
{
    public static uint[] Words(this Random random, int count)
    {
        uint[] words = new uint[count];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    /// <summary>Numbers in ± <paramref name="limit"/>, some of them zero.</summary>
    public static float[] Signals(this Random random, int count, float limit = 1, double zeros = 0.3)
    {
        float[] signals = new float[count];
        foreach (ref float s in signals.AsSpan())
        {
            s = random.NextDouble() < zeros ? 0 : limit * ((2 * random.NextSingle()) - 1);
        }

        return signals;
    }

    /// <summary>Numbers in ± <paramref name="limit"/>, none of them zero.</summary>
    public static float[] Weights(this Random random, int count, float limit = 1) => random.Signals(count, limit, 0);

    public static PaddedMatrix Matrix(this Random random, int inputs, int outputs, float limit = 1)
    {
        PaddedMatrix matrix = new(inputs, outputs);
        for (int i = 0; i < inputs; i++)
        {
            random.Weights(outputs, limit).CopyTo(matrix.Row(i));
        }

        return matrix;
    }
}
