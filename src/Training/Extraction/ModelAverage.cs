using Crosspoint.Devices.Extraction;
using Crosspoint.Kernels;

namespace Crosspoint.Training.Extraction;

/// <summary>Averages a model over a span of its training by sparse reads while its weights move, and keeps how much each weight moved.</summary>
/// <remarks>
/// T. Gokmen, Front. Artif. Intell. 4:699148 (2021), sec. 2.5: the sums of <see cref="WeightRegression"/> do not care that weights move between
/// reads, so that their solution is the mean. Reads are spread evenly over the span. Beside them true weights are sampled for
/// <see cref="WeightMoments"/>, which no hardware could do for nothing: they are the truth that reads are held against. At the end of the span
/// the weights of that moment are extracted by reads too. Training is left as it is, but for the counters of reads. What is read is a function
/// of the seed and the place in the training, so that a run that was stopped and resumed ends with the same bits. Nothing is allocated before
/// the end of the span.
/// </remarks>
public sealed class ModelAverage
{
    private const int StreamBits = 32;
    private readonly IReadOnlyList<IWeightMatrix> matrices;
    private readonly Options options;
    private readonly ulong seed;
    private WeightRegression? reads;
    private WeightMoments[]? moments;
    private long samples;

    /// <summary>The span and what is read in it.</summary>
    public sealed record Options
    {
        /// <summary>Examples trained on before the span, at least 0.</summary>
        public required long Start { get; init; }

        /// <summary>Examples of the span, at least 1.</summary>
        public required long Length { get; init; }

        /// <summary>Random vectors that are read over the span; 0 for a digital model, whose weights are known.</summary>
        public int Reads { get; init; } = 100_000;

        /// <summary>Random vectors that are read at the end of the span for the weights of that moment, at least 1 unless <see cref="Reads"/> is 0.</summary>
        public int LastReads { get; init; } = 10_000;

        /// <summary>Examples from one sample of the true weights to the next, at least 1.</summary>
        public int SampleEvery { get; init; } = 1_000;

        /// <summary>Tells the spans of a training apart, 0 to 127: each has inputs and read noise of its own.</summary>
        public int Number { get; init; }

        internal void Validate()
        {
            ArgumentOutOfRangeException.ThrowIfNegative(Start);
            ArgumentOutOfRangeException.ThrowIfLessThan(Length, 1);
            ArgumentOutOfRangeException.ThrowIfNegative(Reads);
            ArgumentOutOfRangeException.ThrowIfLessThan(LastReads, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(SampleEvery, 1);
            Require.InRange(nameof(Number), 0, 127, Number);
        }
    }

    /// <summary>Prepares to average.</summary>
    /// <param name="matrices">The matrices, in the order of the model.</param>
    /// <param name="options">The span.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public ModelAverage(IReadOnlyList<IWeightMatrix> matrices, Options options, ulong seed)
    {
        options.Validate();
        (this.matrices, this.options, this.seed) = (matrices, options, seed);
    }

    private enum Phases : byte
    {
        Waiting,
        Running,
        Done,
        Missed,
    }

    /// <summary>Examples trained on when the span ends.</summary>
    public long End => options.Start + options.Length;

    /// <summary>Each matrix over the span; <see langword="null"/> until the span has ended, and for a span whose beginning was not seen.</summary>
    public IReadOnlyList<MatrixIterates>? Result { get; private set; }

    /// <summary>Whether training went on from within or behind the span without having been watched: then there will be no result.</summary>
    public bool IsMissed { get; private set; }

    /// <summary>To be called after updates, at steps that lie not too far apart: with each window.</summary>
    /// <param name="examples">Examples trained on so far.</param>
    public void Observe(long examples)
    {
        if (examples <= options.Start || Result is not null || IsMissed)
        {
            return;
        }

        Begin();
        long here = Math.Min(examples, End) - options.Start;
        for (long due = Due(here, options.Reads); reads!.Reads < due;)
        {
            reads.Read(((ulong)options.Number << StreamBits) + (ulong)reads.Reads);
        }

        if (here / options.SampleEvery > samples)
        {
            samples = here / options.SampleEvery;
            Sample();
        }

        if (examples >= End)
        {
            Finish();
        }
    }

