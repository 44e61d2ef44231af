using System.Buffers.Binary;
using Crosspoint.Repro.Results;
using Xunit;

namespace Crosspoint.Repro.Tests;

public sealed class CheckpointTests : IDisposable
{
    private static readonly string Key = new('7', 64);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string File1 => folder["seed-1.checkpoint"];

    [Fact]
    public void What_was_saved_is_loaded()
    {
        CheckpointFile first = Open();
        Assert.False(first.TryLoad(_ => Assert.Fail("nothing is stored")));
        first.Save(writer => writer.Write("state"));
        string? loaded = null;
        CheckpointFile second = Open();
        Assert.True(second.TryLoad(reader => loaded = reader.ReadString()));
        Assert.Equal("state", loaded);
        Assert.True(second.Resumed);
        second.Remove();
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void Seconds_add_up_over_interruptions()
    {
        CheckpointFile first = Open();
        Thread.Sleep(30);
        first.Save(_ => { });
        CheckpointFile second = Open();
        second.TryLoad(_ => { });
        Assert.True(second.Seconds >= 0.03, $"{second.Seconds}");
    }

    [Fact]
    public void A_save_is_due_after_the_interval()
    {
        Assert.False(new CheckpointFile(File1, Key, TimeSpan.FromHours(1)).IsDue);
        Assert.True(new CheckpointFile(File1, Key, TimeSpan.Zero).IsDue);
    }

    [Fact]
    public void A_checkpoint_of_another_format_is_refused()
    {
        byte[] bytes = Saved();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 2);
        Refuse(bytes, "format 2, expected 1");
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        Saved();
        Refuse(File.ReadAllBytes(File1), "other parameters", new CheckpointFile(File1, new string('8', 64), TimeSpan.Zero));
    }

    [Fact]
    public void A_checkpoint_cut_off_anywhere_is_refused()
    {
        byte[] whole = Saved();
        for (int length = 0; length < whole.Length; length++)
        {
            Refuse(whole[..length], "cut off");
        }
    }

    [Fact]
    public void A_checkpoint_with_any_bit_turned_is_refused()
    {
        byte[] whole = Saved();
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            Refuse(damaged, "cannot be used");
        }
    }

    [Fact]
    public void A_checkpoint_with_bytes_behind_it_is_refused() => Refuse([.. Saved(), 0], "cut off or too long");

    [Fact]
    public void A_state_that_the_run_does_not_read_as_it_was_written_is_refused()
    {
        Open().Save(writer => writer.Write(1L));
        CommandException tooLittle = Assert.Throws<CommandException>(() => Open().TryLoad(reader => reader.ReadInt32()));
        CommandException tooMuch = Assert.Throws<CommandException>(() => Open().TryLoad(reader => reader.ReadDecimal()));
        Assert.Contains("4 bytes that the run does not know", tooLittle.Message, StringComparison.Ordinal);
        Assert.Contains("does not fit", tooMuch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_names_the_file_and_what_to_do()
    {
        string checkpoint = folder["out", "fake2020", "fig1", "quick", "sigma=0.5", "seed-1.checkpoint"];
        Directory.CreateDirectory(Path.GetDirectoryName(checkpoint)!);
        byte[] bytes = Saved();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 99);
        File.WriteAllBytes(checkpoint, bytes);
        new Cli().Fail(
            ExitCodes.Failure, [checkpoint, "format 99, expected 1", "delete the file"], "run", "fake2020/fig1", "--out", folder["out"], "--quiet", "--threads", "1");
        Assert.Equal(bytes, File.ReadAllBytes(checkpoint));
    }

    private CheckpointFile Open() => new(File1, Key, TimeSpan.FromHours(1));

    private byte[] Saved()
    {
        Open().Save(writer => writer.Write("the state of a run"));
        return File.ReadAllBytes(File1);
    }

    private void Refuse(byte[] bytes, string reason, CheckpointFile? checkpoint = null)
    {
        File.WriteAllBytes(File1, bytes);
        CommandException failure = Assert.Throws<CommandException>(() => (checkpoint ?? Open()).TryLoad(_ => Assert.Fail("must not be read")));
        Assert.Equal(ExitCodes.Failure, failure.ExitCode);
        Assert.Contains(File1, failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("delete the file to start the run again", failure.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(File1));
    }
}
