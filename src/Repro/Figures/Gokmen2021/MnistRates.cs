using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>The rates of each point of <see cref="Mnist"/>, chosen on held-out training images, by short runs.</summary>
/// <remarks>
/// A transfer moves a cross-point of C by one step at most, and every line has its turn once in as many transfers as there are lines: at 1,200
/// states and one transfer an image, the 785 lines of the first dense matrix take 150,000 images to move by 0.2.
/// </remarks>
internal static class MnistRates
{
    /// <summary>The rates of a point.</summary>
    public static IReadOnlyDictionary<string, object> Of(Point point, Profile profile)
    {
        string algorithm = point.Word("algorithm");
        bool dense = point.Word("network") == MnistRun.Dense, coarse = point["devices"] is "nonSymmetric15";
        double factor = profile == Profile.Full ? 0.93 : 0.6;
        if (algorithm is GokmenArrays.FloatingPoint or GokmenArrays.Sgd or GokmenArrays.MixedPrecision)
        {
            return new Dictionary<string, object> { ["eta"] = dense ? 0.1 : 0.01, ["rateFactor"] = factor };
        }

        (double fast, double transfer) = algorithm == GokmenArrays.TikiTaka ? (0.02, 0.05) : dense
            ? (coarse ? 0.3 : 0.05, coarse ? 1.0 : 100)
            : (coarse ? 0.1 : 0.05, coarse ? 1.0 : 80);
        return new Dictionary<string, object> { ["fastRate"] = fast, ["transferRate"] = transfer, ["rateFactor"] = factor };
    }
}
