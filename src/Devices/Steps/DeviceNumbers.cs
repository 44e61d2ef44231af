using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>The numbers of a <see cref="DeviceTable"/> as pulses want them: side by side, without shapes that follow from the step scales.</summary>
/// <remarks>
/// A thin update waits for cache lines, not for arithmetic. Where all shapes are one multiple of the scales, as the slopes of linear steps,
/// they are not stored: the product gives them to the last bit. Otherwise they are stored, and multiplied by 1: a branch would keep the
/// numbers of a pulse in memory.
/// </remarks>
internal readonly struct DeviceNumbers
{
    private const int Up = 0, Down = 1;
    private readonly InterleavedNumbers numbers;
    private readonly int shape; // of the numbers: those of which the shapes are multiples, up; down is the next
    private readonly float upFactor;
    private readonly float downFactor;

    /// <summary>Copies the numbers of a table, and follows it where a device is stuck later.</summary>
    public DeviceNumbers(DeviceTable table, bool bounds)
    {
        PaddedMatrix[] ownBounds = bounds ? [table.Low, table.High] : [];
        if (Multiple(table.Up, table.UpShape) is { } up && Multiple(table.Down, table.DownShape) is { } down)
        {
            (shape, upFactor, downFactor) = (Up, up, down);
            numbers = new InterleavedNumbers([table.Up, table.Down, .. ownBounds]);
        }
        else
        {
            (shape, upFactor, downFactor) = (Down + 1, 1, 1);
            numbers = new InterleavedNumbers([table.Up, table.Down, table.UpShape, table.DownShape, .. ownBounds]);
        }

        table.OnStuck(Stick);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, int isDown, bool bounds, out PulseParameters<float> p)
    {
        p = default;
        p.P0 = numbers.Of(isDown != 0 ? Down : Up, place);
        p.P1 = isDown != 0 ? numbers.Of(shape + 1, place) * downFactor : numbers.Of(shape, place) * upFactor;
        if (bounds)
        {
            p.P2 = numbers.Of(numbers.Kinds - 2, place);
            p.P3 = numbers.Of(numbers.Kinds - 1, place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector256<int> isDown, bool bounds, out PulseParameters<Vector256<float>> p)
    {
        Vector256<float> down = isDown.AsSingle();
        p = default;
        p.P0 = Vector256.ConditionalSelect(down, numbers.OfEight(Down, place), numbers.OfEight(Up, place));
        p.P1 = Vector256.ConditionalSelect(down, numbers.OfEight(shape + 1, place), numbers.OfEight(shape, place))
            * Vector256.ConditionalSelect(down, Vector256.Create(downFactor), Vector256.Create(upFactor));
        if (bounds)
        {
            p.P2 = numbers.OfEight(numbers.Kinds - 2, place);
            p.P3 = numbers.OfEight(numbers.Kinds - 1, place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector512<int> isDown, bool bounds, out PulseParameters<Vector512<float>> p)
    {
        Vector512<float> down = isDown.AsSingle();
        p = default;
        p.P0 = Vector512.ConditionalSelect(down, numbers.OfSixteen(Down, place), numbers.OfSixteen(Up, place));
        p.P1 = Vector512.ConditionalSelect(down, numbers.OfSixteen(shape + 1, place), numbers.OfSixteen(shape, place))
            * Vector512.ConditionalSelect(down, Vector512.Create(downFactor), Vector512.Create(upFactor));
        if (bounds)
        {
            p.P2 = numbers.OfSixteen(numbers.Kinds - 2, place);
            p.P3 = numbers.OfSixteen(numbers.Kinds - 1, place);
        }
    }

    private void Stick(DeviceTable table, int place)
    {
        PaddedMatrix[] stored = shape == Up ? [table.Up, table.Down] : [table.Up, table.Down, table.UpShape, table.DownShape];
        PaddedMatrix[] all = numbers.Kinds > stored.Length ? [.. stored, table.Low, table.High] : stored;
        for (int kind = 0; kind < all.Length; kind++)
        {
            numbers.Set(kind, place, all[kind].Padded[place]);
        }
    }

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
