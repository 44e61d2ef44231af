using System.Text;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>Preset files: what they hold comes back, and what is wrong in them is told with its place.</summary>
public class PresetTests
{
    private const string Whole = """
        {
          "name": "mine",
          "title": "A device of my own",
          "source": "own measurement",
          "model": "probe",
          "parameters": {
            "step": { "value": 0.002, "unit": "weight", "spread": 0.3, "law": "logNormal" },
            "low": { "value": -0.5, "unit": "weight" },
            "high": { "value": 0.75, "unit": "weight" },
            "states": { "value": 15, "unit": "1" },
            "lifetime": { "value": 1e6, "unit": "update" },
            "isClipped": { "value": false },
            "noise": { "value": "aggregated" },
            "table": { "value": [1, 0.5], "unit": "weight" },
            "leak": { "rate": { "value": 0.1, "unit": "1/update" } },
            "reference": { "model": "probe", "parameters": { "states": { "value": 3, "unit": "1" } } },
            "members": [ { "model": "probe", "parameters": {} } ]
          },
          "energies": { "write": { "value": 1e-11, "unit": "J" } },
          "conductance": { "minimum": { "value": 1e-6, "unit": "S" }, "maximum": { "value": 1e-5, "unit": "S" } }
        }
        """;

    [Fact]
    public void A_file_is_read()
    {
        Preset preset = Read(Whole);
        Assert.Equal(("mine", "A device of my own", "own measurement"), (preset.Name, preset.Title, preset.Source));
        Assert.Equal((1e-11, null, 1e-6, 1e-5), (preset.WriteEnergy, preset.ReadEnergy, preset.MinConductance, preset.MaxConductance));
        ProbeModel model = Assert.IsType<ProbeModel>(preset.Model);
        Assert.Equal(new Spread(0.002f, 0.3f, SpreadLaw.LogNormal), model.Step);
        Assert.Equal((-0.5f, 0.75f, 0f, 15, 1e6), (model.Low, model.High, model.StuckFraction, model.States, model.Lifetime));
        Assert.Equal((false, ProbeModel.Form.Aggregated), (model.IsClipped, model.Noise));
        Assert.Equal([1, 0.5f], model.Table);
        Assert.Equal((new Spread(0.1f), 0.5f), (model.Leak.Rate, model.Leak.Target));
        Assert.Equal(3, Assert.IsType<ProbeModel>(model.Reference).States);
        Assert.Single(model.Members);
    }

