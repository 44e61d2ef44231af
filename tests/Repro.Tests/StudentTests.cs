using Crosspoint.Repro.Experiments;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Repro.Tests;

public class StudentTests
{
    /// <summary>The two-sided 95 % points of every printed table.</summary>
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(3, 3.182)]
    [InlineData(4, 2.776)]
    [InlineData(5, 2.571)]
    [InlineData(9, 2.262)]
    [InlineData(10, 2.228)]
    [InlineData(29, 2.045)]
    [InlineData(30, 2.042)]
    [InlineData(120, 1.980)]
    [InlineData(100_000, 1.960)]
    public void Quantile95_is_the_one_of_the_tables(int degrees, double expected) =>
        Assert.Equal(expected, Student.Quantile95(degrees), 3);

    [Property]
    public Property Quantile_inverts_the_probability() => Prop.ForAll(
        Gen.Choose(1, 200).ToArbitrary(),
        Gen.Choose(1, 999).ToArbitrary(),
        (degrees, permille) => Math.Abs(Student.Within(Student.Quantile(permille / 1000.0, degrees), degrees) - permille / 1000.0) < 1e-9);
}
