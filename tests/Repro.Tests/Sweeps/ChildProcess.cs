using System.Diagnostics;
using Xunit;

namespace Crosspoint.Repro.Tests.Sweeps;

/// <summary>The command in a process of its own, on the embedded sample, with a cache folder that is not there.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private ChildProcess(string program, IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment["CROSSPOINT_DATA"] = string.Empty;
        start.Environment["XDG_CACHE_HOME"] = "/nonexistent/cache";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => process.HasExited;

    /// <summary>Starts the command.</summary>
    public static ChildProcess Start(params string[] args) => new("dotnet", [typeof(CrosspointApp).Assembly.Location, .. args], null);

    /// <summary>Runs a tool of the system.</summary>
    public static (int ExitCode, string Output, string Error) Tool(string program, params string[] args)
    {
        using ChildProcess tool = new(program, args, null);
        return tool.Wait();
    }

    /// <summary>Ends it by SIGKILL.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate() => Tool("kill", "-TERM", $"{process.Id}");

    public (int ExitCode, string Output, string Error) Wait()
    {
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(3)), "the process did not end");
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }
}
