using System.Runtime.Intrinsics;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

/// <summary>Four vectors side by side have the bits of one number after the other.</summary>
[Properties(Arbitrary = [typeof(Generators)])]
public class FourVectorsTests
{
    private const int Count = 64;

    [Property(MaxTest = 50)]
    public void Every_operation_is_that_of_a_single_number(DataSeed data)
    {
        Random random = data.Random();
        float[] x = Numbers(random), y = Numbers(random), z = Numbers(random);
        FourVectors a = Of(x), b = Of(y), c = Of(z);
        float u = y[0], v = z[0];
        AssertEach(a - b, i => x[i] - y[i]);
        AssertEach(a * b, i => x[i] * y[i]);
        AssertEach(a * u, i => x[i] * u);
        AssertEach(FourVectors.Subtract(u, a), i => u - x[i]);
        AssertEach(FourVectors.Divide(a, b), i => x[i] / y[i]);
        AssertEach(FourVectors.FusedMultiplyAdd(a, b, c), i => MathF.FusedMultiplyAdd(x[i], y[i], z[i]));
        AssertEach(FourVectors.FusedMultiplyAdd(a, b, v), i => MathF.FusedMultiplyAdd(x[i], y[i], v));
        AssertEach(FourVectors.FusedMultiplyAdd(a, u, c), i => MathF.FusedMultiplyAdd(x[i], u, z[i]));
        AssertEach(FourVectors.FusedMultiplyAdd(a, u, v), i => MathF.FusedMultiplyAdd(x[i], u, v));
        AssertEach(FourVectors.FusedMultiplySubtract(a, b, c), i => MathF.FusedMultiplyAdd(x[i], y[i], -z[i]));
        AssertEach(FourVectors.Abs(a), i => MathF.Abs(x[i]));
        AssertEach(FourVectors.Round(a), i => MathF.Round(x[i]));
        AssertEach(FourVectors.MinNative(a, b), i => float.MinNative(x[i], y[i]));
        AssertEach(FourVectors.MaxNative(a, b), i => float.MaxNative(x[i], y[i]));
        AssertEach(FourVectors.MinNative(u, a), i => float.MinNative(u, x[i]));
        AssertEach(FourVectors.MaxNative(u, a), i => float.MaxNative(u, x[i]));
        AssertEach(FourVectors.MaxNative(a, u), i => float.MaxNative(x[i], u));
        AssertEach(FourVectors.SelectBySign(a, b, c), i => float.IsNegative(x[i]) ? y[i] : z[i]);
        AssertEach(FourVectors.FromSingle(u), _ => u);
    }

    [Property(MaxTest = 50)]
    public void Exponentials_and_logarithms_are_those_of_a_single_number(DataSeed data)
    {
        Random random = data.Random();
        float[] exponents = [.. Enumerable.Range(0, Count).Select(_ => 300 * (random.NextSingle() - 0.5f))];
        exponents[random.Next(Count)] = float.PositiveInfinity;
        exponents[random.Next(Count)] = float.NaN;
        float[] positive = [.. Enumerable.Range(0, Count).Select(_ => MathF.Pow(2, (200 * random.NextSingle()) - 100))];
        AssertEach(Elementary.Exp2(Of(exponents)), i => Elementary.Exp2(exponents[i]));
        AssertEach(Elementary.MinusLog(Of(positive)), i => Elementary.MinusLog(positive[i]));
    }

    [Fact]
    public void Parameters_stand_side_by_side()
    {
        PulseParameters<Vector512<float>>[] p = [.. Enumerable.Range(0, 4).Select(k => new PulseParameters<Vector512<float>>
        {
            P0 = Vector512.Create((float)k),
            P1 = Vector512.Create(10f + k),
        })];
        FourParameters four = new(p[0], p[1], p[2], p[3]);
        AssertEach(four.P0, i => i / 16);
        AssertEach(four.P1, i => 10 + (i / 16));
    }

    // Also zeros of both signs, infinities, numbers too small to be normal, and no numbers at all.
    private static float[] Numbers(Random random)
    {
        float[] special = [0, -0.0f, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -1e-40f, float.NaN, float.MaxValue];
        return [.. Enumerable.Range(0, Count).Select(_ =>
            random.Next(4) == 0 ? special[random.Next(special.Length)] : 10 * (random.NextSingle() - 0.5f))];
    }

    private static FourVectors Of(float[] x) => new(
        Vector512.LoadUnsafe(ref x[0]), Vector512.LoadUnsafe(ref x[16]), Vector512.LoadUnsafe(ref x[32]), Vector512.LoadUnsafe(ref x[48]));

    // Which NaN it is does not matter.
    private static void AssertEach(FourVectors got, Func<int, float> expected)
    {
        float[] all = new float[Count];
        got.V0.StoreUnsafe(ref all[0]);
        got.V1.StoreUnsafe(ref all[16]);
        got.V2.StoreUnsafe(ref all[32]);
        got.V3.StoreUnsafe(ref all[48]);
        Same.Bits(Plain(Enumerable.Range(0, Count).Select(expected)), Plain(all));

        static float[] Plain(IEnumerable<float> numbers) => [.. numbers.Select(n => float.IsNaN(n) ? float.NaN : n)];
    }
}
