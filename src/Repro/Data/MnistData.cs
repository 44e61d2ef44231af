using Crosspoint.Training.Data;

namespace Crosspoint.Repro.Data;

/// <summary>The MNIST images of a run: the whole set where it was found, or the embedded sample.</summary>
internal sealed class MnistData
{
    private readonly LocatedData? located;

    /// <summary>Takes what a search found.</summary>
    /// <param name="located">The whole set; <see langword="null"/> for the embedded sample.</param>
    public MnistData(LocatedData? located) => this.located = located;

    /// <summary>Which data these are.</summary>
    public DataIdentity Identity => located is null ? DataIdentity.MnistSample : DataIdentity.Mnist;

    /// <summary>Reads and checks the images.</summary>
    /// <returns>Training and test images.</returns>
    /// <exception cref="CommandException">A file cannot be read, or has another length or checksum.</exception>
    public (LabelledImages Train, LabelledImages Test) Load()
    {
        if (located is null)
        {
            return EmbeddedSample.Read();
        }

        IReadOnlyList<byte[]> files = located.Read();
        return (Combine(files[0], files[1], "mnist/train"), Combine(files[2], files[3], "mnist/test"));
    }

    private static LabelledImages Combine(byte[] images, byte[] labels, string name) =>
        IdxFile.Combine(Parse(images, name), Parse(labels, name), name);

    private static IdxArray Parse(byte[] bytes, string name)
    {
        using MemoryStream stream = new(bytes);
        return IdxFile.Read(stream, name, bytes.Length);
    }
}
