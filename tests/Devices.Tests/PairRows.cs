namespace Crosspoint.Devices.Tests;

/// <summary>The conductances of one row of pairs.</summary>
internal static class PairRows
{
    public static float[] PlusRow(this UnidirectionalPairArray array, int i) =>
        [.. Enumerable.Range(0, array.Weights.Outputs).Select(j => array.Plus(i, j))];

    public static float[] MinusRow(this UnidirectionalPairArray array, int i) =>
        [.. Enumerable.Range(0, array.Weights.Outputs).Select(j => array.Minus(i, j))];
}
