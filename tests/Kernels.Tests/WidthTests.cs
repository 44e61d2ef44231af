using System.Runtime.Intrinsics;
using Crosspoint.Tests;
using FsCheck.Xunit;

namespace Crosspoint.Kernels.Tests;

/// <summary>Every operation at every width has the bits of the plain operation on one number after the other.</summary>
[Properties(Arbitrary = [typeof(Generators)])]
public class WidthTests
{
    private const int Count = 64;

    private static readonly float[] Special =
        [0, -0.0f, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -1e-40f, float.NaN, float.MaxValue, 1, -1];

    [Property(MaxTest = 30)]
    public void Arithmetic_is_that_of_plain_numbers(DataSeed data)
    {
        Random random = data.Random();
        float[] x = Numbers(random), y = Numbers(random), z = Numbers(random);
        Check(new All(), x, y, z, i => x[0]);
        Check(new Add(), x, y, z, i => x[i] + y[i]);
        Check(new Subtract(), x, y, z, i => x[i] - y[i]);
        Check(new Multiply(), x, y, z, i => x[i] * y[i]);
        Check(new Divide(), x, y, z, i => x[i] / y[i]);
        Check(new Negate(), x, y, z, i => -x[i]);
        Check(new Abs(), x, y, z, i => MathF.Abs(x[i]));
        Check(new Sqrt(), x, y, z, i => MathF.Sqrt(x[i]));
        Check(new Round(), x, y, z, i => MathF.Round(x[i]));
        Check(new Floor(), x, y, z, i => MathF.Floor(x[i]));
        Check(new FusedMultiplyAdd(), x, y, z, i => MathF.FusedMultiplyAdd(x[i], y[i], z[i]));
        Check(new FusedMultiplySubtract(), x, y, z, i => MathF.FusedMultiplyAdd(x[i], y[i], -z[i]));
    }

    [Property(MaxTest = 30)]
    public void Choices_are_those_of_their_definition(DataSeed data)
    {
        Random random = data.Random();
        float[] x = Numbers(random), y = Numbers(random), z = Numbers(random);
        Check(new MinNative(), x, y, z, i => x[i] < y[i] ? x[i] : y[i]);
        Check(new MaxNative(), x, y, z, i => x[i] > y[i] ? x[i] : y[i]);
        Check(new SelectBySign(), x, y, z, i => BitConverter.SingleToInt32Bits(x[i]) < 0 ? y[i] : z[i]);
        Check(new SelectByZero(), x, y, z, i => x[i] == 0 ? y[i] : z[i]);
    }

    [Property(MaxTest = 30)]
    public void Powers_of_two_and_the_parts_of_numbers_are_exact(DataSeed data)
    {
        Random random = data.Random();
        float[] n = [.. Enumerable.Range(0, Count).Select(_ => (float)random.Next(-125, 127))];
        float[] p = [.. Enumerable.Range(0, Count).Select(_ => 0.71f + (0.7f * random.NextSingle()))];
        float[] positive = [.. Enumerable.Range(0, Count).Select(_ => MathF.Pow(2, (200 * random.NextSingle()) - 100))];
        Check(new TwoTo(), n, p, p, i => (float)Math.Pow(2, n[i]));
        Check(new TimesTwoTo(), p, n, n, i => (float)(p[i] * Math.Pow(2, n[i])));
        Check(new Exponent(), positive, p, p, i => Parts(positive[i]).E);
        Check(new Mantissa(), positive, p, p, i => Parts(positive[i]).M);
    }

    [Property(MaxTest = 30)]
    public void Entries_are_those_of_the_table_of_the_sign(DataSeed data)
    {
        Random random = data.Random();
        float[] tables = [.. Enumerable.Range(0, 32).Select(_ => random.NextSingle())];
        float[] at = [.. Enumerable.Range(0, Count).Select(_ => (float)random.Next(16))], sign = Numbers(random);
        Check(new Entry(tables), at, sign, sign, i => tables[(int)at[i] + (BitConverter.SingleToInt32Bits(sign[i]) < 0 ? 16 : 0)]);
    }

    // x = 2^e m by halving and doubling, m in [√½, √2).
    private static (float E, float M) Parts(float x)
    {
        int e = 0;
        double m = x, low = BitConverter.Int32BitsToSingle(0x3F35_04F3);
        for (; m < low; e--)
        {
            m *= 2;
        }

        for (; m >= 2 * low; e++)
        {
            m /= 2;
        }

        return (e, (float)m);
    }

    private static float[] Numbers(Random random) =>
        [.. Enumerable.Range(0, Count).Select(_ => random.Next(4) == 0 ? Special[random.Next(Special.Length)] : 10 * (random.NextSingle() - 0.5f))];

