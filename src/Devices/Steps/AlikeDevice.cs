using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>Marks a device whose numbers are constants, so that it cannot know of devices that are stuck later.</summary>
internal interface IAlike;

/// <summary>
/// A device put together as <see cref="PulsedDevice{TLaw, TNoise, TBounds, TNumbers}"/> is, of an array whose devices are all alike: their numbers are
/// constants, and no table is read. The same bits.
/// </summary>
internal readonly struct AlikeDevice<TLaw, TNoise>(DeviceTable table, TLaw law, TNoise noise) : IPulsedDevice, IAlike
    where TLaw : struct, IStepLaw
    where TNoise : struct, ICycleNoise
{
    private readonly float up = table.Up[0, 0];
    private readonly float down = table.Down[0, 0];
    private readonly float upShape = table.UpShape[0, 0];
    private readonly float downShape = table.DownShape[0, 0];
    private readonly float low = table.Low[0, 0];
    private readonly float high = table.High[0, 0];

    public (int Inputs, int Outputs) Shape { get; } = (table.Up.Inputs, table.Up.Outputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, int isDown, out PulseParameters<float> p)
    {
        p = default;
        p.P0 = isDown != 0 ? down : up;
        p.P1 = isDown != 0 ? downShape : upShape;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector256<int> isDown, out PulseParameters<Vector256<float>> p)
    {
        p = default;
        p.P0 = Vector256.ConditionalSelect(isDown.AsSingle(), Vector256.Create(down), Vector256.Create(up));
        p.P1 = Vector256.ConditionalSelect(isDown.AsSingle(), Vector256.Create(downShape), Vector256.Create(upShape));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector512<int> isDown, out PulseParameters<Vector512<float>> p)
    {
        p = default;
        p.P0 = Vector512.ConditionalSelect(isDown.AsSingle(), Vector512.Create(down), Vector512.Create(up));
        p.P1 = Vector512.ConditionalSelect(isDown.AsSingle(), Vector512.Create(downShape), Vector512.Create(upShape));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int place)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Pulse(float weight, float m, in PulseParameters<float> p) =>
        float.MaxNative(float.MinNative(noise.Move(weight, law.Change(weight, p, low, high), p.P0, m), high), low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Pulse(Vector256<float> weight, Vector256<float> m, in PulseParameters<Vector256<float>> p)
    {
        Vector256<float> lower = Vector256.Create(low), upper = Vector256.Create(high);
        return Vector256.MaxNative(Vector256.MinNative(noise.Move(weight, law.Change(weight, p, lower, upper), p.P0, m), upper), lower);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Pulse(Vector512<float> weight, Vector512<float> m, in PulseParameters<Vector512<float>> p)
    {
        Vector512<float> lower = Vector512.Create(low), upper = Vector512.Create(high);
        return Vector512.MaxNative(Vector512.MinNative(noise.Move(weight, law.Change(weight, p, lower, upper), p.P0, m), upper), lower);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors Pulse(in FourVectors weight, in FourVectors m, in FourParameters p)
    {
        FourVectors lower = FourVectors.FromSingle(low), upper = FourVectors.FromSingle(high), step = law.Change(weight, p, lower, upper), moved = new(
            noise.Move(weight.V0, step.V0, p.A.P0, m.V0), noise.Move(weight.V1, step.V1, p.B.P0, m.V1),
            noise.Move(weight.V2, step.V2, p.C.P0, m.V2), noise.Move(weight.V3, step.V3, p.D.P0, m.V3));
        return FourVectors.MaxNative(FourVectors.MinNative(moved, upper), lower);
    }
}
