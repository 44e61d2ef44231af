using Crosspoint.Repro.Commands;

namespace Crosspoint.Repro;

/// <summary>The crosspoint command, from arguments to exit code.</summary>
internal static class CrosspointApp
{
    /// <summary>Set to 1 to see the stack trace of an unexpected failure.</summary>
    public const string DebugVariable = "CROSSPOINT_DEBUG";

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, Host host)
    {
        try
        {
            return CommandLine.Invoke(args, host);
        }
        catch (CommandException failure)
        {
            return Report(host, failure.Message, failure, failure.ExitCode == ExitCodes.Interrupted ? host.StopCode() : failure.ExitCode);
        }
        catch (OperationCanceledException stop) when (host.Cancellation.IsCancellationRequested)
        {
            return Report(host, "stopped", stop, host.StopCode());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Report(host, failure.Message, failure, ExitCodes.Failure);
        }
#pragma warning disable CA1031 // The last line of defence: whatever went wrong is told in one line.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            string message = $"unexpected {failure.GetType().Name}: {failure.Message} ({DebugVariable}=1 shows where)";
            return Report(host, message, failure, ExitCodes.Failure);
        }
    }

    private static int Report(Host host, string message, Exception failure, int exitCode)
    {
        host.Error.WriteLine("crosspoint: " + message.ReplaceLineEndings(" "));
        if (host.Variable(DebugVariable) == "1")
        {
            host.Error.WriteLine(failure);
        }

        return exitCode;
    }
}
