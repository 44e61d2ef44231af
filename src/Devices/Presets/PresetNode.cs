using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Crosspoint.Devices.Presets;

/// <summary>A value of a JSON file that knows where it stands, so that every complaint names its place.</summary>
public sealed class PresetNode
{
    private const int MaximumDepth = 32;

    private readonly string file;
    private readonly long line;
    private readonly List<(string Name, PresetNode Value)> fields = [];
    private readonly List<PresetNode> items = [];

    private PresetNode(string file, string path, long line, JsonValueKind kind)
    {
        this.file = file;
        this.line = line;
        Path = path;
        Kind = kind;
    }

    /// <summary>Names from the root, with points between them: <c>parameters.step.spread</c>.</summary>
    public string Path { get; }

    /// <summary>What it is.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>A text, or a number as it is written; empty for objects and arrays.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>The fields of an object, in their order.</summary>
    public IReadOnlyList<(string Name, PresetNode Value)> Fields => fields;

    /// <summary>The values of an array, in their order.</summary>
    public IReadOnlyList<PresetNode> Items => items;

    /// <summary>The field of that name; <see langword="null"/> where there is none.</summary>
    public PresetNode? this[string name] => Fields.FirstOrDefault(field => field.Name == name).Value;

    /// <summary>Reads a whole file.</summary>
    /// <param name="json">Its bytes, UTF-8.</param>
    /// <param name="file">Its name, for complaints.</param>
    /// <param name="lenient">Whether comments and commas behind the last item are taken.</param>
    /// <exception cref="InvalidDataException">It is no JSON, ends early, or names a field twice.</exception>
    public static PresetNode Parse(ReadOnlySpan<byte> json, string file, bool lenient = false)
    {
        if (json.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        Utf8JsonReader reader = new(json, new JsonReaderOptions
        {
            MaxDepth = MaximumDepth,
            CommentHandling = lenient ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow,
            AllowTrailingCommas = lenient,
        });
        Advance(ref reader, json, file, string.Empty);
        PresetNode root = Value(ref reader, json, file, string.Empty);
        try
        {
            reader.Read();
        }
        catch (JsonException)
        {
            throw root.Wrong("nothing behind the closing brace", $"'{Word(json, (int)reader.BytesConsumed)}'");
        }

        return root;
    }

    /// <summary>A text that stands in no file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it comes from, for complaints, such as an option.</param>
    public static PresetNode OfText(string text, string source) => new(source, string.Empty, 0, JsonValueKind.String) { Text = text };

    /// <summary>The value as if it stood in no line and under no path, for complaints about what comes from an option.</summary>
    public PresetNode WithoutPlace()
    {
        PresetNode copy = new(file, string.Empty, 0, Kind) { Text = Text };
        copy.fields.AddRange(fields);
        copy.items.AddRange(items);
        return copy;
    }

    /// <summary>A number in the place of this value.</summary>
    public PresetNode With(double number) =>
        new(file, Path, line, JsonValueKind.Number) { Text = number.ToString("R", CultureInfo.InvariantCulture) };

    /// <summary>An object with one field added or replaced; any other value becomes an object of that field alone.</summary>
    public PresetNode With(string name, PresetNode value)
    {
        PresetNode copy = new(file, Path, line, JsonValueKind.Object);
        copy.fields.AddRange(fields.Where(field => field.Name != name));
        copy.fields.Add((name, value));
        return copy;
    }

    /// <summary>A complaint: the place, what was expected, and what is there.</summary>
    public InvalidDataException Wrong(string expected, string? got = null) => Complaint(file, line, Path, expected, got ?? Describe());

    /// <summary>A complaint about what a field that is not there is taken to be.</summary>
    public InvalidDataException Wrong(string field, string expected, string? got) =>
        Complaint(file, line, field.Length == 0 ? Path : $"{Path}.{field}", expected, got ?? "something else");

    /// <summary>A complaint about a field that is not there.</summary>
    public InvalidDataException Missing(string field, string expected) =>
        Complaint(file, line, Path.Length == 0 ? field : $"{Path}.{field}", expected, "nothing");

    /// <summary>Refuses anything but an object with no other than the named fields.</summary>
    /// <exception cref="InvalidDataException">It is something else, or has another field.</exception>
    public PresetNode RequireObject(params IEnumerable<string> fields)
    {
        if (Kind != JsonValueKind.Object)
        {
            throw Wrong("an object");
        }

        string[] known = [.. fields];
        foreach ((string name, PresetNode value) in Fields)
        {
            if (!known.Contains(name))
            {
                throw value.Wrong(known.Length == 0 ? "no field here" : $"one of the fields {string.Join(", ", known)}", $"the field '{name}'");
            }
        }

        return this;
    }

    /// <summary>The text of a string that is not empty.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public string RequireText(string expected) => Kind == JsonValueKind.String && Text.Trim().Length > 0 ? Text : throw Wrong(expected);

    /// <summary>A finite number.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public double Number(string expected)
    {
        if (Kind != JsonValueKind.Number)
        {
            throw Wrong(expected);
        }

        double number = double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? number : throw Wrong(expected);
    }

    private static PresetNode Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string file, string path)
    {
        long line = 1 + json[..(int)reader.TokenStartIndex].Count((byte)'\n');
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                PresetNode node = new(file, path, line, JsonValueKind.Object);
                for (Advance(ref reader, json, file, path); reader.TokenType != JsonTokenType.EndObject; Advance(ref reader, json, file, path))
                {
                    string name = Decode(ref reader, file, line, path);
                    string at = path.Length == 0 ? name : $"{path}.{name}";
                    Advance(ref reader, json, file, at);
                    PresetNode value = Value(ref reader, json, file, at);
                    if (node[name] is not null)
                    {
                        throw value.Wrong("each field once", "it a second time");
                    }

                    node.fields.Add((name, value));
                }

                return node;
            case JsonTokenType.StartArray:
                PresetNode array = new(file, path, line, JsonValueKind.Array);
                while (true)
                {
                    string at = $"{path}[{array.Items.Count}]";
                    Advance(ref reader, json, file, at);
                    if (reader.TokenType == JsonTokenType.EndArray)
                    {
                        return array;
                    }

                    array.items.Add(Value(ref reader, json, file, at));
                }

            case JsonTokenType.String:
                return new(file, path, line, JsonValueKind.String) { Text = Decode(ref reader, file, line, path) };
            case JsonTokenType.Number:
                return new(file, path, line, JsonValueKind.Number) { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True:
                return new(file, path, line, JsonValueKind.True) { Text = "true" };
            case JsonTokenType.False:
                return new(file, path, line, JsonValueKind.False) { Text = "false" };
            default:
                return new(file, path, line, JsonValueKind.Null) { Text = "null" };
        }
    }

