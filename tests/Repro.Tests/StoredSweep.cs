using System.Text.Json;

namespace Crosspoint.Repro.Tests;

/// <summary>Writes results of experiments that no version of the program knows, with any names.</summary>
internal static class StoredSweep
{
    /// <summary>A name that would run as a script, end an attribute or break a table if it were not encoded.</summary>
    public const string Hostile = "<img src=x onerror=\"window.hacked=1\">'\"&</script><script>window.hacked=1</script>";

    /// <summary>Writes one result.</summary>
    public static void Write(
        string root, string experiment, Dictionary<string, object> point, ulong seed, double value, string metric = "test_accuracy_percent",
        Dictionary<string, object>? parameters = null, int epochs = 5)
    {
        Dictionary<string, object> content = new()
        {
            ["format"] = 2,
            ["experiment"] = experiment,
            ["profile"] = "full",
            ["point"] = point,
            ["seed"] = seed,
            ["data"] = "none",
            ["parameters"] = parameters ?? new Dictionary<string, object>(point) { ["rate"] = 0.5 },
            ["metrics"] = new[] { new { name = metric, at = new { }, value } },
            ["counters"] = new { pulses = 12 },
            ["curve"] = new
            {
                columns = new[] { "epoch", metric },
                rows = Enumerable.Range(1, epochs).Select(epoch => new[] { epoch, value - (10.0 / epoch) }),
            },
            ["seconds"] = 1.5,
            ["version"] = "9.9.9",
            ["vectorBits"] = 256,
            ["key"] = new string('a', 64),
        };
        string name = string.Concat(string.Join(",", point.Select(pair => $"{pair.Key}={pair.Value}")).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '=' or ',' or '.'));
        string folder = Path.Combine(root, string.Concat(experiment.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '/')), name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"seed-{seed}.json"), JsonSerializer.Serialize(content));
    }

    /// <summary>A grid over two parameters, three seeds a point.</summary>
    public static void WriteGrid(string root, string experiment)
    {
        foreach (double sigma in new[] { 0.1, 0.2, 0.4, 0.8 })
        {
            foreach (int states in new[] { 8, 16, 32 })
            {
                for (ulong seed = 1; seed <= 3; seed++)
                {
                    Write(root, experiment, new() { ["sigma"] = sigma, ["states"] = states }, seed, 90 + (Math.Log2(states) / 2) - (5 * sigma) + (0.1 * seed));
                }
            }
        }
    }
}
