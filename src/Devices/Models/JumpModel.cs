using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>A conductance stepped by SET (up) and RESET (down) pulses between its extrema, as C. H. Bennett et al. model it.</summary>
/// <remarks>
/// IEEE Access 7, 73938 (2019), eq. 1 to 4, 12 and 13; the write noise σ of eq. 13 is <see cref="PulsedDeviceModel.CycleNoise"/>. The weight
/// is the conductance, in units in which it goes from <see cref="Low"/> to <see cref="High"/>. A synapse is a differential pair of two.
/// </remarks>
public abstract record JumpModel : PulsedDeviceModel
{
    private const float LeastRange = 0.1f;
    private const int MostRedraws = 1_000;

    /// <summary>g: writable levels of a device, not below 2; a step is the range over g - 1.</summary>
    [Unit("1", Minimum = 2)]
    public Spread Levels { get; init; } = 256;

    /// <summary>Mean G_min.</summary>
    [Unit("weight")]
    public float Low { get; init; }

    /// <summary>Mean G_max, above <see cref="Low"/>.</summary>
    [Unit("weight")]
    public float High { get; init; } = 1;

    /// <summary>Deviation of G_max and G_min from device to device, as a part of the mean range; both are drawn anew while less than a tenth of it is left.</summary>
    [Unit("1", Minimum = 0)]
    public float ExtremaDeviation { get; init; }

    /// <summary>ζ: RESET steps are larger by this factor.</summary>
    [Unit("1", Minimum = 0, Above = true)]
    public float Asymmetry { get; init; } = 1;

    /// <summary>Whether devices begin uniformly between their bounds; otherwise as close to zero as they can be.</summary>
    public bool UniformStart { get; init; } = true;

    /// <summary>Mean range r.</summary>
    private protected double Range => (double)High - Low;

    /// <summary>What a SET and a RESET step are of the range over g - 1 at their largest; RESET without the asymmetry.</summary>
    private protected abstract (float Set, float Reset) Strengths { get; }

    /// <summary>The part of the range that is cut off at each end.</summary>
    private protected virtual float Cut => 0;

    /// <summary>Size of a SET or RESET step of the mean device at its largest.</summary>
    private protected double MeanScale(bool isUp) =>
        Range / (Levels.Mean - 1.0) * (isUp ? Strengths.Set : -Strengths.Reset * (double)Asymmetry);

    /// <inheritdoc/>
    public sealed override (double Low, double High) MeanBounds => (Low + (Cut * Range), High - (Cut * Range));

    /// <inheritdoc/>
    private protected sealed override bool BoundsVary => ExtremaDeviation > 0;

    /// <inheritdoc/>
    private protected sealed override void Draw(DeviceTable table, DeviceDraws draws)
    {
        DrawExtrema(table, draws);
        draws.Fill(table.UpShape, DeviceParameter.Step, Levels);
        for (int i = 0; i < draws.Inputs; i++)
        {
            for (int j = 0; j < draws.Outputs; j++)
            {
                float range = table.High[i, j] - table.Low[i, j];
                float step = range / (MathF.Max(table.UpShape[i, j], 2) - 1);
                (table.Up[i, j], table.Down[i, j]) = (step * Strengths.Set, -step * Strengths.Reset * Asymmetry);
                table.Low[i, j] += Cut * range;
                table.High[i, j] -= Cut * range;
                table.UpShape[i, j] = 0;
            }
        }
    }

    /// <inheritdoc/>
    private protected sealed override void Start(ICrosspointArray array, DeviceDraws draws)
    {
        if (!UniformStart)
        {
            return;
        }

        // A device that is stuck, or of whole levels, settles as it would anyway.
        PulsedArray devices = (PulsedArray)array;
        PaddedMatrix start = new(draws.Inputs, draws.Outputs);
        ReadOnlySpan<uint> words = draws.Words(DeviceParameter.Start);
        for (int n = 0; n < words.Length; n++)
        {
            int place = (n / draws.Outputs * start.Stride) + (n % draws.Outputs);
            float low = devices.Devices.Low.Padded[place], high = devices.Devices.High.Padded[place];
            start.Padded[place] = low + (float)((high - low) * ((words[n] + 0.5) / ((double)uint.MaxValue + 1)));
        }

        devices.Program(start);
    }

    private void DrawExtrema(DeviceTable table, DeviceDraws draws)
    {
        table.Low.Values.Fill(Low);
        table.High.Values.Fill(High);
        if (ExtremaDeviation == 0)
        {
            return;
        }

        bool[] isDrawn = new bool[draws.Inputs * draws.Outputs];
        for (int attempt = 0, left = isDrawn.Length; left > 0; attempt++)
        {
            Refuse(attempt > MostRedraws, nameof(ExtremaDeviation), "a spread that leaves ranges", ExtremaDeviation);
            float[] xi = draws.Normal(attempt == 0 ? DeviceParameter.High : DeviceParameter.Redraw + (2 * (ulong)attempt)).ToArray();
            ReadOnlySpan<float> other = draws.Normal(attempt == 0 ? DeviceParameter.Low : DeviceParameter.Redraw + (2 * (ulong)attempt) + 1);
            for (int n = 0; n < isDrawn.Length; n++)
            {
                float high = High + (float)(ExtremaDeviation * Range * xi[n]), low = Low + (float)(ExtremaDeviation * Range * other[n]);
                if (!isDrawn[n] && high - low >= LeastRange * Range)
                {
                    int place = (n / draws.Outputs * table.Low.Stride) + (n % draws.Outputs);
                    (table.Low.Padded[place], table.High.Padded[place]) = (low, high);
                    isDrawn[n] = true;
                    left--;
                }
            }
        }
    }
}