    private static string Decode(ref Utf8JsonReader reader, string file, long line, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Complaint(file, line, path, "a text in UTF-8", "other bytes");
        }
    }

    private static void Advance(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string file, string path)
    {
        try
        {
            if (reader.Read())
            {
                return;
            }
        }
        catch (JsonException wrong)
        {
            // The reader stops at the byte it cannot take.
            int at = Offset(json, wrong.LineNumber ?? 0, wrong.BytePositionInLine ?? 0);
            if (json[Math.Min(at, json.Length)..].Trim(" \t\r\n"u8).Length > 0 || reader.CurrentDepth >= MaximumDepth)
            {
                throw Complaint(file, 1 + (wrong.LineNumber ?? 0), path, "JSON", $"'{Word(json, at)}'");
            }
        }

        throw Complaint(file, 1 + json.Count((byte)'\n'), path, "the rest of the file", "its end");
    }

    private static int Offset(ReadOnlySpan<byte> json, long line, long column)
    {
        int start = 0;
        for (; line > 0; line--)
        {
            start += json[start..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(json.Length, start + column);
    }

    // What stands at a place, up to the next sign that ends a value.
    private static string Word(ReadOnlySpan<byte> json, int at)
    {
        const int Longest = 24;
        ReadOnlySpan<byte> ends = " \t\r\n,]}"u8;
        int start = at;
        while (start > 0 && at - start < Longest && !" \t\r\n,[{:"u8.Contains(json[start - 1]))
        {
            start--;
        }

        ReadOnlySpan<byte> rest = json[start..];
        int end = rest.IndexOfAny(ends);
        rest = rest[..Math.Min(end < 0 ? rest.Length : Math.Max(end, 1), Longest)];
        return Encoding.UTF8.GetString(rest);
    }

    private static InvalidDataException Complaint(string file, long line, string path, string expected, string got) =>
        new($"{file}{(line > 0 ? $":{line}" : string.Empty)}: {(path.Length == 0 ? string.Empty : path + ": ")}expected {expected}, got {got}");

    private string Describe() => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"\"{(Text.Length > 60 ? Text[..60] + "..." : Text)}\"",
        _ => Text,
    };
}
