using System.Numerics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crosspoint.Kernels;
using Crosspoint.Repro.Bench;

namespace Crosspoint.Bench;

/// <summary>
/// Time per cross-point: the counts of one row with dense trains, and the list of the meetings of an update in which one line in fifty
/// pulses.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class CoincidenceBench
{
    private const int Columns = 1_024;
    private const int Rows = 256;
    private const uint RowTrain = 0x5A5A_F00D;
    private readonly uint[] columnTrains = Inputs.Words(Columns, 2016);
    private readonly uint[] counts = new uint[Columns];
    private readonly uint[] thinRows = Thin(Rows, 1);
    private readonly uint[] thinColumns = Thin(Columns, 2);
    private readonly int[] lines = [.. Enumerable.Range(0, Columns)];
    private readonly int[] inRows = new int[(Rows * Columns) + Coincidence.ListMargin];
    private readonly int[] inColumns = new int[(Rows * Columns) + Coincidence.ListMargin];
    private readonly int[] inCounts = new int[(Rows * Columns) + Coincidence.ListMargin];
    private readonly uint[] row = [RowTrain];

    [BenchmarkCategory("row"), Benchmark(Baseline = true, OperationsPerInvoke = Columns)]
    public void OneAtATime()
    {
        for (int j = 0; j < Columns; j++)
        {
            counts[j] = (uint)BitOperations.PopCount(columnTrains[j] & RowTrain);
        }
    }

    [BenchmarkCategory("row"), Benchmark(OperationsPerInvoke = Columns)]
    public void CountRow() => Coincidence.CountRow(columnTrains, row, counts);

    [BenchmarkCategory("thin update"), Benchmark(Baseline = true, OperationsPerInvoke = Rows * Columns)]
    public int RowsThenColumns()
    {
        int found = 0;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                int count = BitOperations.PopCount(thinRows[i] & thinColumns[j]);
                if (count > 0)
                {
                    inRows[found] = i;
                    inColumns[found] = j;
                    inCounts[found++] = count;
                }
            }
        }

        return found;
    }

    [BenchmarkCategory("thin update"), Benchmark(OperationsPerInvoke = Rows * Columns)]
    public int Find()
    {
        int start = 0;
        MeetingLists lists = new(inRows, inColumns, inCounts);
        return Coincidence.Find(thinRows, lines.AsSpan(0, Rows), thinColumns, lines, 1, ref start, lists);
    }

    private static uint[] Thin(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(50) == 0 ? 1u << random.Next(10) : 0)];
    }
}
