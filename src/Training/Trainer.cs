using Crosspoint.Kernels;
using Crosspoint.Training.Data;

namespace Crosspoint.Training;

/// <summary>The epoch loop of a network over labelled images: reshuffled every epoch, one example a step, stoppable at any image.</summary>
/// <remarks>Its whole state is the network's, the place in the epoch and the losses; every order and draw follows from the seed and the epoch.</remarks>
public sealed class Trainer
{
    private readonly SequentialNetwork network;
    private readonly LabelledImages images;
    private readonly Preprocessing preprocessing;
    private readonly Func<int, float> schedule;
    private readonly ulong seed;
    private readonly int[] order;
    private readonly uint[] words;
    private int shuffled = -1;
    private double lossSum;

    /// <summary>Makes a loop at the first image of the first epoch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">Images of as many pixels as the network has inputs, labels below its number of classes.</param>
    /// <param name="preprocessing">From pixels to inputs.</param>
    /// <param name="schedule">Learning rate of each epoch.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <exception cref="ArgumentException">The images do not fit the network.</exception>
    public Trainer(
        SequentialNetwork network, LabelledImages images, Preprocessing preprocessing, LearningSchedule schedule, ulong seed)
        : this(network, images, preprocessing, schedule.Rate, seed)
    {
    }

    /// <summary>Makes a loop at the first image of the first epoch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">Images of as many pixels as the network has inputs, labels below its number of classes.</param>
    /// <param name="preprocessing">From pixels to inputs.</param>
    /// <param name="schedule">Learning rate by the number of the epoch, from 0.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <exception cref="ArgumentException">The images do not fit the network.</exception>
    public Trainer(
        SequentialNetwork network, LabelledImages images, Preprocessing preprocessing, Func<int, float> schedule, ulong seed)
    {
        network.RequireFit(images);
        this.network = network;
        this.images = images;
        this.preprocessing = preprocessing;
        this.schedule = schedule;
        this.seed = seed;
        order = new int[images.Count];
        words = new uint[images.Count];
    }

    /// <summary>Finished epochs.</summary>
    public int Epoch { get; private set; }

    /// <summary>Images of the current epoch that have been trained on.</summary>
    public int Position { get; private set; }

    /// <summary>Mean cross-entropy of the epoch that finished last, in nats, as it was seen during training.</summary>
    public double LastLoss { get; private set; }

    /// <summary>Trains to the end of the epoch.</summary>
    /// <param name="cancellation">Stops between two images.</param>
    /// <returns>Whether the epoch was finished; <see langword="false"/> when it was stopped.</returns>
    public bool RunEpoch(CancellationToken cancellation) => Run(int.MaxValue, cancellation);

    /// <summary>Trains on some images, at most to the end of the epoch: between two calls a checkpoint may be written or progress told.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <returns>Whether it went on to the last of these images or of the epoch; <see langword="false"/> when it was stopped.</returns>
    public bool Run(int count, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Shuffle();
        float rate = schedule(Epoch);
        int end = count < images.Count - Position ? Position + count : images.Count;
        while (Position < end)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            int image = order[Position];
            preprocessing.Apply(images.Pixels(image), network.Input);
            images.Prefetch(order[Math.Min(Position + 1, images.Count - 1)]);
            Moment moment = new(Phase.Train, ((ulong)Epoch * (ulong)images.Count) + (ulong)Position);
            lossSum += network.Train(images.Label(image), rate, moment);
            Position++;
        }

        if (Position == images.Count)
        {
            LastLoss = lossSum / images.Count;
            lossSum = 0;
            Position = 0;
            Epoch++;
        }

        return true;
    }

    /// <summary>Writes the state of the loop and of every matrix.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Epoch);
        writer.Write(Position);
        writer.Write(lossSum);
        writer.Write(LastLoss);
        foreach (IWeightMatrix matrix in network.Matrices)
        {
            matrix.Save(writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of another network or other images; the loop is then of no further use.</exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    public void Load(BinaryReader reader)
    {
        Epoch = reader.ReadInt32();
        Position = reader.ReadInt32();
        if (Epoch < 0 || Position < 0 || Position > images.Count)
        {
            throw new InvalidDataException($"expected a place among {images.Count} images, got image {Position} of epoch {Epoch}");
        }

        lossSum = reader.ReadDouble();
        LastLoss = reader.ReadDouble();
        foreach (IWeightMatrix matrix in network.Matrices)
        {
            matrix.Load(reader);
        }
    }

    // The shuffle of R. A. Fisher and F. Yates, drawn at the address of the epoch.
    private void Shuffle()
    {
        if (shuffled == Epoch)
        {
            return;
        }

        RandomWords.Fill(new Moment(Phase.Train, (ulong)Epoch).Address(seed, 0, Purpose.Order), words);
        for (int k = 0; k < order.Length; k++)
        {
            order[k] = k;
        }

        for (int k = order.Length - 1; k > 0; k--)
        {
            int other = (int)(((ulong)words[k] * (ulong)(k + 1)) >> 32);
            (order[k], order[other]) = (order[other], order[k]);
        }

        shuffled = Epoch;
    }
}
