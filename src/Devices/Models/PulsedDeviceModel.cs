using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;

namespace Crosspoint.Devices.Models;

/// <summary>A device that is stepped by pulses: what all such devices have in common beside the equation of their step.</summary>
/// <remarks>
/// Parameters that vary from device to device are drawn once from the address of the array, each device with numbers of its own. A normal
/// draw that would turn a step, a bound or a shape round is set to a hundredth of its mean; <see cref="DeviceTable.Truncated"/> counts them.
/// Imperfections that are absent cost nothing.
/// </remarks>
public abstract record PulsedDeviceModel : DeviceModel
{
    /// <summary>Multiplicative noise from cycle to cycle: a step s becomes s (1 + σ ξ), ξ standard normal and new for each pulse.</summary>
    [Unit("step", Minimum = 0)]
    public float CycleNoise { get; init; }

    /// <summary>
    /// Additive noise from cycle to cycle: a step s becomes s + Δ σ ξ, Δ the step scale of the device in that direction, whatever its
    /// state. Beside <see cref="CycleNoise"/> the two are independent of each other.
    /// </summary>
    [Unit("step", Minimum = 0)]
    public float AdditiveNoise { get; init; }

    /// <summary>How the noise of several pulses of one update is drawn; anything but the definition needs multiplicative noise alone.</summary>
    [Unit("1")]
    public PulseNoiseKind PulseNoise { get; init; }

    /// <summary>Levels between the bounds to which the state goes behind every pulse, at least 2; 0 for a continuous state.</summary>
    [Unit("1", Minimum = 0, Maximum = FiniteLevels.MaxStates)]
    public int States { get; init; }

    /// <summary>Part of the devices that are stuck at their lower bound.</summary>
    [Unit("1", Minimum = 0, Maximum = 1)]
    [HeldInFit("devices that never move are to be counted, not fitted")]
    public float StuckLow { get; init; }

    /// <summary>Part of the devices that are stuck at their upper bound.</summary>
    [Unit("1", Minimum = 0, Maximum = 1)]
    [HeldInFit("devices that never move are to be counted, not fitted")]
    public float StuckHigh { get; init; }

    /// <summary>Part of the devices that are stuck at <see cref="StuckWeight"/>.</summary>
    [Unit("1", Minimum = 0, Maximum = 1)]
    [HeldInFit("devices that never move are to be counted, not fitted")]
    public float StuckAt { get; init; }

    /// <summary>The weight of devices that are stuck at a value.</summary>
    [Unit("weight")]
    [HeldInFit("devices that never move are to be counted, not fitted")]
    public float StuckWeight { get; init; }

    /// <summary>
    /// Noise on the stored state: the weight that is read is the state and a normal number of this deviation, drawn anew when the device is
    /// pulsed. The state itself, which later pulses move, has none of it.
    /// </summary>
    [Unit("weight", Minimum = 0)]
    public float WriteNoise { get; init; }

    /// <summary>Rate of the decay towards <see cref="RestingWeight"/> between updates.</summary>
    [Unit("1/update", Minimum = 0)]
    [HeldInFit("pulses follow one another without a rest")]
    public Spread Decay { get; init; }

    /// <summary>Where decay leads to.</summary>
    [Unit("weight")]
    [HeldInFit("pulses follow one another without a rest")]
    public float RestingWeight { get; init; }

    /// <summary>Deviation that diffusion adds in one update.</summary>
    [Unit("weight/update^0.5", Minimum = 0)]
    [HeldInFit("pulses follow one another without a rest")]
    public Spread Diffusion { get; init; }

    /// <summary>ν of a drift with time as (1 + t / t₀)^-ν since the last pulse.</summary>
    [Unit("1", Minimum = 0)]
    [HeldInFit("pulses follow one another without a rest")]
    public Spread DriftExponent { get; init; }

    /// <summary>t₀ of the drift.</summary>
    [Unit("update", Minimum = 0, Above = true)]
    [HeldInFit("pulses follow one another without a rest")]
    public float DriftStart { get; init; } = 1;

    /// <summary>Mean weight change of one pulse at zero weight, in weight units: what pulse trains are coded for.</summary>
    public abstract float MinStep { get; }

    /// <summary>Bounds of the mean device, infinite where it has none.</summary>
    public abstract (double Low, double High) MeanBounds { get; }

