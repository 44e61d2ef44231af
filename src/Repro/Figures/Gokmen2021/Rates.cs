using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>The rates of each point, around which <see cref="Fig4Search"/> searches on held-out text.</summary>
/// <remarks>
/// A read of A fires C by one step of size Δ at most, so that C moves at Δ η_c |v| / (n_s n) an update: η_c goes as 1 / Δ to keep that speed
/// (T. Gokmen, 2021, Algorithm 2). A forgets over 1 / (η_a μ_s E|x δ|) updates, whatever its step, so that η_a hardly depends on it.
/// A is turned where steps are small: then inputs pulse in nearly every slot and errors rarely, and a character of 120 states takes 0.56 times
/// as long, one of 1,200 states 0.72 times; with 15 states it makes no difference.
/// </remarks>
internal static class Rates
{
    /// <summary>Rate of SGD, in logical weights.</summary>
    public const double Sgd = 0.02;

    /// <summary>Model-I: 15 states, additive pulse noise of a step.</summary>
    /// <remarks>
    /// η_c was chosen on held-out text by short runs (five epochs of a million characters, one seed): 0.03 falling by 0.96 gave 1.934, 0.1 by 0.92
    /// 1.952. Error goes with what η_c has come down to; from 0.1, 0.96 would still be at 0.0135 after 50 epochs, from 0.03 it is at 0.004.
    /// </remarks>
    public static IReadOnlyDictionary<string, object> ModelOne { get; } = new Dictionary<string, object>
    {
        ["muDw"] = 0.08,
        ["sigmaCycle"] = 1.0,
        ["additiveNoise"] = true,
        ["fastRate"] = 0.4,
        ["transferRate"] = 0.03,
        ["rateFactor"] = 0.96,
    };

    /// <summary>Model-II: 60 states, additive pulse noise of 0.3 steps.</summary>
    public static IReadOnlyDictionary<string, object> ModelTwo { get; } = new Dictionary<string, object>
    {
        ["muDw"] = 0.02,
        ["sigmaCycle"] = 0.3,
        ["additiveNoise"] = true,
        ["fastRate"] = 0.2,
        ["fastRateOfOutput"] = 0.5,
        ["transferRate"] = 0.6,
        ["turnedFast"] = true,
        ["rateFactor"] = 0.95,
    };

    /// <summary>Model-III: 120 states, additive pulse noise of 0.3 steps.</summary>
    public static IReadOnlyDictionary<string, object> ModelThree { get; } = new Dictionary<string, object>
    {
        ["muDw"] = 0.01,
        ["sigmaCycle"] = 0.3,
        ["additiveNoise"] = true,
        ["fastRate"] = 0.2,
        ["fastRateOfOutput"] = 0.5,
        ["transferRate"] = 1.5,
        ["turnedFast"] = true,
        ["rateFactor"] = 0.95,
    };

    /// <summary>Model I, II or III, with the hysteretic threshold under which all three are trained.</summary>
    public static IReadOnlyDictionary<string, object> Model(string name) =>
        new Dictionary<string, object>(name switch { "I" => ModelOne, "II" => ModelTwo, _ => ModelThree }) { ["hysteresis"] = 0.6 };

    /// <summary>η_a and η_c of an algorithm with two arrays, the updates from one transfer to the next, and the κ of the threshold of H.</summary>
    /// <remarks>
    /// Read noise alone makes H fire, and each pulse pulls C to its symmetry point: the more, the larger η_c. At one speed of C,
    /// Δ η_c / (1 - κ), a larger κ allows a smaller η_c. Where steps are small, κ = 1 - 100 Δ keeps both the speed and η_c of 0.4. With the plain
    /// threshold and η_c of 4, 1,200 states ended at 1.513 after 50 epochs; with this one they end at 1.377.
    /// </remarks>
    public static (double Fast, double Transfer, int Every, double Hysteresis) Transfer(string algorithm, double step) => algorithm == GokmenArrays.TikiTaka
        ? (0.02, 0.02, 5, 0)
        : step < 0.005 ? (0.05, 0.4, 1, Math.Round(1 - (100 * step), 3))
        : (step < 0.03 ? 0.2 : 0.4, Math.Min(0.015, 0.008 + (0.0001 / step)) / step, 5, 0);

    /// <summary>The rates of a point of a learning curve or of figure 4.</summary>
    public static IReadOnlyDictionary<string, object> Of(Point point, Profile profile)
    {
        string algorithm = point.Word("algorithm");
        double factor = profile == Profile.Full ? 0.9 : 0.6;
        if (algorithm is GokmenArrays.FloatingPoint or GokmenArrays.Sgd)
        {
            double rate = algorithm == GokmenArrays.Sgd ? Sgd : 0.03;
            return new Dictionary<string, object> { ["eta"] = rate, ["rateFactor"] = factor };
        }

        (double fast, double transfer, int every, double hysteresis) = Transfer(algorithm, point["muDw"] is double step ? step : 0.001);
        return new Dictionary<string, object>
        {
            ["fastRate"] = fast,
            ["fastRateOfOutput"] = algorithm == GokmenArrays.TikiTaka ? 1.0 : 0.3,
            ["transferRate"] = transfer,
            ["transferEvery"] = every,
            ["hysteresis"] = hysteresis,
            ["turnedFast"] = algorithm == GokmenArrays.Ttv2 && fast < 0.4,
            ["rateFactor"] = hysteresis > 0 && profile == Profile.Full ? 0.95 : factor,
        };
    }

    /// <summary>The rates of a point of figure 4: those of <see cref="Of"/> where <see cref="Fig4Search"/> found none better.</summary>
    /// <remarks>
    /// The search was run for steps of 0.001, 0.01 and 0.08. TTv2 was best in the middle of its grids, but for η_a at 0.001, of which three times as
    /// much gave 1.791 instead of 1.812 at 3.7 times the coincidences. At 0.001, A of Tiki-Taka and SGD wanted a third of the rate (1.947 and 2.696
    /// against 1.966 and 2.767; with η_c of 0.06 Tiki-Taka came to 1.943, which is the same). At 0.08 Tiki-Taka did not learn; with η_c of 0.06 it
    /// was least bad. Not searched: η_a of TTv2 at steps below 0.0005, where the common one would want trains of 250 slots and more.
    /// </remarks>
    public static IReadOnlyDictionary<string, object> OfFigureFour(Point point, Profile profile)
    {
        string algorithm = point.Word("algorithm");
        double step = point.Number("muDw");
        Dictionary<string, object> rates = new(Of(point, profile));
        if (algorithm == GokmenArrays.Sgd && step < 0.005)
        {
            rates["eta"] = 0.0067;
        }
        else if (algorithm == GokmenArrays.TikiTaka && step < 0.005)
        {
            rates["fastRate"] = 0.0067;
        }
        else if (algorithm == GokmenArrays.TikiTaka && step > 0.03)
        {
            rates["transferRate"] = 0.06;
        }
        else if (algorithm == GokmenArrays.Ttv2 && step < 0.0005)
        {
            rates["fastRate"] = 0.017;
        }

        return rates;
    }
}
