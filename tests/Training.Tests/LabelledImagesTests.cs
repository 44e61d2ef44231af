using Crosspoint.Tests;
using Crosspoint.Training.Data;
using Xunit;

namespace Crosspoint.Training.Tests;

public class LabelledImagesTests
{
    [Fact]
    public void Images_and_labels_are_found_by_number()
    {
        LabelledImages images = new(new byte[] { 1, 2, 3, 4, 5, 6 }, new byte[] { 7, 8, 9 }, 2, "six");
        Assert.Equal((3, 2, "six"), (images.Count, images.PixelsPerImage, images.Name));
        Assert.Equal([3, 4], images.Pixels(1).ToArray());
        Assert.Equal(8, images.Label(1));
        LabelledImages part = images.Slice(1, 2, "part");
        Assert.Equal((2, 2, "part"), (part.Count, part.PixelsPerImage, part.Name));
        Assert.Equal([5, 6], part.Pixels(1).ToArray());
        Assert.Equal(9, part.Label(1));
    }

    [Fact]
    public void Lengths_that_do_not_fit_together_are_refused()
    {
        Rejected.With("pixels", 6, 5, () => new LabelledImages(new byte[5], new byte[3], 2, "short"));
        Rejected.With("pixels", 6, 8, () => new LabelledImages(new byte[8], new byte[3], 2, "long"));
        Rejected.With("pixelsPerImage", 1, 0, () => new LabelledImages(Array.Empty<byte>(), new byte[3], 0, "none"));
    }

    [Fact]
    public void Numbers_of_images_that_are_not_there_are_refused()
    {
        LabelledImages images = Synthetic.Images(5);
        Assert.ThrowsAny<Exception>(() => images.Label(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Pixels(5).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Slice(3, 3, "too many"));
    }
}
