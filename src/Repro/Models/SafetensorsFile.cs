using System.Buffers.Binary;
using System.Text.Json;

namespace Crosspoint.Repro.Models;

/// <summary>The safetensors format: the length of a header, the header in JSON, the numbers.</summary>
/// <remarks>
/// github.com/huggingface/safetensors, format 0.x: offsets are relative to the end of the header; tensors neither overlap nor leave holes.
/// Numbers of type F32, or F64, which are rounded.
/// </remarks>
internal static class SafetensorsFile
{
    private const string Metadata = "__metadata__";
    private const int LongestHeader = 16 << 20, Alignment = 8;

    /// <summary>Writes a file.</summary>
    public static void Write(Stream stream, ModelFile file)
    {
        byte[] header = Header(file);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (Tensor tensor in file.Tensors)
        {
            TensorBytes.Write(stream, tensor.Values);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or its tensors overlap, leave holes or reach beyond its end.</exception>
    /// <exception cref="EndOfStreamException">It ends early.</exception>
    public static ModelFile Read(Stream stream)
    {
        byte[] header = ReadHeader(stream);
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            return Read(stream, json.RootElement, stream.Length - sizeof(ulong) - header.Length);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"expected a header of safetensors in JSON ({failure.Message.ReplaceLineEndings(" ").TrimEnd('.')})", failure);
        }
    }

    private static byte[] Header(ModelFile file)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            if (file.Metadata.Count > 0)
            {
                json.WriteStartObject(Metadata);
                foreach ((string name, string word) in file.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(name, word);
                }

                json.WriteEndObject();
            }

            long at = 0;
            foreach (Tensor tensor in file.Tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                tensor.Shape.ToList().ForEach(json.WriteNumberValue);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += (long)tensor.Values.Length * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static byte[] ReadHeader(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
        {
            throw new EndOfStreamException("expected a file of safetensors, got fewer than 8 bytes");
        }

        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        long most = Math.Min(LongestHeader, stream.Length - length.Length);
        if (bytes > (ulong)most)
        {
            throw new InvalidDataException($"expected a header of at most {most} bytes, got one of {bytes}");
        }

        byte[] header = new byte[bytes];
        stream.ReadExactly(header);
        return header;
    }

    private static ModelFile Read(Stream stream, JsonElement header, long length)
    {
        Dictionary<string, string> metadata = [];
        List<(string Name, int Bytes, int[] Shape, long Begin, long End)> found = [];
        HashSet<string> names = [];
        foreach (JsonProperty property in header.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new InvalidDataException($"expected each name once, got {property.Name} twice");
            }

            if (property.Name == Metadata)
            {
                metadata = property.Value.EnumerateObject().ToDictionary(word => word.Name, word => word.Value.GetString()!);
                continue;
            }

            int bytes = property.Value.GetProperty("dtype").GetString() switch
            {
                "F32" => sizeof(float),
                "F64" => sizeof(double),
                string other => throw new InvalidDataException($"{property.Name}: expected numbers of type F32 or F64, got {other}"),
                null => throw new InvalidDataException($"{property.Name}: expected a type"),
            };
            int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(d => Dimension(property.Name, d))];
            JsonElement offsets = property.Value.GetProperty("data_offsets");
            found.Add((property.Name, bytes, shape, offsets[0].GetInt64(), offsets.GetArrayLength() == 2 ? offsets[1].GetInt64() : -1));
        }

        return new ModelFile(ReadTensors(stream, found, length), metadata);
    }

    // In the order of the data, each beginning where the one before ends: neither overlaps nor holes.
    private static List<Tensor> ReadTensors(Stream stream, List<(string Name, int Bytes, int[] Shape, long Begin, long End)> found, long length)
    {
        long at = 0, left = ModelFile.MostNumbers;
        List<(string Name, int Bytes, int[] Shape, long Count)> checkedOnes = [];
        foreach ((string name, int bytes, int[] shape, long begin, long end) in found.OrderBy(t => t.Begin).ThenBy(t => t.End))
        {
            long count = TensorBytes.Count(name, shape, left);
            if (begin != at || end - begin != count * bytes || end > length)
            {
                throw new InvalidDataException(
                    $"{name}: expected bytes {at} to {at + (count * bytes)} of at most {length}, got {begin} to {end}: tensors neither overlap nor leave holes");
            }

            (at, left) = (end, left - count);
            checkedOnes.Add((name, bytes, shape, count));
        }

        return at == length
            ? [.. checkedOnes.Select(t => new Tensor(t.Name, t.Shape, TensorBytes.Read(stream, t.Name, t.Count, t.Bytes)))]
            : throw new InvalidDataException($"expected {at} bytes of numbers, got {length}");
    }

    private static int Dimension(string name, JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int size) && size >= 0
            ? size
            : throw new InvalidDataException($"{name}: expected dimensions from 0 to {int.MaxValue}, got {element.GetRawText()}");
}
