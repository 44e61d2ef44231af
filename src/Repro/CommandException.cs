namespace Crosspoint.Repro;

/// <summary>A failure that the user is told in one line, with the exit code that goes with it.</summary>
internal sealed class CommandException : Exception
{
    private CommandException(string message, int exitCode, Exception? cause)
        : base(message, cause) => ExitCode = exitCode;

    /// <summary>Exit code of the command.</summary>
    public int ExitCode { get; }

    /// <summary>The command line asks for something that does not exist or cannot be.</summary>
    public static CommandException Usage(string message) => new(message, ExitCodes.Usage, null);

    /// <summary>The user stopped the work.</summary>
    public static CommandException Interrupted(string message) => new(message, ExitCodes.Interrupted, null);

    /// <summary>The command line is right, but the work cannot be done.</summary>
    public static CommandException Failure(string message, Exception? cause = null) => new(message, ExitCodes.Failure, cause);
}
