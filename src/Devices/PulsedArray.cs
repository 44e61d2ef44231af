using CommunityToolkit.HighPerformance;
using Crosspoint.Devices.Steps;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>An array of devices that are stepped by pulses, each drawn once.</summary>
/// <remarks>
/// With write noise <see cref="Weights"/> are the apparent weights: the state of a device, which its pulses move, and a normal number that
/// is drawn anew whenever the device is pulsed.
/// </remarks>
public abstract class PulsedArray : ICrosspointArray
{
    private const ulong WriteNoiseStream = 1UL << 63;

    private readonly int states;
    private readonly float writeNoise;
    private readonly Retention? retention;
    private readonly PaddedMatrix? age; // updates since a device was pulsed
    private readonly uint[] counts;
    private readonly float[] xi;

    /// <summary>What an array has beside its devices.</summary>
    /// <param name="MinStep">Mean weight change of one pulse at zero weight, above 0.</param>
    /// <param name="States">Levels the devices round to; 0 for none.</param>
    /// <param name="WriteNoise">Deviation of an apparent weight, in weight units.</param>
    /// <param name="Retention">What happens between updates; null for nothing.</param>
    internal sealed record Options(float MinStep, int States = 0, float WriteNoise = 0, Retention? Retention = null);

    private protected PulsedArray(DeviceTable devices, Options options)
    {
        Require.Positive(nameof(options.MinStep), options.MinStep);
        Devices = devices;
        Weights = new PaddedMatrix(devices.Up.Inputs, devices.Up.Outputs);
        MinStep = options.MinStep;
        states = options.States;
        writeNoise = options.WriteNoise;
        retention = options.Retention;
        State = writeNoise > 0 ? new PaddedMatrix(Weights.Inputs, Weights.Outputs) : Weights;
        age = retention is null ? null : new PaddedMatrix(Weights.Inputs, Weights.Outputs);
        counts = writeNoise > 0 || age is not null ? new uint[Weights.Outputs] : [];
        xi = writeNoise > 0 ? new float[Weights.Outputs] : [];
        Settle();
        State.Padded.CopyTo(Weights.Padded);
    }

    /// <summary>The devices, drawn once; not to be changed but by <see cref="Stick"/>.</summary>
    public DeviceTable Devices { get; }

    /// <inheritdoc/>
    public PaddedMatrix Weights { get; }

    /// <summary>What pulses move: the weights themselves where there is no write noise, in weight units, shape [inputs, outputs].</summary>
    public PaddedMatrix State { get; }

    /// <inheritdoc/>
    public float MinStep { get; }

    /// <inheritdoc/>
    public ArrayCounters Counters { get; } = new();

    /// <inheritdoc/>
    /// <remarks>Steps are the scales of the law of a step at zero weight, shapes what else it needs; bounds are left out where there are none.</remarks>
    public IEnumerable<StatePlane> Planes
    {
        get
        {
            const string Weight = "array weight";
            yield return new("weights", Weight, Weights);
            if (!ReferenceEquals(State, Weights))
            {
                yield return new("state", Weight, State);
            }

            if (age is not null)
            {
                yield return new("age", "updates", age);
            }

            yield return new("step_up", Weight, Devices.Up);
            yield return new("step_down", Weight, Devices.Down);
            yield return new("shape_up", "of the law of a step", Devices.UpShape);
            yield return new("shape_down", "of the law of a step", Devices.DownShape);
            if (Devices.IsBounded)
            {
                yield return new("low", Weight, Devices.Low);
                yield return new("high", Weight, Devices.High);
            }
        }
    }

    /// <inheritdoc/>
    public void Program(PaddedMatrix weights)
    {
        Require.SameShape(nameof(weights), Weights, weights);
        Require.NoNaN(nameof(weights), weights);
        weights.Padded.CopyTo(State.Padded);
        Settle();
        State.Padded.CopyTo(Weights.Padded);
        age?.Padded.Clear();
    }

    /// <inheritdoc/>
    public void Pulse(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        Require.Fit(Weights, rows, columns);
        Counters.Coincidences += Apply(rows, columns, at, out long events);
        Counters.Events += events;
        if (counts.Length > 0 && events > 0)
        {
            Touch(rows, columns, at with { Stream = at.Stream ^ WriteNoiseStream });
        }
    }

    /// <summary>Whether it must be known which cross-points were pulsed.</summary>
    private protected bool NotesPulses => counts.Length > 0;

