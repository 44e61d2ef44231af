using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>Refuses results that cannot be stored: a number that is none, a ragged curve, a metric that is there twice.</summary>
internal static class ResultCheck
{
    /// <summary>Checks a result before it is written.</summary>
    /// <exception cref="CommandException">It cannot be stored.</exception>
    public static void Require(string experiment, PlannedRun run, RunResult result)
    {
        string where = $"{experiment} {run}";
        HashSet<(Point, string)> seen = [];
        foreach (Metric metric in result.Metrics)
        {
            RequireFinite(where, $"metric {metric.Name}", metric.Value);
            if (!seen.Add((metric.At, metric.Name)))
            {
                throw CommandException.Failure($"{where}: metric {metric.Name} stands twice at {metric.At}; expected once");
            }
        }

        for (int i = 0; i < result.Curve.Count; i++)
        {
            if (result.Curve[i].Length != result.CurveColumns.Count)
            {
                throw CommandException.Failure(
                    $"{where}: row {i} of the curve has {result.Curve[i].Length} numbers; expected {result.CurveColumns.Count}");
            }

            for (int j = 0; j < result.Curve[i].Length; j++)
            {
                RequireFinite(where, $"{result.CurveColumns[j]} in row {i} of the curve", result.Curve[i][j]);
            }
        }
    }

    private static void RequireFinite(string where, string what, double value)
    {
        if (!double.IsFinite(value))
        {
            throw CommandException.Failure($"{where}: {what} is {Point.Format(value)}; expected a finite number");
        }
    }
}
