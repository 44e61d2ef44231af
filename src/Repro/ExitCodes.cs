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

    /// <summary>Stopped by Ctrl-C or a request to terminate.</summary>
    public const int Interrupted = 130;
}
