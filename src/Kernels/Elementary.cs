using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
    private const int MantissaOfRootHalf = 0x3F35_04F3;

    /// <summary>exp x, within 2 units in the last place; x is clipped to [-87, 88].</summary>
    /// <param name="x">Any number; a NaN stays one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x)
    {
        x = float.MaxNative(Smallest, float.MinNative(Largest, x));
        float n = MathF.Round(x * Log2E);
        float r = MathF.FusedMultiplyAdd(n, -Ln2High, x);
        r = MathF.FusedMultiplyAdd(n, -Ln2Low, r);
        float p = MathF.FusedMultiplyAdd(E5, r, E4);
        p = MathF.FusedMultiplyAdd(p, r, E3);
        p = MathF.FusedMultiplyAdd(p, r, E2);
        p = MathF.FusedMultiplyAdd(p, r, E1);
        p = MathF.FusedMultiplyAdd(p, r, E0);
        p = MathF.FusedMultiplyAdd(p, r * r, r) + 1;
        return p * BitConverter.Int32BitsToSingle((float.ConvertToIntegerNative<int>(n) + 127) << 23);
    }

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.Create(Smallest), Vector256.MinNative(Vector256.Create(Largest), x));
        Vector256<float> n = Vector256.Round(x * Vector256.Create(Log2E));
        Vector256<float> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        Vector256<float> p = Vector256.FusedMultiplyAdd(Vector256.Create(E5), r, Vector256.Create(E4));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E3));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E2));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E1));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E0));
        p = Vector256.FusedMultiplyAdd(p, r * r, r) + Vector256<float>.One;
        return p * ((Vector256.ConvertToInt32Native(n) + Vector256.Create(127)) << 23).AsSingle();
    }

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.MaxNative(Vector512.Create(Smallest), Vector512.MinNative(Vector512.Create(Largest), x));
        Vector512<float> n = Vector512.Round(x * Vector512.Create(Log2E));
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(E5), r, Vector512.Create(E4));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E3));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E2));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E1));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E0));
        p = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;
        return p * ((Vector512.ConvertToInt32Native(n) + Vector512.Create(127)) << 23).AsSingle();
    }

    /// <summary>2ˣ, within 3 units in the last place; x is clipped to [-125, 127].</summary>
    /// <param name="x">Any number; a NaN stays one.</param>
    /// <remarks>Two thirds of the operations of <see cref="Exp(float)"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp2(float x)
    {
        x = float.MaxNative(SmallestOfTwo, float.MinNative(LargestOfTwo, x));
        float n = MathF.Round(x), r = x - n;
        float p = MathF.FusedMultiplyAdd(P4, r, P3);
        p = MathF.FusedMultiplyAdd(p, r, P2);
        p = MathF.FusedMultiplyAdd(p, r, P1);
        p = MathF.FusedMultiplyAdd(p, r, P0);
        p = MathF.FusedMultiplyAdd(p, r, 1);
        return BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(p) + (float.ConvertToIntegerNative<int>(n) << 23));
    }

    /// <inheritdoc cref="Exp2(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp2(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.Create(SmallestOfTwo), Vector256.MinNative(Vector256.Create(LargestOfTwo), x));
        Vector256<float> n = Vector256.Round(x), r = x - n;
        Vector256<float> p = Vector256.FusedMultiplyAdd(Vector256.Create(P4), r, Vector256.Create(P3));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(P2));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(P1));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(P0));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<float>.One);
        return (p.AsInt32() + (Vector256.ConvertToInt32Native(n) << 23)).AsSingle();
    }

    /// <inheritdoc cref="Exp2(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp2(Vector512<float> x)
    {
        x = Vector512.MaxNative(Vector512.Create(SmallestOfTwo), Vector512.MinNative(Vector512.Create(LargestOfTwo), x));
        Vector512<float> n = Vector512.Round(x), r = x - n;
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(P4), r, Vector512.Create(P3));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(P2));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(P1));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(P0));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        return TimesTwoTo(p, n);
    }

    /// <inheritdoc cref="Exp2(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Exp2(in FourVectors x)
    {
        FourVectors clipped = FourVectors.MaxNative(SmallestOfTwo, FourVectors.MinNative(LargestOfTwo, x));
        FourVectors n = FourVectors.Round(clipped), r = clipped - n;
        FourVectors p = FourVectors.FusedMultiplyAdd(r, P4, P3);
        p = FourVectors.FusedMultiplyAdd(p, r, P2);
        p = FourVectors.FusedMultiplyAdd(p, r, P1);
        p = FourVectors.FusedMultiplyAdd(p, r, P0);
        p = FourVectors.FusedMultiplyAdd(p, r, 1);
        return new(TimesTwoTo(p.V0, n.V0), TimesTwoTo(p.V1, n.V1), TimesTwoTo(p.V2, n.V2), TimesTwoTo(p.V3, n.V3));
    }

    /// <summary>tanh x, within 4 units in the last place.</summary>
    /// <param name="x">Any number; a NaN stays one.</param>
    /// <remarks>-e / (e + 2) with e = exp(-2 |x|) - 1, which loses no digits near 0, and the sign of x.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x)
    {
        float m = float.MaxNative(Smallest, -2 * MathF.Abs(x));
        float n = MathF.Round(m * Log2E);
        float r = MathF.FusedMultiplyAdd(n, -Ln2High, m);
        r = MathF.FusedMultiplyAdd(n, -Ln2Low, r);
        float p = MathF.FusedMultiplyAdd(E5, r, E4);
        p = MathF.FusedMultiplyAdd(p, r, E3);
        p = MathF.FusedMultiplyAdd(p, r, E2);
        p = MathF.FusedMultiplyAdd(p, r, E1);
        p = MathF.FusedMultiplyAdd(p, r, E0);
        p = MathF.FusedMultiplyAdd(p, r * r, r);
        float scale = BitConverter.Int32BitsToSingle((float.ConvertToIntegerNative<int>(n) + 127) << 23);
        float e = MathF.FusedMultiplyAdd(p, scale, scale - 1);
        return MathF.CopySign(e / (e + 2), x);
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> m = Vector256.MaxNative(Vector256.Create(Smallest), Vector256.Abs(x) * Vector256.Create(-2f));
        Vector256<float> n = Vector256.Round(m * Vector256.Create(Log2E));
        Vector256<float> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), m);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        Vector256<float> p = Vector256.FusedMultiplyAdd(Vector256.Create(E5), r, Vector256.Create(E4));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E3));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E2));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E1));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(E0));
        p = Vector256.FusedMultiplyAdd(p, r * r, r);
        Vector256<float> scale = ((Vector256.ConvertToInt32Native(n) + Vector256.Create(127)) << 23).AsSingle();
        Vector256<float> e = Vector256.FusedMultiplyAdd(p, scale, scale - Vector256<float>.One);
        return Vector256.CopySign(e / (e + Vector256.Create(2f)), x);
    }

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> m = Vector512.MaxNative(Vector512.Create(Smallest), Vector512.Abs(x) * Vector512.Create(-2f));
        Vector512<float> n = Vector512.Round(m * Vector512.Create(Log2E));
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), m);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(E5), r, Vector512.Create(E4));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E3));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E2));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E1));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E0));
        p = Vector512.FusedMultiplyAdd(p, r * r, r);
        Vector512<float> scale = ((Vector512.ConvertToInt32Native(n) + Vector512.Create(127)) << 23).AsSingle();
        Vector512<float> e = Vector512.FusedMultiplyAdd(p, scale, scale - Vector512<float>.One);
        return Vector512.CopySign(e / (e + Vector512.Create(2f)), x);
    }

    /// <summary>-ln x, to 3e-7 of max(1, |ln x|).</summary>
    /// <param name="x">A normal number above 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinusLog(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x) - MantissaOfRootHalf;
        float e = bits >> 23;
        float t = BitConverter.Int32BitsToSingle((bits & 0x007F_FFFF) + MantissaOfRootHalf) - 1;
        float t2 = t * t;
        float even = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(Q6, t2, Q4), t2, Q2), t2, Q0);
        float odd = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(Q5, t2, Q3), t2, Q1);
        return MathF.FusedMultiplyAdd(e, -Ln2, MathF.FusedMultiplyAdd(t2, MathF.FusedMultiplyAdd(odd, t, even), -t));
    }

    /// <inheritdoc cref="MinusLog(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MinusLog(Vector256<float> x)
    {
        Vector256<int> bits = x.AsInt32() - Vector256.Create(MantissaOfRootHalf);
        Vector256<float> e = Vector256.ConvertToSingle(bits >> 23);
        Vector256<float> t = ((bits & Vector256.Create(0x007F_FFFF)) + Vector256.Create(MantissaOfRootHalf)).AsSingle() - Vector256<float>.One;
        Vector256<float> t2 = t * t;
        Vector256<float> even = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(Vector256.Create(Q6), t2, Vector256.Create(Q4)), t2, Vector256.Create(Q2)), t2, Vector256.Create(Q0));
        Vector256<float> odd = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(Vector256.Create(Q5), t2, Vector256.Create(Q3)), t2, Vector256.Create(Q1));
        return Vector256.FusedMultiplyAdd(e, Vector256.Create(-Ln2), Vector256.FusedMultiplyAdd(t2, Vector256.FusedMultiplyAdd(odd, t, even), -t));
    }

    /// <inheritdoc cref="MinusLog(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MinusLog(Vector512<float> x)
    {
        Parts(x, out Vector512<float> e, out Vector512<float> t);
        Vector512<float> t2 = t * t;
        Vector512<float> even = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(Q6), t2, Vector512.Create(Q4)), t2, Vector512.Create(Q2)), t2, Vector512.Create(Q0));
        Vector512<float> odd = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.Create(Q5), t2, Vector512.Create(Q3)), t2, Vector512.Create(Q1));
        return Vector512.FusedMultiplyAdd(e, Vector512.Create(-Ln2), TimesLess(t2, Vector512.FusedMultiplyAdd(odd, t, even), t));
    }

    /// <inheritdoc cref="MinusLog(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MinusLog(in FourVectors x)
    {
        Parts(x.V0, out Vector512<float> e0, out Vector512<float> t0);
        Parts(x.V1, out Vector512<float> e1, out Vector512<float> t1);
        Parts(x.V2, out Vector512<float> e2, out Vector512<float> t2);
        Parts(x.V3, out Vector512<float> e3, out Vector512<float> t3);
        FourVectors e = new(e0, e1, e2, e3), t = new(t0, t1, t2, t3), square = t * t;
        FourVectors even = FourVectors.FusedMultiplyAdd(square, Q6, Q4), odd = FourVectors.FusedMultiplyAdd(square, Q5, Q3);
        even = FourVectors.FusedMultiplyAdd(even, square, Q2);
        odd = FourVectors.FusedMultiplyAdd(odd, square, Q1);
        even = FourVectors.FusedMultiplyAdd(even, square, Q0);
        odd = FourVectors.FusedMultiplyAdd(odd, t, even);
        return FourVectors.FusedMultiplyAdd(e, -Ln2, FourVectors.FusedMultiplySubtract(square, odd, t));
    }

    /// <summary>x y - z, rounded once.</summary>
    /// <remarks>The instruction by its name: the compiler makes a negation and an addition of x y + -z.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> TimesLess(Vector512<float> x, Vector512<float> y, Vector512<float> z) =>
        Avx512F.IsSupported ? Avx512F.FusedMultiplySubtract(x, y, z) : Vector512.FusedMultiplyAdd(x, y, -z);

    // p 2ⁿ for whole n, p in [1/√2, √2].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> TimesTwoTo(Vector512<float> p, Vector512<float> n) =>
        (p.AsInt32() + (Vector512.ConvertToInt32Native(n) << 23)).AsSingle();

    // x = 2^e (1 + t), with 1 + t in [1/√2, √2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Parts(Vector512<float> x, out Vector512<float> e, out Vector512<float> t)
    {
        Vector512<int> bits = x.AsInt32() - Vector512.Create(MantissaOfRootHalf);
        e = Vector512.ConvertToSingle(bits >> 23);
        t = ((bits & Vector512.Create(0x007F_FFFF)) + Vector512.Create(MantissaOfRootHalf)).AsSingle() - Vector512<float>.One;
    }
}
