using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>The state of an interrupted run, in a file beside its result.</summary>
/// <remarks>
/// Little-endian: magic (8 bytes), format version (4), key of the run (32), seconds of compute so far (8), length of the payload (8),
/// payload, SHA-256 of all that stands before it (32).
/// </remarks>
internal sealed class CheckpointFile : ICheckpoint
{
    /// <summary>Version of the format.</summary>
    public const int Format = 1;

    private const int VersionAt = 8;
    private const int KeyAt = VersionAt + sizeof(int);
    private const int SecondsAt = KeyAt + RunKey.Bytes;
    private const int LengthAt = SecondsAt + sizeof(double);
    private const int PayloadAt = LengthAt + sizeof(long);

    private readonly string path;
    private readonly byte[] key;
    private readonly TimeSpan interval;
    private readonly Stopwatch sinceSave = Stopwatch.StartNew();
    private readonly Stopwatch sinceStart = Stopwatch.StartNew();
    private double earlierSeconds;

    /// <summary>The checkpoint of one run; starts its clock.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">Key of the run, in hexadecimal digits.</param>
    /// <param name="interval">Time between two saves.</param>
    public CheckpointFile(string path, string key, TimeSpan interval)
    {
        this.path = path;
        this.key = Convert.FromHexString(key);
        this.interval = interval;
    }

    private static ReadOnlySpan<byte> Magic => "XPTCHECK"u8;

    /// <summary>Seconds of compute, those before interruptions included.</summary>
    public double Seconds => earlierSeconds + sinceStart.Elapsed.TotalSeconds;

    /// <summary>Whether the run went on from a stored state.</summary>
    public bool Resumed { get; private set; }

    /// <inheritdoc/>
    public bool IsDue => sinceSave.Elapsed >= interval;

    /// <inheritdoc/>
    /// <exception cref="CommandException">A state is stored, but it is damaged or of another run or format.</exception>
    public bool TryLoad(Action<BinaryReader> read)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        byte[] bytes = ReadAll();
        Require(bytes);
        ReadPayload(bytes, read);
        earlierSeconds = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(SecondsAt));
        Resumed = true;
        return true;
    }

    /// <inheritdoc/>
    public void Save(Action<BinaryWriter> write)
    {
        using MemoryStream buffer = new();
        using BinaryWriter writer = new(buffer, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Format);
        writer.Write(key);
        writer.Write(Seconds);
        writer.Write(0L);
        write(writer);
        writer.Flush();
        Span<byte> content = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        BinaryPrimitives.WriteInt64LittleEndian(content[LengthAt..], content.Length - PayloadAt);
        writer.Write(SHA256.HashData(content));
        writer.Flush();
        AtomicFile.Write(path, stream => stream.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        sinceSave.Restart();
    }

    /// <summary>The key of a stored state, in hexadecimal digits; nothing else of the file is looked at.</summary>
    /// <exception cref="CommandException">The file cannot be read or is no checkpoint of this format.</exception>
    public static string KeyOf(string path)
    {
        byte[] start = new byte[SecondsAt];
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failure($"{path}: cannot be read ({failure.Message})", failure);
        }

        return start.AsSpan().StartsWith(Magic) && BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(VersionAt)) == Format
            ? Convert.ToHexStringLower(start.AsSpan(KeyAt, RunKey.Bytes))
            : throw CommandException.Failure($"{path}: expected a state of crosspoint of format {Format}");
    }

    /// <summary>Removes the file once the result is written.</summary>
    public void Remove() => File.Delete(path);

    private byte[] ReadAll()
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failure($"{path}: cannot be read ({failure.Message})", failure);
        }
    }

    private void Require(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < KeyAt || !bytes.StartsWith(Magic))
        {
            throw Unusable("it is no checkpoint of crosspoint, or is cut off");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes[VersionAt..]);
        if (version != Format)
        {
            throw Unusable($"it has format {version}, expected {Format}");
        }

        if (bytes.Length < PayloadAt + SHA256.HashSizeInBytes
            || BinaryPrimitives.ReadInt64LittleEndian(bytes[LengthAt..]) != bytes.Length - PayloadAt - SHA256.HashSizeInBytes)
        {
            throw Unusable("it is cut off or too long");
        }

        if (!SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
        {
            throw Unusable("its checksum does not match");
        }

        if (!bytes.Slice(KeyAt, RunKey.Bytes).SequenceEqual(key))
        {
            throw Unusable("it belongs to a run with other parameters or data");
        }
    }

    private void ReadPayload(byte[] bytes, Action<BinaryReader> read)
    {
        using MemoryStream payload = new(bytes, PayloadAt, bytes.Length - PayloadAt - SHA256.HashSizeInBytes, writable: false);
        using BinaryReader reader = new(payload, Encoding.UTF8);
        try
        {
            read(reader);
        }
        catch (Exception failure) when (failure is EndOfStreamException or InvalidDataException)
        {
            throw Unusable($"its state does not fit the run ({failure.Message})");
        }

        if (payload.Position != payload.Length)
        {
            throw Unusable($"its state has {payload.Length - payload.Position} bytes that the run does not know");
        }
    }

    private CommandException Unusable(string reason) =>
        CommandException.Failure($"{path}: this checkpoint cannot be used: {reason}; delete the file to start the run again");
}
