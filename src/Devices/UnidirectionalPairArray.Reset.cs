using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <content>The periodic reset.</content>
public sealed partial class UnidirectionalPairArray
{
    private const int PairsInVector = 8, PairsInHalf = 4;
    private const int ResetBatch = 1024; // pairs written together: few enough for the first cache

    // For each choice of four pairs, a byte for each lane: which of the numbers in turn the chosen pairs take.
    private static readonly ulong[] TurnsOfPairs = [.. Enumerable.Range(0, 1 << PairsInHalf).Select(TurnsOf)];

    // The pairs of a batch side by side, as in conductances and Weights.
    private readonly int[] places = new int[ResetBatch + 16];
    private readonly float[] devices = new float[2 * (ResetBatch + PairsInVector)];
    private readonly float[] weights = new float[ResetBatch + PairsInVector];
    private readonly byte[] again = new byte[(ResetBatch / PairsInVector) + 1]; // one bit for each pair that would be chosen again

    /// <inheritdoc/>
    /// <remarks>One draw for each pair that is written with an error, in the order of rows, then columns.</remarks>
    public void Reset(in RandomAddress at)
    {
        if (parameters.Write == ResetWrite.Exact)
        {
            Lower();
            return;
        }

        long numbered = 0;
        for (int k = 0; k < raised.Length;)
        {
            int n = TakeRaised(ref k);
            Gather(n);
            numbered += Rewrite(n, Errors(at, numbered, n));
            Scatter(n);
        }
    }

    // Takes the pairs of the words of the bit list from the k-th on, as many as there is room for, out of it.
    private int TakeRaised(ref int k)
    {
        ref int to = ref MemoryMarshal.GetArrayDataReference(places);
        ref float g = ref conductances.First;
        int n = 0;
        for (; k < raised.Length && n <= ResetBatch - 64; k++)
        {
            ulong word = raised[k];
            if (word == 0)
            {
                continue;
            }

            // The lines of its first and its last pair, which are mostly all.
            raised[k] = 0;
            Prefetch.Line(ref Unsafe.Add(ref g, 2 * ((64 * k) + BitOperations.TrailingZeroCount(word))));
            Prefetch.Line(ref Unsafe.Add(ref g, 2 * ((64 * k) + 63 - BitOperations.LeadingZeroCount(word))));
            if (Avx512Vbmi2.IsSupported)
            {
                // Sixteen places at a time, without a branch for each.
                Vector512<byte> isSet = Avx512BW.Shuffle(Vector512.Create(word).AsByte(), ByteOfBit) & BitOfByte;
                Vector512<byte> bits = Avx512Vbmi2.Compress(
                    Vector512<byte>.Zero, ~Vector512.Equals(isSet, Vector512<byte>.Zero), Vector512<byte>.Indices);
                int end = n + BitOperations.PopCount(word);
                for (; n < end; n += 16)
                {
                    (Avx512F.ConvertToVector512Int32(bits.GetLower().GetLower()) + Vector512.Create(64 * k)).StoreUnsafe(ref to, (nuint)n);
                    bits = Avx512F.AlignRight64(Vector512<ulong>.Zero, bits.AsUInt64(), 2).AsByte();
                }

                n = end;
                continue;
            }

            for (; word != 0; word &= word - 1)
            {
                Unsafe.Add(ref to, n++) = (64 * k) + BitOperations.TrailingZeroCount(word);
            }
        }

        return n;
    }

    private void Gather(int n)
    {
        ref float w = ref Weights.First;
        Span<Pair> all = Pairs(conductances.Padded), batch = Pairs(devices);
        for (int m = 0; m < n; m++)
        {
            int place = places[m];
            batch[m] = all[place];
            Prefetch.Line(ref Unsafe.Add(ref w, place));
        }

        batch.Slice(n, PairsInVector).Clear();
    }

    private void Scatter(int n)
    {
        ref float w = ref Weights.First;
        Span<Pair> all = Pairs(conductances.Padded), batch = Pairs(devices);
        for (int m = 0; m < n; m++)
        {
            int place = places[m];
            all[place] = batch[m];
            Unsafe.Add(ref w, place) = weights[m];
            raised[place / 64] |= (ulong)((again[m / PairsInVector] >> (m % PairsInVector)) & 1) << place;
        }
    }

