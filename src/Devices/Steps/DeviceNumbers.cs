using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>Step scale and shape of devices as a pulse wants them.</summary>
internal interface IDeviceNumbers
{
    void Read(int place, int isDown, out float scale, out float shape);

    void Read(int place, Vector256<int> isDown, out Vector256<float> scale, out Vector256<float> shape);

    void Read(int place, Vector512<int> isDown, out Vector512<float> scale, out Vector512<float> shape);

    void Prefetch(int place);
}

/// <summary>The numbers of a <see cref="DeviceTable"/> side by side, without shapes that follow from the step scales.</summary>
/// <remarks>A thin update waits for cache lines, not for arithmetic: the fewer of them a block of devices takes the better.</remarks>
internal readonly struct DeviceNumbers<TPairs, TShapes> : IDeviceNumbers
    where TPairs : struct, INumberPairs<TPairs>
    where TShapes : struct, IDeviceShapes
{
    private readonly TPairs pairs;
    private readonly TShapes shapes;

    /// <summary>Copies the numbers of a table, and follows it where a device is stuck later.</summary>
    public DeviceNumbers(DeviceTable table, TShapes shapes)
    {
        this.shapes = shapes;
        pairs = TPairs.Of(TShapes.OfEachDevice ? [(table.Up, table.Down), (table.UpShape, table.DownShape)] : [(table.Up, table.Down)]);
        table.OnStuck(Stick);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, int isDown, out float scale, out float shape)
    {
        scale = pairs.Of(0, place, isDown);
        if (TShapes.OfEachDevice)
        {
            shape = pairs.Of(1, place, isDown);
        }
        else
        {
            shape = scale * (isDown != 0 ? shapes.OfDown : shapes.OfUp);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, Vector256<int> isDown, out Vector256<float> scale, out Vector256<float> shape)
    {
        scale = pairs.Of(0, place, isDown);
        if (TShapes.OfEachDevice)
        {
            shape = pairs.Of(1, place, isDown);
        }
        else
        {
            shape = scale * Width256.SelectBySign(isDown.AsSingle(), Vector256.Create(shapes.OfDown), Vector256.Create(shapes.OfUp));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int place, Vector512<int> isDown, out Vector512<float> scale, out Vector512<float> shape)
    {
        scale = pairs.Of(0, place, isDown);
        if (TShapes.OfEachDevice)
        {
            shape = pairs.Of(1, place, isDown);
        }
        else
        {
            shape = scale * Vector512.ConditionalSelect(isDown.AsSingle(), Vector512.Create(shapes.OfDown), Vector512.Create(shapes.OfUp));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int place) => pairs.Prefetch(place);

    private void Stick(DeviceTable table, int place)
    {
        pairs.Set(0, place, table.Up.Padded[place], table.Down.Padded[place]);
        if (TShapes.OfEachDevice)
        {
            pairs.Set(1, place, table.UpShape.Padded[place], table.DownShape.Padded[place]);
        }
    }
}
