using Google.Protobuf;

namespace Crosspoint.Repro.TensorBoard;

/// <summary>Reads the fields of a message without its generated class.</summary>
internal static class ProtoFields
{
    /// <summary>The contents of a field that holds texts or messages, in order.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no message.</exception>
    public static IReadOnlyList<ByteString> Messages(byte[] message, int field)
    {
        List<ByteString> found = [];
        CodedInputStream input = new(message);
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited))
            {
                found.Add(input.ReadBytes());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
