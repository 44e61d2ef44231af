using System.Collections.Immutable;
using Crosspoint.Devices.Steps;

namespace Crosspoint.Devices.Models;

/// <summary>Piecewise step: the step over the weight as straight lines between nodes, a table up and a table down.</summary>
/// <remarks>
/// Δw = Δ± t±(w): t is 1 where the step has its scale. Nodes are equally spaced from the lower to the upper bound of the device. The idea is
/// that of aihwkit's PiecewiseStepDevice (M. J. Rasch et al., AICAS 2021). More than 16 nodes, or a noise of each state:
/// <see cref="MeasuredStepModel"/>.
/// </remarks>
[HeldInFit("it stands before the nodes as a factor", Parameter = nameof(Step), ButSpread = true)]
[HeldInFit("it stands before the nodes as a factor", Parameter = nameof(UpDown))]
[HeldInFit("nodes stand between the bounds, which move as they do", Parameter = nameof(Low))]
[HeldInFit("nodes stand between the bounds, which move as they do", Parameter = nameof(High))]
public sealed record PiecewiseStepModel : StepDeviceModel
{
    /// <summary>t⁺ at the nodes, 2 to 16 of them.</summary>
    [Unit("step", Minimum = 0)]
    public ImmutableArray<float> UpNodes { get; init; } = [2, 1.5f, 1, 0.5f, 0];

    /// <summary>t⁻ at the nodes, as many.</summary>
    [Unit("step", Minimum = 0)]
    public ImmutableArray<float> DownNodes { get; init; } = [0, 0.5f, 1, 1.5f, 2];

    /// <inheritdoc/>
    /// <remarks>In the first piece in which an up step is no longer the larger one, the crossing of two straight lines.</remarks>
    public override double? SymmetryPoint
    {
        get
        {
            for (int k = 0; k < UpNodes.Length - 1; k++)
            {
                double left = Sum(k), right = Sum(k + 1);
                if (left >= 0 && right <= 0 && left > right)
                {
                    return Low.Mean + ((High.Mean - Low.Mean) * (k + (left / (left - right))) / (UpNodes.Length - 1));
                }
            }

            return null;

            double Sum(int node) => (MeanScale(true) * UpNodes[node]) + (MeanScale(false) * DownNodes[node]);
        }
    }

    /// <inheritdoc/>
    private protected override double Equation(double weight, bool isUp)
    {
        ImmutableArray<float> nodes = isUp ? UpNodes : DownNodes;
        int cells = nodes.Length - 1;
        double place = Math.Clamp((weight - Low.Mean) / (High.Mean - (double)Low.Mean) * cells, 0, cells);
        int cell = Math.Min((int)place, cells - 1);
        return MeanScale(isUp) * (nodes[cell] + ((place - cell) * (nodes[cell + 1] - nodes[cell])));
    }

    /// <inheritdoc/>
    private protected override void Validate()
    {
        base.Validate();
        Refuse(UpNodes.Length is < 2 or > PiecewiseStep.MaxNodes, nameof(UpNodes), $"2 to {PiecewiseStep.MaxNodes} nodes", UpNodes.Length);
        Refuse(DownNodes.Length != UpNodes.Length, nameof(DownNodes), $"{UpNodes.Length} nodes as going up", DownNodes.Length);
        foreach (float node in UpNodes)
        {
            Require.NotNegative(nameof(UpNodes), node);
        }

        foreach (float node in DownNodes)
        {
            Require.NotNegative(nameof(DownNodes), node);
        }
    }

    /// <inheritdoc/>
    private protected override void DrawShapes(DeviceTable table, DeviceDraws draws)
    {
        for (int i = 0; i < draws.Inputs; i++)
        {
            for (int j = 0; j < draws.Outputs; j++)
            {
                table.UpShape[i, j] = table.DownShape[i, j] = (UpNodes.Length - 1) / (table.High[i, j] - table.Low[i, j]);
            }
        }
    }

    /// <inheritdoc/>
    private protected override ICrosspointArray Assemble(DeviceTable table, PulsedArray.Options options) =>
        Assemble(table, options, new PiecewiseStep(UpNodes.AsSpan(), DownNodes.AsSpan()));
}
