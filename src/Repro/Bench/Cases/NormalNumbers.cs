using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>Normal numbers by the thousand, as the noise of so many pulses takes them.</summary>
internal sealed class NormalNumbers
{
    private const int Chunk = 4096;
    private readonly float[] some = new float[Chunk];

    /// <summary>Draws so many.</summary>
    public void Draw(ulong step, long count)
    {
        for (long n = 0; n < count; n += Chunk)
        {
            Gaussian.Fill(new RandomAddress(1, 3, step), some.AsSpan(0, (int)Math.Min(Chunk, count - n)), (ulong)(n / Gaussian.GroupLength));
        }
    }
}