    /// <inheritdoc/>
    public sealed override ICrosspointArray Create(int inputs, int outputs, in RandomAddress at)
    {
        Validate();
        if (IsPlain && Plain(inputs, outputs) is { } plain)
        {
            return plain;
        }

        DeviceTable table = new(inputs, outputs);
        DeviceDraws draws = new(inputs, outputs, at);
        Draw(table, draws);
        DrawStuck(table, draws);
        PulsedArray.Options options = new(MinStep, States, WriteNoise, DrawRetention(draws));
        table.Truncated = draws.Truncated;
        ICrosspointArray array = Assemble(table, options);
        Start(array, draws);
        return array;
    }

    /// <inheritdoc/>
    public sealed override double MeanStep(double weight, bool isUp)
    {
        (double low, double high) = MeanBounds;
        return Math.Clamp(weight + Equation(weight, isUp), low, high) - weight;
    }

    /// <summary>The signed step of the mean device, before its hard bounds.</summary>
    private protected abstract double Equation(double weight, bool isUp);

    /// <summary>Whether hard bounds differ from device to device.</summary>
    private protected abstract bool BoundsVary { get; }

    /// <summary>Draws step scales, shapes and bounds.</summary>
    private protected abstract void Draw(DeviceTable table, DeviceDraws draws);

    /// <summary>A faster array for devices without spread, where there is one; asked for only where nothing else is imperfect.</summary>
    private protected virtual ICrosspointArray? Plain(int inputs, int outputs) => null;

    /// <summary>Puts the devices where they begin; unless a model says otherwise at zero weight, or as close to it as they can be.</summary>
    private protected virtual void Start(ICrosspointArray array, DeviceDraws draws)
    {
    }

    /// <summary>Makes the array: the law of the step is chosen here.</summary>
    private protected abstract ICrosspointArray Assemble(DeviceTable table, PulsedArray.Options options);

    // No noise, and nothing that this record adds to a step.
    private bool IsPlain => CycleNoise == 0 && AdditiveNoise == 0 && States == 0 && StuckLow + StuckHigh + StuckAt == 0
        && WriteNoise == 0 && Decay.Mean == 0 && Diffusion.Mean == 0 && DriftExponent.Mean == 0;

    /// <summary>Checks what ranges cannot say.</summary>
    private protected virtual void Validate()
    {
        ModelRanges.Require(this);
        Refuse(States == 1, nameof(States), "0, or at least 2", States);
        Refuse(
            PulseNoise == PulseNoiseKind.Aggregated && AdditiveNoise > 0, nameof(AdditiveNoise), "0 where the noise of several pulses is drawn at once",
            AdditiveNoise);
        Refuse(
            PulseNoise == PulseNoiseKind.Aggregated && States > 0, nameof(States), "0 where several pulses are one step, as levels are taken pulse by pulse", States);
        Refuse(!(StuckLow + StuckHigh + StuckAt <= 1), nameof(StuckAt), $"at most {1 - StuckLow - StuckHigh} beside those stuck at a bound", StuckAt);
        (double low, double high) = MeanBounds;
        Refuse(!(low < high), "High", $"a number above the lower bound {low}", (float)high);
        Refuse(double.IsInfinity(low) && States > 0, nameof(States), "0 without bounds", States);
        Refuse(double.IsInfinity(low) && StuckLow + StuckHigh > 0, nameof(StuckLow), "0 without bounds", Math.Max(StuckLow, StuckHigh));
        Refuse((StuckAt > 0 || StuckWeight != 0) && (StuckWeight < low || StuckWeight > high), nameof(StuckWeight), $"a number in [{low}, {high}]", StuckWeight);
    }

    /// <summary>Refuses a parameter.</summary>
    private protected static void Refuse(bool isWrong, string name, string expected, float actual)
    {
        if (isWrong)
        {
            throw new ArgumentOutOfRangeException(name, actual, $"{name}: expected {expected}, got {actual}.");
        }
    }

    /// <summary>Puts a law of steps, the noise and the bounds together.</summary>
    private protected ICrosspointArray Assemble<TLaw>(DeviceTable table, PulsedArray.Options options, TLaw law)
        where TLaw : struct, IStepLaw => (CycleNoise, AdditiveNoise) switch
        {
            (_, 0) => WithNoise(table, options, law, default(MultiplicativeNoise), CycleNoise),
            (0, _) => WithNoise(table, options, law, default(AdditiveNoise), AdditiveNoise),
            _ => WithNoise(table, options, law, new BothNoises(CycleNoise / AdditiveNoise), AdditiveNoise),
        };

