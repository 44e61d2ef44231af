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
        Check("All", x, y, z, i => x[0]);
        Check("Add", x, y, z, i => x[i] + y[i]);
        Check("Subtract", x, y, z, i => x[i] - y[i]);
        Check("Multiply", x, y, z, i => x[i] * y[i]);
        Check("Divide", x, y, z, i => x[i] / y[i]);
        Check("Negate", x, y, z, i => -x[i]);
        Check("Abs", x, y, z, i => MathF.Abs(x[i]));
        Check("Sqrt", x, y, z, i => MathF.Sqrt(x[i]));
        Check("Round", x, y, z, i => MathF.Round(x[i]));
        Check("Floor", x, y, z, i => MathF.Floor(x[i]));
        Check("FusedMultiplyAdd", x, y, z, i => MathF.FusedMultiplyAdd(x[i], y[i], z[i]));
        Check("MultiplyByOne", x, y, z, i => x[i] * x[0]);
        Check("AddOne", x, y, z, i => MathF.FusedMultiplyAdd(x[i], y[i], x[0]));
        Check("MultiplyAndAddOne", x, y, z, i => MathF.FusedMultiplyAdd(x[i], x[0], x[0]));
        Check("FusedMultiplySubtract", x, y, z, i => MathF.FusedMultiplyAdd(x[i], y[i], -z[i]));
    }

    [Property(MaxTest = 30)]
    public void Choices_are_those_of_their_definition(DataSeed data)
    {
        Random random = data.Random();
        float[] x = Numbers(random), y = Numbers(random), z = Numbers(random);
        Check("MinNative", x, y, z, i => x[i] < y[i] ? x[i] : y[i]);
        Check("MaxNative", x, y, z, i => x[i] > y[i] ? x[i] : y[i]);
        Check("SelectBySign", x, y, z, i => BitConverter.SingleToInt32Bits(x[i]) < 0 ? y[i] : z[i]);
        Check("SelectByZero", x, y, z, i => x[i] == 0 ? y[i] : z[i]);
    }

    [Property(MaxTest = 30)]
    public void Powers_of_two_and_the_parts_of_numbers_are_exact(DataSeed data)
    {
        Random random = data.Random();
        float[] n = [.. Enumerable.Range(0, Count).Select(_ => (float)random.Next(-125, 127))];
        float[] p = [.. Enumerable.Range(0, Count).Select(_ => 0.71f + (0.7f * random.NextSingle()))];
        float[] positive = [.. Enumerable.Range(0, Count).Select(_ => MathF.Pow(2, (200 * random.NextSingle()) - 100))];
        Check("TwoTo", n, p, p, i => (float)Math.Pow(2, n[i]));
        Check("TimesTwoTo", p, n, n, i => (float)(p[i] * Math.Pow(2, n[i])));
        Check("Exponent", positive, p, p, i => Parts(positive[i]).E);
        Check("Mantissa", positive, p, p, i => Parts(positive[i]).M);
    }

    [Property(MaxTest = 30)]
    public void Entries_are_those_of_the_table_of_the_sign(DataSeed data)
    {
        Random random = data.Random();
        float[] tables = [.. Enumerable.Range(0, 32).Select(_ => random.NextSingle())];
        float[] at = [.. Enumerable.Range(0, Count).Select(_ => (float)random.Next(16))], sign = Numbers(random);
        Check("Entry", at, sign, sign, i => tables[(int)at[i] + (BitConverter.SingleToInt32Bits(sign[i]) < 0 ? 16 : 0)], tables);
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

    private static void Check(string name, float[] x, float[] y, float[] z, Func<int, float> expected, float[]? tables = null)
    {
        tables ??= [0];
        float[] one = new float[Count], eight = new float[Count], sixteen = new float[Count], four = new float[Count], fourEights = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            one[i] = Of<Width1, float>(name, x[i], y[i], z[i], x[0], tables);
        }

        for (int i = 0; i < Count; i += 8)
        {
            Of<Width256, Vector256<float>>(name, Eight(x, i), Eight(y, i), Eight(z, i), x[0], tables).StoreUnsafe(ref eight[i]);
        }

        for (int i = 0; i < Count; i += 16)
        {
            Of<Width512, Vector512<float>>(name, Sixteen(x, i), Sixteen(y, i), Sixteen(z, i), x[0], tables).StoreUnsafe(ref sixteen[i]);
        }

        Four<Vector512<float>> all = Of<FourWide<Width512, Vector512<float>>, Four<Vector512<float>>>(name, FourSixteens(x), FourSixteens(y), FourSixteens(z), x[0], tables);
        all.V0.StoreUnsafe(ref four[0]);
        all.V1.StoreUnsafe(ref four[16]);
        all.V2.StoreUnsafe(ref four[32]);
        all.V3.StoreUnsafe(ref four[48]);
        for (int i = 0; i < Count; i += 32)
        {
            Four<Vector256<float>> half = Of<FourWide<Width256, Vector256<float>>, Four<Vector256<float>>>(name, FourEights(x, i), FourEights(y, i), FourEights(z, i), x[0], tables);
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

    // One operation of all widths; of a table it takes the entries x.
    private static T Of<TWidth, T>(string name, T x, T y, T z, float one, float[] tables)
        where TWidth : struct, IWidth<T>
        where T : struct => name switch
        {
            "All" => TWidth.All(one),
            "Add" => TWidth.Add(x, y),
            "Subtract" => TWidth.Subtract(x, y),
            "Multiply" => TWidth.Multiply(x, y),
            "Divide" => TWidth.Divide(x, y),
            "Negate" => TWidth.Negate(x),
            "Abs" => TWidth.Abs(x),
            "Sqrt" => TWidth.Sqrt(x),
            "Round" => TWidth.Round(x),
            "Floor" => TWidth.Floor(x),
            "FusedMultiplyAdd" => TWidth.FusedMultiplyAdd(x, y, z),
            "FusedMultiplySubtract" => TWidth.FusedMultiplySubtract(x, y, z),
            "MinNative" => TWidth.MinNative(x, y),
            "MaxNative" => TWidth.MaxNative(x, y),
            "SelectBySign" => TWidth.SelectBySign(x, y, z),
            "SelectByZero" => TWidth.SelectByZero(x, y, z),
            "TwoTo" => TWidth.TwoTo(x),
            "TimesTwoTo" => TWidth.TimesTwoTo(x, y),
            "Exponent" => TWidth.Exponent(x),
            "Mantissa" => TWidth.Mantissa(x),
            "MultiplyByOne" => TWidth.Multiply(x, one),
            "AddOne" => TWidth.FusedMultiplyAdd(x, y, one),
            "MultiplyAndAddOne" => TWidth.FusedMultiplyAdd(x, one, one),
            "Entry" => TWidth.Entry(ref tables[0], x, y),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no operation"),
        };
}
