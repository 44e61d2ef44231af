using Crosspoint.Devices.Models;
using Crosspoint.Devices.Tiles;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

public class TilesStateTests
{
    private static readonly LinearStepModel Model = TilesOf.Model(slope: 1.66f, stepSpread: 0.3f, sigma: 0.3f);
    private static readonly AnalogTile.Options Options = TilesOf.Noisy with { Scaling = WeightScaling.PerOutput };

    [Theory]
    [InlineData(PulseScheme.Stochastic)]
    [InlineData(PulseScheme.Deterministic)]
    [InlineData(PulseScheme.MeanCount)]
    [InlineData(PulseScheme.Exact)]
    public void A_tile_restored_goes_on_to_the_same_bytes(PulseScheme scheme)
    {
        AnalogTile.Options options = Options with { Scheme = scheme };
        AnalogTile first = TilesOf.Of(Model, 21, 33, options), second = TilesOf.Of(Model, 21, 33, options);
        first.Program(new Random(1).Matrix(21, 33));
        Work(first, 0, 20);
        second.Load(new BinaryReader(new MemoryStream(State(first))));
        Assert.Equal(State(first), State(second));
        byte[] one = Work(first, 20, 40), other = Work(second, 20, 40);
        Assert.Equal(one, other);
        Assert.Equal(State(first), State(second));
        Assert.Equal(first.Counters.AdcConversions, second.Counters.AdcConversions);
        Assert.Equal(first.Counters.RepeatedReads, second.Counters.RepeatedReads);
    }

    [Fact]
    public void A_snapshot_is_read_from_where_it_begins_to_where_it_ends()
    {
        AnalogTile tile = TilesOf.Of(Model, 5, 6, Options);
        byte[] state = State(tile);
        using MemoryStream stream = new([.. state, .. state, 7]);
        using BinaryReader reader = new(stream);
        tile.Load(reader);
        tile.Load(reader);
        Assert.Equal(7, reader.ReadByte());
    }

    [Fact]
    public void A_snapshot_of_other_devices_is_refused_and_both_are_named()
    {
        byte[] state = State(TilesOf.Of(Model, 5, 6, Options));
        Refused("21", "99", new AnalogTile(Model, 5, 6, Options, new RandomAddress(21, 99, 0)), state);
        Refused("1.66", "1.67", TilesOf.Of(Model with { UpSlope = 1.67f }, 5, 6, Options), state);
        Refused("6 x 5", "5 x 6", TilesOf.Of(Model, 6, 5, Options), state);
        Refused("not named", "1.66", new AnalogTile(Model.Create(5, 6, default), Options), state);
    }

    [Fact]
    public void Every_damaged_or_shortened_snapshot_is_refused_and_changes_nothing()
    {
        AnalogTile tile = TilesOf.Of(Model, 2, 3, Options);
        tile.Program(new Random(1).Matrix(2, 3));
        Work(tile, 0, 3);
        byte[] state = State(tile);
        AnalogTile target = TilesOf.Of(Model, 2, 3, Options);
        byte[] before = State(target);
        for (int k = 0; k < state.Length; k++)
        {
            Exception? early = Record.Exception(() => target.Load(new BinaryReader(new MemoryStream(state[..k]))));
            Assert.True(early is EndOfStreamException or InvalidDataException, $"{k} bytes: {early}");
            byte[] damaged = [.. state];
            damaged[k] ^= 0x40;
            Exception? error = Record.Exception(() => target.Load(new BinaryReader(new MemoryStream(damaged))));
            Assert.True(error is EndOfStreamException or InvalidDataException, $"byte {k}: {error}");
        }

        Assert.Equal(before, State(target));
    }

