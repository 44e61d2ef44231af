using System.Runtime.Intrinsics;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Kernels.Tests;

public class ElementaryTests
{
    [Fact]
    public void Exp_is_within_two_units_in_the_last_place()
    {
        foreach (float x in Exponents())
        {
            double exact = Math.Exp(x);
            float nearest = (float)exact;
            double unit = MathF.BitIncrement(nearest) - nearest;
            Assert.True(Math.Abs(Elementary.Exp(x) - exact) <= 2 * unit, $"exp({x:R}) = {exact:R}, got {Elementary.Exp(x):R}");
        }

        Assert.Equal(1, Elementary.Exp(0));
        Assert.Equal(1, Elementary.Exp(-0.0f));
    }

    [Fact]
    public void Exp2_is_within_three_units_in_the_last_place_and_stays_at_its_ends()
    {
        foreach (float x in Exponents().Where(x => x is >= -125 and <= 127))
        {
            double exact = Math.Pow(2, x);
            float nearest = (float)exact;
            double unit = MathF.BitIncrement(nearest) - nearest;
            Assert.True(Math.Abs(Elementary.Exp2(x) - exact) <= 3 * unit, $"2^{x:R} = {exact:R}, got {Elementary.Exp2(x):R}");
        }

        for (int n = -125; n <= 127; n++)
        {
            Assert.Equal(MathF.Pow(2, n), Elementary.Exp2(n));
        }

        foreach (float x in new[] { 127.1f, 1e30f, float.MaxValue, float.PositiveInfinity })
        {
            Same.Bits([Elementary.Exp2(127)], [Elementary.Exp2(x)]);
            Same.Bits([Elementary.Exp2(-125)], [Elementary.Exp2(-x)]);
        }

        Assert.True(float.IsNaN(Elementary.Exp2(float.NaN)));
    }

    [Fact]
    public void Exp_stays_at_its_ends_beyond_them_and_keeps_what_is_not_a_number()
    {
        foreach (float x in new[] { 88, 88.1f, 1e30f, float.MaxValue, float.PositiveInfinity })
        {
            Same.Bits([Elementary.Exp(88)], [Elementary.Exp(x)]);
            Same.Bits([Elementary.Exp(-87)], [Elementary.Exp(-x)]);
        }

        Assert.True(float.IsNormal(Elementary.Exp(88)) && float.IsNormal(Elementary.Exp(-87)));
        Assert.True(float.IsNaN(Elementary.Exp(float.NaN)));
        for (int lane = 0; lane < 16; lane++)
        {
            Vector512<float> x = Vector512<float>.One.WithElement(lane, float.NaN), y = Elementary.Exp(x);
            Vector256<float> half = Elementary.Exp(Vector256<float>.One.WithElement(lane % 8, float.NaN));
            for (int other = 0; other < 16; other++)
            {
                Assert.Equal(other == lane, float.IsNaN(y[other]));
                Assert.Equal(other % 8 == lane % 8, float.IsNaN(half[other % 8]));
            }
        }
    }

    [Fact]
    public void MinusLog_is_within_its_stated_error()
    {
        foreach (float x in PositiveNumbers())
        {
            double exact = -Math.Log(x);
            Assert.True(
                Math.Abs(Elementary.MinusLog(x) - exact) <= 3e-7 * Math.Max(1, Math.Abs(exact)),
                $"-ln {x:R} = {exact:R}, got {Elementary.MinusLog(x):R}");
        }

        Assert.Equal(0, Elementary.MinusLog(1));
    }

    [Fact]
    public void Vectors_give_the_bits_of_single_numbers()
    {
        float[] exponents = [.. Exponents(), 200, -200, float.PositiveInfinity, float.NegativeInfinity], positive = [.. PositiveNumbers()];
        AssertLanes(exponents, Elementary.Exp, Elementary.Exp, Elementary.Exp);
        AssertLanes(exponents, Elementary.Exp2, Elementary.Exp2, Elementary.Exp2);
        AssertLanes(positive, Elementary.MinusLog, Elementary.MinusLog, Elementary.MinusLog);
    }

    [Fact]
    public void Four_vectors_side_by_side_give_the_bits_of_single_ones()
    {
        float[] exponents = [.. Exponents()], positive = [.. PositiveNumbers()];
        AssertFour(exponents, Elementary.Exp, Elementary.Exp<FourWide<Width512, Vector512<float>>, Four<Vector512<float>>>);
        AssertFour(exponents, Elementary.Exp2, Elementary.Exp2<FourWide<Width512, Vector512<float>>, Four<Vector512<float>>>);
        AssertFour(positive, Elementary.MinusLog, Elementary.MinusLog<FourWide<Width512, Vector512<float>>, Four<Vector512<float>>>);
    }

    private static void AssertFour(
        float[] x, Func<Vector512<float>, Vector512<float>> one, Func<Four<Vector512<float>>, Four<Vector512<float>>> four)
    {
        for (int n = 0; n <= x.Length - 64; n += 6400)
        {
            Vector512<float>[] v = [.. Enumerable.Range(0, 4).Select(k => Vector512.Create(x, n + (16 * k)))];
            Four<Vector512<float>> y = four(new(v[0], v[1], v[2], v[3]));
            Assert.Equal([.. v.Select(one)], new[] { y.V0, y.V1, y.V2, y.V3 });
        }
    }

    private static void AssertLanes(
        float[] x,
        Func<float, float> one,
        Func<Vector256<float>, Vector256<float>> eight,
        Func<Vector512<float>, Vector512<float>> sixteen)
    {
        x = x[..(x.Length / 16 * 16)];
        float[] singles = [.. x.Select(one)], eights = new float[x.Length], sixteens = new float[x.Length];
        for (int n = 0; n < x.Length; n += 16)
        {
            eight(Vector256.Create(x, n)).CopyTo(eights, n);
            eight(Vector256.Create(x, n + 8)).CopyTo(eights, n + 8);
            sixteen(Vector512.Create(x, n)).CopyTo(sixteens, n);
        }

        Same.Bits(singles, eights);
        Same.Bits(singles, sixteens);
    }

    // -87 to 88 evenly, dense around 0 and at both ends.
    private static IEnumerable<float> Exponents()
    {
        const int Count = 1 << 17;
        for (int n = 0; n <= Count; n++)
        {
            double part = (double)n / Count;
            yield return (float)(-87 + (175 * part));
            yield return (float)(2 * part) - 1;
            yield return (float)(1e-5 * part);
        }

        yield return 88;
        yield return -87;
    }

    // Every binade of the normal numbers, and three quarters to four thirds more densely.
    private static IEnumerable<float> PositiveNumbers()
    {
        int first = BitConverter.SingleToInt32Bits(1.17549435e-38f), last = BitConverter.SingleToInt32Bits(float.MaxValue);
        for (int bits = first; bits < last - 9973; bits += 9973)
        {
            yield return BitConverter.Int32BitsToSingle(bits);
        }

        for (int bits = BitConverter.SingleToInt32Bits(0.75f); bits < BitConverter.SingleToInt32Bits(4f / 3); bits += 101)
        {
            yield return BitConverter.Int32BitsToSingle(bits);
        }

        yield return float.MaxValue;
        yield return float.BitDecrement(1);
        yield return float.BitIncrement(1);
    }
}
