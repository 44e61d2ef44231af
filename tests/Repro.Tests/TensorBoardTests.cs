using System.Buffers.Binary;
using System.Text;
using Crosspoint.Repro.Experiments;
using Crosspoint.Repro.TensorBoard;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Event files for TensorBoard, read back by a reader that shares no line with the writer.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // RFC 3720, B.4, and the check value of the catalogue of CRC algorithms.
    [Fact]
    public void The_checksum_gives_the_known_answers()
    {
        Assert.Equal(0xE306_9283u, MaskedCrc.Plain("123456789"u8));
        Assert.Equal(0x8A91_36AAu, MaskedCrc.Plain(new byte[32]));
        Assert.Equal(0x62A8_AB43u, MaskedCrc.Plain([.. Enumerable.Repeat((byte)255, 32)]));
        Assert.Equal(0x46DD_794Eu, MaskedCrc.Plain([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0u, MaskedCrc.Plain([]));
        uint crc = 0xE306_9283;
        Assert.Equal(unchecked(((crc >> 15) | (crc << 17)) + 0xA282_EAD8), MaskedCrc.Of("123456789"u8));
        for (int length = 0; length < 40; length++)
        {
            byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 37))];
            Assert.Equal(BitByBit(bytes), MaskedCrc.Plain(bytes));
        }
    }

    [Fact]
    public void A_run_writes_a_step_for_each_epoch()
    {
        Run("out", 1);
        string[] files = EventFiles("out");
        Assert.Equal(4, files.Length);
        Assert.All(files, file => Assert.Matches(@"^fake2020/fig1/quick/sigma=0\.[15]/seed-[12]/events\.out\.tfevents\.[0-9a-f]{8}$", file));
        foreach (string file in files)
        {
            List<Event> events = Read(folder["out", "tensorboard", file]);
            Assert.Equal("brain.Event:2", events[0].FileVersion);
            Assert.Equal("_hparams_/session_start_info", Assert.Single(events[1].Values).Tag);
            string hyperparameters = Encoding.UTF8.GetString(events[1].Values[0].Metadata);
            Assert.Contains("hparams", hyperparameters, StringComparison.Ordinal);
            Assert.Contains("sigma", hyperparameters, StringComparison.Ordinal);
            Assert.Equal([1L, 2, 3], events[2..^1].Select(one => one.Step));
            string result = Path.Combine(folder["out"], Path.GetDirectoryName(file)!) + ".json";
            double[] curve = [.. Json.Parse(File.ReadAllText(result)).Get("curve", "rows").EnumerateArray().Select(row => row[1].GetDouble())];
            Assert.Equal(curve.Select(value => (float)value), events[2..^1].Select(one => Assert.Single(one.Values).Simple));
            Assert.All(events[2..^1], one => Assert.Equal("test_accuracy_percent", one.Values[0].Tag));
            Assert.Equal(["final/test_accuracy_percent", "_hparams_/session_end_info"], events[^1].Values.Select(value => value.Tag));
            Assert.All(events, one => Assert.InRange(one.WallTime, 1.5e9, 1e11));
        }
    }

    [Fact]
    public void Results_from_before_get_their_files_and_nothing_is_written_twice()
    {
        new Cli().Succeed("run", "fake2020/fig1", "--quiet", "--out", folder["out"], "--seeds", "2");
        Run("out", 1);
        Dictionary<string, byte[]> before = Contents("out");
        Assert.Equal(4, before.Count);
        Run("out", 1);
        Assert.Equal(before, Contents("out"));
        File.Delete(Directory.GetFiles(folder["out"], "seed-1.json", SearchOption.AllDirectories)[0]);
        Run("out", 1);
        Assert.Equal(before, Contents("out"));
    }

    [Fact]
    public void A_killed_run_leaves_a_part_and_the_next_one_completes_it()
    {
        PlannedRun run = new(new Point(("sigma", 0.1)), new ParameterValues([KeyValuePair.Create("epochs", (object)4)]), 1, new string('c', 64), "r.json", "c", "c", 1);
        double[][] curve = [[1, 0.5, 90], [2, 0.25, 91], [3, 0.125, 92], [4, 0.0625, 93]];
        string[] columns = ["epoch", "loss", "accuracy"];
        string path = folder["events", "events.out.tfevents.cccccccc"];
        new EventLog(folder["events"], "fake/fig", run).Append(columns, curve[..3]);
        byte[] whole = File.ReadAllBytes(path);
        RunResult result = new() { CurveColumns = columns, Curve = curve, Metrics = [new Metric(Point.Empty, "accuracy", 93)] };
        for (int cut = 0; cut < whole.Length; cut += 7)
        {
            File.WriteAllBytes(path, whole[..^cut]);
            EventLog log = new(folder["events"], "fake/fig", run);
            log.Append(columns, curve[..2]);
            log.Complete(result);
            List<Event> events = Read(path);
            Assert.Equal([1L, 2, 3, 4], events[2..^1].Select(one => one.Step));
            Assert.Equal([0.5f, 0.25f, 0.125f, 0.0625f], events[2..^1].Select(one => one.Values[0].Simple));
        }

        // A flipped bit ends what can be trusted.
        byte[] damaged = [.. whole];
        damaged[^20] ^= 4;
        Assert.Equal(4, RecordFile.Read(damaged, out int length).Count);
        Assert.InRange(length, 1, whole.Length - 1);
    }

    [Fact]
    public void Another_version_of_a_figure_has_a_file_of_its_own()
    {
        PlannedRun run = new(Point.Empty, new ParameterValues([]), 1, new string('c', 64), "r.json", "c", "c", 1);
        new EventLog(folder["events"], "fake/fig", run).Append(["epoch", "loss"], [[1, 2]]);
        new EventLog(folder["events"], "fake/fig", run with { Key = new string('d', 64) }).Append(["epoch", "loss"], [[1, 3]]);
        Assert.Equal(["cccccccc.stale", "events.out.tfevents.dddddddd"], folder.Files("events"));
    }

    private static uint BitByBit(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F6_3B78;
            }
        }

        return ~crc;
    }

    private void Run(string name, int seed) => new Cli().Succeed(
        "run", "fake2020/fig1", "--quiet", "--out", folder[name], "--tensorboard", "--seeds", "2", "--seed", $"{seed}");

    private string[] EventFiles(string name) => folder.Files(Path.Combine(name, "tensorboard"));

    private Dictionary<string, byte[]> Contents(string name) => EventFiles(name).ToDictionary(file => file, file => File.ReadAllBytes(folder[name, "tensorboard", file]));

    private static List<Event> Read(string path)
    {
        List<Event> events = [];
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        while (rest.Length > 0)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
            Assert.Equal(Masked(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
            ReadOnlySpan<byte> data = rest.Slice(12, length);
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            events.Add(EventOf(data));
            rest = rest[(16 + length)..];
        }

        return events;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = BitByBit(bytes.ToArray());
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282_EAD8);
    }

    private static Event EventOf(ReadOnlySpan<byte> message)
    {
        Event read = new();
        foreach ((int field, ulong number, byte[] bytes) in Fields(message))
        {
            switch (field)
            {
                case 1: read.WallTime = BitConverter.UInt64BitsToDouble(number); break;
                case 2: read.Step = (long)number; break;
                case 3: read.FileVersion = Encoding.UTF8.GetString(bytes); break;
                case 5: read.Values.AddRange(Fields(bytes).Where(value => value.Field == 1).Select(value => ValueOf(value.Bytes))); break;
                default: Assert.Fail($"field {field}"); break;
            }
        }

        return read;
    }

    private static Value ValueOf(byte[] message)
    {
        Value read = new();
        foreach ((int field, ulong number, byte[] bytes) in Fields(message))
        {
            switch (field)
            {
                case 1: read.Tag = Encoding.UTF8.GetString(bytes); break;
                case 2: read.Simple = BitConverter.UInt32BitsToSingle((uint)number); break;
                case 9: read.Metadata = bytes; break;
                default: break;
            }
        }

        return read;
    }

    private static List<(int Field, ulong Number, byte[] Bytes)> Fields(ReadOnlySpan<byte> message)
    {
        List<(int, ulong, byte[])> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message, ref at);
            int field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add((field, Varint(message, ref at), []));
                    break;
                case 1:
                    fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(message[at..]), []));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    fields.Add((field, 0, message.Slice(at, length).ToArray()));
                    at += length;
                    break;
                case 5:
                    fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(message[at..]), []));
                    at += 4;
                    break;
                default:
                    Assert.Fail($"wire type {tag & 7}");
                    break;
            }
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            value |= (ulong)(bytes[at] & 127) << shift;
            if (bytes[at++] < 128)
            {
                return value;
            }
        }
    }

    private sealed class Event
    {
        public double WallTime { get; set; }

        public long Step { get; set; }

        public string FileVersion { get; set; } = string.Empty;

        public List<Value> Values { get; } = [];
    }

    private sealed class Value
    {
        public string Tag { get; set; } = string.Empty;

        public float Simple { get; set; }

        public byte[] Metadata { get; set; } = [];
    }
}
