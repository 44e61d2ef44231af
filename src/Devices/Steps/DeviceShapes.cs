using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>Where the shapes of devices come from: numbers of their own, or the step scales.</summary>
internal interface IDeviceShapes
{
    /// <summary>Whether they are numbers of each device.</summary>
    static abstract bool OfEachDevice { get; }

    /// <summary>The multiple of its step up that is the shape of a device up.</summary>
    float OfUp { get; }

    /// <summary>The multiple of its step down that is the shape of a device down.</summary>
    float OfDown { get; }
}

/// <summary>Shapes of each device.</summary>
internal readonly struct OwnShapes : IDeviceShapes
{
    public static bool OfEachDevice => true;

    public float OfUp => 1;

    public float OfDown => 1;
}

/// <summary>Shapes that are one multiple of the scales for all devices, as slopes of linear steps: the products give them to the last bit.</summary>
internal readonly struct ProportionalShapes : IDeviceShapes
{
    private ProportionalShapes(float up, float down) => (OfUp, OfDown) = (up, down);

    public static bool OfEachDevice => false;

    public float OfUp { get; }

    public float OfDown { get; }

    /// <summary>The multiples of a table; <see langword="null"/> where its shapes are none.</summary>
    public static ProportionalShapes? Of(DeviceTable table) =>
        Multiple(table.Up, table.UpShape) is { } up && Multiple(table.Down, table.DownShape) is { } down ? new(up, down) : null;

    // The number that gives the shapes as its products with the scales, if there is one: a quotient is one rounding away from it.
    private static float? Multiple(PaddedMatrix scale, PaddedMatrix shape)
    {
        int first = scale.Padded.IndexOfAnyExcept(0);
        if (first < 0)
        {
            return null;
        }

        float quotient = shape.Padded[first] / scale.Padded[first];
        foreach (float factor in (float[])[quotient, MathF.BitIncrement(quotient), MathF.BitDecrement(quotient)])
        {
            if (IsMultiple(scale.Padded, shape.Padded, factor))
            {
                return factor;
            }
        }

        return null;
    }

    // A device without a step does not move, whatever its shape.
    private static bool IsMultiple(ReadOnlySpan<float> scale, ReadOnlySpan<float> shape, float factor)
    {
        for (int place = 0; place < scale.Length; place++)
        {
            if (scale[place] != 0 && shape[place] != scale[place] * factor)
            {
                return false;
            }
        }

        return true;
    }
}
