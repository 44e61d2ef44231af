using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Crosspoint.Repro.Models;
using Xunit;
using Xunit.Abstractions;

namespace Crosspoint.Repro.Tests;

public sealed class ModelFileTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(1, 1)]
    [InlineData(13, 1)]
    [InlineData(129, 256)]
    [InlineData(1_100, 301)]
    public void Files_come_back_bit_for_bit(int rows, int columns)
    {
        ModelFile model = Sample(new Random(rows + columns), rows, columns);
        foreach (string ending in (string[])["npz", "safetensors"])
        {
            string path = folder[$"model.{ending}"];
            model.Write(path);
            byte[] first = File.ReadAllBytes(path);
            Equal(model, ModelFile.Read(path));
            model.Write(path);
            Assert.Equal(first, File.ReadAllBytes(path));
        }

        Tensor one = model.Tensors[0] with { Name = "one" };
        new ModelFile([one], new Dictionary<string, string>()).Write(folder["one.npy"]);
        Equal(new ModelFile([one], new Dictionary<string, string>()), ModelFile.Read(folder["one.npy"]));
    }

    [Fact]
    public void Python_reads_them_and_they_are_read_from_Python()
    {
        ModelFile model = Sample(new Random(7), 5, 3);
        model.Write(folder["m.npz"]);
        model.Write(folder["m.safetensors"]);
        new ModelFile([model.Tensors[0]], new Dictionary<string, string>()).Write(folder["m.npy"]);
        string script = """
            import json, struct, sys, numpy
            folder = sys.argv[1]
            archive = numpy.load(folder + "/m.npz")
            metadata = json.loads(str(archive["metadata"]))
            assert metadata["point"] == "σ=0.6, ∞", metadata
            with open(folder + "/m.safetensors", "rb") as file:
                length, = struct.unpack("<Q", file.read(8))
                header = json.loads(file.read(length))
                data = file.read()
            assert header["__metadata__"] == metadata
            single = numpy.load(folder + "/m.npy")
            with open(folder + "/read.txt", "w") as out:
                for name in archive.files:
                    if name == "metadata":
                        continue
                    begin, end = header[name]["data_offsets"]
                    other = numpy.frombuffer(data[begin:end], "<f4").reshape(header[name]["shape"])
                    assert archive[name].dtype == "float32" and archive[name].shape == other.shape
                    assert archive[name].tobytes() == other.tobytes()
                    out.write(name + " " + "x".join(map(str, other.shape)) + " " + other.tobytes().hex() + "\n")
            assert single.tobytes() == archive["block1.weights"].tobytes()
            back = {"single": numpy.arange(6, dtype="<f4").reshape(2, 3), "double": numpy.array([0.1, -2.5]), "scalar": numpy.float32(3)}
            numpy.savez(folder + "/plain.npz", **back)
            numpy.savez_compressed(folder + "/packed.npz", **back)
            numpy.save(folder + "/fortran.npy", numpy.asfortranarray(back["single"]))
            numpy.save(folder + "/whole.npy", numpy.arange(3))
            """;
        if (Python(script) is not { } python)
        {
            output.WriteLine("no python3 with numpy here: what Python reads was not tried");
            return;
        }

        output.WriteLine($"tried with {python}");
        string[] expected =
            [.. model.Tensors.Select(t => $"{t.Name} {string.Join("x", t.Shape)} {Convert.ToHexStringLower(MemoryMarshal.AsBytes<float>(t.Values))}")];
        Assert.Equal(expected, File.ReadAllLines(folder["read.txt"]));
        foreach (string name in (string[])["plain.npz", "packed.npz"])
        {
            ModelFile back = ModelFile.Read(folder[name]);
            Assert.Equal([0, 1, 2, 3, 4, 5], back.Find("single", name).Values);
            Assert.Equal([2, 3], back.Find("single", name).Shape);
            Assert.Equal([0.1f, -2.5f], back.Find("double", name).Values);
            Assert.Empty(back.Find("scalar", name).Shape);
        }

        Refused("fortran.npy", "C order");
        Refused("whole.npy", "<f4");
    }

    [Fact]
    public void Damaged_and_hostile_npy_is_refused_without_the_memory_it_asks_for()
    {
        byte[] good = Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", new byte[24]);
        Put("good.npy", good);
        Assert.Equal([2, 3], ModelFile.Read(folder["good.npy"]).Tensors[0].Shape);
        Put("magic.npy", [0x92, .. good.AsSpan(1)]);
        Refused("magic.npy", "NUMPY");
        Put("version.npy", [.. good.AsSpan(0, 6), 9, .. good.AsSpan(7)]);
        Refused("version.npy", "format 1 to 3");
        Put("header.npy", [.. good.AsSpan(0, 6), 2, 0, 0xFF, 0xFF, 0xFF, 0x7F, .. good.AsSpan(12)]);
        Refused("header.npy", "header of at most");
        Put("short.npy", good[..^1]);
        Refused("short.npy", "expected 6 numbers, got 5");
        Put("long.npy", [.. good, 0]);
        Refused("long.npy", "nothing behind");
        Put("empty.npy", []);
        Refused("empty.npy", "NUMPY");
        foreach ((string shape, string word) in new[]
        {
            ("(2000000000, 2000000000)", "at most"), ("(400000000,)", "expected 400000000 numbers"), ("(2147483648,)", "dimensions"),
            ("(inf,)", "dimensions"), ("(nan, 2)", "dimensions"), ("(1e999,)", "dimensions"), ("(-1, 3)", "dimensions"), ("(0x10,)", "dimensions"),
            ("(2, 3), 'shape': (2, 3)", "header"), ("((2), 3)", "header"), ("[2, 3]", "header"),
        })
        {
            Put("shape.npy", Npy($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}", new byte[24]));
            Refused("shape.npy", word);
        }

        foreach (string type in (string[])["|O", ">f4", "<i8", "<U999999999"])
        {
            Put("type.npy", Npy($"{{'descr': '{type}', 'fortran_order': False, 'shape': (), }}", new byte[24]));
            Refused("type.npy", "<f4");
        }
    }

    [Fact]
    public void Damaged_and_hostile_npz_is_refused_without_the_memory_it_asks_for()
    {
        File.WriteAllBytes(folder["no.npz"], new byte[100]);
        Refused("no.npz", "zip");
        Zip("name.npz", ("evil.exe", [1, 2, 3]));
        Refused("name.npz", "arrays of NumPy");
        byte[] two = Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", new byte[8]);
        Zip("twice.npz", ("a.npy", two), ("a.npy", two));
        Refused("twice.npz", "each name once");

        // More than its shape says: the first byte of it is enough to stop.
        Zip("bomb.npz", ("a.npy", [.. two, .. new byte[1 << 20]]));
        Refused("bomb.npz", "nothing behind");
        Zip("claim.npz", ("a.npy", Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (400000000,), }", new byte[8])));
        Refused("claim.npz", "expected 400000000 numbers, got 2");
        Zip("text.npz", ("metadata.npy", Npy("{'descr': '<U900000000', 'fortran_order': False, 'shape': (), }", new byte[8])));
        Refused("text.npz", "at most");
        Zip("json.npz", ("metadata.npy", Npy("{'descr': '<U2', 'fortran_order': False, 'shape': (), }", Encoding.UTF32.GetBytes("[]"))));
        Refused("json.npz", "JSON object");
        Sample(new Random(1), 4, 4).Write(folder["good.npz"]);
        byte[] bytes = File.ReadAllBytes(folder["good.npz"]);
        for (int n = 0; n < bytes.Length; n += 97)
        {
            File.WriteAllBytes(folder["cut.npz"], bytes[..n]);
            Refused("cut.npz", "cut.npz");
        }
    }

    [Fact]
    public void Damaged_and_hostile_safetensors_is_refused_without_the_memory_it_asks_for()
    {
        const string A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}", B = "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}";
        Safetensors("good.safetensors", $"{{{A},{B}}}", 12);
        Assert.Equal(["a", "b"], ModelFile.Read(folder["good.safetensors"]).Tensors.Select(t => t.Name));
        foreach ((string header, int bytes, string word) in new[]
        {
            ($"{{{A},{B}}}", 11, "got 8 to 12"),
            ($"{{{A},{B}}}", 13, "expected 12 bytes"),
            ($"{{{A},{A}}}", 8, "twice"),
            ($"{{{A},{B.Replace("[8,12]", "[4,8]", StringComparison.Ordinal)}}}", 8, "neither overlap"),
            ($"{{{A},{B.Replace("[8,12]", "[9,13]", StringComparison.Ordinal)}}}", 13, "neither overlap"),
            ($"{{{A.Replace("[0,8]", "[0,4]", StringComparison.Ordinal)}}}", 8, "neither overlap"),
            ($"{{{A.Replace("[0,8]", "[8,0]", StringComparison.Ordinal)}}}", 8, "neither overlap"),
            ($"{{{A.Replace("[0,8]", "[-8,0]", StringComparison.Ordinal)}}}", 8, "neither overlap"),
            ($"{{{A.Replace("[0,8]", "[0,8,9]", StringComparison.Ordinal)}}}", 8, "neither overlap"),
            ($"{{{A.Replace("[2]", "[1000000,1000000]", StringComparison.Ordinal)}}}", 8, "at most"),
            ($"{{{A.Replace("[2]", "[1e999]", StringComparison.Ordinal)}}}", 8, "dimensions"),
            ($"{{{A.Replace("[2]", "[-2]", StringComparison.Ordinal)}}}", 8, "dimensions"),
            ($"{{{A.Replace("[2]", "[NaN]", StringComparison.Ordinal)}}}", 8, "JSON"),
            ($"{{{A.Replace("[2]", "2", StringComparison.Ordinal)}}}", 8, "JSON"),
            ($"{{{A.Replace("F32", "F16", StringComparison.Ordinal)}}}", 4, "F32 or F64"),
            ("{\"__metadata__\":{\"a\":1}}", 0, "JSON"),
            ("[]", 0, "JSON"),
            ("{", 0, "JSON"),
        })
        {
            Safetensors("bad.safetensors", header, bytes);
            Refused("bad.safetensors", word);
        }

        File.WriteAllBytes(folder["huge.safetensors"], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, .. "{}"u8]);
        Refused("huge.safetensors", "header of at most 2 bytes");
        File.WriteAllBytes(folder["tiny.safetensors"], [1, 2]);
        Refused("tiny.safetensors", "fewer than 8");
    }

    [Fact]
    public void What_cannot_be_written_or_has_another_ending_is_refused()
    {
        ModelFile model = Sample(new Random(1), 2, 2);
        Assert.Contains(".npz", Assert.Throws<CommandException>(() => model.Write(folder["m.pt"])).Message, StringComparison.Ordinal);
        Assert.Contains("--planes", Assert.Throws<CommandException>(() => model.Write(folder["m.npy"])).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<CommandException>(() => ModelFile.Read(folder["none.npz"])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => model.Tensors[0].Matrix(3, 3));
        Assert.Throws<InvalidDataException>(() => new Tensor("x", [1, 1], [float.NaN]).Matrix(1, 1));
        Assert.Contains("block1.weights", Assert.Throws<CommandException>(() => model.Find("other", "m.npz")).Message, StringComparison.Ordinal);
    }

    private static ModelFile Sample(Random random, int rows, int columns)
    {
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)))];
        return new ModelFile(
            [
                new Tensor("block1.weights", [rows, columns], values),
                new Tensor("special", [5], [float.NaN, float.NegativeInfinity, -0f, float.Epsilon, float.MaxValue]),
                new Tensor("scalar", [], [1.5f]),
                new Tensor("empty", [0, 4], []),
            ],
            new Dictionary<string, string> { ["point"] = "σ=0.6, ∞", ["unit:block1.weights"] = "weight", ["quote"] = "\"\\\n" });
    }

    private static void Equal(ModelFile expected, ModelFile actual)
    {
        Assert.Equal(expected.Metadata.OrderBy(pair => pair.Key), actual.Metadata.OrderBy(pair => pair.Key));
        Assert.Equal(expected.Tensors.Select(t => t.Name), actual.Tensors.Select(t => t.Name));
        foreach ((Tensor e, Tensor a) in expected.Tensors.Zip(actual.Tensors))
        {
            Assert.Equal(e.Shape, a.Shape);
            Assert.True(MemoryMarshal.AsBytes<float>(e.Values).SequenceEqual(MemoryMarshal.AsBytes<float>(a.Values)), $"{e.Name}: bits differ");
        }
    }

    private static byte[] Npy(string header, byte[] data)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. data];
    }

    private void Put(string name, byte[] bytes) => File.WriteAllBytes(folder[name], bytes);

    private void Zip(string name, params (string Name, byte[] Bytes)[] entries)
    {
        using FileStream stream = File.Create(folder[name]);
        using ZipArchive zip = new(stream, ZipArchiveMode.Create);
        foreach ((string entry, byte[] bytes) in entries)
        {
            using Stream content = zip.CreateEntry(entry, CompressionLevel.SmallestSize).Open();
            content.Write(bytes);
        }
    }

    private void Safetensors(string name, string header, int bytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(folder[name], [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. new byte[bytes]]);
    }

    // In one line, with the file's name, and with no more memory than a piece of a file takes.
    private void Refused(string name, string word)
    {
        const long Most = 8 << 20;
        long before = GC.GetAllocatedBytesForCurrentThread();
        CommandException error = Assert.Throws<CommandException>(() => ModelFile.Read(folder[name]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
        Assert.StartsWith(folder[name], error.Message, StringComparison.Ordinal);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    // Runs a script by the first Python that has numpy; null where there is none. Debian's stands first.
    private string? Python(string script)
    {
        foreach (string python in (string[])["/usr/bin/python3", "python3"])
        {
            try
            {
                if (Run(python, "import numpy").ExitCode == 0)
                {
                    File.WriteAllText(folder["script.py"], script);
                    (int code, string error) = Run(python, $"exec(open({Quoted(folder["script.py"])}, encoding='utf-8').read())", folder[""]);
                    Assert.True(code == 0, error);
                    return python;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }

        return null;

        static string Quoted(string path) => $"'{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
    }

    private static (int ExitCode, string Error) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, ["-c", .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
