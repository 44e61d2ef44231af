using System.Runtime.Intrinsics;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;

namespace Crosspoint.Bench;

/// <summary>Runs every benchmark once per vector width of this processor, chosen by the runtime's own switches.</summary>
internal sealed class VectorWidths : ManualConfig
{
    public VectorWidths(string length)
    {
        Job job = length.ToUpperInvariant() switch
        {
            "DEFAULT" => Job.Default,
            "DRY" => Job.Dry,
            "SHORT" => Job.ShortRun,
            "MEDIUM" => Job.MediumRun,
            "LONG" => Job.LongRun,
            _ => throw new ArgumentException($"--job: expected Dry, Short, Medium, Long or Default, got {length}", nameof(length)),
        };
        AddJob(job.WithId("128").WithEnvironmentVariable("DOTNET_EnableAVX2", "0"));
        if (Vector256.IsHardwareAccelerated)
        {
            AddJob(job.WithId("256").WithEnvironmentVariable("DOTNET_EnableAVX512", "0"));
        }

        if (Vector512.IsHardwareAccelerated)
        {
            AddJob(job.WithId("512").WithEnvironmentVariable("DOTNET_MaxVectorTBitWidth", "512"));
        }

        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddExporter(MarkdownExporter.GitHub);
        HideColumns(Column.EnvironmentVariables, Column.RatioSD, Column.Error);
        WithBuildTimeout(TimeSpan.FromMinutes(5));
    }
}
