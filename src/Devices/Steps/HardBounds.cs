using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>Where the hard bounds of a device stand: in constants, or in the numbers gathered for a pulse.</summary>
internal interface IHardBounds
{
    /// <summary>Whether there are any: without them no step waits for a comparison.</summary>
    static virtual bool Any => true;

    /// <summary>Puts the bounds of a device into P2 and P3, where each device has its own.</summary>
    void Read(int place, ref PulseParameters<float> p);

    /// <inheritdoc cref="Read(int, ref PulseParameters{float})"/>
    void Read(int place, ref PulseParameters<Vector256<float>> p);

    /// <inheritdoc cref="Read(int, ref PulseParameters{float})"/>
    void Read(int place, ref PulseParameters<Vector512<float>> p);

    T Low<TWidth, T>(in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct;

    T High<TWidth, T>(in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct;
}

/// <summary>No bounds.</summary>
internal readonly struct NoBounds : IHardBounds
{
    public static bool Any => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, ref PulseParameters<float> p)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, ref PulseParameters<Vector256<float>> p)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, ref PulseParameters<Vector512<float>> p)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Low<TWidth, T>(in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct => TWidth.All(float.NegativeInfinity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T High<TWidth, T>(in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct => TWidth.All(float.PositiveInfinity);
}

/// <summary>The same bounds for all devices.</summary>
internal readonly struct CommonBounds(float low, float high) : IHardBounds
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, ref PulseParameters<float> p)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, ref PulseParameters<Vector256<float>> p)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, ref PulseParameters<Vector512<float>> p)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Low<TWidth, T>(in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct => TWidth.All(low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T High<TWidth, T>(in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct => TWidth.All(high);
}

/// <summary>Bounds of each device.</summary>
internal readonly struct OwnBounds : IHardBounds
{
    private readonly InterleavedNumbers numbers;

    /// <summary>Copies the bounds of a table, and follows it where a device is stuck later.</summary>
    public OwnBounds(DeviceTable table)
    {
        numbers = new InterleavedNumbers(table.Low, table.High);
        table.OnStuck(Stick);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, ref PulseParameters<float> p)
    {
        p.P2 = numbers.Of(0, place);
        p.P3 = numbers.Of(1, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, ref PulseParameters<Vector256<float>> p)
    {
        p.P2 = numbers.OfEight(0, place);
        p.P3 = numbers.OfEight(1, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, ref PulseParameters<Vector512<float>> p)
    {
        p.P2 = numbers.OfSixteen(0, place);
        p.P3 = numbers.OfSixteen(1, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Low<TWidth, T>(in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct => p.P2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T High<TWidth, T>(in PulseParameters<T> p)
        where TWidth : struct, IWidth<T>
        where T : struct => p.P3;

    private void Stick(DeviceTable table, int place)
    {
        numbers.Set(0, place, table.Low.Padded[place]);
        numbers.Set(1, place, table.High.Padded[place]);
    }
}
