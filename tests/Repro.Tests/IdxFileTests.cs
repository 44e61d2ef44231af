using System.Buffers.Binary;
using System.IO.Compression;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Repro.Tests;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("images")]
    [InlineData("images.gz")]
    public void A_file_is_read_plain_and_compressed(string name)
    {
        string images = Write(name, Idx([2, 2, 3], 12));
        string labels = Write("labels", Idx([2], 2));
        LabelledImages read = IdxFile.ReadImages(images, labels, "test");
        Assert.Equal(2, read.Count);
        Assert.Equal([6, 7, 8, 9, 10, 11], read.Pixels(1).ToArray());
        Assert.Equal(1, read.Label(1));
    }

    [Theory]
    [InlineData("images")]
    [InlineData("images.gz")]
    public void A_file_cut_off_anywhere_is_refused(string name)
    {
        byte[] whole = Idx([2, 2, 3], 12);
        for (int length = 0; length < whole.Length; length++)
        {
            Refuse(Write(name, whole[..length]), "cut off", "the file can hold");
        }
    }

    [Fact]
    public void A_compressed_file_cut_off_anywhere_is_refused()
    {
        byte[] whole = Compress(Idx([2, 20, 30], 1200));
        for (int length = 0; length < whole.Length - 8; length += 7)
        {
            string path = folder["cut.gz"];
            File.WriteAllBytes(path, whole[..length]);
            Refuse(path, "cut off", "the file can hold", "sound gzip");
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("compressed.gz")]
    public void Bytes_behind_the_values_are_refused(string name) => Refuse(Write(name, [.. Idx([2], 2), 0]), "more follows");

    [Theory]
    [InlineData(0x0000_0D03)]
    [InlineData(0x0100_0803)]
    [InlineData(0x0000_0800)]
    [InlineData(0x0000_0805)]
    [InlineData(0x1F8B_0800)]
    public void Another_magic_number_is_refused(int magic)
    {
        byte[] bytes = Idx([2, 2, 3], 12);
        BinaryPrimitives.WriteInt32BigEndian(bytes, magic);
        Refuse(Write("magic", bytes), "expected an IDX header");
    }

    [Theory]
    [InlineData("plain", int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData("compressed.gz", int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData("plain", 65_536, 65_536, 1)]
    [InlineData("compressed.gz", 2_000_000_000, 1, 1)]
    [InlineData("plain", 0, 28, 28)]
    [InlineData("plain", -1, 28, 28)]
    public void Absurd_dimensions_are_refused_without_the_memory_they_ask_for(string name, int count, int rows, int columns)
    {
        string path = Write(name, Idx([count, rows, columns], 12));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuse(path, "the file can hold", "at least 1");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Damaged_gzip_data_are_refused()
    {
        byte[] bytes = Compress(Idx([2, 20, 30], 1200));
        for (int i = 10; i < bytes.Length; i += 5)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 0xFF;
            string path = folder["damaged.gz"];
            File.WriteAllBytes(path, damaged);
            Assert.Throws<InvalidDataException>(() => IdxFile.Read(path));
        }
    }

    [Fact]
    public void More_that_a_stream_holds_than_its_header_says_is_never_decompressed()
    {
        string path = Write("bomb.gz", [.. Idx([2], 2), .. new byte[64 << 20]]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuse(path, "more follows");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Images_and_labels_must_fit_together()
    {
        string images = Write("images", Idx([2, 2, 3], 12));
        string labels = Write("labels", Idx([3], 3));
        Assert.Contains("expected a label for each of 2 images, got 3", Message(() => IdxFile.ReadImages(images, labels, "test")), StringComparison.Ordinal);
        Assert.Contains("expected images of 3 dimensions and labels of 1, got 1 and 3", Message(() => IdxFile.ReadImages(labels, images, "test")), StringComparison.Ordinal);
    }

    private static void Refuse(string path, params string[] reasons)
    {
        string message = Message(() => IdxFile.Read(path));
        Assert.StartsWith(path + ": ", message, StringComparison.Ordinal);
        Assert.Contains("expected", message, StringComparison.Ordinal);
        Assert.Contains(reasons, reason => message.Contains(reason, StringComparison.Ordinal));
    }

    private static string Message(Func<object> read) => Assert.Throws<InvalidDataException>(read).Message;

    private static byte[] Idx(int[] dimensions, int values)
    {
        byte[] bytes = new byte[4 + (4 * dimensions.Length) + values];
        bytes[2] = 8;
        bytes[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), dimensions[i]);
        }

        for (int i = 0; i < values; i++)
        {
            bytes[bytes.Length - values + i] = (byte)i;
        }

        return bytes;
    }

    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream buffer = new();
        using (GZipStream stream = new(buffer, CompressionLevel.Optimal))
        {
            stream.Write(bytes);
        }

        return buffer.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        string path = folder[name];
        File.WriteAllBytes(path, name.EndsWith(".gz", StringComparison.Ordinal) ? Compress(bytes) : bytes);
        return path;
    }
}
