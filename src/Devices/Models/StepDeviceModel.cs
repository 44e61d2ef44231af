using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>A device given by the scale of its steps up and down and by its hard bounds.</summary>
/// <remarks>Δ⁺ = Δ (1 + d + β), Δ⁻ = Δ (1 + d - β) with d the spread of the step and β the imbalance of a device.</remarks>
public abstract record StepDeviceModel : PulsedDeviceModel
{
    /// <summary>Δ: mean scale of a step.</summary>
    [Unit("weight", Minimum = 0, Above = true)]
    public Spread Step { get; init; } = 0.001f;

    /// <summary>Mean imbalance β: up steps are larger by this part, down steps smaller.</summary>
    [Unit("step", Minimum = -0.99, Maximum = 0.99)]
    public float UpDown { get; init; }

    /// <summary>Deviation of β from device to device.</summary>
    [Unit("step", Minimum = 0)]
    public float UpDownDeviation { get; init; }

    /// <summary>Lower hard bound.</summary>
    [Unit("weight", Maximum = 0)]
    public Spread Low { get; init; } = -0.6f;

    /// <summary>Upper hard bound.</summary>
    [Unit("weight", Minimum = 0)]
    public Spread High { get; init; } = 0.6f;

    /// <inheritdoc/>
    public sealed override float MinStep => Step.Mean;

    /// <inheritdoc/>
    public override (double Low, double High) MeanBounds => (Low.Mean, High.Mean);

    /// <summary>Scale of a step of the mean device, signed.</summary>
    private protected double MeanScale(bool isUp) => isUp ? Step.Mean * (1 + (double)UpDown) : -Step.Mean * (1 - (double)UpDown);

    /// <inheritdoc/>
    private protected override bool BoundsVary => Low.Deviation > 0 || High.Deviation > 0;

    /// <inheritdoc/>
    private protected sealed override void Draw(DeviceTable table, DeviceDraws draws)
    {
        DrawSteps(table, draws);
        if (!double.IsInfinity(MeanBounds.High))
        {
            draws.Fill(table.Low, DeviceParameter.Low, Low);
            draws.Fill(table.High, DeviceParameter.High, High);
        }

        DrawShapes(table, draws);
    }

    /// <summary>Draws <see cref="DeviceTable.UpShape"/> and <see cref="DeviceTable.DownShape"/>; steps and bounds are there.</summary>
    private protected virtual void DrawShapes(DeviceTable table, DeviceDraws draws)
    {
    }

    private void DrawSteps(DeviceTable table, DeviceDraws draws)
    {
        PaddedMatrix up = table.Up, down = table.Down;
        float[] sizes = new float[up.Inputs * up.Outputs];
        for (int n = 0; n < sizes.Length; n++)
        {
            sizes[n] = 1;
        }

        if (Step.Deviation > 0)
        {
            ReadOnlySpan<float> xi = draws.Normal(DeviceParameter.Step);
            for (int n = 0; n < sizes.Length; n++)
            {
                sizes[n] = DeviceDraws.Factor(Step, xi[n]);
            }
        }

        ReadOnlySpan<float> imbalance = UpDownDeviation > 0 ? draws.Normal(DeviceParameter.UpDown) : [];
        for (int i = 0; i < up.Inputs; i++)
        {
            for (int j = 0; j < up.Outputs; j++)
            {
                int n = (i * up.Outputs) + j;
                float beta = UpDown + (imbalance.IsEmpty ? 0 : UpDownDeviation * imbalance[n]);
                up[i, j] = Step.Mean * draws.AtLeastSmallest(sizes[n] + beta);
                down[i, j] = -Step.Mean * draws.AtLeastSmallest(sizes[n] - beta);
            }
        }
    }
}
