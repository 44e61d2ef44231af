using System.Globalization;
using Crosspoint.Devices;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Extraction;

namespace Crosspoint.Repro.Figures.Gokmen2021;

/// <summary>The averages over spans of epochs that a training of the LSTM keeps, as a part of its state.</summary>
/// <remarks>
/// The spans do not depend on how many epochs a run asks for: a state of 200 epochs holds what a run of 50 asks for, and one of 50 goes on to 200.
/// </remarks>
internal sealed class LstmAverages
{
    private const string None = "none";
    private readonly ModelAverage[] averages;
    private readonly string spans;
    private readonly long length;

    /// <summary>Prepares the averages that parameters ask for.</summary>
    /// <param name="p">The parameters.</param>
    /// <param name="matrices">The matrices of the model.</param>
    /// <param name="length">Characters of an epoch.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <exception cref="CommandException">The spans cannot be read.</exception>
    public LstmAverages(ParameterValues p, IReadOnlyList<IWeightMatrix> matrices, int length, ulong seed)
    {
        spans = p.Text("averages");
        this.length = length;
        bool isDigital = p.Text("algorithm") == GokmenArrays.FloatingPoint;
        averages =
        [
            .. Spans(spans).Select((span, k) => new ModelAverage(
                matrices,
                new()
                {
                    Start = (long)span.From * length,
                    Length = (long)(span.To - span.From) * length,
                    Reads = isDigital ? 0 : p.Whole("averageReads"),
                    LastReads = p.Whole("extractionReads"),
                    SampleEvery = p.Whole("sampleEvery"),
                    Number = k,
                },
                seed)),
        ];
    }

    /// <summary>What is averaged and read; results and states from before they were there are those of their defaults.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("averages", "40-50,180-200", "epochs", "paper: the last 10 of 50 and the last 20 of 200 epochs are averaged; none, or FROM-TO with commas between", AddedLater: true),
        new("averageReads", 100_000, "read", "paper: 100 K reads over the epochs of an average", 1, 100_000_000, AddedLater: true),
        new("extractionReads", 10_000, "read", "paper: 10 K reads of the model at the end of these epochs", 1, 10_000_000, AddedLater: true),
        new("sampleEvery", 1_000, "characters", "chosen: from one sample of the weights to the next, for their means and deviations", 1, 1_000_000_000, AddedLater: true),
    ];

    /// <summary>To be called after each window.</summary>
    /// <param name="characters">Characters trained on so far.</param>
    public void Observe(long characters)
    {
        foreach (ModelAverage average in averages)
        {
            average.Observe(characters);
        }
    }

    /// <summary>The model over the span that ends with an epoch.</summary>
    /// <exception cref="CommandException">None ends there, or its beginning was not watched.</exception>
    public IReadOnlyList<MatrixIterates> EndingAt(int epochs)
    {
        ModelAverage average = averages.FirstOrDefault(average => average.End == epochs * length)
            ?? throw CommandException.Failure($"no average ends with epoch {epochs}: averages = {spans}; expected one, such as averages={Math.Max(0, epochs - 10)}-{epochs}");
        return average.Result
            ?? throw CommandException.Failure(
                $"the epochs before epoch {epochs} were trained before averages were kept; expected a state that has them: delete it to start again");
    }

    /// <summary>What has been averaged of a matrix, named epochsFROM-TO.PLANE.</summary>
    /// <param name="matrix">Its number, from 0.</param>
    public IEnumerable<StatePlane> Planes(int matrix) =>
        from pair in averages.Zip(spans.Split(','))
        where pair.First.Result is not null
        from plane in pair.First.Result![matrix].Planes
        select new StatePlane($"epochs{pair.Second}.{plane.Name}", "weight", plane.Values);

    /// <summary>Writes the sums and what came of them.</summary>
    public void Save(BinaryWriter writer)
    {
        foreach (ModelAverage average in averages)
        {
            average.Save(writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote; a state from before there were averages has none.</summary>
    /// <param name="reader">Stands behind the training.</param>
    /// <param name="characters">Characters trained on so far.</param>
    public void Load(BinaryReader reader, long characters)
    {
        bool isThere = reader.BaseStream.Position < reader.BaseStream.Length;
        foreach (ModelAverage average in averages)
        {
            if (isThere)
            {
                average.Load(reader);
            }
            else
            {
                average.Resume(characters);
            }
        }
    }

    private static IEnumerable<(int From, int To)> Spans(string text) =>
        text == None ? [] : text.Split(',').Select(span => Span(span) ?? throw CommandException.Usage(
            $"parameter averages: expected {None}, or epochs FROM-TO with FROM below TO and commas between spans, got '{text}'"));

    private static (int From, int To)? Span(string text) =>
        text.Split('-') is [string first, string last]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int from)
        && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out int to)
        && from < to ? (from, to) : null;
}
