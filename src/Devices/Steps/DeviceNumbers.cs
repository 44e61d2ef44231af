using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Steps;

/// <summary>The numbers of a <see cref="DeviceTable"/> as pulses want them: side by side, and without those that all devices share.</summary>
/// <remarks>
/// A thin update waits for cache lines, not for arithmetic. Shapes that are the same for all devices, or the same multiple of their step
/// scales (the slopes of linear steps), are not stored: they come out of two numbers, to the last bit.
/// </remarks>
internal readonly struct DeviceNumbers
{
    private const int Up = 0, Down = 1, UpShape = 2, DownShape = 3;
    private readonly InterleavedNumbers numbers;
    private readonly float upShape;
    private readonly float downShape;
    private readonly ShapeKind shapes;

    /// <summary>Takes a snapshot of a table.</summary>
    public DeviceNumbers(DeviceTable table, bool bounds)
    {
        if (Shared(table.Up, table.UpShape) is { } up && Shared(table.Down, table.DownShape) is { } down)
        {
            (shapes, upShape, downShape) = (ShapeKind.Shared, up, down);
        }
        else if (MultipleOf(table.Up, table.UpShape) is { } ofUp && MultipleOf(table.Down, table.DownShape) is { } ofDown)
        {
            (shapes, upShape, downShape) = (ShapeKind.MultipleOfScale, ofUp, ofDown);
        }

        PaddedMatrix[] ownShapes = shapes == ShapeKind.Own ? [table.UpShape, table.DownShape] : [], ownBounds = bounds ? [table.Low, table.High] : [];
        numbers = new InterleavedNumbers([table.Up, table.Down, .. ownShapes, .. ownBounds]);
    }

    // How the shape of a step follows from what is stored.
    private enum ShapeKind
    {
        Own,
        Shared,
        MultipleOfScale,
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, int isDown, bool bounds, out PulseParameters<float> p)
    {
        p = default;
        p.P0 = numbers.Of(isDown != 0 ? Down : Up, place);
        float shape = isDown != 0 ? downShape : upShape;
        p.P1 = shapes switch
        {
            ShapeKind.Own => numbers.Of(isDown != 0 ? DownShape : UpShape, place),
            ShapeKind.Shared => shape,
            _ => p.P0 * shape,
        };
        if (bounds)
        {
            p.P2 = numbers.Of(numbers.Kinds - 2, place);
            p.P3 = numbers.Of(numbers.Kinds - 1, place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector256<int> isDown, bool bounds, out PulseParameters<Vector256<float>> p)
    {
        Vector256<float> down = isDown.AsSingle(), shape;
        Vector256<float> scale = Vector256.ConditionalSelect(down, numbers.OfEight(Down, place), numbers.OfEight(Up, place));
        if (shapes == ShapeKind.Own)
        {
            shape = Vector256.ConditionalSelect(down, numbers.OfEight(DownShape, place), numbers.OfEight(UpShape, place));
        }
        else
        {
            shape = Vector256.ConditionalSelect(down, Vector256.Create(downShape), Vector256.Create(upShape));
            shape = shapes == ShapeKind.Shared ? shape : shape * scale;
        }

        // Assigned once each: numbers that two branches assign are kept in memory.
        p = default;
        p.P0 = scale;
        p.P1 = shape;
        if (bounds)
        {
            p.P2 = numbers.OfEight(numbers.Kinds - 2, place);
            p.P3 = numbers.OfEight(numbers.Kinds - 1, place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prepare(int place, Vector512<int> isDown, bool bounds, out PulseParameters<Vector512<float>> p)
    {
        Vector512<float> down = isDown.AsSingle(), shape;
        Vector512<float> scale = Vector512.ConditionalSelect(down, numbers.OfSixteen(Down, place), numbers.OfSixteen(Up, place));
        if (shapes == ShapeKind.Own)
        {
            shape = Vector512.ConditionalSelect(down, numbers.OfSixteen(DownShape, place), numbers.OfSixteen(UpShape, place));
        }
        else
        {
            shape = Vector512.ConditionalSelect(down, Vector512.Create(downShape), Vector512.Create(upShape));
            shape = shapes == ShapeKind.Shared ? shape : shape * scale;
        }

        // Assigned once each: numbers that two branches assign are kept in memory.
        p = default;
        p.P0 = scale;
        p.P1 = shape;
        if (bounds)
        {
            p.P2 = numbers.OfSixteen(numbers.Kinds - 2, place);
            p.P3 = numbers.OfSixteen(numbers.Kinds - 1, place);
        }
    }

    // The shape of all devices that move, if it is one.
    private static float? Shared(PaddedMatrix scale, PaddedMatrix shape) =>
        First(scale) is { } first && Fits(scale, shape, _ => shape.Padded[first]) ? shape.Padded[first] : null;

    // The number that gives the shapes as its products with the scales: a quotient is one rounding away from it.
    private static float? MultipleOf(PaddedMatrix scale, PaddedMatrix shape)
    {
        if (First(scale) is not { } first)
        {
            return null;
        }

        float quotient = shape.Padded[first] / scale.Padded[first];
        foreach (float factor in (float[])[quotient, MathF.BitIncrement(quotient), MathF.BitDecrement(quotient)])
        {
            if (Fits(scale, shape, place => scale.Padded[place] * factor))
            {
                return factor;
            }
        }

        return null;
    }

    // A device without a step does not move, whatever its shape.
    private static int? First(PaddedMatrix scale) => scale.Padded.IndexOfAnyExcept(0) is >= 0 and int place ? place : null;

    private static bool Fits(PaddedMatrix scale, PaddedMatrix shape, Func<int, float> expected)
    {
        for (int place = 0; place < scale.Padded.Length; place++)
        {
            if (scale.Padded[place] != 0 && shape.Padded[place] != expected(place))
            {
                return false;
            }
        }

        return true;
    }
}
