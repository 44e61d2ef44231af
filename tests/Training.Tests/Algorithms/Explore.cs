using Xunit;
using Xunit.Abstractions;
namespace Crosspoint.Training.Tests.Algorithms;
public class Explore(ITestOutputHelper output)
{
    [Fact]
    public void Go()
    {
        foreach (string name in Analog.Names)
        {
            IWeightMatrix m = Analog.Matrix(name, 8, 5);
            Regression r = new(m, 1);
            string line = name + ":";
            float rate = name is "sgd" or "mixed precision" ? 0.02f : 1;
            for (int k = 0; k < 12; k++) { r.Run(4000, rate); if (k % 4 == 3) { rate *= 0.5f; } line += $" {r.Error():F3}"; }
            output.WriteLine(line + " " + m.Counters.Coincidences);
        }
    }
}
