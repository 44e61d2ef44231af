using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crosspoint.Repro.Bench;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint bench</c>: throughput of this machine, row by row, against goals, plain loops and the machine's own limits.</summary>
internal sealed class BenchCommand
{
    private const double UsualSeconds = 1, QuickSeconds = 0.1, LeastSeconds = 0.01, MostSeconds = 600;

    private readonly Option<string[]> filter = Options.Texts(
        "--filter", "GLOB[,GLOB...]", "Only the rows whose names match; * stands for any letters, ? for one");
    private readonly Option<bool> quick = new("--quick") { Description = "A fraction of a second a row: numbers are rough" };
    private readonly Option<double?> minTime = Options.Seconds(
        "--min-time", $"Seconds of samples a row (default: {UsualSeconds}, quick {QuickSeconds})", LeastSeconds, MostSeconds);
    private readonly Option<int?> rounds = Options.Whole(
        "--rounds", "N", "Measure all rows N times in turn and keep each one's quickest round (default: 1), on a machine that others use too", 1, 100);
    private readonly Option<int?> threads = Options.Whole("--threads", "N", "Threads of one row (default and maximum: 1)", 1, 1);
    private readonly Option<bool> sizes = new("--sizes") { Description = "Square arrays of 64 to 4096 lines instead: where the cost of a cross-point leaves a cache" };
    private readonly Option<bool> widths = new("--widths") { Description = "Measure each row without AVX-512 as well, in a second process" };
    private readonly Option<bool> list = new("--list") { Description = "Print the names of the rows and measure nothing" };
    private readonly Option<string?> file = Options.Text("--out", "FILE", "Write the report to FILE.csv or FILE.json too");
    private readonly Option<bool> json = Options.Json();
    private readonly Option<bool> quiet = new("--quiet") { Description = "No progress on standard error" };
    private readonly Host host;

    private BenchCommand(Host host) => this.host = host;

    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        BenchCommand bench = new(host);
        Command command = new("bench", "Throughput of this machine: updates, mat-vecs, random numbers, training steps")
        {
            bench.filter, bench.quick, bench.minTime, bench.rounds, bench.threads, bench.sizes, bench.widths, bench.list, bench.file, bench.json, bench.quiet,
        };
        command.SetAction(bench.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Calibration calibration = new(Caches.OfThisMachine());
        IReadOnlyList<BenchRow> all = parsed.GetValue(sizes) ? BenchCatalogue.Sizes : host.BenchRows;
        HashSet<string> names = BenchCatalogue.Choose(
            [.. calibration.Probes.Select(probe => probe.Row), .. all.Select(row => row.Name)], parsed.GetValue(filter) ?? []);
        Probe[] probes = [.. calibration.Probes.Where(probe => names.Contains(probe.Row))];
        BenchRow[] rows = [.. all.Where(row => names.Contains(row.Name))];
        if (parsed.GetValue(list))
        {
            List(probes, rows, parsed.GetValue(json));
            return ExitCodes.Success;
        }

        Prepare(parsed);
        BenchReport report = Measure(parsed, calibration, probes, rows);
        if (parsed.GetValue(file) is { } path)
        {
            report.WriteFile(path);
        }

        if (parsed.GetValue(json))
        {
            report.WriteJson(host.Output);
        }
        else
        {
            report.WriteText(host.Output);
        }

        return ExitCodes.Success;
    }

    // Mistakes are told before minutes are spent on measuring.
    private void Prepare(ParseResult parsed)
    {
        if (parsed.GetValue(widths) && BuildInfo.VectorBits <= OtherWidth.Bits)
        {
            throw CommandException.Failure(
                $"--widths: expected a processor with vectors of more than {OtherWidth.Bits} bits, got {BuildInfo.VectorBits}");
        }

        if (parsed.GetValue(file) is not { } path)
        {
            return;
        }

        if (Path.GetExtension(path).ToUpperInvariant() is not (".CSV" or ".JSON"))
        {
            throw CommandException.Usage($"--out: expected a name that ends in .csv or .json, got '{path}'");
        }

        AtomicFile.RequireWritable(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private BenchReport Measure(ParseResult parsed, Calibration calibration, Probe[] probes, BenchRow[] rows)
    {
        Stopwatch time = Stopwatch.StartNew();
        bool isQuick = parsed.GetValue(quick);
        double seconds = parsed.GetValue(minTime) ?? (isQuick ? QuickSeconds : UsualSeconds);
        BenchRun run = new(seconds, isQuick, calibration, host.Cancellation);
        ProgressLine progress = new(parsed.GetValue(quiet) ? TextWriter.Null : host.Error, host.ErrorWidth);
        int count = parsed.GetValue(rounds) ?? 1;
        List<MeasuredRow>[] measured = [.. rows.Select(_ => new List<MeasuredRow>(count))];
        foreach (Probe probe in probes)
        {
            Tell(probe.Row, 0);
            run.Measure(probe);
        }

        for (int n = 0; n < count * rows.Length; n++)
        {
            BenchRow row = rows[n % rows.Length];
            Tell(row.Name, n);
            MeasuredRow line = run.Measure(row);
            measured[n % rows.Length].Add(parsed.GetValue(widths) ? WithOtherWidth(parsed, line, seconds) : line);
            Array.ForEach(probes, probe => probe.Sample());
        }

        progress.End();
        MeasuredRow[] quickest = [.. measured.Select(MeasuredRow.Quickest)];
        IEnumerable<MeasuredRow> lines = parsed.GetValue(sizes) ? Scaling.Compare(quickest) : quickest;
        return new BenchReport([.. probes.Select(BenchRun.Line), .. lines], calibration.Caches, isQuick, time.Elapsed.TotalSeconds);

        void Tell(string name, int done)
        {
            if (progress.IsDue)
            {
                progress.Write($"bench: {done} of {count * rows.Length} rows, now {name}");
            }
        }
    }

    private MeasuredRow WithOtherWidth(ParseResult parsed, MeasuredRow line, double seconds)
    {
        List<string> options = ["--min-time", seconds.ToString(CultureInfo.InvariantCulture)];
        options.AddRange(from option in (IEnumerable<Option<bool>>)[quick, sizes] where parsed.GetValue(option) select option.Name);
        (double median, double? limit) = OtherWidth.Measure(line.Name, options, host.Cancellation);
        return line with { Median256 = median, Ratio256 = median / line.Median, Limit256 = limit };
    }

    private void List(Probe[] probes, BenchRow[] rows, bool asJson)
    {
        (string Name, string Unit, double? Goal)[] lines =
        [
            .. probes.Select(probe => (probe.Row, probe.Unit, (double?)null)),
            .. rows.Select(row => (row.Name, row.Unit, row.Goal?.Limit)),
        ];
        if (!asJson)
        {
            int width = lines.Max(line => line.Name.Length) + 2;
            foreach ((string name, string unit, double? goal) in lines)
            {
                host.Output.WriteLine($"{name.PadRight(width)}{unit}{(goal is { } limit ? $", goal {limit}" : string.Empty)}");
            }

            return;
        }

        JsonOutput.Write(host.Output, output =>
        {
            output.WriteStartArray("rows");
            foreach ((string name, string unit, double? goal) in lines)
            {
                output.WriteStartObject();
                output.WriteString("name", name);
                output.WriteString("unit", unit);
                if (goal is { } limit)
                {
                    output.WriteNumber("goal", limit);
                }
                else
                {
                    output.WriteNull("goal");
                }

                output.WriteEndObject();
            }

            output.WriteEndArray();
        });
    }
}
