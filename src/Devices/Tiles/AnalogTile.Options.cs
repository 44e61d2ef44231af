using Crosspoint.Kernels;

namespace Crosspoint.Devices.Tiles;

/// <content>What a tile is made of besides its array.</content>
public sealed partial class AnalogTile
{
    /// <summary>Periphery and pulse scheme of a tile.</summary>
    public sealed record Options
    {
        /// <summary>The periphery from rows to columns, in array weight units.</summary>
        public ReadParameters Forward { get; init; } = new();

        /// <summary>The periphery from columns to rows, in array weight units.</summary>
        public ReadParameters Backward { get; init; } = new();

        /// <summary>The periphery of reads of one line, in array weight units.</summary>
        public ReadParameters Transfer { get; init; } = new();

        /// <summary>Logical weight over array weight, above 0; with a chosen <see cref="Scaling"/>, until weights are programmed.</summary>
        public float Scale { get; init; } = 1;

        /// <summary>How the scale is chosen.</summary>
        public WeightScaling Scaling { get; init; }

        /// <summary>Where <see cref="Scaling"/> puts the largest weight, in array weight units, above 0: the devices' nominal range.</summary>
        public float LargestWeight { get; init; } = 0.6f;

        /// <summary>How an update reaches the devices.</summary>
        public PulseScheme Scheme { get; init; } = PulseScheme.Stochastic;

        /// <summary>
        /// BL: slots of a train; with <see cref="BitLengthManagement"/> the most there may be, and with <see cref="PulseScheme.MeanCount"/> the
        /// most pulses of a cross-point. 1 to <see cref="PulseTrains.MaxBitLength"/>, which stands for no cap.
        /// </summary>
        /// <remarks>
        /// An update that would need more slots is smaller than asked: pulse probabilities clip at 1. That has not happened, with bit-length
        /// management, as long as <see cref="TileCounters.LongestTrain"/> is below the cap.
        /// </remarks>
        public int BitLength { get; init; } = 31;

        /// <summary>Whether row and column gains are shifted so that both sides pulse equally often at their maxima.</summary>
        public bool UpdateManagement { get; init; } = true;

        /// <summary>Whether trains are shortened to the slots that the largest input and error need.</summary>
        public bool BitLengthManagement { get; init; } = true;

        internal void Validate()
        {
            Require.Positive(nameof(Scale), Scale);
            Require.Positive(nameof(LargestWeight), LargestWeight);
            TileRequire.InRange(nameof(Scaling), 0, (int)WeightScaling.PerOutput, (int)Scaling);
            TileRequire.InRange(nameof(Scheme), 0, (int)PulseScheme.MeanCount, (int)Scheme);
            TileRequire.InRange(nameof(BitLength), 1, PulseTrains.MaxBitLength, BitLength);
        }
    }
}
