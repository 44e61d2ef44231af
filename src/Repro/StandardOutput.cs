using Microsoft.Win32.SafeHandles;

namespace Crosspoint.Repro;

/// <summary>Standard output as bytes.</summary>
internal static class StandardOutput
{
    private const int UnixHandle = 1;

    // errno EPIPE, and ERROR_BROKEN_PIPE and ERROR_NO_DATA of Windows as HRESULT
    private static readonly int[] BrokenPipe = [32, unchecked((int)0x8007_006D), unchecked((int)0x8007_00E8)];

    /// <summary>Opens it; <see langword="null"/> where it is a terminal.</summary>
    public static Stream? Open()
    {
        if (!Console.IsOutputRedirected)
        {
            return null;
        }

        // The stream of the console says nothing when the reader of a pipe has gone, so that an endless writer would never end.
        if (!OperatingSystem.IsWindows())
        {
            FileStream direct = new(new SafeFileHandle(UnixHandle, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!direct.CanSeek)
            {
                return direct;
            }
        }

        return Console.OpenStandardOutput();
    }

    /// <summary>Whether a write failed because nobody reads any more.</summary>
    public static bool ReaderHasGone(IOException failure) => BrokenPipe.Contains(failure.HResult);
}
