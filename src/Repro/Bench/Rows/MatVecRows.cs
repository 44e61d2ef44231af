namespace Crosspoint.Repro.Bench.Rows;

/// <summary>Products of a weight matrix with vectors, without periphery: time of one vector.</summary>
internal static class MatVecRows
{
    public static IEnumerable<BenchRow> All =>
    [
        Forward(512, 512), Forward(256, 784), Backward(512, 512), Backward(256, 784),
    ];

    private static BenchRow Forward(int outputs, int inputs) =>
        Row("forward", outputs, inputs, c => (c.Forward, c.ForwardLoop, c.ForwardTensors));

    private static BenchRow Backward(int outputs, int inputs) =>
        Row("backward", outputs, inputs, c => (c.Backward, c.BackwardLoop, c.BackwardTensors));

    private static BenchRow Row(string way, int outputs, int inputs, Func<MatVecCase, (Action Run, Action Loop, Action Tensors)> forms)
    {
        double crossPoints = (double)outputs * inputs;
        return new()
        {
            Name = $"product/{way}/{outputs}x{inputs}",
            Unit = "us/vector",
            Operations = 1,
            CrossPoints = crossPoints,
            WorkingSet = crossPoints * sizeof(float),
            BytesMoved = crossPoints * sizeof(float),
            MultiplyAdds = crossPoints,
            Prepare = () =>
            {
                (Action run, Action loop, Action tensors) = forms(new MatVecCase(inputs, outputs));
                return new BenchCase(run) { Loop = loop, Tensors = tensors };
            },
        };
    }
}
