using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Arithmetic on numbers side by side: one, eight, sixteen, or four vectors of them. An equation is written once over all widths.</summary>
/// <typeparam name="T">The numbers.</typeparam>
/// <remarks>Every operation is exact, correctly rounded or a fused multiply-add, and so has the same bits at every width.</remarks>
public interface IWidth<T>
    where T : struct
{
    /// <summary>One number in all lanes.</summary>
    static abstract T All(float value);

    /// <summary>x + y.</summary>
    static abstract T Add(T x, T y);

    /// <summary>x - y.</summary>
    static abstract T Subtract(T x, T y);

    /// <summary>x y.</summary>
    static abstract T Multiply(T x, T y);

    /// <summary>x / y.</summary>
    static abstract T Divide(T x, T y);

    /// <summary>-x.</summary>
    static abstract T Negate(T x);

    /// <summary>|x|.</summary>
    static abstract T Abs(T x);

    /// <summary>The square root.</summary>
    static abstract T Sqrt(T x);

    /// <summary>The nearest whole number, of two the even one.</summary>
    static abstract T Round(T x);

    /// <summary>The whole number below.</summary>
    static abstract T Floor(T x);

    /// <summary>x y + z, rounded once.</summary>
    static abstract T FusedMultiplyAdd(T x, T y, T z);

    /// <summary>x y - z, rounded once.</summary>
    static abstract T FusedMultiplySubtract(T x, T y, T z);

    /// <summary>The smaller one; of a NaN and a number y, whichever it is.</summary>
    static abstract T MinNative(T x, T y);

    /// <summary>The larger one; of a NaN and a number y, whichever it is.</summary>
    static abstract T MaxNative(T x, T y);

    /// <summary>The second where the sign bit of the first is set, the third elsewhere.</summary>
    static abstract T SelectBySign(T sign, T negative, T positive);

    /// <summary>The second where the first is a zero of either sign, the third elsewhere.</summary>
    static abstract T SelectByZero(T x, T zero, T other);

    /// <summary>2ⁿ for whole n, -126 to 127.</summary>
    static abstract T TwoTo(T n);

    /// <summary>x 2ⁿ for whole n, x and the product normal numbers.</summary>
    static abstract T TimesTwoTo(T x, T n);

    /// <summary>e of x = 2^e m with m in [1/√2, √2), x a normal number above 0.</summary>
    static abstract T Exponent(T x);

    /// <summary>m of the same.</summary>
    static abstract T Mantissa(T x);

    /// <summary>x y, y one number for all lanes.</summary>
    static abstract T Multiply(T x, float y);

    /// <summary>x y + z, rounded once, z one number for all lanes.</summary>
    static abstract T FusedMultiplyAdd(T x, T y, float z);

    /// <summary>x y + z, rounded once, y and z one number each.</summary>
    static abstract T FusedMultiplyAdd(T x, float y, float z);

    /// <summary>An entry of one of two tables of sixteen numbers.</summary>
    /// <param name="tables">The one for positive signs, then the one for negative signs.</param>
    /// <param name="index">Which entry, whole numbers from 0 to 15.</param>
    /// <param name="sign">Whose sign bit chooses the table.</param>
    static abstract T Entry(ref float tables, T index, T sign);
}

