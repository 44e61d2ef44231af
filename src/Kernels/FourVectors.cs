using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Four vectors of sixteen numbers side by side: of each operation the four stand next to each other.</summary>
/// <remarks>
/// In a long chain of operations a vector waits for its own results, and a processor looks ahead no further than some hundred instructions:
/// four chains one behind the other hardly overlap, four in turns do. Every operation is that of a single vector, so the bits are its bits.
/// </remarks>
public readonly struct FourVectors
{
    /// <summary>Puts four vectors side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors(Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        V0 = v0;
        V1 = v1;
        V2 = v2;
        V3 = v3;
    }

    /// <summary>The first vector.</summary>
    public Vector512<float> V0 { get; }

    /// <summary>The second vector.</summary>
    public Vector512<float> V1 { get; }

    /// <summary>The third vector.</summary>
    public Vector512<float> V2 { get; }

    /// <summary>The fourth vector.</summary>
    public Vector512<float> V3 { get; }

    /// <summary>One number in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors FromSingle(float value)
    {
        Vector512<float> v = Vector512.Create(value);
        return new(v, v, v, v);
    }

    /// <summary>x - y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator -(in FourVectors x, in FourVectors y) => Subtract(x, y);

    /// <summary>x y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator *(in FourVectors x, in FourVectors y) => Multiply(x, y);

    /// <summary>x y, y a single number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator *(in FourVectors x, float y) => Multiply(x, y);

    /// <summary>x - y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Subtract(in FourVectors x, in FourVectors y) => new(x.V0 - y.V0, x.V1 - y.V1, x.V2 - y.V2, x.V3 - y.V3);

    /// <summary>x y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Multiply(in FourVectors x, in FourVectors y) => new(x.V0 * y.V0, x.V1 * y.V1, x.V2 * y.V2, x.V3 * y.V3);

    /// <summary>x y, y a single number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Multiply(in FourVectors x, float y)
    {
        Vector512<float> v = Vector512.Create(y);
        return new(x.V0 * v, x.V1 * v, x.V2 * v, x.V3 * v);
    }

    /// <summary>x - y, x a single number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Subtract(float x, in FourVectors y)
    {
        Vector512<float> v = Vector512.Create(x);
        return new(v - y.V0, v - y.V1, v - y.V2, v - y.V3);
    }

    /// <summary>x / y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Divide(in FourVectors x, in FourVectors y) => new(x.V0 / y.V0, x.V1 / y.V1, x.V2 / y.V2, x.V3 / y.V3);

    /// <summary>x y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors FusedMultiplyAdd(in FourVectors x, in FourVectors y, in FourVectors z) => new(
        Vector512.FusedMultiplyAdd(x.V0, y.V0, z.V0), Vector512.FusedMultiplyAdd(x.V1, y.V1, z.V1),
        Vector512.FusedMultiplyAdd(x.V2, y.V2, z.V2), Vector512.FusedMultiplyAdd(x.V3, y.V3, z.V3));

    /// <summary>x y + z, rounded once, z a single number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors FusedMultiplyAdd(in FourVectors x, in FourVectors y, float z)
    {
        Vector512<float> v = Vector512.Create(z);
        return new(
            Vector512.FusedMultiplyAdd(x.V0, y.V0, v), Vector512.FusedMultiplyAdd(x.V1, y.V1, v),
            Vector512.FusedMultiplyAdd(x.V2, y.V2, v), Vector512.FusedMultiplyAdd(x.V3, y.V3, v));
    }

    /// <summary>x y + z, rounded once, y a single number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors FusedMultiplyAdd(in FourVectors x, float y, in FourVectors z)
    {
        Vector512<float> v = Vector512.Create(y);
        return new(
            Vector512.FusedMultiplyAdd(x.V0, v, z.V0), Vector512.FusedMultiplyAdd(x.V1, v, z.V1),
            Vector512.FusedMultiplyAdd(x.V2, v, z.V2), Vector512.FusedMultiplyAdd(x.V3, v, z.V3));
    }

    /// <summary>x y + z, rounded once, y and z single numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors FusedMultiplyAdd(in FourVectors x, float y, float z)
    {
        Vector512<float> u = Vector512.Create(y), v = Vector512.Create(z);
        return new(
            Vector512.FusedMultiplyAdd(x.V0, u, v), Vector512.FusedMultiplyAdd(x.V1, u, v),
            Vector512.FusedMultiplyAdd(x.V2, u, v), Vector512.FusedMultiplyAdd(x.V3, u, v));
    }

    /// <summary>x y - z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors FusedMultiplySubtract(in FourVectors x, in FourVectors y, in FourVectors z) => new(
        Elementary.TimesLess(x.V0, y.V0, z.V0), Elementary.TimesLess(x.V1, y.V1, z.V1),
        Elementary.TimesLess(x.V2, y.V2, z.V2), Elementary.TimesLess(x.V3, y.V3, z.V3));

    /// <summary>|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Abs(in FourVectors x) => new(Vector512.Abs(x.V0), Vector512.Abs(x.V1), Vector512.Abs(x.V2), Vector512.Abs(x.V3));

    /// <summary>The smaller one of a single number and y; of a NaN and a number y, whichever it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MinNative(float x, in FourVectors y)
    {
        Vector512<float> v = Vector512.Create(x);
        return new(Vector512.MinNative(v, y.V0), Vector512.MinNative(v, y.V1), Vector512.MinNative(v, y.V2), Vector512.MinNative(v, y.V3));
    }

    /// <summary>The smaller one; of a NaN and a number y, whichever it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MinNative(in FourVectors x, in FourVectors y) => new(
        Vector512.MinNative(x.V0, y.V0), Vector512.MinNative(x.V1, y.V1), Vector512.MinNative(x.V2, y.V2), Vector512.MinNative(x.V3, y.V3));

    /// <summary>The larger one of a single number and y; of a NaN and a number y, whichever it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MaxNative(float x, in FourVectors y)
    {
        Vector512<float> v = Vector512.Create(x);
        return new(Vector512.MaxNative(v, y.V0), Vector512.MaxNative(v, y.V1), Vector512.MaxNative(v, y.V2), Vector512.MaxNative(v, y.V3));
    }

    /// <summary>The larger one of x and a single number; of a NaN and a number the single one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MaxNative(in FourVectors x, float y)
    {
        Vector512<float> v = Vector512.Create(y);
        return new(Vector512.MaxNative(x.V0, v), Vector512.MaxNative(x.V1, v), Vector512.MaxNative(x.V2, v), Vector512.MaxNative(x.V3, v));
    }

    /// <summary>The larger one; of a NaN and a number y, whichever it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MaxNative(in FourVectors x, in FourVectors y) => new(
        Vector512.MaxNative(x.V0, y.V0), Vector512.MaxNative(x.V1, y.V1), Vector512.MaxNative(x.V2, y.V2), Vector512.MaxNative(x.V3, y.V3));

    /// <summary>The nearest whole number, of two the even one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Round(in FourVectors x) => new(Vector512.Round(x.V0), Vector512.Round(x.V1), Vector512.Round(x.V2), Vector512.Round(x.V3));

    /// <summary>One number where the sign bit of another is set, a second one where it is not.</summary>
    /// <param name="sign">Whose sign bits choose.</param>
    /// <param name="negative">Taken where it is set.</param>
    /// <param name="positive">Taken elsewhere.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors SelectBySign(in FourVectors sign, in FourVectors negative, in FourVectors positive) => new(
        Vector512.ConditionalSelect((sign.V0.AsInt32() >> 31).AsSingle(), negative.V0, positive.V0),
        Vector512.ConditionalSelect((sign.V1.AsInt32() >> 31).AsSingle(), negative.V1, positive.V1),
        Vector512.ConditionalSelect((sign.V2.AsInt32() >> 31).AsSingle(), negative.V2, positive.V2),
        Vector512.ConditionalSelect((sign.V3.AsInt32() >> 31).AsSingle(), negative.V3, positive.V3));
}

/// <summary>The parameters of four vectors of cross-points that are pulsed side by side.</summary>
public readonly struct FourParameters
{
    /// <summary>Puts the parameters of four vectors side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourParameters(
        in PulseParameters<Vector512<float>> a, in PulseParameters<Vector512<float>> b, in PulseParameters<Vector512<float>> c,
        in PulseParameters<Vector512<float>> d)
    {
        A = a;
        B = b;
        C = c;
        D = d;
    }

    /// <summary>Those of the first vector.</summary>
    public PulseParameters<Vector512<float>> A { get; }

    /// <summary>Those of the second vector.</summary>
    public PulseParameters<Vector512<float>> B { get; }

    /// <summary>Those of the third vector.</summary>
    public PulseParameters<Vector512<float>> C { get; }

    /// <summary>Those of the fourth vector.</summary>
    public PulseParameters<Vector512<float>> D { get; }

    /// <summary><see cref="PulseParameters{T}.P0"/> of the four.</summary>
    public FourVectors P0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(A.P0, B.P0, C.P0, D.P0);
    }

    /// <summary><see cref="PulseParameters{T}.P1"/> of the four.</summary>
    public FourVectors P1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(A.P1, B.P1, C.P1, D.P1);
    }
}
