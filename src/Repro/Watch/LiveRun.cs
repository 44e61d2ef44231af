using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Watch;

/// <summary>One run that a process works on.</summary>
/// <param name="Point">The point of the sweep.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Fraction">How far it is, in 0..1.</param>
/// <param name="Words">Where it is, such as "epoch 3 of 10".</param>
/// <param name="SecondsLeft">Seconds that it will take at the speed so far, if it has one.</param>
/// <param name="Columns">Columns of the curve.</param>
/// <param name="Curve">The curve so far, evenly thinned.</param>
internal sealed record LiveRun(
    string Point, ulong Seed, double Fraction, string Words, double? SecondsLeft, IReadOnlyList<string> Columns, IReadOnlyList<double[]> Curve)
{
    private const int MostRows = 48;

    /// <summary>Whether everything is there that a reader needs.</summary>
    public bool IsWhole =>
        Point is not null && Words is not null && Columns is not null && Curve is not null && Curve.All(row => row?.Length == Columns.Count);

    /// <summary>Takes the state of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="now">Now, counted from the first run.</param>
    public static LiveRun Of(RunProgress run, TimeSpan now) => new(
        run.Run.Point.ToString(), run.Run.Seed, run.Fraction, run.Words, run.SecondsLeft(now), run.Columns,
        [.. Thin(run.Curve).Where(row => Array.TrueForAll(row, double.IsFinite))]);

    private static IEnumerable<double[]> Thin(IReadOnlyList<double[]> curve) =>
        curve.Count <= MostRows ? curve : Enumerable.Range(0, MostRows).Select(place => curve[(int)((long)place * (curve.Count - 1) / (MostRows - 1))]);
}
