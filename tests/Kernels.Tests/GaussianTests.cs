using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class GaussianTests
{
    private static readonly RandomAddress Fixed = new(2017, 11, 4);

    /// <summary>
    /// The tolerance has two parts: 2⁻²² r for the polynomials and roundings, and 2⁻²³ / r for the 24 bits of u near 1, where r² = -2 ln u
    /// is known to 2⁻²³ only.
    /// </summary>
    [Property]
    public void Numbers_are_those_of_Box_and_Muller_in_double_precision(Address address, Length length)
    {
        float[] numbers = new float[length.Value];
        Gaussian.Fill(address.At, numbers);
        for (int n = 0; n < numbers.Length; n++)
        {
            (double exact, double radius) = BoxMuller(address.At, (ulong)n);
            double tolerance = (radius * Math.ScaleB(1, -22)) + (Math.ScaleB(1, -23) / radius);
            Assert.InRange(numbers[n], exact - tolerance, exact + tolerance);
        }
    }

    [Property]
    public void Fill_puts_the_number_of_an_index_at_its_place(Address address, Length length, Address other)
    {
        ulong firstGroup = other.At.Step >> 8;
        Guarded<float> numbers = new(length.Value);
        Gaussian.Fill(address.At, numbers.Span, firstGroup);
        float[] oneByOne = [.. Enumerable.Range(0, length.Value)
            .Select(n => Gaussian.At(address.At, (firstGroup * Gaussian.GroupLength) + (ulong)n))];
        Same.Bits(oneByOne, numbers.Span);
        numbers.AssertGuardsIntact();
    }

    [Property]
    public void Pieces_drawn_apart_make_the_whole(Address address, Length before, Length behind)
    {
        int cut = before.Value / Gaussian.GroupLength * Gaussian.GroupLength;
        float[] whole = new float[cut + behind.Value], pieces = new float[cut + behind.Value];
        Gaussian.Fill(address.At, whole);
        Gaussian.Fill(address.At, pieces.AsSpan(0, cut));
        Gaussian.Fill(address.At, pieces.AsSpan(cut), (ulong)(cut / Gaussian.GroupLength));
        Same.Bits(whole, pieces);
    }

    /// <summary>Fixed seed, 2²⁰ numbers: mean, variance, skewness and kurtosis within 4.5 of their deviations √(1, 2, 6, 24) / √n.</summary>
    [Fact]
    public void The_first_four_moments_are_those_of_the_normal_law()
    {
        float[] x = new float[1 << 20];
        Gaussian.Fill(Fixed, x);
        double n = x.Length, root = Math.Sqrt(n);
        double m1 = x.Sum(v => (double)v) / n;
        double m2 = x.Sum(v => Math.Pow(v - m1, 2)) / n;
        double m3 = x.Sum(v => Math.Pow(v - m1, 3)) / n;
        double m4 = x.Sum(v => Math.Pow(v - m1, 4)) / n;
        Assert.InRange(m1 * root, -4.5, 4.5);
        Assert.InRange((m2 - 1) * root / Math.Sqrt(2), -4.5, 4.5);
        Assert.InRange(m3 / Math.Pow(m2, 1.5) * root / Math.Sqrt(6), -4.5, 4.5);
        Assert.InRange(((m4 / (m2 * m2)) - 3) * root / Math.Sqrt(24), -4.5, 4.5);
    }

    /// <summary>
    /// Fixed seed, 2²⁴ numbers. Beyond 4: 1062.7 expected, bound 4.5 deviations. Beyond 5: 9.6 expected; a Poisson number of that mean is 0
    /// or above 26 once in 12,000 seeds. Beyond 6.77 nothing can lie.
    /// </summary>
    [Fact]
    public void The_tails_reach_beyond_five_deviations_as_often_as_they_should()
    {
        const int Numbers = 1 << 24, AtATime = 1 << 14;
        float[] x = new float[AtATime];
        int beyond4 = 0, beyond5 = 0;
        for (ulong piece = 0; piece < Numbers / AtATime; piece++)
        {
            Gaussian.Fill(Fixed, x, piece * (AtATime / Gaussian.GroupLength));
            foreach (float value in x)
            {
                float size = MathF.Abs(value);
                if (size > 4)
                {
                    beyond4++;
                    beyond5 += size > 5 ? 1 : 0;
                    Assert.InRange(size, 4, 6.77f);
                }
            }
        }

        double expected4 = Numbers * 2 * Statistics.NormalCdf(-4);
        Assert.InRange((beyond4 - expected4) / Math.Sqrt(expected4), -4.5, 4.5);
        Assert.InRange(beyond5, 1, 26);
    }

    /// <summary>Fixed seeds; √n D is above 2.4 with probability 2 · 10⁻⁵, and below 0.3 with probability 10⁻⁵.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_distribution_passes_the_test_of_Kolmogorov_and_Smirnov(ulong seed)
    {
        float[] x = new float[1 << 18];
        Gaussian.Fill(new RandomAddress(seed, 0, 0), x);
        Assert.InRange(Statistics.KolmogorovSmirnov(x, Statistics.NormalCdf), 0.3, 2.4);
    }

    /// <summary>Fixed seed; correlations of the numbers and of their squares over 2¹⁸ pairs, bound 4.5 deviations each.</summary>
    [Theory]
    [InlineData("seed")]
    [InlineData("stream")]
    [InlineData("step")]
    [InlineData("neighbours")]
    [InlineData("the two of a pair")]
    [InlineData("the two halves of a group")]
    [InlineData("groups")]
    public void Numbers_of_different_places_are_independent(string places)
    {
        const int Pairs = 1 << 18;
        float[] a = new float[Pairs + 64], b = new float[Pairs + 64];
        Gaussian.Fill(Fixed, a);
        RandomAddress other = places switch
        {
            "seed" => Fixed with { Seed = Fixed.Seed + 1 },
            "stream" => Fixed with { Stream = Fixed.Stream + 1 },
            "step" => Fixed with { Step = Fixed.Step + 1 },
            _ => Fixed,
        };
        int lag = places switch
        {
            "neighbours" => 1,
            "the two of a pair" => 16,
            "the two halves of a group" => 32,
            "groups" => 64,
            _ => 0,
        };
        Gaussian.Fill(other, b);
        ReadOnlySpan<float> first = a.AsSpan(0, Pairs), second = b.AsSpan(lag, Pairs);
        Assert.InRange(Statistics.CorrelationDeviations(first, second), -4.5, 4.5);
        Assert.InRange(Statistics.CorrelationDeviations(CenteredSquares(first), CenteredSquares(second)), -4.5, 4.5);
    }

    // (x² - 1) / √2 has mean 0 and variance 1.
    private static float[] CenteredSquares(ReadOnlySpan<float> x)
    {
        float[] squares = new float[x.Length];
        for (int k = 0; k < x.Length; k++)
        {
            squares[k] = ((x[k] * x[k]) - 1) / MathF.Sqrt(2);
        }

        return squares;
    }

    /// <summary>
    /// Number n comes from words n and n + 16 of its group (n mod 32 below 16: the cosine) or n - 16 and n (the sine). The radius is
    /// √(-2 ln u) with u = (w + 1/2) / 2³²; of the angle's word, the lower 30 bits turn by up to an eighth either way, bit 30 reflects at the
    /// diagonal and bit 31 at the origin.
    /// </summary>
    private static (double Number, double Radius) BoxMuller(RandomAddress at, ulong n)
    {
        bool sine = n % 32 >= 16;
        ulong place = sine ? n - 16 : n;
        double u = (ThreefryOracle.Word(at, place) + 0.5) / 4294967296.0;
        uint angle = ThreefryOracle.Word(at, place + 16);
        double fraction = (angle & 0x3FFF_FFFF) / 1073741824.0;
        double theta = Math.PI / 2 * (fraction < 0.5 ? fraction : fraction - 1);
        double radius = Math.Sqrt(-2 * Math.Log(u));
        bool reflected = (angle & 0x4000_0000) != 0;
        double number = radius * (sine != reflected ? Math.Sin(theta) : Math.Cos(theta));
        return ((angle & 0x8000_0000) != 0 ? -number : number, radius);
    }
}