    // Writes the chosen ones of the pairs of the batch anew; returns how many took an error. A difference of no steps needs no event.
    private int Rewrite(int n, ReadOnlySpan<float> normal)
    {
        int events = 0;
        for (int m = 0; m < n; m += PairsInVector)
        {
            if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated)
            {
                RewriteVector(m, ref Unsafe.Add(ref MemoryMarshal.GetReference(normal), events), ref events);
            }
            else if (Avx2.IsSupported && Vector256.IsHardwareAccelerated)
            {
                uint low = RewriteFour(m, ref Unsafe.Add(ref MemoryMarshal.GetReference(normal), events), ref events);
                uint high = RewriteFour(m + PairsInHalf, ref Unsafe.Add(ref MemoryMarshal.GetReference(normal), events), ref events);
                again[m / PairsInVector] = (byte)(low | (high << PairsInHalf));
            }
            else
            {
                RewriteOneByOne(m, Math.Min(m + PairsInVector, n), normal, ref events);
            }
        }

        return events;
    }

    // Eight pairs, each in two lanes; the lane whose device is the higher one keeps what is written.
    private void RewriteVector(int m, ref float normal, ref int events)
    {
        ref float pair = ref devices[2 * m];
        Vector512<float> g = Vector512.LoadUnsafe(ref pair), difference = g - Partners(g), target = Vector512.Abs(difference);
        if (parameters.Write == ResetWrite.Rounded)
        {
            target = Vector512.Round(target);
        }

        Vector512<float> chosen = IsChosen(g);
        Vector512<float> moved = chosen & Vector512.GreaterThan(target, Vector512<float>.Zero);
        Vector512<ulong> numbers = Avx512F.ConvertToVector512UInt64(Vector256.LoadUnsafe(ref normal).AsUInt32());
        numbers = Avx512F.Expand(Vector512<ulong>.Zero, moved.AsUInt64(), numbers);
        Vector512<float> error = (numbers | (numbers << 32)).AsSingle() * Vector512.Create(parameters.Sigma);
        if (parameters.Noise == ProgrammingNoise.PerPulse)
        {
            error = (numbers | (numbers << 32)).AsSingle() * (Vector512.Create(parameters.Sigma) * Vector512.Sqrt(target));
        }

        Vector512<float> written = Vector512.MinNative(
            Vector512.MaxNative(target + error, Vector512<float>.Zero), Vector512.Create(top));
        Vector512<float> keeps = moved & Vector512.GreaterThan(difference, Vector512<float>.Zero);
        g = Vector512.ConditionalSelect(chosen, written & keeps, g);
        g.StoreUnsafe(ref pair);
        Vector512<float> weight = Vector512.Create(MinStep) * (g - Partners(g));
        Avx512F.ConvertToVector256UInt32(weight.AsUInt64()).AsSingle().StoreUnsafe(ref weights[m]);
        again[m / PairsInVector] = (byte)IsChosen(g).AsUInt64().ExtractMostSignificantBits();
        events += BitOperations.PopCount(moved.AsUInt64().ExtractMostSignificantBits());
        Counters.PairsReset += BitOperations.PopCount(chosen.AsUInt64().ExtractMostSignificantBits());
    }

    // The same of four pairs; returns one bit for each that would be chosen again.
    private uint RewriteFour(int m, ref float normal, ref int events)
    {
        ref float pair = ref devices[2 * m];
        Vector256<float> g = Vector256.LoadUnsafe(ref pair), difference = g - Partners(g), target = Vector256.Abs(difference);
        if (parameters.Write == ResetWrite.Rounded)
        {
            target = Vector256.Round(target);
        }

        Vector256<float> chosen = IsChosen(g);
        Vector256<float> moved = chosen & Vector256.GreaterThan(target, Vector256<float>.Zero);
        uint movedPairs = moved.AsUInt64().ExtractMostSignificantBits();
        Vector256<int> turns = Avx2.ConvertToVector256Int32(Vector128.CreateScalar(TurnsOfPairs[movedPairs]).AsByte());
        Vector256<float> deviation = Vector256.Create(parameters.Sigma);
        if (parameters.Noise == ProgrammingNoise.PerPulse)
        {
            deviation *= Vector256.Sqrt(target);
        }

        Vector256<float> error = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref normal), turns) * deviation;
        Vector256<float> written = Vector256.MinNative(
            Vector256.MaxNative(target + error, Vector256<float>.Zero), Vector256.Create(top));
        Vector256<float> keeps = moved & Vector256.GreaterThan(difference, Vector256<float>.Zero);
        g = Vector256.ConditionalSelect(chosen, written & keeps, g);
        g.StoreUnsafe(ref pair);
        Vector256<float> weight = Vector256.Create(MinStep) * (g - Partners(g));
        Avx2.PermuteVar8x32(weight, Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6)).GetLower().StoreUnsafe(ref weights[m]);
        events += BitOperations.PopCount(movedPairs);
        Counters.PairsReset += BitOperations.PopCount(chosen.AsUInt64().ExtractMostSignificantBits());
        return IsChosen(g).AsUInt64().ExtractMostSignificantBits();
    }

    private void RewriteOneByOne(int m, int end, ReadOnlySpan<float> normal, ref int events)
    {
        float sigma = parameters.Sigma;
        int bits = 0;
        for (int k = m; k < end; k++)
        {
            ref Pair pair = ref Pairs(devices)[k];
            if (IsChosen(pair))
            {
                float difference = pair.Plus - pair.Minus, target = MathF.Abs(difference), written = 0;
                target = parameters.Write == ResetWrite.Rounded ? MathF.Round(target) : target;
                if (target > 0)
                {
                    float deviation = parameters.Noise == ProgrammingNoise.PerPulse ? sigma * MathF.Sqrt(target) : sigma;
                    written = float.MinNative(float.MaxNative(target + (normal[events++] * deviation), 0), top);
                }

                pair = difference > 0 ? new(written, 0) : new(0, written);
                Counters.PairsReset++;
            }

            weights[k] = MinStep * (pair.Plus - pair.Minus);
            bits |= (IsChosen(pair) ? 1 : 0) << (k - m);
        }

        again[m / PairsInVector] = (byte)bits;
    }

    // The exact reset: both devices of a pair fall by their common part, which leaves every weight as it is.
    private void Lower()
    {
        for (int k = 0; k < raised.Length; k++)
        {
            Span<float> some = conductances.Padded[(128 * k)..Math.Min(128 * (k + 1), conductances.Padded.Length)];
            if (raised[k] != 0 && !Lower(some))
            {
                raised[k] = 0;
            }
        }
    }

    // False where no pair was chosen, nor will be before another event raises one.
    private bool Lower(Span<float> some)
    {
        int chosen = 0;
        for (int k = 0; k < some.Length; k += Vector<float>.Count)
        {
            // Lane by lane a conductance g and its partner's; max(g - partner, 0) is what a device keeps.
            Vector<float> g = new(some[k..]);
            Vector<float> partner = Partners(g);
            Vector<float> decides = parameters.Selection == ResetSelection.BothRaised ? Vector.Min(g, partner) : Vector.Max(g, partner);
            Vector<int> isChosen = Vector.GreaterThanOrEqual(decides, new Vector<float>(chosenFrom));
            Vector.ConditionalSelect(isChosen, Vector.Max(g - partner, Vector<float>.Zero), g).CopyTo(some[k..]);
            chosen -= Vector.Sum(isChosen) / 2;
        }

        Counters.PairsReset += chosen;
        return chosen > 0;
    }

    private bool IsChosen(Pair pair) =>
        (parameters.Selection == ResetSelection.BothRaised ? MathF.Min(pair.Plus, pair.Minus) : MathF.Max(pair.Plus, pair.Minus)) >= chosenFrom;

    private Vector512<float> IsChosen(Vector512<float> g) => Vector512.GreaterThanOrEqual(
        parameters.Selection == ResetSelection.BothRaised ? Vector512.MinNative(g, Partners(g)) : Vector512.MaxNative(g, Partners(g)),
        Vector512.Create(chosenFrom));

    private Vector256<float> IsChosen(Vector256<float> g) => Vector256.GreaterThanOrEqual(
        parameters.Selection == ResetSelection.BothRaised ? Vector256.MinNative(g, Partners(g)) : Vector256.MaxNative(g, Partners(g)),
        Vector256.Create(chosenFrom));

    private static Vector256<float> Partners(Vector256<float> g) => Avx.Shuffle(g, g, 0b10_11_00_01);

    private static Vector512<float> Partners(Vector512<float> g) => Avx512F.Shuffle(g.AsInt32(), 0b10_11_00_01).AsSingle();

    private static Vector<float> Partners(Vector<float> g)
    {
        Vector<ulong> pairs = g.As<float, ulong>();
        return ((pairs << 32) | (pairs >>> 32)).As<ulong, float>();
    }

    private static Vector512<byte> ByteOfBit => Vector512.Create(
        0UL, 0x0101_0101_0101_0101, 0x0202_0202_0202_0202, 0x0303_0303_0303_0303,
        0x0404_0404_0404_0404, 0x0505_0505_0505_0505, 0x0606_0606_0606_0606, 0x0707_0707_0707_0707).AsByte();

    private static Vector512<byte> BitOfByte => Vector512.Create(0x8040_2010_0804_0201UL).AsByte();

    private static ulong TurnsOf(int chosen)
    {
        ulong turns = 0, turn = 0;
        for (int pair = 0; pair < PairsInHalf; pair++)
        {
            turns |= (turn | (turn << 8)) << (16 * pair);
            turn += (ulong)(chosen >> pair) & 1;
        }

        return turns;
    }

    private static Span<Pair> Pairs(Span<float> conductances) => MemoryMarshal.Cast<float, Pair>(conductances);

    private readonly record struct Pair(float Plus, float Minus);
}
