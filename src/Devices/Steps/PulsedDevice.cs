using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>A device put together: the law of its step, of its noise from cycle to cycle, and its hard bounds.</summary>
internal readonly struct PulsedDevice<TLaw, TNoise, TBounds>(DeviceTable table, TLaw law, TNoise noise, TBounds bounds) : IPulsedDevice
    where TLaw : struct, IStepLaw
    where TNoise : struct, ICycleNoise
    where TBounds : struct, IHardBounds
{
    public (int Inputs, int Outputs) Shape => (table.Up.Inputs, table.Up.Outputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, int isDown, out PulseParameters<float> p)
    {
        p = default;
        p.P0 = Unsafe.Add(ref (isDown != 0 ? table.Down : table.Up).First, place);
        p.P1 = Unsafe.Add(ref (isDown != 0 ? table.DownShape : table.UpShape).First, place);
        if (TBounds.OfEachDevice)
        {
            p.P2 = Unsafe.Add(ref table.Low.First, place);
            p.P3 = Unsafe.Add(ref table.High.First, place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector256<int> isDown, out PulseParameters<Vector256<float>> p)
    {
        p = default;
        nuint at = (nuint)place;
        Vector256<float> down = isDown.AsSingle();
        p.P0 = Vector256.ConditionalSelect(down, Vector256.LoadUnsafe(ref table.Down.First, at), Vector256.LoadUnsafe(ref table.Up.First, at));
        p.P1 = Vector256.ConditionalSelect(
            down, Vector256.LoadUnsafe(ref table.DownShape.First, at), Vector256.LoadUnsafe(ref table.UpShape.First, at));
        if (TBounds.OfEachDevice)
        {
            p.P2 = Vector256.LoadUnsafe(ref table.Low.First, at);
            p.P3 = Vector256.LoadUnsafe(ref table.High.First, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector512<int> isDown, out PulseParameters<Vector512<float>> p)
    {
        p = default;
        nuint at = (nuint)place;
        Vector512<float> down = isDown.AsSingle();
        p.P0 = Vector512.ConditionalSelect(down, Vector512.LoadUnsafe(ref table.Down.First, at), Vector512.LoadUnsafe(ref table.Up.First, at));
        p.P1 = Vector512.ConditionalSelect(
            down, Vector512.LoadUnsafe(ref table.DownShape.First, at), Vector512.LoadUnsafe(ref table.UpShape.First, at));
        if (TBounds.OfEachDevice)
        {
            p.P2 = Vector512.LoadUnsafe(ref table.Low.First, at);
            p.P3 = Vector512.LoadUnsafe(ref table.High.First, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Pulse(float weight, float m, in PulseParameters<float> p)
    {
        float low = bounds.Low(p), high = bounds.High(p);
        return float.MaxNative(float.MinNative(noise.Move(weight, law.Change(weight, p, low, high), p.P0, m), high), low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Pulse(Vector256<float> weight, Vector256<float> m, in PulseParameters<Vector256<float>> p)
    {
        Vector256<float> low = bounds.Low(p), high = bounds.High(p);
        return Vector256.MaxNative(Vector256.MinNative(noise.Move(weight, law.Change(weight, p, low, high), p.P0, m), high), low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Pulse(Vector512<float> weight, Vector512<float> m, in PulseParameters<Vector512<float>> p)
    {
        Vector512<float> low = bounds.Low(p), high = bounds.High(p);
        return Vector512.MaxNative(Vector512.MinNative(noise.Move(weight, law.Change(weight, p, low, high), p.P0, m), high), low);
    }
}
