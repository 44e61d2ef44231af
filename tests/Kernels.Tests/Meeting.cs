namespace Crosspoint.Kernels.Tests;

/// <summary>A cross-point that sees at least one coincidence.</summary>
internal readonly record struct Meeting(int Row, int Column, int Count)
{
    /// <summary>The entries of three lists, one by one.</summary>
    public static List<Meeting> In(MeetingLists lists)
    {
        List<Meeting> meetings = [];
        for (int n = 0; n < lists.Length; n++)
        {
            meetings.Add(new Meeting(lists.Rows[n], lists.Columns[n], lists.Counts[n]));
        }

        return meetings;
    }
}
