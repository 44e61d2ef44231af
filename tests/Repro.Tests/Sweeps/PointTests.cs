using System.Text;
using Crosspoint.Repro.Sweeps;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Repro.Tests.Sweeps;

public class PointTests
{
    /// <summary>The first numbers of the table of Joe and Kuo, without a shift.</summary>
    [Fact]
    public void Sobol_points_begin_as_published()
    {
        double[][] points = SobolSequence.Points(5, new uint[3]);
        Assert.Equal([0, 0, 0], points[0]);
        Assert.Equal([0.5, 0.5, 0.5], points[1]);
        Assert.Equal([0.75, 0.25, 0.25], points[2]);
        Assert.Equal([0.25, 0.75, 0.75], points[3]);
        Assert.Equal([0.375, 0.375, 0.625], points[4]);
    }

    [Property(MaxTest = 30)]
    public void Each_part_of_each_dimension_holds_one_Sobol_point(byte power, ulong seed)
    {
        int count = 1 << (power % 9);
        double[][] points = SobolSequence.Points(count, LatinHypercube.Shifts(SobolSequence.MostDimensions, seed));
        RequireOneInEachPart(points, SobolSequence.MostDimensions);
    }

    /// <summary>Neighbouring dimensions: every elementary box of area 1/256 among the first 256 points of the first two holds one.</summary>
    [Fact]
    public void Each_elementary_box_of_two_dimensions_holds_one_Sobol_point()
    {
        double[][] points = SobolSequence.Points(256, LatinHypercube.Shifts(2, 7));
        for (int wide = 0; wide <= 8; wide++)
        {
            int columns = 1 << wide, rows = 256 >> wide;
            Assert.Equal(256, points.Select(point => ((int)(point[0] * columns), (int)(point[1] * rows))).Distinct().Count());
        }
    }

    [Property(MaxTest = 50)]
    public void Each_part_of_each_dimension_holds_one_point_of_a_Latin_hypercube(byte more, byte wide, ulong seed)
    {
        int count = 1 + more, dimensions = 1 + (wide % 8);
        RequireOneInEachPart(LatinHypercube.Points(count, dimensions, seed), dimensions);
    }

    [Fact]
    public void Another_seed_draws_another_Latin_hypercube() =>
        Assert.NotEqual(LatinHypercube.Points(8, 2, 1)[0], LatinHypercube.Points(8, 2, 2)[0]);

    [Theory]
    [InlineData("""{ "grid": { "training.rate": [0.1, 0.2], "training.epochs": { "from": 1, "to": 3, "count": 3 } } }""",
        "training.rate=0.1,training.epochs=1 training.rate=0.1,training.epochs=2 training.rate=0.1,training.epochs=3 training.rate=0.2,training.epochs=1 training.rate=0.2,training.epochs=2 training.rate=0.2,training.epochs=3")]
    [InlineData("""{ "grid": { "training.rate": { "from": 0.001, "to": 0.1, "count": 3, "scale": "log" } } }""", "training.rate=0.001 training.rate=0.01 training.rate=0.1")]
    [InlineData("""{ "grid": { "rates": { "paths": ["algorithm.fastRate", "algorithm.transferRate"], "values": [0.1] }, "network.hidden": [[8, 4], 5] } }""",
        "rates=0.1,network.hidden=8-4 rates=0.1,network.hidden=5")]
    [InlineData("""{ "list": [{ "label": "slow", "training.rate": 0.1 }, { "training.rate": 1, "device": "my-device" }] }""", "label=slow training.rate=1,device=my-device")]
    [InlineData("""{ "list": [{ "label": "a" }, { "label": "b" }], "grid": { "training.epochs": [1, 2] } }""",
        "label=a,training.epochs=1 label=a,training.epochs=2 label=b,training.epochs=1 label=b,training.epochs=2")]
    public void Points_are_what_the_file_says(string points, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(points).Select(point => new Experiments.Point([.. point.Coordinates]).ToString())));

    [Theory]
    [InlineData("latinHypercube")]
    [InlineData("sobol")]
    public void Scattered_points_stay_within_their_ranges_and_take_every_whole_number_and_word(string kind)
    {
        IReadOnlyList<SweepPoint> points = Read($$"""
            { "{{kind}}": { "count": 64, "seed": 3, "axes": {
                "training.rate": { "from": 0.01, "to": 1, "scale": "log" },
                "training.epochs": { "from": 2, "to": 5 },
                "algorithm.kind": ["sgd", "agad"] } } }
            """);
        Assert.Equal(64, points.Count);
        double[] rates = [.. points.Select(point => (double)point.Coordinates[0].Value)];
        Assert.All(rates, rate => Assert.InRange(rate, 0.01, 1));
        Assert.Equal(32, rates.Count(rate => rate < 0.1));
        Assert.All([2, 3, 4, 5], epochs => Assert.Equal(16, points.Count(point => point.Coordinates[1].Value is int value && value == epochs)));
        Assert.Equal(32, points.Count(point => point.Coordinates[2].Value is "agad"));
    }

    private static IReadOnlyList<SweepPoint> Read(string points) =>
        SweepFile.Read(Encoding.UTF8.GetBytes($$"""{ "name": "test", "points": {{points}} }"""), "test.json").Points;

    private static void RequireOneInEachPart(double[][] points, int dimensions)
    {
        for (int d = 0; d < dimensions; d++)
        {
            Assert.Equal(Enumerable.Range(0, points.Length), points.Select(point => (int)(point[d] * points.Length)).Order());
        }
    }
}
