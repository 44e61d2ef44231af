using Crosspoint.Kernels;

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
                return new BenchCase(run) { Loop = loop, Limit = goal is null ? null : Limit(inputs, outputs, batch) };
            },
        };
    }

    // What no read can leave out: a normal number for each output, and the weights once or, for many vectors, the multiply-adds.
    private static Action Limit(int inputs, int outputs, int batch)
    {
        float[] noise = new float[outputs * batch];
        PaddedMatrix weights = Inputs.Matrix(inputs, outputs, 2016);
        int steps = (int)((double)inputs * outputs * batch / PeakKernels.MultiplyAdd(1, out _));
        return () =>
        {
            Gaussian.Fill(new RandomAddress(1, 1, 1), noise);
            if (batch == 1)
            {
                PeakKernels.Read(weights.Padded);
            }
            else
            {
                PeakKernels.MultiplyAdd(steps, out _);
            }
        };
    }
}
