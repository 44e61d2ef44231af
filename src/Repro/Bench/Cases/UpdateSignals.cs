namespace Crosspoint.Repro.Bench;

/// <summary>What an update is given: input and error signals, and the length of their trains.</summary>
/// <param name="X">Inputs, shape [inputs]; a unit signal pulses in every slot.</param>
/// <param name="D">Errors, shape [outputs].</param>
/// <param name="BitLength">BL, at most 31.</param>
internal sealed record UpdateSignals(float[] X, float[] D, int BitLength)
{
    /// <summary>The cases of the row names, by how many cross-points are pulsed how often.</summary>
    /// <remarks>
    /// dense: signals spread evenly over [-1, 1] and 31 slots, 31 / 4 = 7.75 coincidences a cross-point on average; dense10: 10 slots,
    /// 2.5; sparse: one slot with probability 0.1 on either side, so that 1 % of the cross-points see one.
    /// </remarks>
    public static UpdateSignals Of(string name, int outputs, int inputs) => name switch
    {
        "dense" => new(Even(inputs, 1), Even(outputs, 2), 31),
        "dense10" => new(Even(inputs, 1), Even(outputs, 2), 10),
        "sparse" => new(Thin(inputs, 1), Thin(outputs, 2), 1),
        _ => throw new ArgumentException($"name: expected dense, dense10 or sparse, got {name}.", nameof(name)),
    };

    // In random order with random signs, and the same mean magnitude of 1/2 at every size.
    private static float[] Even(int lines, int seed)
    {
        float[] values = [.. Inputs.Signals(lines, seed).Select((v, l) => MathF.CopySign((l + 0.5f) / lines, v))];
        new Random(seed).Shuffle(values);
        return values;
    }

    private static float[] Thin(int lines, int seed) => [.. Inputs.Signals(lines, seed).Select(v => MathF.CopySign(0.1f, v))];
}
