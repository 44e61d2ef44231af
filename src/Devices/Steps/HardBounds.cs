using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>Where the hard bounds of a device stand: in constants, or in the numbers gathered for a pulse.</summary>
internal interface IHardBounds
{
    /// <summary>Whether they are numbers of each device, P2 and P3.</summary>
    static abstract bool OfEachDevice { get; }

    float Low(in PulseParameters<float> p);

    float High(in PulseParameters<float> p);

    Vector256<float> Low(in PulseParameters<Vector256<float>> p);

    Vector256<float> High(in PulseParameters<Vector256<float>> p);

    Vector512<float> Low(in PulseParameters<Vector512<float>> p);

    Vector512<float> High(in PulseParameters<Vector512<float>> p);
}

/// <summary>The same bounds for all devices.</summary>
internal readonly struct CommonBounds(float low, float high) : IHardBounds
{
    public static bool OfEachDevice => false;

    public float Low(in PulseParameters<float> p) => low;

    public float High(in PulseParameters<float> p) => high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Low(in PulseParameters<Vector256<float>> p) => Vector256.Create(low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> High(in PulseParameters<Vector256<float>> p) => Vector256.Create(high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Low(in PulseParameters<Vector512<float>> p) => Vector512.Create(low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> High(in PulseParameters<Vector512<float>> p) => Vector512.Create(high);
}

/// <summary>Bounds of each device.</summary>
internal readonly struct OwnBounds : IHardBounds
{
    public static bool OfEachDevice => true;

    public float Low(in PulseParameters<float> p) => p.P2;

    public float High(in PulseParameters<float> p) => p.P3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Low(in PulseParameters<Vector256<float>> p) => p.P2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> High(in PulseParameters<Vector256<float>> p) => p.P3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Low(in PulseParameters<Vector512<float>> p) => p.P2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> High(in PulseParameters<Vector512<float>> p) => p.P3;
}
