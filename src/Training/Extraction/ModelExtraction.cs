using Crosspoint.Devices.Extraction;

namespace Crosspoint.Training.Extraction;

/// <summary>The weights of a whole model, found by reads alone: by regression over random vectors that all matrices share.</summary>
/// <remarks>T. Gokmen, Front. Artif. Intell. 4:699148 (2021), eq. 4. Every matrix is read once a vector, with the noise of its own periphery.</remarks>
public static class ModelExtraction
{
    /// <summary>Reads the weights as they are now.</summary>
    /// <param name="matrices">The matrices.</param>
    /// <param name="reads">Random vectors, at least 1; fewer than input lines leave the weights underdetermined.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="first">Number of the first read: reads of other numbers have other inputs and noise. Below 2⁴⁰ - <paramref name="reads"/>.</param>
    /// <param name="options">Inputs and ridge; null for the usual ones.</param>
    /// <returns>The estimates in logical units, in the order of the matrices.</returns>
    public static IReadOnlyList<ExtractedWeights> Read(
        IReadOnlyList<IWeightMatrix> matrices, int reads, ulong seed, ulong first = 0, RegressionOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(reads, 1);
        WeightRegression regression = Regression(matrices, seed, options);
        for (int n = 0; n < reads; n++)
        {
            regression.Read(first + (ulong)n);
        }

        return regression.Solve();
    }

    /// <summary>Running sums over the reads of all matrices.</summary>
    internal static WeightRegression Regression(IReadOnlyList<IWeightMatrix> matrices, ulong seed, RegressionOptions? options = null) => new(
        new Moment(Phase.Extract, 0).Address(seed, 0, Purpose.ReadInputs), options ?? new(), [.. matrices.Select(m => new MatrixReads(m))]);
}
