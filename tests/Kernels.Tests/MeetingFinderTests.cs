using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class MeetingFinderTests
{
    [Property]
    public void Every_cross_point_with_a_coincidence_is_found_once_in_order(
        Size rows, Size columns, Slots first, Slots second, Address address, DataSeed data)
    {
        Random random = data.Random();
        MeetingFinder finder = new(rows.Value, columns.Value);
        foreach (int slots in new[] { first.Value, second.Value })
        {
            LineTrains rowTrains = new(rows.Value, slots), columnTrains = new(columns.Value, slots);
            float gain = MathF.Pow(10, -3 * random.NextSingle());
            rowTrains.Draw(address.At, random.Signals(rows.Value), gain, slots);
            columnTrains.Draw(address.At with { Stream = 5 }, random.Signals(columns.Value), gain, slots);
            Assert.Equal(OneByOne(rowTrains, columnTrains), Found(finder, rowTrains, columnTrains));
        }
    }

    /// <summary>More meetings than a batch holds.</summary>
    [Theory]
    [InlineData(300, 40)]
    [InlineData(3, 5_000)]
    [InlineData(1_000, 17)]
    public void Large_updates_are_found_in_pieces(int rows, int columns)
    {
        LineTrains rowTrains = new(rows, 10), columnTrains = new(columns, 10);
        rowTrains.Draw(new RandomAddress(1, 1, 1), new Random(1).Signals(rows), 0.8f, 10);
        columnTrains.Draw(new RandomAddress(1, 2, 1), new Random(2).Signals(columns), 0.8f, 10);
        Assert.Equal(OneByOne(rowTrains, columnTrains), Found(new MeetingFinder(rows, columns), rowTrains, columnTrains));
    }

    [Fact]
    public void A_finder_that_has_not_begun_finds_nothing()
    {
        Assert.False(new MeetingFinder(2, 3).Next(out MeetingLists found));
        Assert.Equal(0, found.Length);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Rejected.With("rows", 1, 0, () => new MeetingFinder(0, 3));
        Rejected.With("columns", 1, 0, () => new MeetingFinder(2, 0));
        MeetingFinder finder = new(2, 3);
        Rejected.With("rows", 2, 1, () => finder.Begin(new LineTrains(1, 10), new LineTrains(3, 10)));
        Rejected.With("columns", 3, 4, () => finder.Begin(new LineTrains(2, 10), new LineTrains(4, 10)));
        Rejected.With("columns", 1, 2, () => finder.Begin(new LineTrains(2, 10), new LineTrains(3, 33)));
    }

    private static List<Meeting> Found(MeetingFinder finder, LineTrains rows, LineTrains columns)
    {
        List<Meeting> found = [];
        finder.Begin(rows, columns);
        while (finder.Next(out MeetingLists some))
        {
            found.AddRange(Meeting.In(some));
        }

        return found;
    }

    private static List<Meeting> OneByOne(LineTrains rows, LineTrains columns)
    {
        List<Meeting> meetings = [];
        for (int i = 0; i < rows.Lines; i++)
        {
            for (int j = 0; j < columns.Lines; j++)
            {
                int count = 0;
                for (int slot = 0; slot < rows.BitLength; slot++)
                {
                    uint row = rows.Words[(slot / 32 * rows.Lines) + i] >> (slot % 32);
                    uint column = columns.Words[(slot / 32 * columns.Lines) + j] >> (slot % 32);
                    count += (int)(row & column & 1);
                }

                if (count > 0)
                {
                    meetings.Add(new Meeting(i, j, count));
                }
            }
        }

        return meetings;
    }
}
