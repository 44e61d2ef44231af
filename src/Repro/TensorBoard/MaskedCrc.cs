using System.Buffers.Binary;
using System.Numerics;

namespace Crosspoint.Repro.TensorBoard;

/// <summary>The checksum of record files: CRC-32C (Castagnoli), masked so that a checksum over data with checksums in it stays one.</summary>
/// <remarks>tensorflow/core/lib/hash/crc32c.h: rotate right by 15 bits, then add a constant.</remarks>
internal static class MaskedCrc
{
    private const uint MaskDelta = 0xA282_EAD8;

    /// <summary>The masked checksum.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Plain(bytes), 15) + MaskDelta;

    /// <summary>The checksum itself.</summary>
    public static uint Plain(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