    /// <inheritdoc/>
    public void Reset(in RandomAddress at)
    {
    }

    /// <inheritdoc/>
    /// <remarks>Of devices with finite states each goes to the level that is then nearest; what a rest adds below half a level is lost.</remarks>
    public void Rest(double updates, in RandomAddress at)
    {
        if (!(updates >= 0 && double.IsFinite(updates)))
        {
            throw new ArgumentOutOfRangeException(nameof(updates), updates, $"updates: expected a finite number of at least 0, got {updates}.");
        }

        if (retention is null)
        {
            return;
        }

        if (writeNoise > 0)
        {
            System.Numerics.Tensors.TensorPrimitives.Subtract(Weights.Padded, State.Padded, Weights.Padded);
        }

        retention.Rest(State, age!, updates, at);
        Settle();
        if (writeNoise > 0)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(Weights.Padded, State.Padded, Weights.Padded);
        }
    }

    /// <summary>Fixes devices for good: no pulse, rest or programming moves them any more.</summary>
    /// <param name="mask">Which, shape [inputs, outputs].</param>
    /// <param name="weight">Where, in weight units; clipped to the bounds of each, so that ±infinity is at its maximum or minimum.</param>
    /// <exception cref="ArgumentException">The shape differs, or a weight would not be finite.</exception>
    public void Stick(ReadOnlySpan2D<bool> mask, float weight)
    {
        if (mask.Height != Weights.Inputs || mask.Width != Weights.Outputs)
        {
            throw new ArgumentException(
                $"mask: expected shape [{Weights.Inputs}, {Weights.Outputs}], got [{mask.Height}, {mask.Width}].", nameof(mask));
        }

        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < mask.Height; i++)
            {
                for (int j = 0; j < mask.Width; j++)
                {
                    if (!mask[i, j])
                    {
                        continue;
                    }

                    float to = Math.Clamp(weight, Devices.Low[i, j], Devices.High[i, j]);
                    if (!float.IsFinite(to))
                    {
                        throw new ArgumentOutOfRangeException(nameof(weight), weight, $"weight: expected a finite number at [{i}, {j}], got {to}.");
                    }

                    if (pass == 1)
                    {
                        Devices.Stick((i * Weights.Stride) + j, to);
                        (State[i, j], Weights[i, j]) = (to, to);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>The devices themselves are drawn anew from their address; those that are stuck are in the state.</remarks>
    public void Save(BinaryWriter writer)
    {
        MatrixState.Save(writer, Weights);
        Counters.Save(writer);
        if (writeNoise > 0)
        {
            MatrixState.Save(writer, State);
        }

        if (age is not null)
        {
            MatrixState.Save(writer, age);
        }

        writer.Write(Devices.Stuck.Count);
        foreach (int place in Devices.Stuck.Order())
        {
            writer.Write(place);
            writer.Write(Devices.Low.Padded[place]);
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader reader)
    {
        MatrixState.Load(reader, Weights);
        Counters.Load(reader);
        if (writeNoise > 0)
        {
            MatrixState.Load(reader, State);
        }

        if (age is not null)
        {
            MatrixState.Load(reader, age);
        }

        LoadStuck(reader);
        Settle();
    }

    /// <summary>Applies the coincidences to <see cref="State"/>.</summary>
    private protected abstract long Apply(LineTrains rows, LineTrains columns, in RandomAddress at, out long events);

    private void LoadStuck(BinaryReader reader)
    {
        HashSet<int> stuck = [];
        for (int n = reader.ReadInt32(); n > 0; n--)
        {
            int place = reader.ReadInt32();
            float weight = reader.ReadSingle();
            if (place < 0 || place >= Weights.Padded.Length || place % Weights.Stride >= Weights.Outputs || !float.IsFinite(weight))
            {
                throw new InvalidDataException($"expected a stuck device of {Weights.Inputs} x {Weights.Outputs}, got place {place} at {weight}");
            }

            stuck.Add(place);
            Devices.Stick(place, weight);
        }

        if (stuck.Count != Devices.Stuck.Count)
        {
            throw new InvalidDataException($"expected {Devices.Stuck.Count} stuck devices, got {stuck.Count}: this array has others");
        }
    }

    // What happens to a device because it was pulsed: a new apparent weight, and no age.
    private void Touch(LineTrains rows, LineTrains columns, in RandomAddress at)
    {
        int groups = (Weights.Outputs + Gaussian.GroupLength - 1) / Gaussian.GroupLength;
        Span<uint> train = stackalloc uint[rows.Planes];
        for (int i = 0; i < rows.Lines; i++)
        {
            if (!rows.CopyTrain(i, train))
            {
                continue;
            }

            Coincidence.CountRow(columns.Words, train, counts);
            Gaussian.Fill(at, xi, (ulong)i * (ulong)groups);
            for (int j = 0; j < counts.Length; j++)
            {
                if (counts[j] == 0)
                {
                    continue;
                }

                if (writeNoise > 0)
                {
                    // A device that is stuck is not written.
                    float noise = Devices.Low[i, j] < Devices.High[i, j] ? writeNoise : 0;
                    Weights[i, j] = MathF.FusedMultiplyAdd(noise, xi[j], State[i, j]);
                }

                if (age is not null)
                {
                    age[i, j] = 0;
                }
            }
        }
    }

    // Every state to where its device can be: a pulse keeps it there.
    private void Settle()
    {
        Span<float> w = State.Padded, low = Devices.Low.Padded, high = Devices.High.Padded;
        for (int place = 0; place < w.Length; place++)
        {
            w[place] = Math.Clamp(w[place], low[place], high[place]);
            if (states > 0)
            {
                w[place] = FiniteLevels.Nearest<Width1, float>(w[place], low[place], high[place], states - 1);
            }
        }
    }
}

/// <summary>An array of devices of one type, pulsed one coincidence after the other.</summary>
/// <typeparam name="TDevice">What a pulse does.</typeparam>
internal sealed class PulsedArray<TDevice> : PulsedArray, IRowPulsed
    where TDevice : struct, IPulsedDevice
{
    private readonly TDevice device;
    private readonly PulsedUpdater updater;
    private readonly RowPulser rowPulser = new();
    private readonly bool liftsPadding;
    private RowPulses? byTrains;
    private readonly float sigma;
    private readonly PulseNoiseKind noise;

    /// <summary>Makes an array of zero weights, or of those nearest to it that its devices can hold.</summary>
    /// <param name="device">What a pulse does to the devices.</param>
    /// <param name="table">The devices, of the same shape.</param>
    /// <param name="sigma">Deviation of a step from cycle to cycle, as a fraction of it, at least 0.</param>
    /// <param name="noise">How the noise of several pulses of one update is drawn.</param>
    /// <param name="options">What the array has beside its devices.</param>
    public PulsedArray(TDevice device, DeviceTable table, float sigma, PulseNoiseKind noise, Options options)
        : base(table, options)
    {
        updater = new PulsedUpdater(Weights.Inputs, Weights.Outputs);
        this.device = device;
        this.sigma = sigma;
        this.noise = noise;
        liftsPadding = State.Stride > State.Outputs && (Any(table.Low, low => low > 0) || Any(table.High, high => high < 0));
    }

    /// <inheritdoc/>
    public void PulseRow(int row, ReadOnlySpan<float> signals, float threshold, bool negate, in RandomAddress at)
    {
        if (NotesPulses)
        {
            byTrains ??= new RowPulses(this, byTrains: true);
            byTrains.Apply(row, signals, threshold, negate, at);
            return;
        }

        int pulses = rowPulser.Apply(device, State, row, signals, threshold, negate, sigma, at);
        Counters.Coincidences += pulses;
        Counters.Events += pulses;
        HoldStuck();
        ClearPadding(row, row + 1);
    }

    /// <inheritdoc/>
    private protected override long Apply(LineTrains rows, LineTrains columns, in RandomAddress at, out long events)
    {
        long coincidences = updater.Apply(device, State, rows, columns, sigma, noise, at, out events);
        HoldStuck();
        ClearPadding(0, State.Inputs);
        return coincidences;
    }

    // Bounds that leave zero out lift the padding to them, as far as vectors reach.
    private void ClearPadding(int from, int to)
    {
        for (int i = from; liftsPadding && i < to; i++)
        {
            State.PaddedRow(i)[State.Outputs..].Clear();
        }
    }

    private static bool Any(PaddedMatrix numbers, Func<float, bool> condition)
    {
        foreach (float number in numbers.Padded)
        {
            if (condition(number))
            {
                return true;
            }
        }

        return false;
    }

    // A device that takes its numbers for those of all does not know which of them are stuck.
    private void HoldStuck()
    {
        if (device is IAlike)
        {
            foreach (int place in Devices.Stuck)
            {
                State.Padded[place] = Devices.Low.Padded[place];
            }
        }
    }
}
