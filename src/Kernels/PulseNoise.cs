namespace Crosspoint.Kernels;

/// <summary>How the noise of several pulses of one cross-point in one update is drawn.</summary>
public enum PulseNoiseKind
{
    /// <summary>Pulse by pulse, each from the weight the one before left, with a number of its own: the definition.</summary>
    EachPulse,

    /// <summary>
    /// All n pulses at once from the weight before the first, with the factor n + √n σ ξ. Away from hard bounds exact in law where the step does
    /// not depend on the weight; otherwise its mean is off by at most n (n - 1) / 2 times the largest |s s'| of the device, to first order in
    /// the step. A hard bound clips the sum once and not each pulse: a weight may end short of where it would, by what single pulses would have
    /// lost there.
    /// </summary>
    Aggregated,
}

/// <summary>The factors 1 + σ ξ of an update, in the order in which the pulses take them; drawn ahead, never more than a few too many.</summary>
internal sealed class PulseNoise
{
    private const int Capacity = 8192;
    private const int Margin = 16; // lanes that may be read beyond those that are used
    private float[] factors = new float[Capacity + Margin];
    private RandomAddress at;
    private float offset;
    private float sigma;
    private ulong group;
    private int next;
    private int filled;
    private long left;

    /// <summary>Starts the sequence of one update.</summary>
    /// <param name="address">Where its numbers stand.</param>
    /// <param name="mean">1, or 0 for plain normal numbers.</param>
    /// <param name="deviation">σ, at least 0; with 0 nothing is drawn.</param>
    /// <param name="expected">About how many will be taken.</param>
    /// <param name="most">The most that one call of <see cref="Ahead"/> will ask for.</param>
    public void Begin(in RandomAddress address, float mean, float deviation, long expected, int most)
    {
        int room = Math.Max(Capacity, most + Gaussian.GroupLength) + Margin;
        if (factors.Length < room)
        {
            factors = new float[room];
        }

        at = address;
        offset = mean;
        sigma = deviation;
        left = expected;
        group = 0;
        next = filled = 0;
    }

    /// <summary>The next factors, of which <see cref="Take"/> then says how many were used; 16 more may be read.</summary>
    public ref float Ahead(int most)
    {
        if (filled - next < most)
        {
            Refill(most);
        }

        return ref factors[next];
    }

    /// <summary>Moves on.</summary>
    public void Take(int used) => next += used;

    private void Refill(int most)
    {
        if (sigma == 0)
        {
            factors.AsSpan(0, most + Margin).Fill(offset);
            (next, filled) = (0, most);
            return;
        }

        int kept = filled - next;
        factors.AsSpan(next, kept).CopyTo(factors);
        left -= next;
        long wanted = Math.Max(most, Math.Min(left, Capacity - Gaussian.GroupLength)) - kept;
        int fresh = (int)((wanted + Gaussian.GroupLength - 1) / Gaussian.GroupLength) * Gaussian.GroupLength;
        Gaussian.FillFactors(at, factors.AsSpan(kept, fresh), group, sigma, offset);
        group += (ulong)(fresh / Gaussian.GroupLength);
        next = 0;
        filled = kept + fresh;
    }
}