    [Theory]
    [InlineData("\"spread\": 0.3", "\"spread\": -0.3", "parameters.step.spread: expected a number of at least 0, got -0.3")]
    [InlineData("\"value\": 0.002, \"unit\": \"weight\"", "\"value\": 0.002", "parameters.step.unit: expected the unit \"weight\", got nothing")]
    [InlineData("\"value\": 0.002, \"unit\": \"weight\"", "\"value\": 0.002, \"unit\": \"S\"", "parameters.step.unit: expected the unit \"weight\", got \"S\"")]
    [InlineData("\"value\": 0.002", "\"value\": 0", "parameters.step.value: expected a number above 0, got 0")]
    [InlineData("\"value\": 0.002", "\"value\": NaN", "parameters.step.value: expected JSON, got 'NaN'")]
    [InlineData("\"value\": 0.002", "\"value\": \"NaN\"", "parameters.step.value: expected a number above 0, got \"NaN\"")]
    [InlineData("\"value\": 0.002", "\"value\": 1e999", "parameters.step.value: expected a number above 0, got 1e999")]
    [InlineData("\"value\": 0.002", "\"value\": 1e39", "parameters.step.value: expected a number above 0, within single precision, got 1e39")]
    [InlineData("\"value\": 0.002", "\"value\": true", "parameters.step.value: expected a number above 0, got true")]
    [InlineData("\"value\": 0.002, ", "", "parameters.step.value: expected a value, got nothing")]
    [InlineData("\"law\": \"logNormal\"", "\"law\": \"uniform\"", "parameters.step.law: expected normal or logNormal, got \"uniform\"")]
    [InlineData("\"law\": \"logNormal\"", "\"low\": 1", "parameters.step.low: expected one of the fields value, unit, spread, law, got the field 'low'")]
    [InlineData("\"value\": -0.5, \"unit\": \"weight\"", "\"value\": -0.5, \"unit\": \"weight\", \"spread\": 0.1", "parameters.low.spread: expected one of the fields value, unit, got the field 'spread'")]
    [InlineData("\"value\": -0.5", "\"value\": 0.8", "parameters.high.value: expected a number above low, 0.8, got 0.75")]
    [InlineData("\"value\": 15", "\"value\": 1.5", "parameters.states.value: expected a whole number of at least 2, got 1.5")]
    [InlineData("\"value\": 15", "\"value\": 1e10", "parameters.states.value: expected a whole number of at least 2, got 1e10")]
    [InlineData("\"value\": 15", "\"value\": \"infinity\"", "parameters.states.value: expected a whole number of at least 2, got \"infinity\"")]
    [InlineData("\"value\": false", "\"value\": 0", "parameters.isClipped.value: expected true or false, got 0")]
    [InlineData("\"aggregated\"", "\"Aggregated\"", "parameters.noise.value: expected eachPulse or aggregated, got \"Aggregated\"")]
    [InlineData("[1, 0.5]", "[1, \"x\"]", "parameters.table.value[1]: expected a number, got \"x\"")]
    [InlineData("[1, 0.5]", "1", "parameters.table.value: expected a list, got 1")]
    [InlineData("\"rate\": { \"value\": 0.1", "\"rate\": { \"value\": -0.1", "parameters.leak.rate.value: expected a number of at least 0, got -0.1")]
    [InlineData("\"rate\"", "\"rat\"", "parameters.leak.rat: expected one of the fields rate, target, got the field 'rat'")]
    [InlineData("\"value\": 3,", "\"value\": 1,", "parameters.reference.parameters.states.value: expected a whole number of at least 2, got 1")]
    [InlineData("\"parameters\": {} }", "\"parameters\": { \"states\": 4 } }", "parameters.members[0].parameters.states: expected an object, got 4")]
    [InlineData("\"model\": \"probe\",\n", "\"model\": \"prob\",\n", "model: expected a model: probe, got \"prob\"")]
    [InlineData("\"model\": \"probe\",\n", "", "model: expected a model: probe, got nothing")]
    [InlineData("\"name\": \"mine\",", "", "name: expected a name of small letters, digits and hyphens, got nothing")]
    [InlineData("\"mine\"", "\"Mine!\"", "name: expected a name of small letters, digits and hyphens, got \"Mine!\"")]
    [InlineData("\"source\": \"own measurement\",", "\"source\": \" \",", "source: expected where the numbers come from, got \" \"")]
    [InlineData("\"title\"", "\"titel\"", "titel: expected one of the fields $schema, name, title,")]
    [InlineData("\"title\"", "\"name\"", "name: expected each field once, got it a second time")]
    [InlineData("\"high\"", "\"low\"", "parameters.low: expected each field once, got it a second time")]
    [InlineData("\"value\": 1e-11", "\"value\": -1e-11", "energies.write.value: expected a number above 0, got -1e-11")]
    [InlineData("\"unit\": \"J\"", "\"unit\": \"pJ\"", "energies.write.unit: expected the unit \"J\", got \"pJ\"")]
    [InlineData("\"value\": 1e-5", "\"value\": 1e-7", "conductance.maximum.value: expected a number above 1E-06, got 1e-7")]
    [InlineData("\"spread\": 0.3, ", "\"spread\": 0.3 ", "parameters.step: expected JSON, got '\"law\"")]
    public void A_mistake_is_told_with_its_place(string right, string wrong, string complaint)
    {
        string json = Whole.ReplaceLineEndings("\n");
        Assert.Contains(right, json, StringComparison.Ordinal);
        int at = json.IndexOf(right, StringComparison.Ordinal);
        string broken = json[..at] + wrong + json[(at + right.Length)..];
        InvalidDataException told = Assert.Throws<InvalidDataException>(() => Read(broken));
        Assert.Matches("^my.json:[0-9]+: ", told.Message);
        Assert.Contains(complaint, told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_of_a_mistake_is_told() => Assert.StartsWith(
        "my.json:7: parameters.step.spread: ",
        Assert.Throws<InvalidDataException>(() => Read(Whole.Replace("\"spread\": 0.3", "\"spread\": -1", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("\u0000")]
    public void What_is_no_object_is_refused(string json) =>
        Assert.StartsWith("my.json:1: ", Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_ends_early_is_refused_wherever_it_ends()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Whole.TrimEnd());
        for (int length = 0; length < whole.Length; length++)
        {
            InvalidDataException told = Assert.Throws<InvalidDataException>(() => PresetReader.Read(whole.AsSpan(0, length), "my.json", ProbeModel.Types));
            Assert.StartsWith("my.json:", told.Message, StringComparison.Ordinal);
        }
    }

    [Property]
    public void Bytes_that_are_changed_are_read_or_refused_and_nothing_else(int place, byte value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole);
        bytes[(int)((uint)place % (uint)bytes.Length)] = value;
        try
        {
            PresetReader.Read(bytes, "my.json", ProbeModel.Types);
        }
        catch (InvalidDataException told)
        {
            Assert.StartsWith("my.json:", told.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_deep_file_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Read(string.Concat(Enumerable.Repeat("{\"name\":", 100_000))));

    [Property(Arbitrary = [typeof(PresetTests)])]
    public void What_is_written_is_read_as_it_was(Preset preset)
    {
        Preset read = Read(PresetWriter.Write(preset, ProbeModel.Types));
        Assert.Equal(PresetWriter.Write(preset, ProbeModel.Types), PresetWriter.Write(read, ProbeModel.Types));
    }

    public static Arbitrary<Preset> Presets() => Arb.From(
        from title in Gen.Elements("A device", "σ ± \"quoted\" \\ <tag>", "two\nlines")
        from model in Models(2)
        from energy in Gen.Elements<double?>(null, 1e-17, 1.48e-12)
        select new Preset { Name = "a-1", Title = title, Source = "drawn", Note = title, Model = model, WriteEnergy = energy, MaxConductance = energy });

    private static Gen<ProbeModel> Models(int depth) =>
        from step in Numbers(1e-30f, 1e30f)
        from spread in Numbers(0, 10)
        from law in Gen.Elements(SpreadLaw.Normal, SpreadLaw.LogNormal)
        from high in Gen.OneOf(Numbers(0, 3e38f), Gen.Constant(float.PositiveInfinity))
        from states in Gen.Choose(2, int.MaxValue)
        from flag in Gen.Elements(true, false)
        from table in Numbers(-1, 1).ArrayOf(3)
        from count in Gen.Choose(0, depth == 0 ? 0 : 2)
        from members in Models(Math.Max(depth - 1, 0)).ArrayOf(count)
        select new ProbeModel
        {
            Step = new(step, spread, law),
            High = high,
            States = states,
            Lifetime = flag ? double.PositiveInfinity : step,
            IsClipped = flag,
            Noise = flag ? ProbeModel.Form.Aggregated : ProbeModel.Form.EachPulse,
            Table = table,
            Leak = new() { Rate = new(spread, step) },
            Reference = count > 1 ? members[0] : null,
            Members = members,
        };

    private static Gen<float> Numbers(float low, float high) =>
        from part in Gen.Choose(0, 1 << 24)
        select low + (part / (float)(1 << 24) * (high - low));

    private static Preset Read(string json) => PresetReader.Read(Encoding.UTF8.GetBytes(json), "my.json", ProbeModel.Types);
}
