using System.CommandLine;
using Crosspoint.Repro.Models;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint model show</c>: what a file of tensors holds.</summary>
internal static class ModelShowCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Host host)
    {
        Argument<string> file = new("FILE") { Description = $"a file of tensors, {ModelFile.Endings}" };
        Option<bool> json = Options.Json();
        Command show = new("show", "Shows the tensors of a file with their shapes, units and ranges, and its metadata") { file, json };
        show.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            RequireThere(path);
            ModelFile model = ModelFile.Read(path);
            if (parsed.GetValue(json))
            {
                Json(host, model);
            }
            else
            {
                Text(host, model);
            }

            return ExitCodes.Success;
        });
        return show;
    }

    /// <summary>Refuses the path of no file.</summary>
    internal static void RequireThere(string path)
    {
        ModelFile.RequireName(path);
        if (!File.Exists(path))
        {
            throw CommandException.Usage($"{path}: expected a file of tensors, got nothing of that name");
        }
    }

    private static string Unit(ModelFile model, Tensor tensor) => model.Metadata.GetValueOrDefault($"unit:{tensor.Name}", string.Empty);

    private static void Text(Host host, ModelFile model)
    {
        string[][] lines =
        [
            ["tensor", "shape", "min", "max", "rms", "unit"],
            .. model.Tensors.Select(t => (string[])
                [t.Name, string.Join(" x ", t.Shape), Number(t, v => v.Min()), Number(t, v => v.Max()), Number(t, Rms), Unit(model, t)]),
        ];
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
        foreach (string[] line in lines)
        {
            host.Output.WriteLine(string.Join("  ", line.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
        }

        foreach ((string name, string value) in model.Metadata.Where(pair => !pair.Key.StartsWith("unit:", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            host.Output.WriteLine($"{name}: {value}");
        }
    }

    private static void Json(Host host, ModelFile model) => JsonOutput.Write(host.Output, json =>
    {
        json.WriteStartArray("tensors");
        foreach (Tensor tensor in model.Tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteStartArray("shape");
            tensor.Shape.ToList().ForEach(json.WriteNumberValue);
            json.WriteEndArray();
            json.WriteString("unit", Unit(model, tensor));
            foreach ((string name, Func<float[], double> measure) in new (string, Func<float[], double>)[] { ("min", v => v.Min()), ("max", v => v.Max()), ("rms", Rms) })
            {
                double value = tensor.Values.Length > 0 ? measure(tensor.Values) : double.NaN;
                if (double.IsFinite(value))
                {
                    json.WriteNumber(name, value);
                }
                else
                {
                    json.WriteNull(name);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("metadata");
        foreach ((string name, string value) in model.Metadata)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    });

    private static string Number(Tensor tensor, Func<float[], double> measure) => tensor.Values.Length > 0 ? $"{measure(tensor.Values):G5}" : "-";

    private static double Rms(float[] values) => Math.Sqrt(values.Average(value => (double)value * value));
}
