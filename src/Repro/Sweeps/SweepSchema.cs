using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crosspoint.Devices.Presets;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Sweeps;

/// <summary>Writes the JSON schema of sweep files out of the list of parameters and the device models, for editors that complete and check them.</summary>
internal static class SweepSchema
{
    /// <summary>The schema (draft 2020-12), ending with a line break.</summary>
    public static string Write()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, JsonPoint.WriterOptions))
        {
            Root().WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static JsonObject Root()
    {
        JsonObject properties = new()
        {
            ["$schema"] = Of("string"),
            ["name"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9_-]+$" },
            ["title"] = Of("string"),
            ["seeds"] = Whole(1, 1_000_000),
            [Description.DeviceSection] = new JsonObject
            {
                ["description"] = "a preset as crosspoint device list names it, the path of a preset file, or a model with its parameters",
                ["oneOf"] = new JsonArray(Of("string"), new JsonObject { ["$ref"] = "#/$defs/device" }),
            },
        };
        foreach (DescribedParameter parameter in DescribedParameters.All.Where(parameter => parameter.Path != DescribedParameters.Device))
        {
            Put(properties, parameter.Path.Split('.'), Schema(parameter));
        }

        properties["points"] = Points();
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A sweep of Crosspoint",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
            ["$defs"] = new JsonObject { ["device"] = Device(), ["axis"] = Axis("from", "to", "count", "scale"), ["range"] = Axis("from", "to", "scale") },
        };
    }

    private static JsonNode Device()
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            PresetSchema.WriteDevice(json);
            json.WriteEndObject();
        }

        return JsonNode.Parse(buffer.ToArray())!["device"]!.DeepClone();
    }

    private static void Put(JsonObject properties, ReadOnlySpan<string> path, JsonObject schema)
    {
        if (path.Length == 1)
        {
            properties[path[0]] = schema;
            return;
        }

        if (properties[path[0]] is not JsonObject below)
        {
            properties[path[0]] = below = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(), ["additionalProperties"] = false };
        }

        Put((JsonObject)below["properties"]!, path[1..], schema);
    }

    private static JsonObject Schema(DescribedParameter parameter)
    {
        Parameter declared = parameter.Declared;
        string unit = declared.Unit == "1" ? string.Empty : $", in {declared.Unit}";
        JsonObject schema = parameter.IsList
            ? new JsonObject { ["type"] = "array", ["items"] = Whole(declared.Minimum, declared.Maximum) }
            : declared.Default switch
            {
                int => Whole(declared.Minimum, declared.Maximum),
                double => Number("number", declared.Minimum, declared.Maximum),
                bool => Of("boolean"),
                _ when declared.Words is { } words => new JsonObject { ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) },
                _ => Of("string"),
            };
        schema["description"] = declared.Source + unit + (parameter.Where.Length == 0 ? string.Empty : $"; with {parameter.Where}");
        schema["default"] = parameter.IsList
            ? new JsonArray([.. DescribedParameter.Numbers((string)declared.Default).Select(number => JsonValue.Create(number))])
            : JsonSerializer.SerializeToNode(declared.Default);
        return schema;
    }

    private static JsonObject Points() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["grid"] = new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["additionalProperties"] = new JsonObject { ["$ref"] = "#/$defs/axis" } },
            ["list"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Of("object") },
            ["latinHypercube"] = Scattered(),
            ["sobol"] = Scattered(),
        },
    };

    private static JsonObject Scattered() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("count", "axes"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["count"] = Whole(1, PointReader.MostPoints),
            ["seed"] = Whole(0, int.MaxValue),
            ["axes"] = new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["additionalProperties"] = new JsonObject { ["$ref"] = "#/$defs/range" } },
        },
    };

    private static JsonObject Axis(params string[] range)
    {
        JsonObject list = new() { ["type"] = "array", ["minItems"] = 1 };
        JsonObject properties = new() { ["paths"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Of("string") }, ["values"] = list.DeepClone() };
        foreach (string field in range)
        {
            properties[field] = field switch
            {
                "count" => Whole(1, PointReader.MostPoints),
                "scale" => new JsonObject { ["enum"] = new JsonArray("linear", "log") },
                _ => Of("number"),
            };
        }

        return new JsonObject
        {
            ["oneOf"] = new JsonArray(list, new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false }),
        };
    }

    private static JsonObject Of(string type) => new() { ["type"] = type };

    private static JsonObject Whole(double minimum, double maximum) => Number("integer", minimum, maximum);

    private static JsonObject Number(string type, double minimum, double maximum)
    {
        JsonObject schema = Of(type);
        if (double.IsFinite(minimum))
        {
            schema["minimum"] = minimum;
        }

        if (double.IsFinite(maximum))
        {
            schema["maximum"] = maximum;
        }

        return schema;
    }
}
