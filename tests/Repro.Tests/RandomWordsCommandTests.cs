using System.Buffers.Binary;
using System.Diagnostics;
using Crosspoint.Kernels;
using Crosspoint.Repro.Commands;
using Xunit;

namespace Crosspoint.Repro.Tests;

public class RandomWordsCommandTests
{
    private const ulong Seed = 0xFFFF_FFFF_FFFF_FFF0; // seeds run over the end of their range

    [Theory]
    [InlineData("consecutive")]
    [InlineData("seeds")]
    [InlineData("streams")]
    [InlineData("interleaved")]
    public void The_bytes_are_the_words_of_the_library_in_the_order_of_the_mode(string mode)
    {
        const int Count = (2 * WordSequence.Length) + 100;
        uint[] written = Words(mode, Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(n => Definition(mode, (ulong)n)), written);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(WordSequence.Length)]
    [InlineData(WordSequence.Length + 1)]
    public void A_shorter_sequence_is_the_beginning_of_a_longer_one(int count) =>
        Assert.Equal(Words("interleaved", WordSequence.Length + 1)[..count], Words("interleaved", count));

    [Fact]
    public void Consecutive_words_of_seed_1_are_what_comes_without_options()
    {
        uint[] expected = new uint[100];
        RandomWords.Fill(new RandomAddress(1, 0, 0), expected);
        using MemoryStream output = new();
        new Cli { BinaryOutput = output }.Succeed("random", "words", "--count", "100");
        Assert.Equal(expected, Read(output));
    }

    [Fact]
    public void An_endless_sequence_ends_quietly_when_nobody_reads_any_more()
    {
        Stopwatch time = Stopwatch.StartNew();
        using Process process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(CrosspointApp).Assembly.Location, "random", "words", "--mode", "seeds" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        byte[] first = new byte[64];
        process.StandardOutput.BaseStream.ReadExactly(first);
        process.StandardOutput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), $"still writing after {time.Elapsed}");
        Assert.Empty(process.StandardError.ReadToEnd());
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(Enumerable.Range(0, 16).Select(n => At(new RandomAddress(1 + (ulong)n, 0, 0), 0)), Read(new MemoryStream(first)));
    }

    [Fact]
    public void A_request_to_stop_ends_an_endless_sequence()
    {
        using CancellationTokenSource stop = new();
        using Stream output = new Stopping(stop);
        new Cli { BinaryOutput = output, Cancellation = stop.Token }.Fail(ExitCodes.Interrupted, ["stopped"], "random", "words", "--count", "endless");
    }

    [Fact]
    public void A_full_disk_is_told()
    {
        using Stream output = new Full();
        new Cli { BinaryOutput = output }.Fail(ExitCodes.Failure, ["No space left"], "random", "words");
    }

    private static uint Definition(string mode, ulong n) => mode switch
    {
        "consecutive" => At(new RandomAddress(Seed, 0, 0), n),
        "seeds" => At(new RandomAddress(unchecked(Seed + n), 0, 0), 0),
        "streams" => At(new RandomAddress(Seed, n, 0), 0),
        _ => At(new RandomAddress(Seed + (n % 2), n / 2 % 2, n / 4 % 2), n / 8),
    };

    // One word by itself, from the middle of a group of 64.
    private static uint At(RandomAddress at, ulong index)
    {
        Span<uint> group = stackalloc uint[64];
        RandomWords.Fill(at, group, firstGroup: index / 64);
        return group[(int)(index % 64)];
    }

    private static uint[] Words(string mode, int count)
    {
        using MemoryStream output = new();
        string printed = new Cli { BinaryOutput = output }.Succeed("random", "words", "--mode", mode, "--seed", $"{Seed}", "--count", $"{count}");
        Assert.Empty(printed);
        return Read(output);
    }

    private static uint[] Read(MemoryStream bytes) =>
        [.. bytes.ToArray().Chunk(sizeof(uint)).Select(word => BinaryPrimitives.ReadUInt32LittleEndian(word))];

    private sealed class Stopping(CancellationTokenSource stop) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => stop.Cancel();
    }

    private sealed class Full : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device", 28);
    }
}
