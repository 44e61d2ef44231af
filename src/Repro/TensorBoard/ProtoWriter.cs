using Google.Protobuf;

namespace Crosspoint.Repro.TensorBoard;

/// <summary>Writes the fields of a message without its generated class.</summary>
/// <param name="output">Receives them.</param>
internal sealed class ProtoWriter(CodedOutputStream output)
{
    /// <summary>The bytes of a message.</summary>
    public static byte[] Write(Action<ProtoWriter> fields)
    {
        using MemoryStream buffer = new();
        using CodedOutputStream output = new(buffer, leaveOpen: true);
        fields(new ProtoWriter(output));
        output.Flush();
        return buffer.ToArray();
    }

    /// <summary>A whole number.</summary>
    public ProtoWriter Whole(int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
        return this;
    }

    /// <summary>A number of 8 bytes.</summary>
    public ProtoWriter Double(int field, double value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteDouble(value);
        return this;
    }

    /// <summary>A number of 4 bytes.</summary>
    public ProtoWriter Float(int field, float value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
        return this;
    }

    /// <summary>A text.</summary>
    public ProtoWriter String(int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
        return this;
    }

    /// <summary>A message in the message.</summary>
    public ProtoWriter Message(int field, Action<ProtoWriter> fields)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Write(fields)));
        return this;
    }
}
