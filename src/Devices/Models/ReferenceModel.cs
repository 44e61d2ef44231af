namespace Crosspoint.Devices.Models;

/// <summary>A fixed weight that is subtracted from that of a device: what a reference device beside it holds.</summary>
public sealed record ReferenceModel
{
    /// <summary>The symmetry point of a device from its up and down scale, up and down shape, lower and upper bound.</summary>
    internal delegate float SymmetryPointOf(float up, float down, float upShape, float downShape, float low, float high);

    /// <summary>Whether the reference is the symmetry point of its own device, as after zero-shifting: H. Kim et al., arXiv:1907.10228 (2019).</summary>
    public bool SubtractSymmetryPoint { get; init; } = true;

    /// <summary>Mean of the reference, or of its error where the symmetry point is subtracted.</summary>
    [Unit("weight")]
    public float Mean { get; init; }

    /// <summary>Deviation of the reference, or of its error, from device to device.</summary>
    [Unit("weight", Minimum = 0)]
    public float Deviation { get; init; }

    /// <summary>Shifts devices by their references, which stay within the bounds.</summary>
    internal void Subtract(DeviceTable table, DeviceDraws draws, SymmetryPointOf symmetryPoint, bool movesScale)
    {
        ReadOnlySpan<float> xi = Deviation > 0 ? draws.Normal(DeviceParameter.Reference) : [];
        for (int i = 0; i < draws.Inputs; i++)
        {
            for (int j = 0; j < draws.Outputs; j++)
            {
                ref float up = ref table.Up[i, j], down = ref table.Down[i, j], low = ref table.Low[i, j], high = ref table.High[i, j];
                float upShape = table.UpShape[i, j], downShape = table.DownShape[i, j];
                float r = Mean + (xi.IsEmpty ? 0 : Deviation * xi[(i * draws.Outputs) + j]);
                if (SubtractSymmetryPoint)
                {
                    r += symmetryPoint(up, down, upShape, downShape, low, high);
                }

                r = Math.Clamp(r, low, high);
                if (movesScale)
                {
                    up = MathF.Max(MathF.FusedMultiplyAdd(upShape, r, up), 0);
                    down = MathF.Min(MathF.FusedMultiplyAdd(downShape, r, down), -0f);
                }

                low -= r;
                high -= r;
            }
        }
    }
}
