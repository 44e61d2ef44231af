using System.Text.Json;
using Crosspoint.Devices.Models;
using Crosspoint.Devices.Presets;
using Crosspoint.Kernels;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>The presets that come with the library.</summary>
public class PresetLibraryTests
{
    [Fact]
    public void Every_file_is_named_as_its_preset()
    {
        foreach ((string file, string json) in PresetLibrary.Files())
        {
            Assert.Equal(file, PresetReader.Read(json, file).Name + ".json");
        }
    }

    [Fact]
    public void Every_preset_can_be_made_and_pulsed_and_keeps_its_numbers_in_a_file()
    {
        Assert.NotEmpty(PresetLibrary.All);
        foreach (Preset preset in PresetLibrary.All)
        {
            float[,] weights = PulseMeasurement.Trace(preset.Model.Create(1, 3, new RandomAddress(1, 0x100, 0)), 1, 5, 5, 1);
            Assert.All(weights.Cast<float>(), weight => Assert.True(float.IsFinite(weight), preset.Name));
            string json = PresetWriter.Write(preset);
            Assert.Equal(json, PresetWriter.Write(PresetReader.Read(json, preset.Name)));
        }
    }

    [Fact]
    public void Every_registered_model_is_written_and_read()
    {
        foreach (DeviceModelEntry entry in DeviceModels.All)
        {
            Preset preset = new() { Name = "a", Title = "t", Source = "s", Model = entry.Default() };
            Preset read = PresetReader.Read(PresetWriter.Write(preset), entry.Name);
            Assert.Equal(entry.Type, read.Model.GetType());
            Assert.Equal(PresetWriter.Write(preset), PresetWriter.Write(read));
        }
    }

    [Theory]
    [InlineData("gokmen2021-nonsymmetric", 0.001, 1.66, 0.3, 0)]
    [InlineData("gokmen2021-model-1", 0.08, 1.66, 0, 1)]
    [InlineData("gokmen2021-model-2", 0.02, 1.66, 0, 0.3)]
    [InlineData("gokmen2021-model-3", 0.01, 1.66, 0, 0.3)]
    public void The_devices_of_the_paper_have_its_numbers(string name, float step, float slope, float cycle, float additive)
    {
        LinearStepModel model = Assert.IsType<LinearStepModel>(PresetLibrary.Find(name)!.Model);
        Assert.Equal((new Spread(step, 0.3f), new Spread(slope, 0.2f), new Spread(slope, 0.2f)), (model.Step, model.UpSlope, model.DownSlope));
        Assert.Equal((cycle, additive, false), (model.CycleNoise, model.AdditiveNoise, model.Bounded));
    }

    [Fact]
    public void The_schema_is_json_and_names_every_model()
    {
        using JsonDocument schema = JsonDocument.Parse(PresetSchema.Write());
        string[] names =
        [
            .. schema.RootElement.GetProperty("$defs").GetProperty("device").GetProperty("oneOf").EnumerateArray()
                .Select(model => model.GetProperty("properties").GetProperty("model").GetProperty("const").GetString()!),
        ];
        Assert.Equal(DeviceModels.All.Select(entry => entry.Name), names);
    }
}
