using Crosspoint.Devices;
using Crosspoint.Training.Algorithms;

namespace Crosspoint.Training.Tests;

internal static class ReadmeExample
{
    public static float[] Learn()
    {
        // example
        // 4 inputs, 3 outputs: twelve pairs of devices that can only be raised, 32 states, programming noise of 0.1 steps.
        UnidirectionalPairArray array = new(4, 3, new() { States = 32, Sigma = 0.1f, MaxWeight = 1 });
        StochasticSgd matrix = new(array, new() { BitLength = 10, ResetEvery = 15 }, seed: 1, id: 1);

        float[] x = [1, 0.5f, -0.5f, 0.25f], target = [0.3f, -0.6f, 0.1f], y = new float[3], error = new float[3];
        for (ulong step = 0; step < 1_000; step++)
        {
            Moment now = new(Phase.Train, step);
            matrix.Forward(x, y, now);                      // x as pulse trains of 10 bits
            for (int j = 0; j < 3; j++)
            {
                error[j] = target[j] - y[j];
            }

            matrix.Update(x, error, rate: 0.02f, now);      // coincidences program the devices
        }

        matrix.InferenceBitLength = 0;                      // read exactly
        matrix.Forward(x, y, new Moment(Phase.Test, 0));
        // end
        return y;
    }
}
