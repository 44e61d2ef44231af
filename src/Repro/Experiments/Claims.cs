using System.Buffers.Binary;

namespace Crosspoint.Repro.Experiments;

/// <summary>Keeps two processes that were given the same folder from working on the same run: a run is claimed before it is computed.</summary>
/// <remarks>
/// A claim is a lock on one byte of a file in the folder of the paper, at a place that follows from the key of the run. The system
/// takes a lock back when its process ends, however it ends, so that no claim is ever left behind. The empty file stays: were it
/// removed, one process could lock what another no longer sees. Where the file system knows no locks (some network file systems), and on
/// macOS, whose .NET has no locks on parts of a file, every claim is granted: results are still whole files, at worst computed twice.
/// </remarks>
internal sealed class Claims : IDisposable
{
    private const string Name = ".claims";

    // Other errors than these say that the file system has no locks: EAGAIN and EACCES of Unix, ERROR_LOCK_VIOLATION of Windows.
    private static readonly int[] HeldByAnother = [11, 13, 35, unchecked((int)0x8007_0021)];

    private readonly Lock gate = new();
    private readonly HashSet<long> own = [];
    private readonly FileStream file;

    /// <summary>Opens the file of claims of a folder.</summary>
    /// <exception cref="CommandException">It cannot be made.</exception>
    public Claims(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            Directory.CreateDirectory(folder);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failure($"{path}: cannot be written ({failure.Message}); expected a folder that takes results", failure);
        }
    }

    /// <summary>Claims a run, if no other process and no other run of this one has it.</summary>
    /// <param name="key">Key of the run or of the state that it goes on from, in hexadecimal digits.</param>
    public bool TryTake(string key)
    {
        long place = Place(key);
        lock (gate)
        {
            if (!own.Add(place))
            {
                return false;
            }

            if (TryLock(place))
            {
                return true;
            }

            own.Remove(place);
            return false;
        }
    }

    /// <summary>Gives a claim back.</summary>
    public void Release(string key)
    {
        long place = Place(key);
        lock (gate)
        {
            if (own.Remove(place) && !OperatingSystem.IsMacOS())
            {
                try
                {
                    file.Unlock(place, 1);
                }
                catch (IOException)
                {
                    // A file system without locks.
                }
            }
        }
    }

    /// <summary>Gives all claims back.</summary>
    public void Dispose() => file.Dispose();

    private bool TryLock(long place)
    {
        if (OperatingSystem.IsMacOS())
        {
            return true;
        }

        try
        {
            file.Lock(place, 1);
            return true;
        }
        catch (IOException failure)
        {
            return !HeldByAnother.Contains(failure.HResult);
        }
    }

    private static long Place(string key) => BinaryPrimitives.ReadInt64BigEndian(Convert.FromHexString(key.AsSpan(0, 16))) & (long.MaxValue >> 1);
}
