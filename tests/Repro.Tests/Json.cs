using System.Text.Json;

namespace Crosspoint.Repro.Tests;

/// <summary>Reads JSON in tests.</summary>
internal static class Json
{
    public static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement;

    /// <summary>Goes down by names and indices.</summary>
    public static JsonElement Get(this JsonElement element, params object[] path) =>
        path.Aggregate(element, (at, step) => step is int index ? at[index] : at.GetProperty((string)step));
}
