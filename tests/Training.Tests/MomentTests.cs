using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class MomentTests
{
    [Fact]
    public void No_two_uses_of_random_numbers_share_a_stream()
    {
        HashSet<RandomAddress> addresses = [];
        foreach (int array in new[] { 0, 1, 2, 3, 255, 256, 65_536 })
        {
            foreach (Phase phase in Enum.GetValues<Phase>())
            {
                foreach (Purpose purpose in Enum.GetValues<Purpose>())
                {
                    Assert.True(addresses.Add(new Moment(phase, 5).Address(1, array, purpose)));
                }
            }
        }
    }

    [Property]
    public void Seed_and_step_are_those_of_the_run_and_the_moment(Address address)
    {
        RandomAddress at = new Moment(Phase.Test, address.At.Step).Address(address.At.Seed, 2, Purpose.Forward);
        Assert.Equal((address.At.Seed, address.At.Step), (at.Seed, at.Step));
    }
}
