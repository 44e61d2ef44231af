using System.Buffers;

namespace Crosspoint.Repro.Report;

/// <summary>Words as they can be pasted into a shell.</summary>
internal static class ShellWords
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./,:+%@");

    /// <summary>A word, quoted where a shell would not take it as it is.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
