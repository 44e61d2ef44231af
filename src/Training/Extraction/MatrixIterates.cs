using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Extraction;

/// <summary>One matrix at the end of a span of training, and over it; all in logical weight units, shape [inputs, outputs].</summary>
/// <param name="Trained">The true weights at the end.</param>
/// <param name="Extracted">The weights at the end as reads found them; of a digital matrix the true ones.</param>
/// <param name="Average">The mean over the span as reads found it; of a digital matrix the true mean.</param>
/// <param name="Mean">The true mean over the span.</param>
/// <param name="Deviation">Standard deviation of each weight over the span.</param>
public sealed record MatrixIterates(PaddedMatrix Trained, PaddedMatrix Extracted, PaddedMatrix Average, PaddedMatrix Mean, PaddedMatrix Deviation)
{
    /// <summary>Root mean square error of <see cref="Extracted"/> that its reads predict; 0 of a digital matrix, infinite where reads were too few.</summary>
    public double ExtractedError { get; init; }

    /// <summary>The same of <see cref="Average"/>.</summary>
    public double AverageError { get; init; }

    /// <summary>The planes by their names.</summary>
    public IReadOnlyList<(string Name, PaddedMatrix Values)> Planes =>
        [("trained", Trained), ("extracted", Extracted), ("average", Average), ("mean", Mean), ("deviation", Deviation)];

    internal void Save(BinaryWriter writer)
    {
        writer.Write(ExtractedError);
        writer.Write(AverageError);
        foreach ((_, PaddedMatrix values) in Planes)
        {
            MatrixState.Save(writer, values);
        }
    }

    internal static MatrixIterates Load(BinaryReader reader, int inputs, int outputs)
    {
        double extracted = reader.ReadDouble(), average = reader.ReadDouble();
        if (!(extracted >= 0 && average >= 0))
        {
            throw new InvalidDataException($"expected errors of at least 0, got {extracted} and {average}");
        }

        return new MatrixIterates(Plane(), Plane(), Plane(), Plane(), Plane()) { ExtractedError = extracted, AverageError = average };

        PaddedMatrix Plane()
        {
            PaddedMatrix values = new(inputs, outputs);
            MatrixState.Load(reader, values);
            Require.StoredNumbers("weights", values);
            return values;
        }
    }
}
