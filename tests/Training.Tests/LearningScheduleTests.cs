using Xunit;

namespace Crosspoint.Training.Tests;

public class LearningScheduleTests
{
    /// <summary>0.01 in epochs 1 to 10, 0.005 to 20, 0.0025 to 30.</summary>
    [Theory]
    [InlineData(0, 0.01f)]
    [InlineData(9, 0.01f)]
    [InlineData(10, 0.005f)]
    [InlineData(19, 0.005f)]
    [InlineData(20, 0.0025f)]
    [InlineData(29, 0.0025f)]
    public void The_rate_is_halved_at_fixed_epochs(int epoch, float rate) => Assert.Equal(rate, new LearningSchedule(0.01f, 10).Rate(epoch));

    [Fact]
    public void The_rate_of_a_very_late_epoch_is_still_above_zero() =>
        Assert.InRange(new LearningSchedule(1, 1).Rate(int.MaxValue), float.Epsilon, 1e-9f);
}