    /// <summary>Tells that training goes on from a place before which nobody watched.</summary>
    /// <param name="examples">Examples trained on so far.</param>
    public void Resume(long examples) => IsMissed = Result is null && reads is null && examples > options.Start;

    /// <summary>Writes the sums, or what came of them.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write((byte)(IsMissed ? Phases.Missed : Result is not null ? Phases.Done : reads is not null ? Phases.Running : Phases.Waiting));
        if (Result is not null)
        {
            foreach (MatrixIterates matrix in Result)
            {
                matrix.Save(writer);
            }
        }
        else if (reads is not null)
        {
            writer.Write(samples);
            reads.Save(writer);
            foreach (WeightMoments moment in moments!)
            {
                moment.Save(writer);
            }
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of another model or holds what cannot be; the average is then of no further use.</exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    public void Load(BinaryReader reader)
    {
        (reads, moments, Result, IsMissed, samples) = (null, null, null, false, 0);
        Phases phase = (Phases)reader.ReadByte();
        switch (phase)
        {
            case Phases.Waiting:
                break;
            case Phases.Missed:
                IsMissed = true;
                break;
            case Phases.Done:
                Result = [.. matrices.Select(m => MatrixIterates.Load(reader, m.Inputs, m.Outputs))];
                break;
            case Phases.Running:
                Begin();
                samples = reader.ReadInt64();
                reads!.Load(reader);
                foreach (WeightMoments moment in moments!)
                {
                    moment.Load(reader);
                }

                if (samples < 0 || samples > options.Length || reads.Reads > options.Reads)
                {
                    throw new InvalidDataException($"expected at most {options.Reads} reads over {options.Length} examples, got {reads.Reads} and {samples} samples");
                }

                break;
            default:
                throw new InvalidDataException($"expected the state of an average, got {(byte)phase}");
        }
    }

    private static long Due(long here, long of, long length) => (long)((Int128)here * of / length);

    private long Due(long here, long of) => Due(here, of, options.Length);

    private void Begin()
    {
        reads ??= ModelExtraction.Regression(matrices, seed);
        moments ??= [.. matrices.Select(m => new WeightMoments(m.Inputs, m.Outputs))];
    }

    private void Sample()
    {
        for (int k = 0; k < matrices.Count; k++)
        {
            moments![k].Add(matrices[k].Weights);
        }
    }

    private void Finish()
    {
        if (samples == 0)
        {
            Sample();
        }

        PaddedMatrix[] trained = [.. matrices.Select(m => Copy(m.Weights))];
        PaddedMatrix[] mean = [.. moments!.Select(m => m.Mean())], deviation = [.. moments!.Select(m => m.Deviation())];
        if (options.Reads == 0)
        {
            Result = [.. matrices.Select((_, k) => new MatrixIterates(trained[k], trained[k], mean[k], mean[k], deviation[k]))];
        }
        else
        {
            ulong next = ((ulong)options.Number << StreamBits) + (ulong)options.Reads;
            IReadOnlyList<ExtractedWeights> average = reads!.Solve(), last = ModelExtraction.Read(matrices, options.LastReads, seed, next);
            Result =
            [
                .. matrices.Select((_, k) => new MatrixIterates(trained[k], last[k].Weights, average[k].Weights, mean[k], deviation[k])
                {
                    ExtractedError = last[k].RmsPredictedError,
                    AverageError = average[k].RmsPredictedError,
                }),
            ];
        }

        (reads, moments) = (null, null);
    }

    private static PaddedMatrix Copy(PaddedMatrix matrix)
    {
        PaddedMatrix copy = new(matrix.Inputs, matrix.Outputs);
        matrix.Padded.CopyTo(copy.Padded);
        return copy;
    }
}
