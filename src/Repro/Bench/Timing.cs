using System.Diagnostics;

namespace Crosspoint.Repro.Bench;

/// <summary>Times calls.</summary>
internal static class Timing
{
    // The runtime compiles a method for speed in two steps, each when it was called 30 times and 100 ms have passed.
    private const double Slice = 0.01;
    private const double Progress = 0.9;
    private const int Patience = 8;

    /// <summary>Seconds of so many calls together.</summary>
    public static double Seconds(Action run, int calls = 1)
    {
        long start = Stopwatch.GetTimestamp();
        for (int n = 0; n < calls; n++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Calls until the runtime has compiled what is called for speed, which shows in calls that no longer get faster.</summary>
    /// <param name="seconds">Ends after so long without progress, and after eight times that in any case.</param>
    /// <param name="runs">What is called in turn.</param>
    public static void WarmUp(double seconds, params IEnumerable<Action?> runs)
    {
        Action[] all = [.. runs.OfType<Action>()];
        double[] best = [.. all.Select(_ => double.MaxValue)];
        Stopwatch total = Stopwatch.StartNew();
        Stopwatch sinceProgress = Stopwatch.StartNew();
        while (sinceProgress.Elapsed.TotalSeconds < seconds && total.Elapsed.TotalSeconds < Patience * seconds)
        {
            for (int k = 0; k < all.Length; k++)
            {
                int calls = 0;
                double spent = 0;
                for (; spent < Slice; calls++)
                {
                    spent += Seconds(all[k]);
                }

                if (spent / calls < Progress * best[k])
                {
                    best[k] = spent / calls;
                    sinceProgress.Restart();
                }
            }
        }
    }

    /// <summary>The calls that make up a sample of about so many seconds.</summary>
    public static int CallsFor(Action run, double seconds)
    {
        int calls = 1;
        for (double spent; (spent = Seconds(run, calls)) < seconds;)
        {
            calls = (int)Math.Min(Math.Ceiling(calls * Math.Clamp(1.2 * seconds / spent, 1.5, 100)), 1 << 24);
        }

        return calls;
    }
}
