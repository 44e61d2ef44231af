using System.Runtime.Intrinsics;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class PulsedUpdateTests
{
    private static readonly SoftStep.Parameters Device = new(0.01f, 0.75f);

    [Property]
    public void Each_weight_answers_its_signed_coincidences(Length columns, Slots slots, DataSeed data)
    {
        Case c = new(columns.Value, slots.Value, data.Random());
        Guarded<float> weights = new(c.Weights);
        long total = PulsedUpdate.Row<SoftStep, SoftStep.Parameters>(
            c.Trains.Span, c.Signs.Span, c.Row.Span, c.RowSign, Device, weights.Span);

        float[] expected = [.. c.Weights];
        long coincidences = 0;
        for (int j = 0; j < expected.Length; j++)
        {
            int met = 0;
            for (int slot = 0; slot < 32 * c.Planes; slot++)
            {
                uint pulse = (c.Trains.Span[(slot / 32 * columns.Value) + j] >> (slot % 32)) & (c.Row.Span[slot / 32] >> (slot % 32)) & 1;
                met += (int)pulse;
            }

            if (met > 0)
            {
                bool down = float.IsNegative(c.RowSign) != float.IsNegative(c.Signs.Span[j]);
                expected[j] += (down ? -met : met) * (0.01f * (1 - (MathF.Abs(expected[j]) * 0.75f)));
                coincidences += met;
            }
        }

        Same.Bits(expected, weights.Span);
        Assert.Equal(coincidences, total);
        weights.AssertGuardsIntact();
    }

    /// <summary>Full trains of every number of words: the sums of bytes or lanes must not overflow on the way.</summary>
    [Fact]
    public void Full_trains_pulse_in_every_slot()
    {
        for (int planes = 1; planes <= 128; planes++)
        {
            uint[] trains = new uint[planes * 35], row = new uint[planes];
            float[] weights = new float[35], signs = new float[35];
            trains.AsSpan().Fill(uint.MaxValue);
            row.AsSpan().Fill(uint.MaxValue);
            signs.AsSpan().Fill(1);
            long total = PulsedUpdate.Row<SoftStep, SoftStep.Parameters>(trains, signs, row, -1, new(1, 0), weights);
            Assert.Equal(32L * planes * 35, total);
            Assert.Equal(-1, weights.AsSpan().IndexOfAnyExcept(-32f * planes));
        }
    }

    [Property]
    public void A_row_cut_in_two_steps_like_the_whole(Length columns, Length at, DataSeed data)
    {
        int cut = Math.Min(at.Value, columns.Value);
        Case c = new(columns.Value, 32, data.Random());
        float[] whole = [.. c.Weights], parts = [.. c.Weights];
        long total = PulsedUpdate.Row<SoftStep, SoftStep.Parameters>(c.Trains.Span, c.Signs.Span, c.Row.Span, c.RowSign, Device, whole);
        long left = PulsedUpdate.Row<SoftStep, SoftStep.Parameters>(
            c.Trains.Span[..cut], c.Signs.Span[..cut], c.Row.Span, c.RowSign, Device, parts.AsSpan(0, cut));
        long right = PulsedUpdate.Row<SoftStep, SoftStep.Parameters>(
            c.Trains.Span[cut..], c.Signs.Span[cut..], c.Row.Span, c.RowSign, Device, parts.AsSpan(cut));
        Same.Bits(whole, parts);
        Assert.Equal(total, left + right);
    }

    [Property]
    public void Listed_rows_step_like_each_by_itself(Size inputs, Size outputs, Slots slots, Address at, DataSeed data)
    {
        Random random = data.Random();
        LineTrains rows = new(inputs.Value, slots.Value), columns = new(outputs.Value, slots.Value);
        float gain = random.Next(3) == 0 ? 0.02f : 0.7f; // rows of about one pulse, and of many
        rows.Draw(at.At, random.Signals(inputs.Value), gain, slots.Value);
        columns.Draw(at.At with { Stream = at.At.Stream + 1 }, random.Signals(outputs.Value), gain, slots.Value);
        PaddedMatrix expected = random.Matrix(inputs.Value, outputs.Value, 1), weights = new(inputs.Value, outputs.Value);
        expected.Padded.CopyTo(weights.Padded);
        long coincidences = 0, events = 0;
        for (int i = 0; i < inputs.Value; i++)
        {
            uint[] row = [.. Enumerable.Range(0, rows.Planes).Select(p => rows.Words[(p * inputs.Value) + i])];
            coincidences += PulsedUpdate.Row<SoftStep, SoftStep.Parameters>(
                columns.Words, columns.Values, row, rows.Values[i], Device, expected.Row(i), out int met);
            events += met;
        }

        int[] rowOf = new int[LineTrains.CompactLength(inputs.Value, 1)];
        uint[] rowTrains = new uint[LineTrains.CompactLength(inputs.Value, rows.Planes)];
        int n = rows.Compact(rowOf, rowTrains);
        long total = PulsedUpdate.Rows<SoftStep, SoftStep.Parameters>(
            columns, rows, rowOf.AsSpan(0, n), rowTrains.AsSpan(0, n * rows.Planes), Device, weights, out long hit);
        Same.Bits(expected.Padded, weights.Padded);
        Assert.Equal((coincidences, events), (total, hit));
    }

    [Fact]
    public void Rows_of_another_array_are_refused_before_anything_is_written()
    {
        PaddedMatrix weights = new(3, 5);
        LineTrains rows = new(3, 40), columns = new(5, 40), others = new(4, 40);
        rows.Draw(new RandomAddress(1, 2, 3), [1, 1, 1], 1, 40);
        columns.Draw(new RandomAddress(1, 3, 3), [1, 1, 1, 1, 1], 1, 40);
        others.Draw(new RandomAddress(1, 2, 3), [1, 1, 1, 1], 1, 40);
        Rejected.With("weights", 4, 3, () => Rows(columns, others, new int[3], new uint[6]));
        Rejected.With("weights", 4, 5, () => Rows(others, rows, new int[3], new uint[6]));
        Rejected.With("rowTrains", 6, 5, () => Rows(columns, rows, new int[3], new uint[5]));
        columns.Draw(new RandomAddress(1, 3, 3), [1, 1, 1, 1, 1], 1, 10);
        Rejected.With("columns", 2, 1, () => Rows(columns, rows, new int[3], new uint[6]));
        Assert.Equal(-1, weights.Padded.IndexOfAnyExcept(0f));

        void Rows(LineTrains columns, LineTrains rows, int[] rowOf, uint[] trains) =>
            PulsedUpdate.Rows<SoftStep, SoftStep.Parameters>(columns, rows, rowOf, trains, Device, weights, out _);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused_before_anything_is_written()
    {
        Guarded<float> weights = new(4);
        Rejected.With("columnTrains", 8, 7, () => PulsedUpdate.Row<SoftStep, SoftStep.Parameters>(
            new uint[7], new float[4], new uint[2], 1, Device, weights.Span));
        Rejected.With("rowTrain", 1, 0, () => PulsedUpdate.Row<SoftStep, SoftStep.Parameters>([], new float[4], [], 1, Device, weights.Span));
        Rejected.With("columnSigns", 4, 3, () => PulsedUpdate.Row<SoftStep, SoftStep.Parameters>(
            new uint[8], new float[3], new uint[2], 1, Device, weights.Span));
        weights.AssertUntouched();
    }

    /// <summary>One row: trains of 0 to 4 coincidences a column, signs of either kind and zeros of either sign.</summary>
    private sealed class Case
    {
        public Case(int columns, int slots, Random random)
        {
            Planes = PulseTrains.Planes(slots);
            uint[] trains = random.Words(Planes * columns);
            foreach (ref uint train in trains.AsSpan())
            {
                train &= random.Next(3) == 0 ? 0 : (uint)random.NextInt64();
            }

            Trains = new(trains);
            Row = new([.. random.Words(Planes).Select(w => w & (uint)random.NextInt64())]);
            Signs = new([.. random.Signals(columns).Select(s => s == 0 && random.Next(2) == 0 ? -0f : s)]);
            RowSign = random.Next(2) == 0 ? 0.5f : -0.5f;
            Weights = random.Weights(columns);
        }

        public int Planes { get; }

        public Guarded<uint> Trains { get; }

        public Guarded<uint> Row { get; }

        public Guarded<float> Signs { get; }

        public float RowSign { get; }

        public float[] Weights { get; }
    }

    /// <summary>A device whose step shrinks with the weight: w' = w + n Δ (1 - s |w|). Depends on the state, so that a wrong order shows.</summary>
    private readonly struct SoftStep : IPulseResponse<SoftStep.Parameters>
    {
        public readonly record struct Parameters(float Step, float Slope);

        public static float Apply(float weight, float pulses, in Parameters p) =>
            weight + (pulses * (p.Step * (1 - (MathF.Abs(weight) * p.Slope))));

        public static Vector256<float> Apply(Vector256<float> weight, Vector256<float> pulses, in Parameters p) =>
            weight + (pulses * (p.Step * (Vector256<float>.One - (Vector256.Abs(weight) * p.Slope))));

        public static Vector512<float> Apply(Vector512<float> weight, Vector512<float> pulses, in Parameters p) =>
            weight + (pulses * (p.Step * (Vector512<float>.One - (Vector512.Abs(weight) * p.Slope))));
    }
}
