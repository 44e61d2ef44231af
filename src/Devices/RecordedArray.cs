using System.Numerics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>What one update did to a cross-point that is watched.</summary>
/// <param name="CrossPoint">Its number among those that are watched.</param>
/// <param name="Update">The update: how many had pulsed the array before.</param>
/// <param name="Pulses">Up pulses; below 0, down pulses.</param>
/// <param name="Before">The weight before, in weight units.</param>
/// <param name="After">The weight behind.</param>
public readonly record struct PulseRecord(int CrossPoint, long Update, int Pulses, float Before, float After);

/// <summary>An array of which some cross-points are watched: each pulse they get is recorded, with the weight before and behind it.</summary>
/// <remarks>
/// It does what the array in it does, with the same bits. Records have their room from the beginning, so that an update allocates nothing;
/// what no longer fits is counted. They are part of the state. An array that nobody watches is used as it is and costs nothing.
/// </remarks>
public sealed class RecordedArray : ICrosspointArray
{
    private readonly (int Input, int Output)[] crossPoints;
    private readonly int[] order; // numbers of the cross-points by input lines
    private readonly (int Input, int First, int Last)[] lines; // which of these belong to a line
    private readonly float[] before;
    private readonly PulseRecord[] records;
    private int count;
    private long updates;

    /// <summary>Watches cross-points of an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="crossPoints">Which, each once.</param>
    /// <param name="capacity">Most records, at least 1.</param>
    /// <exception cref="ArgumentException">A cross-point is out of the array, or a number out of its range.</exception>
    public RecordedArray(ICrosspointArray array, IReadOnlyList<(int Input, int Output)> crossPoints, int capacity)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        foreach ((int input, int output) in crossPoints)
        {
            Require.InRange(nameof(crossPoints), 0, array.Weights.Inputs - 1, input);
            Require.InRange(nameof(crossPoints), 0, array.Weights.Outputs - 1, output);
        }

        Array = array;
        this.crossPoints = [.. crossPoints];
        order = [.. Enumerable.Range(0, crossPoints.Count).OrderBy(k => crossPoints[k].Input)];
        lines = [.. order.Select((k, n) => (crossPoints[k].Input, n)).GroupBy(place => place.Input, place => place.n)
            .Select(line => (line.Key, line.First(), line.Last() + 1))];
        before = new float[crossPoints.Count];
        records = new PulseRecord[capacity];
    }

    /// <summary>The array that is watched.</summary>
    public ICrosspointArray Array { get; }

    /// <summary>The cross-points that are watched.</summary>
    public ReadOnlySpan<(int Input, int Output)> CrossPoints => crossPoints;

    /// <summary>The records so far, in order of time.</summary>
    public ReadOnlySpan<PulseRecord> Records => records.AsSpan(0, count);

    /// <summary>Updates of cross-points that no longer fitted.</summary>
    public long Missed { get; private set; }

    /// <inheritdoc/>
    public PaddedMatrix Weights => Array.Weights;

    /// <inheritdoc/>
    public float MinStep => Array.MinStep;

    /// <inheritdoc/>
    public ArrayCounters Counters => Array.Counters;

    /// <inheritdoc/>
    public void Program(PaddedMatrix weights) => Array.Program(weights);

    /// <inheritdoc/>
    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        Require.Fit(Weights, rows, columns);
        Span<uint> train = stackalloc uint[rows.Planes];
        foreach ((int input, int first, int last) in lines)
        {
            if (rows.CopyTrain(input, train))
            {
                for (int n = first; n < last; n++)
                {
                    before[n] = Weights[input, crossPoints[order[n]].Output];
                }
            }
        }

        Array.Pulse(rows, columns, at);
        foreach ((int input, int first, int last) in lines)
        {
            if (rows.CopyTrain(input, train))
            {
                for (int n = first; n < last; n++)
                {
                    int j = crossPoints[order[n]].Output;
                    Note(n, Coincidences(train, columns, j), (rows.Values[input] < 0) != (columns.Values[j] < 0));
                }
            }
        }

        updates++;
    }

    /// <inheritdoc/>
    public void Reset(in RandomAddress at) => Array.Reset(at);

    /// <inheritdoc/>
    public void Rest(double updates, in RandomAddress at) => Array.Rest(updates, at);

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        Array.Save(writer);
        writer.Write(crossPoints.Length);
        writer.Write(updates);
        writer.Write(Missed);
        writer.Write(count);
        foreach (PulseRecord record in Records)
        {
            writer.Write(record.CrossPoint);
            writer.Write(record.Update);
            writer.Write(record.Pulses);
            writer.Write(record.Before);
            writer.Write(record.After);
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        Array.Load(reader);
        int watched = reader.ReadInt32();
        if (watched != crossPoints.Length)
        {
            throw new InvalidDataException($"expected records of {crossPoints.Length} cross-points, got those of {watched}");
        }

        updates = reader.ReadInt64();
        Missed = reader.ReadInt64();
        int stored = reader.ReadInt32();
        if (stored < 0 || stored > records.Length)
        {
            throw new InvalidDataException($"expected at most {records.Length} records of pulses, got {stored}");
        }

        for (count = 0; count < stored; count++)
        {
            int crossPoint = reader.ReadInt32();
            if (crossPoint < 0 || crossPoint >= crossPoints.Length)
            {
                throw new InvalidDataException($"expected records of {crossPoints.Length} cross-points, got one of number {crossPoint}");
            }

            records[count] = new(crossPoint, reader.ReadInt64(), reader.ReadInt32(), reader.ReadSingle(), reader.ReadSingle());
        }
    }

    private static int Coincidences(ReadOnlySpan<uint> train, LineTrains columns, int j)
    {
        int sum = 0;
        for (int p = 0; p < train.Length; p++)
        {
            sum += BitOperations.PopCount(train[p] & columns.Words[(p * columns.Lines) + j]);
        }

        return sum;
    }

    private void Note(int n, int coincidences, bool isDown)
    {
        if (coincidences == 0)
        {
            return;
        }

        if (count == records.Length)
        {
            Missed++;
            return;
        }

        (int i, int j) = crossPoints[order[n]];
        records[count++] = new(order[n], updates, isDown ? -coincidences : coincidences, before[n], Weights[i, j]);
    }
}
