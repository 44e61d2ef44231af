using System.IO.Compression;
using Crosspoint.Repro.Data;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Repro.Tests;

public sealed class DataTests : IDisposable
{
    private static readonly string[] Run = ["run", "fake2020/fig1", "--quiet", "--seeds", "1", "--profile", "full"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Cli Mnist => new()
    {
        Experiments = [new FakeExperiment { NeedsMnist = true, SeedsOfFull = 1 }],
        Environment = new() { ["XDG_CACHE_HOME"] = folder["cache"] },
    };

    [Fact]
    public void The_embedded_sample_is_the_beginning_of_MNIST()
    {
        (LabelledImages train, LabelledImages test) = EmbeddedSample.Read();
        Assert.Equal((4_000, 1_000, 784), (train.Count, test.Count, train.PixelsPerImage));
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], Enumerable.Range(0, 10).Select(train.Label));
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], Enumerable.Range(0, 10).Select(test.Label));
    }

    [Fact]
    public void Without_MNIST_a_run_takes_the_sample_says_so_and_is_not_judged()
    {
        string output = Mnist.Succeed([.. Run, "--out", folder["out"]]);
        Assert.Contains("embedded sample of MNIST", output, StringComparison.Ordinal);
        Assert.Contains("not-judged", output, StringComparison.Ordinal);
        Assert.Contains("full-sample/fig1.png", output.Replace('\\', '/'), StringComparison.Ordinal);
        string result = File.ReadAllText(folder["out", "fake2020", "fig1", "full-sample", "sigma=0.1", "seed-1.json"]);
        Assert.Contains(EmbeddedSample.Sha256, result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data/train-images-idx3-ubyte", "train-labels-idx1-ubyte is missing")]
    [InlineData("data/mnist/t10k-labels-idx1-ubyte.gz", "train-images-idx3-ubyte is missing")]
    public void Some_files_without_the_others_are_told(string file, string words)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        File.WriteAllText(folder[file], "x");
        Mnist.Fail(ExitCodes.Failure, [words, "expected all 4 files of mnist"], [.. Run, "--data", folder["data"], "--out", folder["out"]]);
        Assert.DoesNotContain(folder.Files(), path => path.StartsWith("out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chosen_folder_without_data_is_told()
    {
        Mnist.Fail(ExitCodes.Failure, [folder["data"], "mnist is not there"], [.. Run, "--data", folder["data"], "--out", folder["out"]]);
    }

    [Theory]
    [InlineData("", "cut off after 0")]
    [InlineData("short", "cut off after 5")]
    public void A_truncated_file_is_told(string content, string words) => FailWith(path => File.WriteAllText(path, content), words);

    [Fact]
    public void A_long_file_is_told() => FailWith(path => WriteLength(path, DataSets.Mnist.Files[0].Length + 1), "the file is longer");

    [Fact]
    public void A_wrong_checksum_is_told() =>
        FailWith(path => WriteLength(path, DataSets.Mnist.Files[0].Length), "wrong checksum: expected SHA-256 ba891046");

    [Fact]
    public void Verify_ends_with_exit_code_1_where_a_file_is_wrong()
    {
        Cli cli = new() { Environment = new() { [DataLocator.FolderVariable] = folder["data"], ["XDG_CACHE_HOME"] = folder["cache"] } };
        Directory.CreateDirectory(folder["data"]);
        Assert.Contains("war-and-peace: not found", cli.Succeed("data", "verify"), StringComparison.Ordinal);
        File.WriteAllText(folder["data", "warpeace_input.txt"], "Well, Prince");
        Cli.Outcome outcome = cli.Run("data", "verify");
        Assert.Equal(ExitCodes.Failure, outcome.ExitCode);
        Assert.Contains("expected 3258246 bytes of warpeace_input.txt, the file is cut off after 12", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("mnist-sample: right", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_of_MNIST_is_found_where_the_environment_says()
    {
        if (Environment.GetEnvironmentVariable(DataLocator.FolderVariable) is not { Length: > 0 } data)
        {
            return;
        }

        Cli cli = Mnist;
        cli.Environment[DataLocator.FolderVariable] = data;
        Assert.Contains("mnist: 4 files right", cli.Succeed("data", "verify"), StringComparison.Ordinal);
        Assert.Contains("checksums right", cli.Succeed("data", "get", "mnist"), StringComparison.Ordinal);
        Assert.Contains("inside", cli.Succeed([.. Run, "--out", folder["out"]]), StringComparison.Ordinal);
        Assert.True(File.Exists(folder["out", "fake2020", "fig1", "sigma=0.1", "seed-1.json"]));
    }

    [Fact]
    public void List_names_every_set_with_its_licence()
    {
        string list = Mnist.Succeed("data", "list");
        Assert.All(["mnist ", "war-and-peace", "mnist-sample", "CC BY-SA 3.0", "public domain", "not found"], word => Assert.Contains(word, list, StringComparison.Ordinal));
        Assert.Equal(2, Json.Parse(Mnist.Succeed("data", "list", "--json")).Get("sets").GetArrayLength());
    }

    [Fact]
    public void What_cannot_be_fetched_says_what_to_do() =>
        Mnist.Fail(ExitCodes.Failure, ["war-and-peace: cannot be fetched", "no public source", "put warpeace_input.txt into", "--data"], "data", "get", "war-and-peace");

    [Fact]
    public void A_source_that_fails_half_way_or_lies_leaves_nothing()
    {
        Cli cli = new()
        {
            Sources = [new FakeSource(FailHalfWay), new FakeSource(WriteJunk)],
            Environment = new() { ["XDG_CACHE_HOME"] = folder["cache"] },
        };
        Cli.Outcome outcome = cli.Run("data", "get", "mnist");
        Assert.Equal(ExitCodes.Failure, outcome.ExitCode);
        Assert.Contains("the line broke", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("the file is cut off after 4", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["cache", "crosspoint"]));
    }

    private static void FailHalfWay(DataSet set, string folder)
    {
        File.WriteAllText(Path.Combine(folder, set.Files[0].Name), "half");
        throw new IOException("the line broke");
    }

    private static void WriteJunk(DataSet set, string folder)
    {
        foreach (DataFile file in set.Files)
        {
            File.WriteAllText(Path.Combine(folder, file.Name), "junk");
        }
    }

    private static void WriteLength(string path, int length)
    {
        using FileStream file = File.Create(path);
        file.SetLength(length);
    }

    private void FailWith(Action<string> write, string words)
    {
        Directory.CreateDirectory(folder["data", "mnist"]);
        foreach (DataFile file in DataSets.Mnist.Files.Skip(1))
        {
            File.WriteAllText(folder["data", "mnist", file.Name], "never read");
        }

        foreach (string suffix in new[] { string.Empty, ".gz" })
        {
            string path = folder["data", "mnist", DataSets.Mnist.Files[0].Name];
            write(path);
            if (suffix.Length > 0)
            {
                using (FileStream plain = File.OpenRead(path))
                using (GZipStream compressed = new(File.Create(path + suffix), CompressionLevel.Fastest))
                {
                    plain.CopyTo(compressed);
                }

                File.Delete(path);
            }

            Mnist.Fail(ExitCodes.Failure, [path + suffix, words], [.. Run, "--data", folder["data"], "--out", folder["out"]]);
            Assert.DoesNotContain(folder.Files("."), file => file.EndsWith(".json", StringComparison.Ordinal));
        }
    }

    private sealed class FakeSource(Action<DataSet, string> fetch) : IDataSource
    {
        public string Name => "fake source";

        public bool Offers(DataSet set) => true;

        public void Fetch(DataSet set, string folder, CancellationToken cancellation) => fetch(set, folder);
    }
}
