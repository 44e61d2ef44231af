namespace Crosspoint.Repro.Experiments;

/// <summary>Times as people say them.</summary>
internal static class Duration
{
    /// <summary>A time in words: <c>0.4 s</c>, <c>12 s</c>, <c>1 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Text(double seconds) => seconds switch
    {
        < 9.95 => $"{seconds:0.0} s",
        < 59.5 => $"{seconds:0} s",
        < 3_570 => $"{(int)Math.Round(seconds) / 60} min {(int)Math.Round(seconds) % 60} s",
        _ => $"{(int)Math.Round(seconds / 60) / 60} h {(int)Math.Round(seconds / 60) % 60} min",
    };
}