    private static void Check<TOperation>(TOperation operation, float[] x, float[] y, float[] z, Func<int, float> expected)
        where TOperation : IOperation
    {
        float[] one = new float[Count], eight = new float[Count], sixteen = new float[Count], four = new float[Count], fourEights = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            one[i] = operation.Of<Width1, float>(x[i], y[i], z[i], x[0]);
        }

        for (int i = 0; i < Count; i += 8)
        {
            operation.Of<Width256, Vector256<float>>(Eight(x, i), Eight(y, i), Eight(z, i), x[0]).StoreUnsafe(ref eight[i]);
        }

        for (int i = 0; i < Count; i += 16)
        {
            operation.Of<Width512, Vector512<float>>(Sixteen(x, i), Sixteen(y, i), Sixteen(z, i), x[0]).StoreUnsafe(ref sixteen[i]);
        }

        Four<Vector512<float>> all = operation.Of<FourWide<Width512, Vector512<float>>, Four<Vector512<float>>>(
            FourSixteens(x), FourSixteens(y), FourSixteens(z), x[0]);
        all.V0.StoreUnsafe(ref four[0]);
        all.V1.StoreUnsafe(ref four[16]);
        all.V2.StoreUnsafe(ref four[32]);
        all.V3.StoreUnsafe(ref four[48]);
        for (int i = 0; i < Count; i += 32)
        {
            Four<Vector256<float>> half = operation.Of<FourWide<Width256, Vector256<float>>, Four<Vector256<float>>>(
                FourEights(x, i), FourEights(y, i), FourEights(z, i), x[0]);
            half.V0.StoreUnsafe(ref fourEights[i]);
            half.V1.StoreUnsafe(ref fourEights[i + 8]);
            half.V2.StoreUnsafe(ref fourEights[i + 16]);
            half.V3.StoreUnsafe(ref fourEights[i + 24]);
        }

        float[] plain = Plain([.. Enumerable.Range(0, Count).Select(expected)]);
        foreach (float[] got in new[] { one, eight, sixteen, four, fourEights })
        {
            Same.Bits(plain, Plain(got));
        }
    }

    private static Vector256<float> Eight(float[] x, int i) => Vector256.LoadUnsafe(ref x[i]);

    private static Vector512<float> Sixteen(float[] x, int i) => Vector512.LoadUnsafe(ref x[i]);

    private static Four<Vector256<float>> FourEights(float[] x, int i) => new(Eight(x, i), Eight(x, i + 8), Eight(x, i + 16), Eight(x, i + 24));

    private static Four<Vector512<float>> FourSixteens(float[] x) => new(Sixteen(x, 0), Sixteen(x, 16), Sixteen(x, 32), Sixteen(x, 48));

    // Which NaN it is does not matter.
    private static float[] Plain(float[] numbers) => [.. numbers.Select(n => float.IsNaN(n) ? float.NaN : n)];

    private interface IOperation
    {
        T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct;
    }

    private readonly struct All : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.All(one);
    }

    private readonly struct Add : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Add(x, y);
    }

    private readonly struct Subtract : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Subtract(x, y);
    }

    private readonly struct Multiply : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Multiply(x, y);
    }

    private readonly struct Divide : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Divide(x, y);
    }

    private readonly struct Negate : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Negate(x);
    }

    private readonly struct Abs : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Abs(x);
    }

    private readonly struct Sqrt : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Sqrt(x);
    }

    private readonly struct Round : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Round(x);
    }

    private readonly struct Floor : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Floor(x);
    }

    private readonly struct FusedMultiplyAdd : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.FusedMultiplyAdd(x, y, z);
    }

    private readonly struct FusedMultiplySubtract : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.FusedMultiplySubtract(x, y, z);
    }

    private readonly struct MinNative : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.MinNative(x, y);
    }

    private readonly struct MaxNative : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.MaxNative(x, y);
    }

    private readonly struct SelectBySign : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.SelectBySign(x, y, z);
    }

    private readonly struct SelectByZero : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.SelectByZero(x, y, z);
    }

    private readonly struct TwoTo : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.TwoTo(x);
    }

    private readonly struct TimesTwoTo : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.TimesTwoTo(x, y);
    }

    private readonly struct Exponent : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Exponent(x);
    }

    private readonly struct Mantissa : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Mantissa(x);
    }

    private readonly struct Entry(float[] tables) : IOperation
    {
        public T Of<TWidth, T>(T x, T y, T z, float one)
            where TWidth : struct, IWidth<T>
            where T : struct => TWidth.Entry(ref tables[0], x, y);
    }
}
