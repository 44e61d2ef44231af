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

    public static bool IsLongChain => TLaw.IsLongChain;

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
        p.P0 = Width256.SelectBySign(isDown.AsSingle(), Vector256.Create(down), Vector256.Create(up));
        p.P1 = Width256.SelectBySign(isDown.AsSingle(), Vector256.Create(downShape), Vector256.Create(upShape));
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
    public T Pulse<TWidth, T>(T weight, T m, in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct
    {
        T lower = TWidth.All(low), upper = TWidth.All(high);
        T moved = noise.Move<TWidth, T>(weight, law.Change<TWidth, T>(weight, p, lower, upper), p.P0, m);
        return TWidth.MaxNative(TWidth.MinNative(moved, upper), lower);
    }
}
