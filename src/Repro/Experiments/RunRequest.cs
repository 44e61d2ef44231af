namespace Crosspoint.Repro.Experiments;

/// <summary>What the user asks of one figure.</summary>
internal sealed record RunRequest
{
    /// <summary>How much is computed.</summary>
    public Profile Profile { get; init; } = Profile.Quick;

    /// <summary>The first seed.</summary>
    public ulong FirstSeed { get; init; } = 1;

    /// <summary>Number of seeds, one after the other; the figure's own number when <see langword="null"/>.</summary>
    public int? Seeds { get; init; }

    /// <summary>The values a point may have; several of one name are alternatives.</summary>
    public IReadOnlyList<Setting> Points { get; init; } = [];

    /// <summary>Parameters that the user changes.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>The share to compute; all when <see langword="null"/>.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Folder of all results.</summary>
    public string Out { get; init; } = "runs";
}
