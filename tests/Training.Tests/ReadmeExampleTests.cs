using Xunit;

namespace Crosspoint.Training.Tests;

public class ReadmeExampleTests
{
    /// <summary>Fixed seed; a step of one device is 1/31, so that 0.15 is a few steps.</summary>
    [Fact]
    public void The_example_learns_its_target()
    {
        float[] y = ReadmeExample.Learn(), target = [0.3f, -0.6f, 0.1f];
        for (int j = 0; j < target.Length; j++)
        {
            Assert.InRange(y[j] - target[j], -0.15f, 0.15f);
        }
    }

    [Fact]
    public void The_readme_shows_the_example_as_it_is_tested()
    {
        string source = Read("ReadmeExample.cs");
        string body = source[(source.IndexOf("// example", StringComparison.Ordinal) + 10)..source.IndexOf("// end", StringComparison.Ordinal)];
        string[] lines = [.. body.Trim('\n', ' ').Split('\n').Select(line => line.TrimEnd())];
        string readme = Read("README.md");
        Assert.All(lines.Where(line => line.Length > 0), line => Assert.Contains(line.TrimStart(), readme, StringComparison.Ordinal));
    }

    private static string Read(string name)
    {
        using StreamReader reader = new(typeof(ReadmeExampleTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
