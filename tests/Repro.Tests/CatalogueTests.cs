using Crosspoint.Repro.Data;
using Crosspoint.Repro.Experiments;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>What every figure of the catalogue must keep to.</summary>
public class CatalogueTests
{
    [Fact]
    public void Every_figure_has_a_name_of_its_own() =>
        Assert.Equal(Catalogue.All.Count, Catalogue.All.Select(experiment => experiment.Id()).Distinct().Count());

    [Fact]
    public void Every_figure_can_be_planned_in_both_profiles()
    {
        foreach (IExperiment experiment in Catalogue.All)
        {
            foreach (Profile profile in Enum.GetValues<Profile>())
            {
                RunPlan plan = new(experiment, new RunRequest { Profile = profile }, DataIdentity.None);
                Assert.NotEmpty(plan.Runs);
                Assert.Equal(plan.Runs.Count, plan.Runs.Select(run => run.Key).Distinct().Count());
                Assert.All(experiment.ProfileValues(profile).Keys, name => Assert.Contains(experiment.Parameters, parameter => parameter.Name == name));
                Assert.All(plan.Runs, run => Assert.True(run.ExpectedSeconds > 0));
            }
        }
    }

    [Fact]
    public void Every_claim_is_a_band_with_the_papers_value_inside_and_its_source()
    {
        foreach (Claim claim in Catalogue.All.SelectMany(experiment => experiment.Claims))
        {
            Assert.True(claim.Low <= claim.High, $"{claim}");
            Assert.True(claim.Paper is not { } paper || (paper >= claim.Low && paper <= claim.High), $"{claim}");
            Assert.NotEmpty(claim.Source);
        }
    }
}
