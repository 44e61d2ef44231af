using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>What the devices of an array do between updates: decay, diffusion and drift.</summary>
/// <remarks>
/// Over a time t, in updates: decay goes towards the resting weight, w - w₀ times exp(-λ t); diffusion adds a normal number of variance
/// ρ² t, or ρ² (1 - exp(-2 λ t)) / 2 λ beside a decay, so that many short rests are in law one long rest; drift is
/// w ((a + t + t₀) / (a + t₀))^-ν, where a is the time since the device was last pulsed or programmed: the power law of phase-change
/// devices, D. Ielmini, A. L. Lacaita, D. Mantegazza, IEEE Trans. Electron Devices 54, 308 (2007), set to 1 at a = 0.
/// </remarks>
internal sealed class Retention
{
    private readonly float[] xi;

    public Retention(int inputs, int outputs)
    {
        (Rate, Diffusion, Drift) = (new(inputs, outputs), new(inputs, outputs), new(inputs, outputs));
        xi = new float[Rate.Stride];
    }

    /// <summary>λ of each device, in 1 / update.</summary>
    public PaddedMatrix Rate { get; }

    /// <summary>ρ of each device, in weight units over √update.</summary>
    public PaddedMatrix Diffusion { get; }

    /// <summary>ν of each device.</summary>
    public PaddedMatrix Drift { get; }

    /// <summary>w₀, in weight units.</summary>
    public float RestingWeight { get; init; }

    /// <summary>t₀, in updates; above 0.</summary>
    public float DriftStart { get; init; } = 1;

    /// <summary>Whether anything diffuses.</summary>
    public bool Diffuses { get; init; }

    /// <summary>Lets all devices rest; bounds are left to the array.</summary>
    public void Rest(PaddedMatrix weights, PaddedMatrix age, double time, in RandomAddress at)
    {
        double factor = 1, spread = Math.Sqrt(time), drifted = 1;
        (float ofRate, float ofDrift, float ofAge) = (0, 0, float.NaN);
        int groups = (weights.Stride + Gaussian.GroupLength - 1) / Gaussian.GroupLength;
        for (int i = 0; i < weights.Inputs; i++)
        {
            if (Diffuses)
            {
                Gaussian.Fill(at, xi, (ulong)i * (ulong)groups);
            }

            for (int j = 0; j < weights.Outputs; j++)
            {
                float rate = Rate[i, j], drift = Drift[i, j], since = age[i, j];
                if (rate != ofRate)
                {
                    factor = Math.Exp(-rate * time);
                    spread = Math.Sqrt(rate > 0 ? (1 - (factor * factor)) / (2 * rate) : time);
                    ofRate = rate;
                }

                if (drift != ofDrift || since != ofAge)
                {
                    drifted = Math.Pow((since + time + DriftStart) / (since + DriftStart), -drift);
                    (ofDrift, ofAge) = (drift, since);
                }

                double w = RestingWeight + ((weights[i, j] - RestingWeight) * factor) + (Diffusion[i, j] * spread * xi[j]);
                weights[i, j] = (float)(w * drifted);
                age[i, j] = (float)(since + time);
            }
        }
    }
}
