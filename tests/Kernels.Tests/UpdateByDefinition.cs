using System.Numerics;
using System.Runtime.Intrinsics;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Kernels.Tests;

/// <summary>What every way of stepping weights by coincidences is held against: cross-point by cross-point, from the definition.</summary>
internal static class UpdateByDefinition
{
    /// <summary>A way under test, as <see cref="ThinUpdater"/>, <see cref="OnePulseUpdater"/> and <see cref="DenseUpdater"/> have it.</summary>
    public delegate long Way(LineTrains columns, LineTrains rows, ReadOnlySpan<int> rowOf, ReadOnlySpan<uint> rowTrains, in float p, PaddedMatrix weights, out long events);

    /// <summary>Steps weights the way under test, with the rows that pulse.</summary>
    /// <returns>The coincidences, and the cross-points with at least one.</returns>
    public static (long Coincidences, long Events) Apply(Way way, LineTrains rows, LineTrains columns, float p, PaddedMatrix weights)
    {
        int[] rowOf = new int[LineTrains.CompactLength(rows.Lines, 1)];
        uint[] trains = new uint[LineTrains.CompactLength(rows.Lines, rows.Planes)];
        int n = rows.Compact(rowOf, trains);
        long coincidences = way(columns, rows, rowOf.AsSpan(0, n), trains.AsSpan(0, n * rows.Planes), p, weights, out long events);
        return (coincidences, events);
    }

    /// <summary>Steps weights one by one.</summary>
    public static (long Coincidences, long Events) OneByOne(LineTrains rows, LineTrains columns, float p, PaddedMatrix weights)
    {
        long coincidences = 0, events = 0;
        for (int i = 0; i < rows.Lines; i++)
        {
            for (int j = 0; j < columns.Lines; j++)
            {
                int count = 0;
                for (int plane = 0; plane < rows.Planes; plane++)
                {
                    count += BitOperations.PopCount(rows.Words[(plane * rows.Lines) + i] & columns.Words[(plane * columns.Lines) + j]);
                }

                if (count > 0)
                {
                    bool isDown = float.IsNegative(rows.Values[i]) != float.IsNegative(columns.Values[j]);
                    weights[i, j] = Counted.Apply(weights[i, j], isDown ? -count : count, p);
                    coincidences += count;
                    events++;
                }
            }
        }

        return (coincidences, events);
    }

    /// <summary>What does not fit is refused, and no weight of zeros written.</summary>
    /// <param name="way">Of five columns.</param>
    /// <param name="most">The most slots of the way.</param>
    /// <param name="slots">Those of the trains.</param>
    public static void AssertRefusals(Way way, int most, int slots)
    {
        PaddedMatrix weights = new(3, 5);
        LineTrains rows = new(3, most + 1), columns = new(5, most + 1), others = new(4, most + 1);
        rows.Draw(new RandomAddress(1, 2, 3), [1, 1, 1], 1, slots);
        columns.Draw(new RandomAddress(1, 3, 3), [1, 1, 1, 1, 1], 1, slots);
        others.Draw(new RandomAddress(1, 2, 3), [1, 1, 1, 1], 1, slots);
        int planes = rows.Planes;
        Rejected.With("columns", 5, 4, () => Step(rows, others, new int[3], new uint[3 * planes]));
        Rejected.With("weights", 4, 3, () => Step(others, columns, new int[4], new uint[4 * planes]));
        Rejected.With("rowTrains", 3 * planes, (3 * planes) - 1, () => Step(rows, columns, new int[3], new uint[(3 * planes) - 1]));
        rows.Draw(new RandomAddress(1, 2, 3), [1, 1, 1], 1, 10);
        Rejected.With("columns", 10, slots, () => Step(rows, columns, new int[3], new uint[3]));
        columns.Draw(new RandomAddress(1, 3, 3), [1, 1, 1, 1, 1], 1, most + 1);
        Rejected.With("columns", most, most + 1, () => Step(rows, columns, new int[3], new uint[3]));
        Assert.Equal(-1, weights.Padded.IndexOfAnyExcept(0f));

        void Step(LineTrains rows, LineTrains columns, int[] rowOf, uint[] trains) => way(columns, rows, rowOf, trains, 0.01f, weights, out _);
    }

    /// <summary>Two pulses at once are not one after the other.</summary>
    public readonly struct Counted : IPulseResponse<float>
    {
        public static float Apply(float weight, float pulses, in float p) => (weight * 0.9f) + (pulses * p);

        public static Vector256<float> Apply(Vector256<float> weight, Vector256<float> pulses, in float p) => (weight * 0.9f) + (pulses * p);

        public static Vector512<float> Apply(Vector512<float> weight, Vector512<float> pulses, in float p) => (weight * 0.9f) + (pulses * p);
    }
}
