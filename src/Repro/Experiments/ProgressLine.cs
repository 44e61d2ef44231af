using System.Diagnostics;

namespace Crosspoint.Repro.Experiments;

/// <summary>A line that tells how far something is: written over on a terminal, now and then a new one elsewhere.</summary>
/// <param name="writer">Receives the lines; <see cref="TextWriter.Null"/> for silence.</param>
/// <param name="width">Columns of the terminal; 0 where the writer is none.</param>
internal sealed class ProgressLine(TextWriter writer, int width)
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);
    private readonly Stopwatch sinceLine = Stopwatch.StartNew();
    private bool open;

    /// <summary>Whether it is time for another line.</summary>
    public bool IsDue => sinceLine.Elapsed >= (width > 0 ? TerminalInterval : PlainInterval);

    /// <summary>Writes a line.</summary>
    public void Write(string line)
    {
        sinceLine.Restart();
        if (width > 0)
        {
            int columns = Math.Max(width - 1, 1);
            writer.Write('\r' + (line.Length > columns ? line[..columns] : line.PadRight(columns)));
            open = true;
        }
        else
        {
            writer.WriteLine(line);
        }

        writer.Flush();
    }

    /// <summary>Ends the line on a terminal.</summary>
    public void End()
    {
        if (open)
        {
            writer.WriteLine();
            open = false;
        }
    }
}
