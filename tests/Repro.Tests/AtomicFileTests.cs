using Crosspoint.Repro.Results;
using Xunit;

namespace Crosspoint.Repro.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file_and_nothing_else()
    {
        string file = folder["result"];
        File.WriteAllText(file, "old");
        Assert.Throws<CommandException>(() => AtomicFile.Write(file, stream =>
        {
            stream.Write("half of the n"u8);
            throw new IOException("No space left on device");
        }));
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal(["result"], folder.Files());
    }

    [Fact]
    public void What_another_process_is_writing_is_left_alone()
    {
        string others = "result.1" + AtomicFile.TemporarySuffix;
        File.WriteAllText(folder[others], "half");
        AtomicFile.Write(folder["result"], stream => stream.Write("whole"u8));
        Assert.Equal(["result", others], folder.Files());
        Assert.Equal("whole", File.ReadAllText(folder["result"]));
    }
}
