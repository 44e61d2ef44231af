using System.Globalization;
using System.Text.Json;
using Crosspoint.Repro.Bench;
using Xunit;

namespace Crosspoint.Repro.Tests;

public sealed class BenchTests : IDisposable
{
    private static readonly string[] Columns =
    [
        "name", "unit", "median", "min", "max", "spreadPercent", "n", "roundsPercent", "coincidences", "coincidenceNanoseconds", "goal", "goalScaledBy", "scaledGoal", "ofGoal",
        "rooflinePercent", "limitPercent", "timesLoop", "timesTensors", "cache", "workingSet", "readBandwidth", "crossPointNanoseconds", "overBestSize", "fma", "l2",
        "median256", "ratio256", "limitRatio256",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The names that goals and scripts refer to.</summary>
    [Fact]
    public void The_list_has_the_rows_of_the_contract()
    {
        string[] names = Names(Json.Parse(new Cli().Succeed("bench", "--list", "--json")));
        string[] contract =
        [
            "calibrate/fma", "calibrate/l1", "calibrate/l2", "calibrate/l3", "random/words", "random/gaussian", "random/bernoulli",
            "update/constant-step/512x512/dense", "update/constant-step/512x512/dense10", "update/constant-step/512x512/sparse",
            "update/constant-step/256x784/sparse", "update/unidirectional-pair/512x512/dense",
            "update/linear-step/512x512/dense", "update/linear-step/512x512/dense10", "update/linear-step/512x512/sparse",
            "update/linear-step/256x784/sparse", "update/exponential-step/512x512/dense", "update/power-step/512x512/dense",
            "forward/512x512/b1", "forward/512x512/b64", "backward/512x512/b1",
            "train/mlp/floating-point", "train/mlp/constant-step", "train/mlp/unidirectional-pair",
            "train/mlp/unidirectional-pair-digits", "train/noprop/3000", "train/noprop/hidden-bits-3000", "train/mlp/sign-pulses-300", "train/lstm/fp", "train/lstm/sgd-symmetric-1200", "train/lstm/ttv2-15",
            "train/lstm/ttv2-120", "train/lstm/ttv2-1200",
        ];
        Assert.Empty(contract.Except(names));
        Assert.Equal(names.Distinct(), names);
        Assert.All(names, name => Assert.Matches(
            @"^(calibrate/(fma|l[123]|memory)|random/[a-z]+|update/[a-z-]+/\d+x\d+/(dense|dense10|sparse)|(forward|backward)/\d+x\d+/b\d+|product/(forward|backward)/\d+x\d+|look-up/(jumps|steps)-[a-z0-9-]+/pulses\d|train/[a-z]+/[a-z0-9-]+)$",
            name));
    }

    [Fact]
    public void The_sweep_has_every_power_of_two_from_64_to_4096()
    {
        string[] names = Names(Json.Parse(new Cli().Succeed("bench", "--list", "--json", "--sizes", "--filter", "forward/*")));
        Assert.Equal(Enumerable.Range(6, 7).Select(k => $"forward/{1 << k}x{1 << k}/b1"), names);
    }

    [Fact]
    public void A_goal_is_told_in_the_list() =>
        Assert.Matches(@"update/constant-step/512x512/dense +ns/cross-point, goal 0\.25", new Cli().Succeed("bench", "--list"));

    [Theory]
    [InlineData("a/*", "a/one,a/two")]
    [InlineData("a/t?o", "a/two")]
    [InlineData("b/*,a/one", "a/one,b/one")]
    [InlineData("*", "a/one,a/two,b/one")]
    public void A_filter_chooses_by_pattern(string patterns, string chosen) =>
        Assert.Equal([.. chosen.Split(',')], BenchCatalogue.Choose(["a/one", "a/two", "b/one"], patterns.Split(',')).Order());

    [Fact]
    public void Filters_can_be_given_one_by_one()
    {
        Cli cli = new();
        Assert.Equal(
            cli.Succeed("bench", "--list", "--filter", "random/words,train/*"),
            cli.Succeed("bench", "--list", "--filter", "random/words", "--filter", "train/*"));
    }

    [Fact]
    public void The_json_keeps_its_names_and_a_goal_moves_with_the_machine()
    {
        JsonElement report = Json.Parse(new Cli().Succeed("bench", "--quick", "--quiet", "--json", "--filter", "random/words,calibrate/l2,calibrate/fma"));
        Assert.Equal(
            ["processor", "vectorBits", "threads", "version", "runtime", "quick", "seconds", "caches", "rows"],
            report.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["calibrate/fma", "calibrate/l2", "random/words"], Names(report));
        Assert.All(report.Get("rows").EnumerateArray(), row =>
        {
            Assert.Equal(Columns, row.EnumerateObject().Select(property => property.Name));
            Assert.InRange(row.Get("median").GetDouble(), row.Get("min").GetDouble(), row.Get("max").GetDouble());
            Assert.True(row.Get("min").GetDouble() > 0 && row.Get("n").GetInt32() >= 5);
        });
        JsonElement words = report.Get("rows", 2);
        Assert.Equal("calibrate/fma", words.Get("goalScaledBy").GetString());
        Assert.Equal(words.Get("goal").GetDouble() * 125 / words.Get("fma").GetDouble(), words.Get("scaledGoal").GetDouble(), 1e-3);
        Assert.Equal(words.Get("median").GetDouble() / words.Get("scaledGoal").GetDouble(), words.Get("ofGoal").GetDouble(), 1e-2);
        Assert.True(words.Get("timesLoop").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Null, words.Get("coincidences").ValueKind);
    }

    [Fact]
    public void A_goal_is_scaled_by_what_bounds_it()
    {
        Assert.Equal(2.5, new Goal(5, Bound.Compute).Scaled(multiplyAdds: 250, bandwidth: 245), 12);
        Assert.Equal(10, new Goal(5, Bound.Cache).Scaled(multiplyAdds: 250, bandwidth: 122.5), 12);
    }

    [Fact]
    public void A_quick_run_of_real_rows_ends_in_seconds_and_prints_an_aligned_table()
    {
        Cli.Outcome outcome = new Cli().Run("bench", "--quick", "--filter", "update/constant-step/512x512/*,forward/512x512/b1");
        Assert.Equal(0, outcome.ExitCode);
        string[] lines = outcome.Output.Split('\n');
        Assert.Contains("a quick run", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("row ", lines[1], StringComparison.Ordinal);
        Assert.Equal(["update/constant-step/512x512/dense", "update/constant-step/512x512/dense10", "update/constant-step/512x512/sparse", "forward/512x512/b1"],
            lines[2..6].Select(line => line.Split(' ')[0]));
        int unit = lines[1].IndexOf(" unit", StringComparison.Ordinal) + " unit".Length;
        Assert.All(lines[2..6], line => Assert.True(line[unit - 1] != ' ' && line[unit] == ' ', line));
        Assert.Matches(@"\d of 3 goals met", outcome.Output);
    }

    [Fact]
    public void The_file_is_a_table_with_the_columns_of_the_json()
    {
        BenchRow[] rows = [Row("fake/one"), Row("fake/two") with { Goal = new Goal(1, Bound.Cache) }];
        Cli cli = new() { BenchRows = rows };
        cli.Succeed("bench", "--quick", "--quiet", "--filter", "fake/*", "--out", folder["bench.csv"]);
        string[] lines = [.. File.ReadAllLines(folder["bench.csv"]).Where(line => line[0] != '#')];
        Assert.Equal(Columns, lines[0].Split(','));
        Assert.Equal(["fake/one", "fake/two"], lines[1..].Select(line => line.Split(',')[0]));
        Assert.All(lines[1..], line => Assert.True(double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture) > 0));

        string printed = cli.Succeed("bench", "--quick", "--quiet", "--filter", "fake/*", "--out", folder["bench.json"], "--json");
        Assert.Equal(printed, File.ReadAllText(folder["bench.json"]).TrimEnd('\n') + Environment.NewLine);
        Assert.Equal(["bench.csv", "bench.json"], folder.Files());
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_told_before_anything_is_measured()
    {
        File.WriteAllText(folder["file"], "a regular file");
        BenchRow row = Row("fake/one") with { Prepare = () => throw new InvalidOperationException("measured") };
        new Cli { BenchRows = [row] }.Fail(
            ExitCodes.Failure, [folder["file"], "cannot be written"], "bench", "--quiet", "--filter", "fake/*", "--out", folder["file", "bench.csv"]);
    }

    [Fact]
    public void A_stopped_run_says_so()
    {
        using CancellationTokenSource stop = new();
        BenchRow row = Row("fake/one") with { Prepare = () => new BenchCase(stop.Cancel) };
        new Cli { BenchRows = [row], Cancellation = stop.Token }.Fail(
            ExitCodes.Interrupted, ["stopped"], "bench", "--quick", "--quiet", "--filter", "fake/*");
    }

    [Fact]
    public void Of_several_rounds_each_row_tells_its_quickest()
    {
        List<string> order = [];
        BenchRow Disturbed(string name, int slowRound) => Row(name) with
        {
            Prepare = () =>
            {
                order.Add(name);
                int spins = order.Count(n => n == name) == slowRound ? 30_000 : 1_000;
                return new BenchCase(() => Thread.SpinWait(spins));
            },
        };
        Cli cli = new() { BenchRows = [Disturbed("fake/one", 1), Disturbed("fake/two", 3)] };
        JsonElement rows = Json.Parse(cli.Succeed("bench", "--quick", "--quiet", "--json", "--filter", "fake/*", "--rounds", "3")).Get("rows");
        Assert.Equal(["fake/one", "fake/two", "fake/one", "fake/two", "fake/one", "fake/two"], order);
        Assert.Equal(2, rows.GetArrayLength());
        Assert.All(rows.EnumerateArray(), row => Assert.InRange(row.Get("roundsPercent").GetDouble(), 300, double.PositiveInfinity)); // 2,900 without disturbance
        Assert.Contains("rounds", cli.Succeed("bench", "--quick", "--quiet", "--filter", "fake/*", "--rounds", "2"), StringComparison.Ordinal);
        cli.Fail(ExitCodes.Usage, ["--rounds", "at least 1 and at most 100", "0"], "bench", "--rounds", "0");
    }

    [Theory]
    [InlineData(new double[] { 3, 2, 4 }, new double[] { 9, 8, 5 }, 2, 100.0, 2.5)]
    [InlineData(new double[] { 2 }, new double[] { 5 }, 2, null, 2.5)]
    public void The_quickest_round_is_chosen_for_each_width_by_itself_and_the_strictest_goal(
        double[] medians, double[] medians256, double median, double? above, double ratio)
    {
        MeasuredRow row = MeasuredRow.Quickest([.. medians.Zip(medians256, (m, half) => new MeasuredRow
        {
            Name = "fake/one",
            Unit = "ns/step",
            Median = m,
            Min = m,
            Max = m,
            SpreadPercent = 0,
            N = 1,
            Median256 = half,
            ScaledGoal = half / 5,
            LimitPercent = 100 / m,
            Limit256 = half / 2,
        })]);
        Assert.Equal((median, above, 5.0, ratio), (row.Median, row.RoundsPercent, row.Median256, row.Ratio256));
        Assert.Equal((1, median), (row.ScaledGoal, row.OfGoal));
        Assert.Equal((100 / median, 2.5, 2.5), (row.LimitPercent, row.Limit256, row.LimitRatio256));
    }

    [Fact]
    public void A_second_process_measures_the_row_without_Avx512()
    {
        string[] args = ["bench", "--quick", "--quiet", "--widths", "--json", "--filter", "random/words"];
        if (BuildInfo.VectorBits <= OtherWidth.Bits)
        {
            new Cli().Fail(ExitCodes.Failure, ["--widths: expected a processor with vectors of more than 256 bits", $"got {BuildInfo.VectorBits}"], args);
            return;
        }

        JsonElement row = Json.Parse(new Cli().Succeed(args)).Get("rows", 0);
        double ratio = row.Get("median256").GetDouble() / row.Get("median").GetDouble();
        Assert.InRange(row.Get("ratio256").GetDouble(), 0.999 * ratio, 1.001 * ratio);
        Assert.True(row.Get("limitRatio256").GetDouble() > 0);
    }

    /// <summary>What the names of the cases promise, of the library and of the loop beside it; bounds are above 4.5 deviations of the mean
    /// over 300 and 30 updates, and the seeds are fixed.</summary>
    [Theory]
    [InlineData("dense", 7.75)]
    [InlineData("dense10", 2.5)]
    [InlineData("sparse", 0.01)]
    public void A_case_has_the_coincidences_of_its_name(string name, double mean)
    {
        const int Lines = 512, Updates = 300;
        UpdateSignals signals = UpdateSignals.Of(name, Lines, Lines);
        UpdateCase update = new(new Devices.ConstantStepArray(Lines, Lines, 0.001f), signals);
        Counter counter = new(new long[1]);
        PlainUpdate<Counter> plain = new(counter, signals);
        for (int n = 0; n < Updates; n++)
        {
            update.Run();
            if (n % 10 == 0)
            {
                plain.Run();
            }
        }

        Assert.InRange(update.Coincidences, 0.95 * mean, 1.05 * mean);
        Assert.InRange(counter.Pulses[0] / (Updates / 10.0) / Lines / Lines, 0.84 * mean, 1.16 * mean);
    }

    [Fact]
    public void The_peak_loops_do_what_they_count()
    {
        double done = PeakKernels.MultiplyAdd(10, out float sum);
        Assert.Equal(10 * 12 * Math.Max(BuildInfo.VectorBits >= 256 ? BuildInfo.VectorBits / 32 : 1, 1), done);
        Assert.Equal(done / 10, sum, 0.01);

        float[] data = [.. Enumerable.Repeat(1f, 512)];
        uint before = PeakKernels.Read(data);
        for (int k = 0; k < data.Length; k++)
        {
            data[k] = 2;
            Assert.NotEqual(before, PeakKernels.Read(data));
            data[k] = 1;
        }
    }

    [Fact]
    public void Cache_sizes_are_read_as_Linux_tells_them()
    {
        Cache("index0", "1", "Data", "48K");
        Cache("index1", "1", "Instruction", "32K");
        Cache("index2", "2", "Unified", "1024K");
        Cache("index3", "3", "Unified", "32M");
        Assert.Equal(new Caches(48 << 10, 1 << 20, 32 << 20), Caches.Read(folder.Path));
        Cache("index2", "2", "Unified", "large");
        Assert.Equal(Caches.Usual.L2, Caches.Read(folder.Path).L2);
        Assert.Equal(Caches.Usual, Caches.Read(folder["none"]));
        Assert.Equal(["l1", "l2", "l3", "memory"], new double[] { 1, (48 << 10) + 1, (1 << 20) + 1, (32 << 20) + 1 }.Select(Caches.Read(folder.Path).LevelOf));

        void Cache(string name, string level, string type, string size)
        {
            Directory.CreateDirectory(folder[name]);
            File.WriteAllText(folder[name, "level"], level + "\n");
            File.WriteAllText(folder[name, "type"], type + "\n");
            File.WriteAllText(folder[name, "size"], size + "\n");
        }
    }

    [Fact]
    public void Samples_know_their_quantiles()
    {
        Samples samples = new();
        foreach (double value in new[] { 5.0, 1, 4, 2, 3 })
        {
            samples.Add(value);
        }

        Assert.Equal((3.0, 1.0, 5.0, 15.0, 5), (samples.Median, samples.Min, samples.Max, samples.Sum, samples.Count));
        Assert.Equal(100 * (4.0 - 2) / 3, samples.SpreadPercent, 12);
        Assert.Equal(1.4, samples.Quantile(0.1), 12);
    }

    [Fact]
    public void The_sweep_tells_where_a_cross_point_gets_dearer()
    {
        MeasuredRow[] rows =
        [
            .. Scaling.Compare(
            [
                Size(64, 3, "l1"), Size(128, 1.1, "l2"), Size(256, 1, "l2"), Size(512, 1.2, "l2"), Size(1024, 2, "l3"), Size(2048, 2.5, "l3"),
            ]),
        ];
        Assert.Equal([3, 1.1, 1, 1.2, 2, 2.5], rows.Select(row => row.OverBestSize!.Value));
        Assert.Equal(
            "forward/NxN/b1: linear within 25 % from 128x128 (l2, 0.06 MB) to 512x512 (l2, 1 MB); 1024x1024 (l3, 4 MB) takes 2.0 times the best",
            Assert.Single(Scaling.Lines(rows)));

        static MeasuredRow Size(int n, double cost, string cache) => new()
        {
            Name = $"forward/{n}x{n}/b1",
            Unit = "us/vector",
            Median = 1,
            Min = 1,
            Max = 1,
            SpreadPercent = 0,
            N = 1,
            CrossPointNanoseconds = cost,
            Cache = cache,
            WorkingSet = 4.0 * n * n,
        };
    }

    private static string[] Names(JsonElement report) => [.. report.Get("rows").EnumerateArray().Select(row => row.Get("name").GetString()!)];

    private static BenchRow Row(string name) => new()
    {
        Name = name,
        Unit = "ns/step",
        Operations = 1_000,
        Prepare = () => new BenchCase(() => Thread.SpinWait(1_000)),
    };

    private readonly struct Counter(long[] pulses) : IPlainDevice
    {
        public long[] Pulses => pulses;

        public void Pulse(int place, int count, bool up) => pulses[0] += count;
    }
}
