namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Products of a weight matrix with vectors, without periphery: time of one vector.</summary>
internal static class MatVecRows
{
    public static IEnumerable<BenchRow> All =>
    [
        Forward(512, 512, 1, new Goal(4.5, Bound.Cache)),
        Forward(512, 512, 64, new Goal(2.5, Bound.Compute)),
        Forward(256, 784, 1),
        Backward(512, 512, 1, new Goal(4.5, Bound.Cache)),
        Backward(512, 512, 64),
        Backward(256, 784, 1),
    ];

    public static IEnumerable<BenchRow> OfSize(int n) => [Forward(n, n, 1, plain: false), Backward(n, n, 1, plain: false)];

    private static BenchRow Forward(int outputs, int inputs, int batch, Goal? goal = null, bool plain = true) =>
        Row("forward", outputs, inputs, batch, goal, c => plain ? (c.Forward, c.ForwardLoop, c.ForwardTensors) : (c.Forward, null, null));

    private static BenchRow Backward(int outputs, int inputs, int batch, Goal? goal = null, bool plain = true) =>
        Row("backward", outputs, inputs, batch, goal, c => plain ? (c.Backward, c.BackwardLoop, c.BackwardTensors) : (c.Backward, null, null));

    private static BenchRow Row(
        string way, int outputs, int inputs, int batch, Goal? goal, Func<MatVecCase, (Action Run, Action? Loop, Action? Tensors)> forms)
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
                (Action run, Action? loop, Action? tensors) = forms(new MatVecCase(inputs, outputs));
                return new BenchCase(Times(batch, run)) { Loop = Baseline(loop), Tensors = Baseline(tensors) };
            },
        };

        Action? Baseline(Action? form) => form is null ? null : Times(batch, form);
    }

    // One vector after the other: the weights are read anew for each.
    private static Action Times(int batch, Action form) => batch == 1 ? form : () =>
    {
        for (int n = 0; n < batch; n++)
        {
            form();
        }
    };
}