/// <summary>One number.</summary>
public readonly struct Width1 : IWidth<float>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float All(float value) => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float x, float y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float x, float y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float x, float y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float x, float y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Negate(float x) => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs(float x) => MathF.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sqrt(float x) => MathF.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round(float x) => MathF.Round(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Floor(float x) => MathF.Floor(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FusedMultiplyAdd(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FusedMultiplySubtract(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, -z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinNative(float x, float y) => float.MinNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxNative(float x, float y) => float.MaxNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SelectBySign(float sign, float negative, float positive) => float.IsNegative(sign) ? negative : positive;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SelectByZero(float x, float zero, float other) => x == 0 ? zero : other;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float TwoTo(float n) => BitConverter.Int32BitsToSingle((float.ConvertToIntegerNative<int>(n) + 127) << 23);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float TimesTwoTo(float x, float n) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) + (float.ConvertToIntegerNative<int>(n) << 23));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponent(float x) => (BitConverter.SingleToInt32Bits(x) - RootHalf.Bits) >> 23;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mantissa(float x) => BitConverter.Int32BitsToSingle(((BitConverter.SingleToInt32Bits(x) - RootHalf.Bits) & 0x007F_FFFF) + RootHalf.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Entry(ref float tables, float index, float sign) =>
        Unsafe.Add(ref tables, float.ConvertToIntegerNative<int>(index) + (float.IsNegative(sign) ? 16 : 0));
}

/// <summary>Eight numbers.</summary>
public readonly struct Width256 : IWidth<Vector256<float>>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> All(float value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> x, Vector256<float> y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> x, Vector256<float> y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> x, Vector256<float> y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> x, Vector256<float> y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Negate(Vector256<float> x) => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Abs(Vector256<float> x) => Vector256.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sqrt(Vector256<float> x) => Vector256.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Round(Vector256<float> x) => Vector256.Round(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Floor(Vector256<float> x) => Vector256.Floor(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FusedMultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Vector256.FusedMultiplyAdd(x, y, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FusedMultiplySubtract(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Fma.IsSupported ? Fma.MultiplySubtract(x, y, z) : Vector256.FusedMultiplyAdd(x, y, -z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MinNative(Vector256<float> x, Vector256<float> y) => Vector256.MinNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MaxNative(Vector256<float> x, Vector256<float> y) => Vector256.MaxNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SelectBySign(Vector256<float> sign, Vector256<float> negative, Vector256<float> positive) => Avx.IsSupported ? Avx.BlendVariable(positive, negative, sign) : Vector256.ConditionalSelect((sign.AsInt32() >> 31).AsSingle(), negative, positive);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SelectByZero(Vector256<float> x, Vector256<float> zero, Vector256<float> other) => Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), zero, other);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> TwoTo(Vector256<float> n) => ((Vector256.ConvertToInt32Native(n) + Vector256.Create(127)) << 23).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> TimesTwoTo(Vector256<float> x, Vector256<float> n) => (x.AsInt32() + (Vector256.ConvertToInt32Native(n) << 23)).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exponent(Vector256<float> x) => Vector256.ConvertToSingle((x.AsInt32() - Vector256.Create(RootHalf.Bits)) >> 23);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mantissa(Vector256<float> x) => (((x.AsInt32() - Vector256.Create(RootHalf.Bits)) & Vector256.Create(0x007F_FFFF)) + Vector256.Create(RootHalf.Bits)).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> x, float y) => Multiply(x, All(y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FusedMultiplyAdd(Vector256<float> x, Vector256<float> y, float z) => FusedMultiplyAdd(x, y, All(z));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FusedMultiplyAdd(Vector256<float> x, float y, float z) => FusedMultiplyAdd(x, All(y), All(z));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Entry(ref float tables, Vector256<float> index, Vector256<float> sign)
    {
        Vector256<int> at = Vector256.ConvertToInt32Native(index);
        return Vector256.ConditionalSelect((sign.AsInt32() >> 31).AsSingle(), OfSixteen(ref tables, 16, at), OfSixteen(ref tables, 0, at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> OfSixteen(ref float table, nuint first, Vector256<int> at)
    {
        Vector256<int> seven = Vector256.Create(7), within = at & seven;
        Vector256<float> low = Vector256.ShuffleNative(Vector256.LoadUnsafe(ref table, first), within);
        Vector256<float> high = Vector256.ShuffleNative(Vector256.LoadUnsafe(ref table, first + 8), within);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(at, seven).AsSingle(), high, low);
    }
}

/// <summary>Sixteen numbers.</summary>
public readonly struct Width512 : IWidth<Vector512<float>>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> All(float value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> x, Vector512<float> y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> x, Vector512<float> y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> x, Vector512<float> y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> x, Vector512<float> y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Negate(Vector512<float> x) => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Abs(Vector512<float> x) => Vector512.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sqrt(Vector512<float> x) => Vector512.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Round(Vector512<float> x) => Vector512.Round(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Floor(Vector512<float> x) => Vector512.Floor(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedMultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Vector512.FusedMultiplyAdd(x, y, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedMultiplySubtract(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Avx512F.IsSupported ? Avx512F.FusedMultiplySubtract(x, y, z) : Vector512.FusedMultiplyAdd(x, y, -z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MinNative(Vector512<float> x, Vector512<float> y) => Vector512.MinNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MaxNative(Vector512<float> x, Vector512<float> y) => Vector512.MaxNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SelectBySign(Vector512<float> sign, Vector512<float> negative, Vector512<float> positive) => Vector512.ConditionalSelect((sign.AsInt32() >> 31).AsSingle(), negative, positive);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SelectByZero(Vector512<float> x, Vector512<float> zero, Vector512<float> other) => Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), zero, other);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TwoTo(Vector512<float> n) => ((Vector512.ConvertToInt32Native(n) + Vector512.Create(127)) << 23).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TimesTwoTo(Vector512<float> x, Vector512<float> n) => (x.AsInt32() + (Vector512.ConvertToInt32Native(n) << 23)).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exponent(Vector512<float> x) => Vector512.ConvertToSingle((x.AsInt32() - Vector512.Create(RootHalf.Bits)) >> 23);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Mantissa(Vector512<float> x) => (((x.AsInt32() - Vector512.Create(RootHalf.Bits)) & Vector512.Create(0x007F_FFFF)) + Vector512.Create(RootHalf.Bits)).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> x, float y) => Multiply(x, All(y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedMultiplyAdd(Vector512<float> x, Vector512<float> y, float z) => FusedMultiplyAdd(x, y, All(z));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedMultiplyAdd(Vector512<float> x, float y, float z) => FusedMultiplyAdd(x, All(y), All(z));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Entry(ref float tables, Vector512<float> index, Vector512<float> sign)
    {
        Vector512<float> positive = Vector512.LoadUnsafe(ref tables), negative = Vector512.LoadUnsafe(ref tables, 16);
        Vector512<int> at = Vector512.ConvertToInt32Native(index), down = sign.AsInt32() >> 31;
        return Avx512F.IsSupported
            ? Avx512F.PermuteVar16x32x2(positive, at | (down & Vector512.Create(16)), negative)
            : Vector512.ConditionalSelect(down.AsSingle(), Vector512.ShuffleNative(negative, at), Vector512.ShuffleNative(positive, at));
    }
}

/// <summary>Four vectors side by side: of each operation the four stand next to each other.</summary>
/// <typeparam name="TWidth">The width of one.</typeparam>
/// <typeparam name="T">One of them.</typeparam>
/// <remarks>
/// In a long chain of operations a vector waits for its own results, and a processor looks ahead no further than some hundred instructions:
/// four chains one behind the other hardly overlap, four in turns do.
/// </remarks>
public readonly struct FourWide<TWidth, T> : IWidth<Four<T>>
    where TWidth : struct, IWidth<T>
    where T : struct
{
#pragma warning disable CA1000 // static, as the interface has them
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> All(float value)
    {
        T v = TWidth.All(value);
        return new(v, v, v, v);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Add(Four<T> x, Four<T> y) => new(
        TWidth.Add(x.V0, y.V0), TWidth.Add(x.V1, y.V1), TWidth.Add(x.V2, y.V2), TWidth.Add(x.V3, y.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Subtract(Four<T> x, Four<T> y) => new(
        TWidth.Subtract(x.V0, y.V0), TWidth.Subtract(x.V1, y.V1), TWidth.Subtract(x.V2, y.V2), TWidth.Subtract(x.V3, y.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Multiply(Four<T> x, Four<T> y) => new(
        TWidth.Multiply(x.V0, y.V0), TWidth.Multiply(x.V1, y.V1), TWidth.Multiply(x.V2, y.V2), TWidth.Multiply(x.V3, y.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Divide(Four<T> x, Four<T> y) => new(
        TWidth.Divide(x.V0, y.V0), TWidth.Divide(x.V1, y.V1), TWidth.Divide(x.V2, y.V2), TWidth.Divide(x.V3, y.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Negate(Four<T> x) => new(
        TWidth.Negate(x.V0), TWidth.Negate(x.V1), TWidth.Negate(x.V2), TWidth.Negate(x.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Abs(Four<T> x) => new(
        TWidth.Abs(x.V0), TWidth.Abs(x.V1), TWidth.Abs(x.V2), TWidth.Abs(x.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Sqrt(Four<T> x) => new(
        TWidth.Sqrt(x.V0), TWidth.Sqrt(x.V1), TWidth.Sqrt(x.V2), TWidth.Sqrt(x.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Round(Four<T> x) => new(
        TWidth.Round(x.V0), TWidth.Round(x.V1), TWidth.Round(x.V2), TWidth.Round(x.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Floor(Four<T> x) => new(
        TWidth.Floor(x.V0), TWidth.Floor(x.V1), TWidth.Floor(x.V2), TWidth.Floor(x.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> FusedMultiplyAdd(Four<T> x, Four<T> y, Four<T> z) => new(
        TWidth.FusedMultiplyAdd(x.V0, y.V0, z.V0), TWidth.FusedMultiplyAdd(x.V1, y.V1, z.V1), TWidth.FusedMultiplyAdd(x.V2, y.V2, z.V2), TWidth.FusedMultiplyAdd(x.V3, y.V3, z.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> FusedMultiplySubtract(Four<T> x, Four<T> y, Four<T> z) => new(
        TWidth.FusedMultiplySubtract(x.V0, y.V0, z.V0), TWidth.FusedMultiplySubtract(x.V1, y.V1, z.V1), TWidth.FusedMultiplySubtract(x.V2, y.V2, z.V2), TWidth.FusedMultiplySubtract(x.V3, y.V3, z.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> MinNative(Four<T> x, Four<T> y) => new(
        TWidth.MinNative(x.V0, y.V0), TWidth.MinNative(x.V1, y.V1), TWidth.MinNative(x.V2, y.V2), TWidth.MinNative(x.V3, y.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> MaxNative(Four<T> x, Four<T> y) => new(
        TWidth.MaxNative(x.V0, y.V0), TWidth.MaxNative(x.V1, y.V1), TWidth.MaxNative(x.V2, y.V2), TWidth.MaxNative(x.V3, y.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> SelectBySign(Four<T> sign, Four<T> negative, Four<T> positive) => new(
        TWidth.SelectBySign(sign.V0, negative.V0, positive.V0), TWidth.SelectBySign(sign.V1, negative.V1, positive.V1), TWidth.SelectBySign(sign.V2, negative.V2, positive.V2), TWidth.SelectBySign(sign.V3, negative.V3, positive.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> SelectByZero(Four<T> x, Four<T> zero, Four<T> other) => new(
        TWidth.SelectByZero(x.V0, zero.V0, other.V0), TWidth.SelectByZero(x.V1, zero.V1, other.V1), TWidth.SelectByZero(x.V2, zero.V2, other.V2), TWidth.SelectByZero(x.V3, zero.V3, other.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> TwoTo(Four<T> n) => new(
        TWidth.TwoTo(n.V0), TWidth.TwoTo(n.V1), TWidth.TwoTo(n.V2), TWidth.TwoTo(n.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> TimesTwoTo(Four<T> x, Four<T> n) => new(
        TWidth.TimesTwoTo(x.V0, n.V0), TWidth.TimesTwoTo(x.V1, n.V1), TWidth.TimesTwoTo(x.V2, n.V2), TWidth.TimesTwoTo(x.V3, n.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Exponent(Four<T> x) => new(
        TWidth.Exponent(x.V0), TWidth.Exponent(x.V1), TWidth.Exponent(x.V2), TWidth.Exponent(x.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Mantissa(Four<T> x) => new(
        TWidth.Mantissa(x.V0), TWidth.Mantissa(x.V1), TWidth.Mantissa(x.V2), TWidth.Mantissa(x.V3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Multiply(Four<T> x, float y)
    {
        T v = TWidth.All(y);
        return new(TWidth.Multiply(x.V0, v), TWidth.Multiply(x.V1, v), TWidth.Multiply(x.V2, v), TWidth.Multiply(x.V3, v));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> FusedMultiplyAdd(Four<T> x, Four<T> y, float z)
    {
        T v = TWidth.All(z);
        return new(
            TWidth.FusedMultiplyAdd(x.V0, y.V0, v), TWidth.FusedMultiplyAdd(x.V1, y.V1, v), TWidth.FusedMultiplyAdd(x.V2, y.V2, v),
            TWidth.FusedMultiplyAdd(x.V3, y.V3, v));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> FusedMultiplyAdd(Four<T> x, float y, float z)
    {
        T u = TWidth.All(y), v = TWidth.All(z);
        return new(
            TWidth.FusedMultiplyAdd(x.V0, u, v), TWidth.FusedMultiplyAdd(x.V1, u, v), TWidth.FusedMultiplyAdd(x.V2, u, v),
            TWidth.FusedMultiplyAdd(x.V3, u, v));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<T> Entry(ref float tables, Four<T> index, Four<T> sign) => new(
        TWidth.Entry(ref tables, index.V0, sign.V0), TWidth.Entry(ref tables, index.V1, sign.V1),
        TWidth.Entry(ref tables, index.V2, sign.V2), TWidth.Entry(ref tables, index.V3, sign.V3));
#pragma warning restore CA1000
}

/// <summary>Four numbers, or vectors of numbers.</summary>
/// <typeparam name="T">One of them.</typeparam>
public readonly struct Four<T>
    where T : struct
{
    /// <summary>Puts four side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Four(T v0, T v1, T v2, T v3)
    {
        V0 = v0;
        V1 = v1;
        V2 = v2;
        V3 = v3;
    }

    /// <summary>The first.</summary>
    public T V0 { get; }

    /// <summary>The second.</summary>
    public T V1 { get; }

    /// <summary>The third.</summary>
    public T V2 { get; }

    /// <summary>The fourth.</summary>
    public T V3 { get; }
}

// √½, from which mantissas are counted.
file static class RootHalf
{
    public const int Bits = 0x3F35_04F3;
}
