using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>Devices left in their OFF state, which are read and never written: their dispersion is what counts.</summary>
/// <remarks>
/// G ~ N(G_off, σ), drawn once. A differential pair of them is the random layer of C. H. Bennett et al., IEEE Access 7, 73938 (2019), eq. 8.
/// The paper gives no numbers; with pairs and a sign behind them they do not matter.
/// </remarks>
public sealed record OffStateModel : DeviceModel
{
    /// <summary>G_off.</summary>
    [Unit("weight")]
    public float Mean { get; init; } = 0.1f;

    /// <summary>σ.</summary>
    [Unit("weight", Minimum = 0)]
    public float Deviation { get; init; } = 0.02f;

    /// <inheritdoc/>
    public override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        Require.Finite(nameof(Mean), Mean);
        Require.NotNegative(nameof(Deviation), Deviation);
        PaddedMatrix weights = new(inputs, outputs);
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                weights[i, j] = MathF.FusedMultiplyAdd(Deviation, Gaussian.At(at, ((ulong)i * (ulong)outputs) + (ulong)j), Mean);
            }
        }

        return new FixedArray(weights);
    }

    /// <inheritdoc/>
    public override double MeanStep(double weight, bool isUp) => 0;
}
