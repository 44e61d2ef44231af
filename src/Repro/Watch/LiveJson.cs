using System.Text.Json.Serialization;

namespace Crosspoint.Repro.Watch;

/// <summary>How <see cref="LiveStatus"/> stands in JSON.</summary>
[JsonSerializable(typeof(LiveStatus))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class LiveJson : JsonSerializerContext;
