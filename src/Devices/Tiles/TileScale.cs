using System.Numerics.Tensors;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <summary>The digital factors of a tile: logical weight = factor of the output line times array weight.</summary>
internal sealed class TileScale
{
    private readonly AnalogTile.Options options;
    private readonly float[] factors; // of each output line
    private readonly float[] scaled;

    public TileScale(int outputs, AnalogTile.Options options)
    {
        this.options = options;
        factors = new float[outputs];
        scaled = new float[outputs];
        factors.AsSpan().Fill(options.Scale);
        Take();
    }

    /// <summary>The largest factor; the only one but for <see cref="WeightScaling.PerOutput"/>.</summary>
    public float Largest { get; private set; }

    public ReadOnlySpan<float> Factors => factors;

    private bool IsPerOutput => options.Scaling == WeightScaling.PerOutput;

    /// <summary>Chooses the factors for logical weights.</summary>
    public void Choose(PaddedMatrix weights)
    {
        if (options.Scaling == WeightScaling.Fixed)
        {
            return;
        }

        scaled.AsSpan().Clear();
        for (int i = 0; i < weights.Inputs; i++)
        {
            TensorPrimitives.MaxMagnitude(scaled, weights.Row(i), scaled);
        }

        float all = MathF.Abs(TensorPrimitives.MaxMagnitude(scaled));
        for (int j = 0; j < factors.Length; j++)
        {
            float largest = IsPerOutput ? MathF.Abs(scaled[j]) : all;
            factors[j] = largest > 0 && largest / options.LargestWeight is var factor && float.IsNormal(factor) ? factor : options.Scale;
        }

        Take();
    }

    /// <summary>The factor that a read itself can take along: that of all output lines, or 1 where each has its own.</summary>
    public float Common => IsPerOutput ? 1 : Largest;

    /// <summary>Outputs that a read has scaled by <see cref="Common"/> become logical ones.</summary>
    public void Outputs(Span<float> y)
    {
        if (IsPerOutput)
        {
            TensorPrimitives.Multiply(y, factors, y);
        }
    }

    /// <summary>The errors that go to the array in a backward read, whose products are then scaled by <see cref="Common"/>.</summary>
    public ReadOnlySpan<float> Errors(ReadOnlySpan<float> d)
    {
        if (!IsPerOutput)
        {
            return d;
        }

        TensorPrimitives.Multiply(d, factors, scaled);
        return scaled;
    }

    public void Save(BinaryWriter writer)
    {
        foreach (float factor in factors)
        {
            writer.Write(factor);
        }
    }

    public void Load(BinaryReader reader)
    {
        foreach (ref float factor in factors.AsSpan())
        {
            factor = reader.ReadSingle();
            if (!(factor > 0 && float.IsFinite(factor)))
            {
                throw new InvalidDataException($"expected a scale above 0, got {factor}");
            }
        }

        Take();
    }

    private void Take() => Largest = TensorPrimitives.Max(factors);
}
