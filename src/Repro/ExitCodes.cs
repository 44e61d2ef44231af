namespace Crosspoint.Repro;

/// <summary>What the command ends with.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Something failed, or a stored result lies outside its band.</summary>
    public const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C, or because the terminal was closed.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM, as schedulers do: the state is saved, and the same command goes on.</summary>
    public const int Terminated = 143;
}
