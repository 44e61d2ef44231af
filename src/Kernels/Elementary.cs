using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>Exponential, hyperbolic tangent and logarithm, with the same bits at every vector width and on every platform.</summary>
public static class Elementary
{
    /// <summary>log₂ e: exp x is <see cref="Exp2(float)"/> of x times this; without a unit.</summary>
    public const float Log2E = 1.44269504088896341f;

    // exp r = 1 + r + r² E(r) for |r| at most ln 2 / 2; coefficients as in the Cephes library (S. L. Moshier).
    private const float E5 = 1.9875691500e-4f, E4 = 1.3981999507e-3f, E3 = 8.3334519073e-3f;
    private const float E2 = 4.1665795894e-2f, E1 = 1.6666665459e-1f, E0 = 5.0000001201e-1f;
    private const float Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;
    private const float Largest = 88f, Smallest = -87f;

    // 2^r = 1 + r P(r) for |r| at most 1/2, to 9.2e-8 (least largest relative error).
    private const float P4 = 1.326472614891827e-3f, P3 = 9.671512991189957e-3f, P2 = 5.550733581185341e-2f, P1 = 0.24022242426872253f;
    private const float P0 = 0.6931470036506653f;
    private const float LargestOfTwo = 127, SmallestOfTwo = -125;

    // -ln(1 + t) = t² Q(t) - t for 1 + t in [1/√2, √2), to 3e-7 t.
    private const float Q6 = 0.103750909f, Q5 = -0.162661978f, Q4 = 0.171879685f, Q3 = -0.198955339f;
    private const float Q2 = 0.249747333f, Q1 = -0.333350410f, Q0 = 0.500002555f;
    private const float Ln2 = 0.693147180559945f;

    /// <summary>exp x, within 2 units in the last place; x is clipped to [-87, 88].</summary>
    /// <param name="x">Any number; a NaN stays one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exp<Width1, float>(x);

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => Exp<Width256, Vector256<float>>(x);

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Exp<Width512, Vector512<float>>(x);

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<TWidth, T>(T x)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T clipped = TWidth.MaxNative(TWidth.All(Smallest), TWidth.MinNative(TWidth.All(Largest), x));
        T p = Rest<TWidth, T>(clipped, out T n);
        return TWidth.Multiply(TWidth.Add(p, TWidth.All(1)), TWidth.TwoTo(n));
    }

    /// <summary>2ˣ, within 3 units in the last place; x is clipped to [-125, 127].</summary>
    /// <param name="x">Any number; a NaN stays one.</param>
    /// <remarks>Two thirds of the operations of <see cref="Exp(float)"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp2(float x) => Exp2<Width1, float>(x);

    /// <inheritdoc cref="Exp2(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp2(Vector256<float> x) => Exp2<Width256, Vector256<float>>(x);

    /// <inheritdoc cref="Exp2(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp2(Vector512<float> x) => Exp2<Width512, Vector512<float>>(x);

    /// <inheritdoc cref="Exp2(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp2<TWidth, T>(T x)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T clipped = TWidth.MaxNative(TWidth.All(SmallestOfTwo), TWidth.MinNative(TWidth.All(LargestOfTwo), x));
        T n = TWidth.Round(clipped), r = TWidth.Subtract(clipped, n);
        T p = TWidth.FusedMultiplyAdd(r, P4, P3);
        p = TWidth.FusedMultiplyAdd(p, r, P2);
        p = TWidth.FusedMultiplyAdd(p, r, P1);
        p = TWidth.FusedMultiplyAdd(p, r, P0);
        p = TWidth.FusedMultiplyAdd(p, r, 1);
        return TWidth.TimesTwoTo(p, n);
    }

    /// <summary>tanh x, within 4 units in the last place.</summary>
    /// <param name="x">Any number; a NaN stays one.</param>
    /// <remarks>-e / (e + 2) with e = exp(-2 |x|) - 1, which loses no digits near 0, and the sign of x.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => MathF.CopySign(TanhOfMagnitude<Width1, float>(x), x);

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => Vector256.CopySign(TanhOfMagnitude<Width256, Vector256<float>>(x), x);

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Vector512.CopySign(TanhOfMagnitude<Width512, Vector512<float>>(x), x);

    // ± tanh |x|.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T TanhOfMagnitude<TWidth, T>(T x)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T p = Rest<TWidth, T>(TWidth.MaxNative(TWidth.All(Smallest), TWidth.Multiply(TWidth.Abs(x), TWidth.All(-2))), out T n), scale = TWidth.TwoTo(n);
        T e = TWidth.FusedMultiplyAdd(p, scale, TWidth.Subtract(scale, TWidth.All(1)));
        return TWidth.Divide(e, TWidth.Add(e, TWidth.All(2)));
    }

    // p and whole n with exp x = (1 + p) 2ⁿ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Rest<TWidth, T>(T x, out T n)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        n = TWidth.Round(TWidth.Multiply(x, Log2E));
        T r = TWidth.FusedMultiplyAdd(n, TWidth.All(-Ln2High), x);
        r = TWidth.FusedMultiplyAdd(n, TWidth.All(-Ln2Low), r);
        T p = TWidth.FusedMultiplyAdd(r, E5, E4);
        p = TWidth.FusedMultiplyAdd(p, r, E3);
        p = TWidth.FusedMultiplyAdd(p, r, E2);
        p = TWidth.FusedMultiplyAdd(p, r, E1);
        p = TWidth.FusedMultiplyAdd(p, r, E0);
        return TWidth.FusedMultiplyAdd(p, TWidth.Multiply(r, r), r);
    }

    /// <summary>-ln x, to 3e-7 of max(1, |ln x|).</summary>
    /// <param name="x">A normal number above 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinusLog(float x) => MinusLog<Width1, float>(x);

    /// <inheritdoc cref="MinusLog(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MinusLog(Vector256<float> x) => MinusLog<Width256, Vector256<float>>(x);

    /// <inheritdoc cref="MinusLog(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MinusLog(Vector512<float> x) => MinusLog<Width512, Vector512<float>>(x);

    /// <inheritdoc cref="MinusLog(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MinusLog<TWidth, T>(T x)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T e = TWidth.Exponent(x), t = TWidth.Subtract(TWidth.Mantissa(x), TWidth.All(1)), t2 = TWidth.Multiply(t, t);
        T even = TWidth.FusedMultiplyAdd(t2, Q6, Q4), odd = TWidth.FusedMultiplyAdd(t2, Q5, Q3);
        even = TWidth.FusedMultiplyAdd(even, t2, Q2);
        odd = TWidth.FusedMultiplyAdd(odd, t2, Q1);
        even = TWidth.FusedMultiplyAdd(even, t2, Q0);
        return TWidth.FusedMultiplyAdd(e, TWidth.All(-Ln2), TWidth.FusedMultiplySubtract(t2, TWidth.FusedMultiplyAdd(odd, t, even), t));
    }

}
