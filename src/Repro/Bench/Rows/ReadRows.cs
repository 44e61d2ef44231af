namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Analog reads through the periphery of <see cref="ReadCase"/>: time of one vector.</summary>
internal static class ReadRows
{
    public static IEnumerable<BenchRow> All =>
    [
        Row("forward", 512, 512, 1, c => (c.Forward, c.ForwardLoop), new Goal(4.5, Bound.Cache)),
        Row("forward", 512, 512, 64, c => (c.Forward, c.ForwardLoop), new Goal(2.5, Bound.Compute)),
        Row("forward", 256, 784, 1, c => (c.Forward, c.ForwardLoop)),
        Row("backward", 512, 512, 1, c => (c.Backward, c.BackwardLoop), new Goal(4.5, Bound.Cache)),
        Row("backward", 512, 512, 64, c => (c.Backward, c.BackwardLoop)),
        Row("backward", 256, 784, 1, c => (c.Backward, c.BackwardLoop)),
    ];

    public static IEnumerable<BenchRow> OfSize(int n) =>
    [
        Row("forward", n, n, 1, c => (c.Forward, null)), Row("backward", n, n, 1, c => (c.Backward, null)),
    ];

    private static BenchRow Row(
        string way, int outputs, int inputs, int batch, Func<ReadCase, (Action Run, Action? Loop)> forms, Goal? goal = null)
    {
        double crossPoints = (double)outputs * inputs;
        return new()
        {
            Name = $"{way}/{outputs}x{inputs}/b{batch}",
            Unit = "us/vector",
            Operations = batch,
            CrossPoints = crossPoints,
            WorkingSet = crossPoints * sizeof(float),
            BytesMoved = crossPoints * sizeof(float), // the weights once, for however many vectors
            MultiplyAdds = crossPoints * batch,
            Goal = goal,
            Prepare = () =>
            {
                (Action run, Action? loop) = forms(new ReadCase(inputs, outputs, batch));
                return new BenchCase(run) { Loop = loop };
            },
        };
    }
}
