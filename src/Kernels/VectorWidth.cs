using System.Runtime.Intrinsics;

namespace Crosspoint.Kernels;

/// <summary>The vector width that the kernels use on this processor, in this process.</summary>
public static class VectorWidth
{
    /// <summary>Bits of the widest accelerated vector: 512, 256, 128, or 0 where there is none.</summary>
    /// <remarks>Kernels have bodies for 512 and 256 bits and a scalar one, which also serves 128 and 0; results do not depend on it.</remarks>
    public static int Bits =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;
}
