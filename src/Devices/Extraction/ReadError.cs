using Crosspoint.Kernels;

namespace Crosspoint.Devices.Extraction;

/// <summary>The errors of reads that a periphery predicts, in the array's own units, as long as no output clips.</summary>
public static class ReadError
{
    /// <summary>Standard deviation of one output for an input of 1 or below: its noise and the rounding of the ADC.</summary>
    public static double Output(ReadParameters periphery) =>
        Math.Sqrt(Square(periphery.OutputNoise) + Rounding(periphery.Adc.Step));

    /// <summary>The same of many inputs that the DAC rounds, where the estimate takes them as they were before.</summary>
    /// <param name="periphery">The periphery.</param>
    /// <param name="inputs">Input lines.</param>
    /// <param name="meanSquareWeight">Mean square of the array's weights.</param>
    public static double OutputOfRounded(ReadParameters periphery, int inputs, double meanSquareWeight) =>
        Math.Sqrt(Square(Output(periphery)) + (inputs * meanSquareWeight * (Square(periphery.InputNoise) + Rounding(periphery.Dac.Step))));

    /// <summary>Standard deviation of a weight found by regression on inputs uniform in [-1, 1].</summary>
    /// <param name="output">Standard deviation of one output.</param>
    /// <param name="inputs">Input lines n.</param>
    /// <param name="reads">Reads N, more than n + 1: the error is σ √(3 / (N - n - 1)).</param>
    public static double Regression(double output, int inputs, long reads) => output * Math.Sqrt(3.0 / (reads - inputs - 1));

    // A number rounded to steps is off by as much as a uniform number of one step.
    private static double Rounding(double step) => step * step / 12;

    private static double Square(double value) => value * value;
}
