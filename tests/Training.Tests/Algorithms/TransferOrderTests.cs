using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using Crosspoint.Training.Algorithms;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Training.Tests.Algorithms;

/// <summary>Order, timing and size of transfers, update by update, against the plain listings.</summary>
[Properties(Arbitrary = [typeof(Generators)], MaxTest = 30)]
public class TransferOrderTests
{
    private const float Step = 1 / 1024f, FastRate = 1 / 64f, TransferRate = 1 / 4f, Hysteresis = 0.625f, Threshold = 1 / 16f;
    private const int Updates = 150;

    [Property]
    public void TTv2_transfers_as_its_listing_says(Size inputs, Size outputs, Size every, bool hysteretic, bool byColumn, bool turned, DataSeed data)
    {
        float kappa = hysteretic ? Hysteresis : 0;
        TikiTaka2 matrix = Over((fast, slow) => new TikiTaka2(
            fast, slow, Analog.Exact,
            new() { FastRate = FastRate, TransferRate = TransferRate, Every = Few(every), Hysteresis = kappa, By = By(byColumn), TurnedFast = turned }, 1, 1),
            Few(inputs), Few(outputs), turned);
        Compare(matrix, Few(every), byColumn, turned, data, (oracle, x, d) => oracle.TikiTaka2(x, d, kappa));
    }

    [Property]
    public void Chopped_TTv2_transfers_as_its_listing_says(Size inputs, Size outputs, Size every, Size period, bool byColumn, bool turned, DataSeed data)
    {
        int flipEvery = 1 + (period.Value % 4);
        ChoppedTikiTaka2 matrix = Over((fast, slow) => new ChoppedTikiTaka2(
            fast, slow, Analog.Exact,
            new()
            {
                FastRate = FastRate,
                TransferRate = TransferRate,
                Every = Few(every),
                By = By(byColumn),
                TurnedFast = turned,
                FlipProbability = 1f / flipEvery,
                Flips = ChopperFlips.Regular,
            }, 1, 1), Few(inputs), Few(outputs), turned);
        Compare(matrix, Few(every), byColumn, turned, data, (oracle, x, d) => oracle.TikiTaka2(x, d, 0, flipEvery));
    }

    [Property]
    public void Tiki_Taka_transfers_as_its_listing_says(Size inputs, Size outputs, Size every, bool byColumn, DataSeed data)
    {
        TikiTaka matrix = Over((fast, slow) => new TikiTaka(
            fast, slow, Analog.Exact,
            new() { FastRate = FastRate, TransferRate = TransferRate, Every = Few(every), By = By(byColumn), Threshold = Threshold }, 1, 1),
            Few(inputs), Few(outputs));
        Compare(matrix, Few(every), byColumn, false, data, (oracle, x, d) => oracle.TikiTaka(x, d, Threshold));
    }

    [Fact]
    public void Arrays_that_are_read_together_lie_alike()
    {
        Rejected.With("TurnedFast", "false", "true", () => new TikiTaka(
            Analog.Ideal(2, 3, Step), Analog.Ideal(3, 2, Step), Analog.Exact, new() { TurnedFast = true }, 1, 1));
        Rejected.With("slow", "[2, 3]", "[3, 2]", () => new TikiTaka2(
            Analog.Ideal(2, 3, Step), Analog.Ideal(3, 2, Step), Analog.Exact, new(), 1, 1));
    }

    /// <summary>A transfer comes with every n_s-th update, whatever its data, and the lines take turns.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(576)]
    public void A_transfer_comes_with_every_so_many_updates(int every)
    {
        TikiTaka2 matrix = Over(
            (fast, slow) => new TikiTaka2(fast, slow, Analog.Exact, new() { Every = every }, 1, 1), 3, 2);
        for (int n = 1; n <= 7 * every; n++)
        {
            matrix.Update([0, 0, 0], [0, 0], 1, new Moment(Phase.Train, (ulong)n));
            Assert.Equal(n / every % 3, matrix.NextLine);
        }
    }

    private static int Few(Size size) => 1 + (size.Value % 9);

    private static TransferBy By(bool column) => column ? TransferBy.Column : TransferBy.Row;

    private static T Over<T>(Func<ICrosspointArray, ICrosspointArray, T> make, int inputs, int outputs, bool turned = false) =>
        make(turned ? Analog.Ideal(outputs, inputs, Step) : Analog.Ideal(inputs, outputs, Step), Analog.Ideal(inputs, outputs, Step));

    // By column, the two sides change places: the oracle then learns the transpose.
    private static void Compare(
        TransferMatrix matrix, int every, bool byColumn, bool turned, DataSeed data, Action<TransferOracle, float[], float[]> update)
    {
        (int lines, int length) = byColumn ? (matrix.Outputs, matrix.Inputs) : (matrix.Inputs, matrix.Outputs);
        TransferOracle oracle = new(lines, length) { FastRate = FastRate, TransferRate = TransferRate, Every = every, Step = Step };
        Random random = data.Random();
        for (int n = 0; n < Updates; n++)
        {
            // A drift makes A large enough to pass thresholds.
            float[] x = [.. Enumerable.Range(0, lines).Select(_ => random.Next(-4, 9) / 8f)];
            float[] d = [.. Enumerable.Range(0, length).Select(i => random.Next(-8, 9) / 8f + (i % 3 - 1))];
            update(oracle, x, d);
            matrix.Update(byColumn ? d : x, byColumn ? x : d, 1, new Moment(Phase.Train, (ulong)n));
            Assert.Equal(oracle.T, matrix.NextLine);
            Equal(oracle.A, matrix.A.Array.Weights, byColumn != turned);
            Equal(oracle.C, matrix.C.Array.Weights, byColumn);
        }
    }

    private static void Equal(double[,] expected, PaddedMatrix actual, bool transposed)
    {
        for (int i = 0; i < actual.Inputs; i++)
        {
            for (int j = 0; j < actual.Outputs; j++)
            {
                Assert.Equal(transposed ? expected[i, j] : expected[j, i], actual[i, j]);
            }
        }
    }
}
