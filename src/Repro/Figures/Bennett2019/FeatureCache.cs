using Crosspoint.Kernels;
using Crosspoint.Repro.Experiments;
using Crosspoint.Training.Data;
using Crosspoint.Training.RandomWeights;

namespace Crosspoint.Repro.Figures.Bennett2019;

/// <summary>Hidden states of a random layer, computed once for all points of a sweep that share a seed.</summary>
/// <remarks>They are a pure function of the key. The oldest are given up where all together pass half a gigabyte.</remarks>
internal static class FeatureCache
{
    private const long MostBytes = 512L << 20;
    private static readonly Lock Gate = new();
    private static readonly List<(Key Key, Lazy<Features> Features)> Entries = [];

    /// <summary>Hidden states of training and evaluation images.</summary>
    public sealed record Features(SignFeatures Train, SignFeatures Test)
    {
        private readonly Dictionary<(int Samples, double Lambda), PaddedMatrix> ridge = [];

        /// <summary>The weights of ridge regression on the first samples, solved once: software uses them, off-chip devices are written to them.</summary>
        /// <param name="labels">The classes of these samples.</param>
        /// <param name="lambda">The ridge parameter.</param>
        /// <param name="cancellation">Stops the solution.</param>
        /// <returns>One row for each class; not to be changed.</returns>
        public PaddedMatrix Ridge(int[] labels, double lambda, CancellationToken cancellation)
        {
            lock (ridge)
            {
                if (!ridge.TryGetValue((labels.Length, lambda), out PaddedMatrix? weights))
                {
                    weights = RidgeRegression.Solve(Train, labels, BennettSystem.Classes, lambda, cancellation);
                    ridge.Add((labels.Length, lambda), weights);
                }

                return weights;
            }
        }
    }

    private sealed record Key(LabelledImages Train, LabelledImages Test, int Images, ulong Seed, int Hidden, PixelCoding Coding, bool HasBias);

    /// <summary>The hidden states of a run.</summary>
    /// <param name="context">The run.</param>
    /// <param name="train">The images to train on.</param>
    /// <param name="test">The images to evaluate on.</param>
    public static Features Of(RunContext context, LabelledImages train, LabelledImages test)
    {
        ParameterValues p = context.Parameters;
        Key key = new(context.Train!, context.Test!, train.Count, context.Seed, p.Whole("hidden"), BennettSystem.Coding(p), p.Flag("bias"));
        Lazy<Features> features;
        lock (Gate)
        {
            int found = Entries.FindIndex(entry => entry.Key == key);
            features = found >= 0 ? Entries[found].Features : new(() => Compute(key, train, test));
            if (found >= 0)
            {
                Entries.RemoveAt(found);
            }

            Entries.Add((key, features));
            while (Entries.Count > 1 && Entries.Sum(entry => Bytes(entry.Key)) > MostBytes)
            {
                Entries.RemoveAt(0);
            }
        }

        return features.Value;
    }

    /// <summary>The random layer of NoProp.</summary>
    /// <param name="pixels">Inputs.</param>
    /// <param name="hidden">Units.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="hasBias">Whether there is a constant input.</param>
    public static RandomLayer Layer(int pixels, int hidden, ulong seed, bool hasBias)
    {
        PaddedMatrix random = BennettSystem.RandomWeights(pixels + 1, hidden, seed);
        if (!hasBias)
        {
            random.Row(pixels).Clear();
        }

        return new RandomLayer(random, hasBias);
    }

    private static long Bytes(Key key) => (key.Images + key.Test.Count) * (key.Hidden / 8L);

    private static Features Compute(Key key, LabelledImages train, LabelledImages test)
    {
        RandomLayer layer = Layer(train.PixelsPerImage, key.Hidden, key.Seed, key.HasBias);
        return new Features(layer.Read(train, key.Coding, CancellationToken.None), layer.Read(test, key.Coding, CancellationToken.None));
    }
}