    [Fact]
    public void Counters_are_those_of_what_was_done()
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 3, 5, new AnalogTile.Options { Scheme = PulseScheme.Deterministic });
        float[] y = new float[5], z = new float[3];
        tile.Forward([1, 0, 2], y, TilesOf.At(0));
        tile.Forward([0, 0, 0], y, TilesOf.At(1));
        tile.Backward([1, 0, 0, 0, 0], z, TilesOf.At(2));
        tile.ReadRow(0, 1, y, TilesOf.At(3));
        tile.ReadColumn(0, 1, z, TilesOf.At(4));
        TileCounters c = tile.Counters;
        Assert.Equal((2L, 1L, 1L, 1L, 0L), (c.ForwardReads, c.BackwardReads, c.RowReads, c.ColumnReads, c.RepeatedReads));
        Assert.Equal(((2 * 3) + 5 + 1 + 1, (2 * 5) + 3 + 5 + 3), (c.DacConversions, c.AdcConversions));
        tile.Update([1, 0, 1], [1, 1, 0, 0, -1], 2 * TilesOf.Step, TilesOf.At(5));
        Assert.Equal((1L, 4L, 6L, 12L, 6L, 2), (c.Updates, c.RowPulses, c.ColumnPulses, c.Coincidences, c.Events, c.LongestTrain));
        tile.PulseRow(1, [1, 0, -1, 0, 0], TilesOf.At(6));
        Assert.Equal((1L, 5L, 8L, 14L, 8L), (c.Updates, c.RowPulses, c.ColumnPulses, c.Coincidences, c.Events));
    }

    [Fact]
    public void Repeated_and_clipped_reads_are_counted()
    {
        ReadParameters bounded = new() { Adc = new Quantizer(1, 0), BoundManagement = BoundManagement.Iterative };
        AnalogTile.Options options = new() { Forward = bounded, Backward = bounded with { BoundManagement = BoundManagement.None } };
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 1, 1, options);
        PaddedMatrix w = new(1, 1);
        w[0, 0] = 3;
        tile.Program(w);
        float[] y = new float[1];
        tile.Forward([1], y, TilesOf.At(0)); // clips at 3 and 1.5, not at 0.75
        tile.Backward([1], y, TilesOf.At(0));
        TileCounters c = tile.Counters;
        Assert.Equal((2L, 1L, 4L, 4L), (c.RepeatedReads, c.ClippedReads, c.DacConversions, c.AdcConversions));
    }

    [Theory]
    [InlineData(PulseScheme.Stochastic)]
    [InlineData(PulseScheme.Deterministic)]
    [InlineData(PulseScheme.MeanCount)]
    [InlineData(PulseScheme.Exact)]
    public void Operations_allocate_nothing_after_the_first(PulseScheme scheme)
    {
        AnalogTile tile = TilesOf.Of(Model, 40, 50, Options with { Scheme = scheme });
        Random random = new(4);
        tile.Program(random.Matrix(40, 50));
        float[] x = random.Signals(40), d = random.Signals(50), y = new float[50], z = new float[40];
        PaddedMatrix xs = random.Matrix(8, 40), ys = new(8, 50), zs = new(8, 40), read = new(40, 50);
        ReadOutcome[] outcomes = new ReadOutcome[8];
        Operations(0);
        Allocation.None(run => Operations((ulong)run + 1));

        void Operations(ulong n)
        {
            tile.Forward(x, y, TilesOf.At(n));
            tile.Backward(d, z, TilesOf.At(n));
            tile.Forward(xs, ys, TilesOf.At(n), outcomes);
            tile.Backward(ys, zs, TilesOf.At(n), outcomes);
            tile.ReadRow(3, 1, y, TilesOf.At(n));
            tile.ReadColumn(3, 1, z, TilesOf.At(n));
            tile.Update(x, d, 0.05f, TilesOf.At(n));
            tile.PulseRow(3, d, TilesOf.At(n));
            tile.PulseColumn(3, x, TilesOf.At(n));
            tile.ReadOut(read, 2, TilesOf.At(n));
            tile.Weights(read);
        }
    }

    [Theory]
    [InlineData(PulseScheme.Stochastic, "01e2344149d376af471e537ecfb659464dd5ad533f04c1080bc81c9218048f8a")]
    [InlineData(PulseScheme.Deterministic, "1adb25ee6178cc900d53354001cdbb850d64116b3b2b7e8a973790289176ab0c")]
    [InlineData(PulseScheme.MeanCount, "d6fc89f27468d7dd7969f82267ed64c47d16e36141242ea1f0d8a601e7e244e3")]
    public void The_same_bits_at_every_width(PulseScheme scheme, string expected)
    {
        using Fingerprint fingerprint = new();
        foreach (int outputs in new[] { 1, 7, 16, 33, 129 })
        {
            AnalogTile tile = TilesOf.Of(Model, 20, outputs, Options with { Scheme = scheme });
            ProgrammingOptions programming = new() { Method = ProgrammingMethod.WriteAndVerify, Iterations = 3 };
            tile.Program(new Random(1).Matrix(20, outputs), programming, TilesOf.At(0));
            fingerprint.Add(Work(tile, 1, 15));
            fingerprint.Add(tile.Array.Weights.Padded);
            fingerprint.Add([tile.Counters.RowPulses, tile.Counters.ColumnPulses, tile.Counters.Coincidences, tile.Counters.Events]);
        }

        fingerprint.AssertIs(expected);
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        AnalogTile tile = TilesOf.Of(TilesOf.Model(), 3, 5, new AnalogTile.Options());
        float[] x = new float[3], d = new float[5];
        Rejected.With("x", 3, 4, () => tile.Forward(new float[4], d, TilesOf.At(0)));
        Rejected.With("y", 5, 6, () => tile.Forward(x, new float[6], TilesOf.At(0)));
        Rejected.With("d", 5, 6, () => tile.Backward(new float[6], x, TilesOf.At(0)));
        Rejected.With("x", 3, 4, () => tile.Update(new float[4], d, 1, TilesOf.At(0)));
        Rejected.With("d", 5, 4, () => tile.Update(x, new float[4], 1, TilesOf.At(0)));
        Rejected.With("rate", 0, -1, () => tile.Update(x, d, -1, TilesOf.At(0)));
        Rejected.With("rate", 0, float.NaN, () => tile.Update(x, d, float.NaN, TilesOf.At(0)));
        Rejected.With("i", 2, 3, () => tile.PulseRow(3, d, TilesOf.At(0)));
        Rejected.With("signs", 5, 3, () => tile.PulseRow(2, x, TilesOf.At(0)));
        Rejected.With("j", 4, 5, () => tile.PulseColumn(5, x, TilesOf.At(0)));
        Rejected.With("signs", 3, 5, () => tile.PulseColumn(4, d, TilesOf.At(0)));
        Rejected.With("i", 2, -1, () => tile.ReadRow(-1, 1, d, TilesOf.At(0)));
        Rejected.With("at", 0, 3, () => tile.Forward(x, d, new RandomAddress(1, 259, 0)));
        Rejected.With("weights", "[3, 5]", "[5, 3]", () => tile.Program(new PaddedMatrix(5, 3)));
        Rejected.With("weights", "[3, 5]", "[5, 3]", () => tile.ReadOut(new PaddedMatrix(5, 3), 1, TilesOf.At(0)));
        Rejected.With("reads", 1, 0, () => tile.ReadOut(new PaddedMatrix(3, 5), 0, TilesOf.At(0)));
        Rejected.With("reads", (1 << 24) / 3, 1 << 24, () => tile.ReadOut(new PaddedMatrix(3, 5), 1 << 24, TilesOf.At(0)));
        PaddedMatrix infinite = new(3, 5);
        infinite[1, 2] = float.PositiveInfinity;
        Rejected.With("weights", "finite", float.PositiveInfinity, () => tile.Program(infinite));
        ProgrammingOptions programming = new();
        Rejected.With("Iterations", 1, 0, () => tile.Program(new PaddedMatrix(3, 5), programming with { Iterations = 0 }, TilesOf.At(0)));
        Rejected.With("Tolerance", 0, -1, () => tile.Program(new PaddedMatrix(3, 5), programming with { Tolerance = -1 }, TilesOf.At(0)));
        Rejected.With("MostPulses", 1, 0, () => tile.Program(new PaddedMatrix(3, 5), programming with { MostPulses = 0 }, TilesOf.At(0)));
        Rejected.With("Scale", 0, -1, () => TilesOf.Of(TilesOf.Model(), 3, 5, new AnalogTile.Options { Scale = -1 }));
        Rejected.With("LargestWeight", 0, 0, () => TilesOf.Of(TilesOf.Model(), 3, 5, new AnalogTile.Options { LargestWeight = 0 }));
        Rejected.With("BitLength", PulseTrains.MaxBitLength, 5000, () => TilesOf.Of(TilesOf.Model(), 3, 5, new AnalogTile.Options { BitLength = 5000 }));
        Rejected.With("Scheme", 3, 9, () => TilesOf.Of(TilesOf.Model(), 3, 5, new AnalogTile.Options { Scheme = (PulseScheme)9 }));
    }

    private static byte[] State(AnalogTile tile)
    {
        using MemoryStream stream = new();
        tile.Save(new BinaryWriter(stream));
        return stream.ToArray();
    }

    private static void Refused(string expected, string actual, AnalogTile tile, byte[] state)
    {
        string message = Assert.Throws<InvalidDataException>(() => tile.Load(new BinaryReader(new MemoryStream(state)))).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(actual, message, StringComparison.Ordinal);
    }

    // Reads and updates of all kinds; what was read.
    private static byte[] Work(AnalogTile tile, int from, int to)
    {
        using MemoryStream results = new();
        using BinaryWriter writer = new(results);
        float[] y = new float[tile.Outputs], z = new float[tile.Inputs];
        for (int n = from; n < to; n++)
        {
            Random random = new(n);
            RandomAddress at = TilesOf.At((ulong)n);
            float[] x = random.Signals(tile.Inputs, 2), d = random.Signals(tile.Outputs);
            tile.Forward(x, y, at);
            tile.Backward(d, z, at);
            tile.Update(x, d, 0.02f, at);
            tile.PulseRow(n % tile.Inputs, d, at);
            tile.PulseColumn(n % tile.Outputs, x, at);
            Array.ForEach(y, writer.Write);
            Array.ForEach(z, writer.Write);
            tile.ReadRow(n % tile.Inputs, 1, y, at);
            tile.ReadColumn(n % tile.Outputs, 1, z, at);
            Array.ForEach(y, writer.Write);
            Array.ForEach(z, writer.Write);
        }

        return results.ToArray();
    }
}
