using System.Buffers.Binary;

namespace Crosspoint.Repro.TensorBoard;

/// <summary>TFRecord framing: length (8 bytes, little-endian), masked checksum of the length (4), data, masked checksum of the data (4).</summary>
internal static class RecordFile
{
    private const int CrcBytes = sizeof(uint);
    private const int HeadBytes = sizeof(ulong) + CrcBytes;

    /// <summary>Frames one record.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> data)
    {
        byte[] record = new byte[HeadBytes + data.Length + CrcBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedCrc.Of(record.AsSpan(0, sizeof(ulong))));
        data.CopyTo(record.AsSpan(HeadBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeadBytes + data.Length), MaskedCrc.Of(data));
        return record;
    }

    /// <summary>Reads whole records; what a killed process left half-written at the end is left out.</summary>
    /// <param name="bytes">A file.</param>
    /// <param name="length">Length of the whole records together.</param>
    public static IReadOnlyList<byte[]> Read(ReadOnlySpan<byte> bytes, out int length)
    {
        List<byte[]> records = [];
        length = 0;
        for (ReadOnlySpan<byte> rest = bytes; rest.Length >= HeadBytes; rest = bytes[length..])
        {
            ulong size = BinaryPrimitives.ReadUInt64LittleEndian(rest);
            if (BinaryPrimitives.ReadUInt32LittleEndian(rest[sizeof(ulong)..]) != MaskedCrc.Of(rest[..sizeof(ulong)])
                || size > (ulong)Math.Max(0, rest.Length - HeadBytes - CrcBytes))
            {
                break;
            }

            ReadOnlySpan<byte> data = rest.Slice(HeadBytes, (int)size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(rest[(HeadBytes + (int)size)..]) != MaskedCrc.Of(data))
            {
                break;
            }

            records.Add(data.ToArray());
            length += HeadBytes + (int)size + CrcBytes;
        }

        return records;
    }
}
