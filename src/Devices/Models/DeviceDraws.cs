using System.Runtime.InteropServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>What a number of a device is; each has a region of its own behind the address of an array.</summary>
internal enum DeviceParameter : ulong
{
    Step,
    UpDown,
    UpShape,
    DownShape,
    Low,
    High,
    Stuck,
    Reference,
    Decay,
    Diffusion,
    Drift,
    Start,
    Redraw, // and the regions behind it
}

/// <summary>Draws numbers for the devices of an array from one address.</summary>
/// <remarks>Number k of device (i, j) is the normal number 2⁴⁰ k + i outputs + j of the address, whatever else is drawn.</remarks>
internal sealed class DeviceDraws(int inputs, int outputs, RandomAddress at)
{
    private const int RegionBits = 40;

    /// <summary>The least a number may be, as a part of its mean.</summary>
    public const float SmallestPart = 0.01f;

    private readonly float[] numbers = new float[checked(inputs * outputs)];

    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>Numbers that were truncated so far.</summary>
    public long Truncated { get; private set; }

    /// <summary>Standard normal numbers, row by row; overwritten by the next draw.</summary>
    public ReadOnlySpan<float> Normal(DeviceParameter parameter)
    {
        Gaussian.Fill(at, numbers, ((ulong)parameter << RegionBits) / Gaussian.GroupLength);
        return numbers;
    }

    /// <summary>Uniform words, row by row; overwritten by the next draw.</summary>
    public ReadOnlySpan<uint> Words(DeviceParameter parameter)
    {
        Span<uint> words = MemoryMarshal.Cast<float, uint>(numbers.AsSpan());
        RandomWords.Fill(at, words, ((ulong)parameter << RegionBits) / Gaussian.GroupLength);
        return words;
    }

    /// <summary>The parameter of each device by its law: mean (1 + σ ξ), not below a hundredth of the mean, or mean exp(σ ξ - σ² / 2).</summary>
    public void Fill(PaddedMatrix to, DeviceParameter parameter, Spread spread)
    {
        if (spread.Deviation == 0 || spread.Mean == 0)
        {
            to.Values.Fill(spread.Mean);
            return;
        }

        ReadOnlySpan<float> xi = Normal(parameter);
        for (int i = 0; i < inputs; i++)
        {
            Span<float> row = to.Row(i);
            for (int j = 0; j < outputs; j++)
            {
                float factor = Factor(spread, xi[(i * outputs) + j]);
                row[j] = spread.Mean * (spread.Law == SpreadLaw.Normal ? AtLeastSmallest(factor) : factor);
            }
        }
    }

    /// <summary>A parameter over its mean.</summary>
    public static float Factor(in Spread spread, float xi) => spread.Law == SpreadLaw.Normal
        ? 1 + (spread.Deviation * xi)
        : Elementary.Exp((spread.Deviation * xi) - (spread.Deviation * spread.Deviation / 2));

    /// <summary>Truncates, and counts it.</summary>
    public float AtLeastSmallest(float part)
    {
        if (part >= SmallestPart)
        {
            return part;
        }

        Truncated++;
        return SmallestPart;
    }
}
