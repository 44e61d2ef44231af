namespace Crosspoint.Devices.Presets;

/// <summary>The presets that come with the library: the files of this folder, embedded.</summary>
public static class PresetLibrary
{
    private const string Prefix = "preset/";

    private static readonly Lazy<IReadOnlyList<Preset>> Loaded = new(Load);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<Preset> All => Loaded.Value;

    /// <summary>The preset of a name; <see langword="null"/> where there is none.</summary>
    public static Preset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);

    /// <summary>The text of the file of every preset, with its name.</summary>
    public static IEnumerable<(string File, string Json)> Files()
    {
        foreach (string resource in typeof(PresetLibrary).Assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith(Prefix, StringComparison.Ordinal))
            {
                using StreamReader reader = new(typeof(PresetLibrary).Assembly.GetManifestResourceStream(resource)!);
                yield return (resource[Prefix.Length..], reader.ReadToEnd());
            }
        }
    }

    private static Preset[] Load() =>
        [.. Files().Select(file => PresetReader.Read(file.Json, file.File)).OrderBy(preset => preset.Name, StringComparer.Ordinal)];
}
