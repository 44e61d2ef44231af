using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <summary>One programming of a tile by pulses of its lines, row by row: through what every array can do.</summary>
internal sealed class TileProgramming
{
    private const int Slots = 256; // of one train; more pulses take several
    private readonly AnalogTile tile;
    private readonly PaddedMatrix target;
    private readonly ProgrammingOptions options;
    private readonly RandomAddress noise;
    private readonly float tolerance;
    private readonly int[] pulses;
    private readonly int[] part;
    private readonly LineTrains row;
    private readonly LineTrains columns;
    private ulong trains;

    /// <param name="tile">The tile.</param>
    /// <param name="target">Array weight units, finite, shape [inputs, outputs].</param>
    /// <param name="options">Checked ones.</param>
    /// <param name="noise">Where the noise of the pulses stands.</param>
    public TileProgramming(AnalogTile tile, PaddedMatrix target, ProgrammingOptions options, in RandomAddress noise)
    {
        (this.tile, this.target, this.options, this.noise) = (tile, target, options, noise);
        tolerance = options.Tolerance ?? tile.Array.MinStep;
        pulses = new int[tile.Outputs];
        part = new int[tile.Outputs];
        row = new LineTrains(tile.Inputs, Slots);
        columns = new LineTrains(tile.Outputs, Slots);
    }

    /// <summary>Programs the tile.</summary>
    /// <param name="verification">Where the reads stand.</param>
    public ProgrammingReport Run(in RandomAddress verification)
    {
        long before = tile.Array.Counters.Coincidences;
        int iterations = 0;
        switch (options.Method)
        {
            case ProgrammingMethod.OpenLoop:
                iterations = OpenLoop();
                break;
            case ProgrammingMethod.WriteAndVerify:
                iterations = WriteAndVerify(verification);
                break;
            default:
                tile.Array.Program(target);
                break;
        }

        return Report(iterations, tile.Array.Counters.Coincidences - before);
    }

    private int OpenLoop()
    {
        for (int i = 0; i < target.Inputs; i++)
        {
            for (int j = 0; j < pulses.Length; j++)
            {
                pulses[j] = Count(tile.Array.Weights[i, j], target[i, j]);
            }

            Send(i);
        }

        return 1;
    }

    private int WriteAndVerify(in RandomAddress verification)
    {
        float[] read = new float[tile.Outputs];
        for (int iteration = 0; iteration < options.Iterations; iteration++)
        {
            bool any = false;
            for (int i = 0; i < target.Inputs; i++)
            {
                tile.ReadLine(i, (long)iteration * options.Reads, options.Reads, verification, read);
                for (int j = 0; j < pulses.Length; j++)
                {
                    float missing = target[i, j] - read[j];
                    int least = missing > tolerance ? 1 : missing < -tolerance ? -1 : 0;
                    int count = least == 0 ? 0 : Count(read[j], target[i, j]);
                    pulses[j] = count == 0 ? least : count;
                    any |= least != 0;
                }

                Send(i);
            }

            if (!any)
            {
                return iteration;
            }
        }

        return options.Iterations;
    }

    // The signed number of pulses that brings the mean device nearest.
    private int Count(float from, float to)
    {
        if (options.Device is null)
        {
            return (int)Math.Clamp(Math.Round(((double)to - from) / tile.Array.MinStep), -options.MostPulses, options.MostPulses);
        }

        bool isUp = to > from;
        double weight = from;
        int count = 0;
        while (count < options.MostPulses)
        {
            double next = weight + options.Device.MeanStep(weight, isUp);
            if (!(Math.Abs(to - next) < Math.Abs(to - weight)))
            {
                break;
            }

            weight = next;
            count++;
        }

        return isUp ? count : -count;
    }

    // The pulses of one row, in trains of all lines together.
    private void Send(int i)
    {
        for (int sent = 0; sent < options.MostPulses; sent += Slots)
        {
            int most = 0;
            for (int j = 0; j < part.Length; j++)
            {
                int left = Math.Clamp(Math.Abs(pulses[j]) - sent, 0, Slots);
                part[j] = pulses[j] < 0 ? -left : left;
                most = Math.Max(most, left);
            }

            if (most == 0)
            {
                return;
            }

            row.FireOne(i, 1, most);
            columns.Lay(part, most);
            tile.Pulse(row, columns, noise with { Step = noise.Step ^ (trains++ << 40) });
        }
    }

    private ProgrammingReport Report(int iterations, long taken)
    {
        double sum = 0, squares = 0, largest = 0;
        int outside = 0, n = target.Inputs * target.Outputs;
        for (int i = 0; i < target.Inputs; i++)
        {
            for (int j = 0; j < target.Outputs; j++)
            {
                double error = (double)tile.Array.Weights[i, j] - target[i, j];
                sum += error;
                squares += error * error;
                largest = Math.Max(largest, Math.Abs(error));
                outside += Math.Abs(error) > tolerance ? 1 : 0;
            }
        }

        double mean = sum / n;
        return new ProgrammingReport(mean, Math.Sqrt(Math.Max(0, (squares / n) - (mean * mean))), largest, iterations, taken, outside);
    }
}
