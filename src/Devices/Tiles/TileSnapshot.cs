using System.Security.Cryptography;
using System.Text;

namespace Crosspoint.Devices.Tiles;

/// <summary>What stands around the state of a tile: a mark, a version, the length, the state, its SHA-256.</summary>
internal static class TileSnapshot
{
    private const uint Mark = 0x4C495458; // "XTIL"
    private const int Version = 1;
    private const int Piece = 1 << 20; // a damaged length then asks for no more memory than there are bytes

    public static void Write(BinaryWriter writer, Action<BinaryWriter> content)
    {
        using MemoryStream state = new();
        using (BinaryWriter inner = new(state, Encoding.UTF8, leaveOpen: true))
        {
            content(inner);
        }

        ReadOnlySpan<byte> bytes = state.GetBuffer().AsSpan(0, checked((int)state.Length));
        writer.Write(Mark);
        writer.Write(Version);
        writer.Write(bytes.Length);
        writer.Write(bytes);
        writer.Write(SHA256.HashData(bytes));
    }

    public static byte[] Read(BinaryReader reader)
    {
        uint mark = reader.ReadUInt32();
        if (mark != Mark)
        {
            throw new InvalidDataException($"expected the state of a tile, which begins with {Mark:x8}, got {mark:x8}");
        }

        int version = reader.ReadInt32();
        if (version != Version)
        {
            throw new InvalidDataException($"expected the state of a tile in version {Version}, got version {version}");
        }

        int length = reader.ReadInt32();
        if (length < 0)
        {
            throw new InvalidDataException($"expected the state of a tile of at least 0 bytes, got {length}");
        }

        using MemoryStream state = new();
        for (int left = length; left > 0;)
        {
            byte[] piece = reader.ReadBytes(Math.Min(left, Piece));
            if (piece.Length == 0)
            {
                throw new EndOfStreamException($"expected the state of a tile of {length} bytes, got {length - left}");
            }

            state.Write(piece);
            left -= piece.Length;
        }

        byte[] bytes = state.ToArray(), expected = SHA256.HashData(bytes), actual = reader.ReadBytes(expected.Length);
        if (actual.Length < expected.Length)
        {
            throw new EndOfStreamException($"expected the checksum of a tile of {expected.Length} bytes, got {actual.Length}");
        }

        return expected.AsSpan().SequenceEqual(actual)
            ? bytes
            : throw new InvalidDataException("expected the state of a tile as it was written, but its checksum differs: the bytes are damaged");
    }
}
