namespace Crosspoint.Repro.Experiments;

/// <summary>A name with a value, as the user wrote them: <c>NAME=VALUE</c>.</summary>
internal readonly record struct Setting(string Name, string Value);