    private ICrosspointArray WithNoise<TLaw, TNoise>(
        DeviceTable table, PulsedArray.Options options, TLaw law, TNoise noise, float sigma)
        where TLaw : struct, IStepLaw
        where TNoise : struct, ICycleNoise
    {
        if (States == 0 && table.IsAlike)
        {
            return Array(table, options, new AlikeDevice<TLaw, TNoise>(table, law, noise), sigma);
        }

        return ProportionalShapes.Of(table) is { } shapes
            ? PackedPairs.Fit(table.Up, table.Down)
                ? WithNumbers(table, options, law, noise, new DeviceNumbers<PackedPairs, ProportionalShapes>(table, shapes), sigma)
                : WithNumbers(table, options, law, noise, new DeviceNumbers<WidePairs, ProportionalShapes>(table, shapes), sigma)
            : PackedPairs.Fit(table.Up, table.Down, table.UpShape, table.DownShape)
                ? WithNumbers(table, options, law, noise, new DeviceNumbers<PackedPairs, OwnShapes>(table, default), sigma)
                : WithNumbers(table, options, law, noise, new DeviceNumbers<WidePairs, OwnShapes>(table, default), sigma);
    }

    private ICrosspointArray WithNumbers<TLaw, TNoise, TNumbers>(
        DeviceTable table, PulsedArray.Options options, TLaw law, TNoise noise, TNumbers numbers, float sigma)
        where TLaw : struct, IStepLaw
        where TNoise : struct, ICycleNoise
        where TNumbers : struct, IDeviceNumbers
    {
        (double low, double high) = MeanBounds;
        if (States > 0)
        {
            PulsedDevice<TLaw, TNoise, OwnBounds, TNumbers> device = With(new OwnBounds(table));
            return Array(table, options, new FiniteStates<PulsedDevice<TLaw, TNoise, OwnBounds, TNumbers>>(device, States), sigma);
        }

        if (BoundsVary)
        {
            return Array(table, options, With(new OwnBounds(table)), sigma);
        }

        return double.IsInfinity(low) && double.IsInfinity(high)
            ? Array(table, options, With(default(NoBounds)), sigma)
            : Array(table, options, With(new CommonBounds((float)low, (float)high)), sigma);

        PulsedDevice<TLaw, TNoise, TBounds, TNumbers> With<TBounds>(TBounds bounds)
            where TBounds : struct, IHardBounds => new((table.Up.Inputs, table.Up.Outputs), law, noise, bounds, numbers);
    }

    private PulsedArray<TDevice> Array<TDevice>(DeviceTable table, PulsedArray.Options options, TDevice device, float sigma)
        where TDevice : struct, IPulsedDevice => new(device, table, sigma, PulseNoise, options);

    private Retention? DrawRetention(DeviceDraws draws)
    {
        if (Decay.Mean == 0 && Diffusion.Mean == 0 && DriftExponent.Mean == 0)
        {
            return null;
        }

        Retention retention = new(draws.Inputs, draws.Outputs)
        {
            RestingWeight = RestingWeight,
            DriftStart = DriftStart,
            Diffuses = Diffusion.Mean > 0,
        };
        draws.Fill(retention.Rate, DeviceParameter.Decay, Decay);
        draws.Fill(retention.Diffusion, DeviceParameter.Diffusion, Diffusion);
        draws.Fill(retention.Drift, DeviceParameter.Drift, DriftExponent);
        return retention;
    }

    // A uniform number chooses between the ways to be stuck, one after the other.
    private void DrawStuck(DeviceTable table, DeviceDraws draws)
    {
        if (StuckLow + StuckHigh + StuckAt == 0)
        {
            return;
        }

        ReadOnlySpan<uint> words = draws.Words(DeviceParameter.Stuck);
        for (int n = 0; n < words.Length; n++)
        {
            double u = (words[n] + 0.5) / ((double)uint.MaxValue + 1);
            int place = (n / draws.Outputs * table.Up.Stride) + (n % draws.Outputs);
            if (u < StuckLow)
            {
                table.Stick(place, table.Low.Padded[place]);
            }
            else if (u < StuckLow + StuckHigh)
            {
                table.Stick(place, table.High.Padded[place]);
            }
            else if (u < StuckLow + StuckHigh + StuckAt)
            {
                table.Stick(place, StuckWeight);
            }
        }
    }
}
