using System.Text;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>Runs of real experiments on small images and a small text, which may be stopped.</summary>
internal static class SmallRun
{
    /// <summary>Runs until it ends or, after so many words of progress, is stopped.</summary>
    public static RunResult Of(
        Func<RunContext, RunResult> run, Dictionary<string, object> values, MemoryCheckpoint checkpoint, int stopAfter = int.MaxValue, int images = 2_000)
    {
        using CancellationTokenSource stop = new();
        int told = 0;
        return run(new RunContext
        {
            Point = Point.Empty,
            Parameters = new ParameterValues(values),
            Seed = 3,
            Train = Images(images, 1),
            Test = Images(images / 4, 2),
            Text = Words(6_000),
            Checkpoint = checkpoint,
            Progress = (_, _) =>
            {
                if (++told == stopAfter)
                {
                    stop.Cancel();
                }
            },
            Cancellation = stop.Token,
        });
    }

    /// <summary>Asserts that a run that is stopped, once behind so many words of progress each, and resumed ends as one that is not, which it returns.</summary>
    public static RunResult EndsAlike(Func<RunContext, RunResult> run, Dictionary<string, object> values, int[] stops, int images = 2_000)
    {
        RunResult whole = Of(run, values, new MemoryCheckpoint(), images: images);
        MemoryCheckpoint checkpoint = new();
        foreach (int stop in stops)
        {
            Assert.Throws<OperationCanceledException>(() => Of(run, values, checkpoint, stop, images));
        }

        RunResult resumed = Of(run, values, checkpoint, images: images);
        Assert.Equal(whole.Metrics, resumed.Metrics);
        Assert.Equal(whole.Curve, resumed.Curve);
        Assert.Equal(whole.Counters, resumed.Counters);
        return whole;
    }

    // Words in any order.
    private static byte[] Words(int count)
    {
        Random random = new(3);
        string[] words = ["the ", "prince ", "said ", "nothing ", "and ", "looked ", "at ", "her "];
        return Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)])))[..count];
    }

    // Ten classes, each with a bright band of its own.
    private static LabelledImages Images(int count, int seed)
    {
        Random random = new(seed);
        byte[] pixels = new byte[count * 784], labels = new byte[count];
        for (int n = 0; n < count; n++)
        {
            labels[n] = (byte)random.Next(10);
            for (int i = 0; i < 784; i++)
            {
                pixels[(n * 784) + i] = (byte)(i / 79 == labels[n] ? random.Next(256) : random.Next(5) == 0 ? random.Next(120) : 0);
            }
        }

        return new LabelledImages(pixels, labels, 784, "bands");
    }
}

/// <summary>A state that is kept in memory, and read whole or not at all.</summary>
internal sealed class MemoryCheckpoint : ICheckpoint
{
    private byte[]? stored;

    public bool IsDue => false;

    public bool TryLoad(Action<BinaryReader> read)
    {
        if (stored is null)
        {
            return false;
        }

        using BinaryReader reader = new(new MemoryStream(stored));
        read(reader);
        Assert.Equal(stored.Length, reader.BaseStream.Position);
        return true;
    }

    public void Save(Action<BinaryWriter> write)
    {
        using MemoryStream stream = new();
        write(new BinaryWriter(stream));
        stored = stream.ToArray();
    }
}
