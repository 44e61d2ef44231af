using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class CoincidenceTests
{
    [Property]
    public void CountRow_counts_the_slots_in_which_both_lines_pulse(Length columns, Slots slots, DataSeed data)
    {
        int planes = PulseTrains.Planes(slots.Value);
        Random random = data.Random();
        Guarded<uint> trains = new(random.Words(planes * columns.Value)), row = new(random.Words(planes)), counts = new(columns.Value);
        Coincidence.CountRow(trains.Span, row.Span, counts.Span);
        Assert.Equal(
            Enumerable.Range(0, columns.Value).Select(j => SlotBySlot(trains.ToArray(), columns.Value, j, row.ToArray(), 1, 0, planes)),
            counts.ToArray());
        counts.AssertGuardsIntact();
    }

    /// <summary>Full trains of every number of words: the sums of bytes or lanes must not overflow on the way.</summary>
    [Fact]
    public void Full_trains_meet_in_every_slot()
    {
        for (int planes = 1; planes <= 128; planes++)
        {
            uint[] trains = new uint[planes * 35], row = new uint[planes], counts = new uint[35];
            trains.AsSpan().Fill(uint.MaxValue);
            row.AsSpan().Fill(uint.MaxValue);
            Coincidence.CountRow(trains, row, counts);
            Assert.Equal(-1, counts.AsSpan().IndexOfAnyExcept((uint)(32 * planes)));
        }
    }

    [Property]
    public void A_row_cut_in_two_has_the_counts_of_the_whole(Length columns, Length at, DataSeed data)
    {
        int cut = Math.Min(at.Value, columns.Value);
        Random random = data.Random();
        uint[] trains = random.Words(columns.Value), row = random.Words(1);
        uint[] whole = new uint[columns.Value], parts = new uint[columns.Value];
        Coincidence.CountRow(trains, row, whole);
        Coincidence.CountRow(trains.AsSpan(0, cut), row, parts.AsSpan(0, cut));
        Coincidence.CountRow(trains.AsSpan(cut), row, parts.AsSpan(cut));
        Assert.Equal(whole, parts);
    }

    /// <summary>Thin trains leave most cross-points empty, dense ones fill most; a buffer may take one row or all of them.</summary>
    [Property(MaxTest = 200)]
    public void Find_lists_the_nonzero_counts_in_order_whatever_the_room(
        Length rows, Length columns, Slots slots, Length room, DataSeed data)
    {
        int planes = Math.Min(PulseTrains.Planes(slots.Value), 3);
        Random random = data.Random();
        int thinning = random.Next(0, 5);
        Guarded<uint> rowTrains = new(Thin(random, planes * rows.Value, thinning));
        Guarded<uint> columnTrains = new(Thin(random, planes * columns.Value, thinning));
        List<Meeting> expected = [], found = [];
        for (int i = 0; i < rows.Value; i++)
        {
            for (int j = 0; j < columns.Value; j++)
            {
                uint count = SlotBySlot(columnTrains.ToArray(), columns.Value, j, rowTrains.ToArray(), rows.Value, i, planes);
                if (count > 0)
                {
                    expected.Add(new Meeting(i, j, (int)count));
                }
            }
        }

        int[] rowOf = random.Words(rows.Value).Select(w => (int)w).ToArray(), columnOf = random.Words(columns.Value).Select(w => (int)w).ToArray();
        int length = columns.Value + Coincidence.ListMargin + (room.Value * random.Next(0, 20));
        Guarded<int> inRows = new(length), inColumns = new(length), counts = new(length);
        int calls = 0;
        for (int row = 0; row < rows.Value; calls++)
        {
            int before = row;
            MeetingLists lists = new(inRows.Span, inColumns.Span, counts.Span);
            int n = Coincidence.Find(rowTrains.Span, rowOf, columnTrains.Span, columnOf, planes, ref row, lists);
            found.AddRange(Meeting.In(lists.First(n)));
            Assert.True(row > before, "every call must finish at least one row");
        }

        Assert.Equal(expected.Select(m => new Meeting(rowOf[m.Row], columnOf[m.Column], m.Count)), found);
        Assert.InRange(calls, 0, rows.Value);
        inRows.AssertGuardsIntact();
        inColumns.AssertGuardsIntact();
        counts.AssertGuardsIntact();
    }

    [Fact]
    public void Find_with_no_row_left_finds_nothing()
    {
        int row = 2;
        Assert.Equal(0, Coincidence.Find([1, 1], [0, 1], [1], [0], 1, ref row, new MeetingLists(new int[17], new int[17], new int[17])));
        Assert.Equal(2, row);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused_before_anything_is_written()
    {
        Guarded<uint> counts = new(5);
        Rejected.With("rowTrain", 1, 0, () => Coincidence.CountRow([], [], counts.Span));
        Rejected.With("columnTrains", 10, 9, () => Coincidence.CountRow(new uint[9], new uint[2], counts.Span));
        counts.AssertUntouched();

        Guarded<int> list = new(20);
        int row = 0;
        void Find(int rowWords, int rows, int columnWords, int columns, int planes, int room = 20) => Coincidence.Find(
            new uint[rowWords], new int[rows], new uint[columnWords], new int[columns], planes, ref row,
            new MeetingLists(list.Span, list.Span, list.Span[..room]));
        Rejected.With("planes", 1, 0, () => Find(1, 1, 1, 1, 0));
        Rejected.With("rowTrains", 2, 3, () => Find(3, 1, 4, 2, 2));
        Rejected.With("columnTrains", 4, 5, () => Find(2, 1, 5, 2, 2));
        Rejected.With("into", 21, 20, () => Find(2, 2, 5, 5, 1));
        Rejected.With("into", 20, 19, () => Find(2, 2, 4, 4, 1, 19));
        list.AssertUntouched();
        Assert.Equal(0, row);
    }

    private static uint[] Thin(Random random, int count, int times)
    {
        uint[] words = random.Words(count);
        for (int k = 0; k < times; k++)
        {
            uint[] mask = random.Words(count);
            for (int n = 0; n < count; n++)
            {
                words[n] &= mask[n];
            }
        }

        return words;
    }

    /// <summary>The definition, one slot at a time: Σ_n A_i^n B_j^n.</summary>
    private static uint SlotBySlot(uint[] columnTrains, int columns, int j, uint[] rowTrains, int rows, int i, int planes)
    {
        uint coincidences = 0;
        for (int slot = 0; slot < planes * 32; slot++)
        {
            uint column = (columnTrains[(slot / 32 * columns) + j] >> (slot % 32)) & 1;
            uint row = (rowTrains[(slot / 32 * rows) + i] >> (slot % 32)) & 1;
            coincidences += column * row;
        }

        return coincidences;
    }
}
