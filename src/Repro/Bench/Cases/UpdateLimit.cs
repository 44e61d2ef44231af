using System.Numerics;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Bench;

/// <summary>
/// What no update can leave out: a random byte for each line and slot, a read and a write of every block of sixteen weights that meets a pulse
/// and a read of what each of its devices has of its own, a normal number for each coincidence of a noisy device, and of linear, exponential and
/// power devices the step for each vector of weights in each slot in which it meets a pulse.
/// </summary>
/// <remarks>Blocks are listed beforehand for as many updates as make the caches forget them, so that only memory is waited for.</remarks>
internal sealed class UpdateLimit
{
    private const int Updates = 64, Lanes = 16;
    private readonly int[][] blocks = new int[Updates][];
    private readonly int[] numbers = new int[Updates];
    private readonly int[] visits = new int[Updates];
    private readonly Action<int>? law;
    private readonly NormalNumbers normal = new();
    private readonly uint[] trains;
    private readonly PaddedMatrix weights;
    private readonly PaddedMatrix own; // of each device, four bytes; or the weights again, where devices are alike
    private int next;

    public UpdateLimit(UpdateSignals signals, bool isNoisy, bool isOwn, Action<int>? law)
    {
        this.law = law;
        trains = new uint[(signals.X.Length + signals.D.Length) * signals.BitLength / sizeof(uint)];
        weights = new PaddedMatrix(signals.X.Length, signals.D.Length);
        weights.Padded.Fill(1);
        own = isOwn ? new PaddedMatrix(signals.X.Length, signals.D.Length) : weights;
        own.Padded.Fill(1);
        LineTrains rows = new(signals.X.Length, signals.BitLength), columns = new(signals.D.Length, signals.BitLength);
        for (ulong n = 0; n < Updates; n++)
        {
            rows.Draw(new RandomAddress(1, 1, n), signals.X, 1, signals.BitLength);
            columns.Draw(new RandomAddress(1, 2, n), signals.D, 1, signals.BitLength);
            (blocks[n], int coincidences, visits[n]) = Blocks(rows.Words, columns.Words);
            numbers[n] = isNoisy ? coincidences : 0;
        }
    }

    public void Run()
    {
        RandomWords.Fill(new RandomAddress(1, 1, (ulong)next), trains);
        ref float w = ref weights.First, numbersOf = ref own.First;
        foreach (int place in blocks[next])
        {
            (Vector512.LoadUnsafe(ref w, (nuint)place) * Vector512.LoadUnsafe(ref numbersOf, (nuint)place)).StoreUnsafe(ref w, (nuint)place);
        }

        normal.Draw((ulong)next, numbers[next]);
        law?.Invoke(visits[next]);
        next = (next + 1) % Updates;
    }

    private (int[] Blocks, int Coincidences, int Visits) Blocks(ReadOnlySpan<uint> rows, ReadOnlySpan<uint> columns)
    {
        List<int> met = [];
        int coincidences = 0, visits = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int block = 0; block < columns.Length; block += Lanes)
            {
                uint slots = 0;
                for (int start = block; start < Math.Min(block + Lanes, columns.Length); start += StepLawCase.Lanes)
                {
                    uint ofVector = 0;
                    foreach (uint column in columns.Slice(start, Math.Min(StepLawCase.Lanes, columns.Length - start)))
                    {
                        coincidences += BitOperations.PopCount(rows[i] & column);
                        ofVector |= rows[i] & column;
                    }

                    visits += BitOperations.PopCount(ofVector);
                    slots |= ofVector;
                }

                if (slots != 0)
                {
                    met.Add((i * weights.Stride) + block);
                }
            }
        }

        return ([.. met], coincidences, visits);
    }
}
