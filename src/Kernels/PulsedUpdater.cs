using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Applies the coincidences of an update to the weights of an array, pulse by pulse, each with noise of its own.</summary>
/// <remarks>
/// Stochastic update by coincidence, T. Gokmen, Y. Vlasov, Front. Neurosci. 10:333 (2016). Rows come in ascending order, in each the columns
/// by sixteen, of sixteen columns the slots in ascending order, in a slot the columns: the n-th pulse in this order takes the n-th number
/// of the address. A row without a pulse costs nothing, sixteen columns that meet none of a row's pulses cost one test. Coincidences are
/// never counted: a slot's pulses are a mask of lanes, and numbers are spread over the lanes that meet. The same bits at every vector width.
/// </remarks>
public sealed class PulsedUpdater
{
    private const int Lanes = 16;
    private const int Together = 4; // blocks of sixteen columns in the 512-bit loop
    private readonly PulseNoise noise = new();
    private readonly float[] ones = new float[2 * Lanes];
    private readonly int[] rowOf;
    private readonly int[] blocks;
    private readonly int[] isDown; // of each column, all bits set or none
    private readonly int rowCount;
    private readonly int columnCount;
    private uint[] rowTrains;
    private uint[] columnTrains;

    /// <summary>Makes room for an array.</summary>
    /// <param name="rows">Input lines, at least 1.</param>
    /// <param name="columns">Output lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public PulsedUpdater(int rows, int columns)
    {
        ThrowHelper.RequireAtLeast(nameof(rows), 1, rows);
        ThrowHelper.RequireAtLeast(nameof(columns), 1, columns);
        rowCount = rows;
        columnCount = columns;
        int stride = LineTrains.CompactLength(columns, 1);
        rowOf = new int[LineTrains.CompactLength(rows, 1)];
        rowTrains = new uint[rowOf.Length];
        columnTrains = new uint[stride];
        isDown = new int[stride];
        blocks = new int[stride / Lanes];
        ones.AsSpan().Fill(1);
    }

    /// <summary>w[i, j] takes one pulse for each slot in which row i and column j pulse: up where their signs agree, down where they differ.</summary>
    /// <typeparam name="TDevice">The device type; the loop is compiled once for each.</typeparam>
    /// <param name="device">The devices of the array.</param>
    /// <param name="weights">Weight units, shape [rows, columns].</param>
    /// <param name="rows">Trains of the input lines.</param>
    /// <param name="columns">Trains of the output lines, in the same slots.</param>
    /// <param name="sigma">Deviation of a step from cycle to cycle, as a fraction of the step, at least 0; 0 draws no numbers.</param>
    /// <param name="kind">How the noise of several pulses of a cross-point is drawn.</param>
    /// <param name="at">Where the numbers of this update stand.</param>
    /// <param name="events">Receives the number of cross-points with at least one coincidence.</param>
    /// <returns>The coincidences.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is out of range.</exception>
    public long Apply<TDevice>(
        in TDevice device, PaddedMatrix weights, LineTrains rows, LineTrains columns, float sigma, PulseNoiseKind kind,
        in RandomAddress at, out long events)
        where TDevice : struct, IPulsedDevice
    {
        ThrowHelper.RequireLength(nameof(device), rowCount, device.Shape.Inputs);
        ThrowHelper.RequireLength(nameof(device), columnCount, device.Shape.Outputs);
        ThrowHelper.RequireLength(nameof(weights), rowCount, weights.Inputs);
        ThrowHelper.RequireLength(nameof(weights), columnCount, weights.Outputs);
        ThrowHelper.RequireLength(nameof(rows), rowCount, rows.Lines);
        ThrowHelper.RequireLength(nameof(columns), columnCount, columns.Lines);
        ThrowHelper.RequireLength(nameof(columns), rows.BitLength, columns.BitLength);
        ThrowHelper.RequireInRange(nameof(sigma), 0, float.MaxValue, sigma);
        ThrowHelper.RequireInRange(nameof(kind), 0, (int)PulseNoiseKind.Aggregated, (int)kind);

        events = 0;
        int planes = columns.Planes, active = ActiveBlocks(columns);
        if (active == 0)
        {
            return 0;
        }

        Grow(ref rowTrains, LineTrains.CompactLength(rowCount, planes));
        int activeRows = rows.Compact(rowOf, rowTrains);
        if (sigma > 0)
        {
            bool each = kind == PulseNoiseKind.EachPulse;
            long expected = rows.Pulses * columns.Pulses / columns.BitLength;
            noise.Begin(at, each ? 1 : 0, sigma, expected, each ? Together * Lanes * columns.BitLength : Lanes);
        }

        long coincidences = 0;
        Span<uint> train = stackalloc uint[planes];
        for (int r = 0; r < activeRows; r++)
        {
            bool any = false;
            for (int p = 0; p < planes; p++)
            {
                train[p] = rowTrains[(p * activeRows) + r];
                any |= train[p] != 0;
            }

            if (!any)
            {
                break; // the rest is padding
            }

            int rowIsDown = BitConverter.SingleToInt32Bits(rows.Values[rowOf[r]]) >> 31;
            Row row = new(train, rowIsDown, rowOf[r] * weights.Stride, ref weights.First);
            coincidences += kind == PulseNoiseKind.EachPulse
                ? EachPulse(device, row, blocks.AsSpan(0, active), sigma, ref events)
                : Aggregated(device, row, blocks.AsSpan(0, active), sigma, ref events);
        }

        return coincidences;
    }

    // Copies the column trains side by side, padded with empty ones, and lists the sixteens of which one pulses.
    private int ActiveBlocks(LineTrains columns)
    {
        int stride = isDown.Length, planes = columns.Planes;
        Grow(ref columnTrains, planes * stride);
        for (int p = 0; p < planes; p++)
        {
            columns.Words.Slice(p * columnCount, columnCount).CopyTo(columnTrains.AsSpan(p * stride));
            columnTrains.AsSpan((p * stride) + columnCount, stride - columnCount).Clear();
        }

        ReadOnlySpan<int> signs = MemoryMarshal.Cast<float, int>(columns.Values);
        for (int j = 0; j < signs.Length; j++)
        {
            isDown[j] = signs[j] >> 31;
        }

        int n = 0;
        for (int j = 0; j < stride; j += Lanes)
        {
            bool any = false;
            for (int p = 0; p < planes; p++)
            {
                any |= columnTrains.AsSpan((p * stride) + j, Lanes).ContainsAnyExcept(0u);
            }

            blocks[n] = j;
            n += any ? 1 : 0;
        }

        return n;
    }

    private long EachPulse<TDevice>(in TDevice device, in Row row, ReadOnlySpan<int> active, float sigma, ref long events)
        where TDevice : struct, IPulsedDevice
    {
        int stride = isDown.Length, most = 0, advance = sigma > 0 ? 1 : 0;
        foreach (uint word in row.Train)
        {
            most += Lanes * BitOperations.PopCount(word);
        }

        long coincidences = 0;
        Span<int> waiting = stackalloc int[Together];
        int n = 0;
        foreach (int j in active)
        {
            ref uint trains = ref columnTrains[j];
            if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            {
                Vector512<uint> met = Met512(ref trains, stride, row.Train);
                int here = BitOperations.PopCount((~Vector512.Equals(met, Vector512<uint>.Zero)).ExtractMostSignificantBits());
                events += here;
                waiting[n] = j;
                n += here > 0 ? 1 : 0;
                if (n == Together)
                {
                    coincidences += Four512(device, row, waiting, most, sigma);
                    n = 0;
                }
            }
            else
            {
                ref float w = ref Unsafe.Add(ref row.Weights, row.Place + j);
                int used = Vector256.IsHardwareAccelerated && Avx2.IsSupported
                    ? EachPulse256(device, row, j, ref trains, ref w, most, sigma, ref events)
                    : EachPulseScalar(device, row, j, ref trains, ref w, most, sigma, ref events);
                coincidences += used;
                noise.Take(used * advance);
            }
        }

        foreach (int j in waiting[..n])
        {
            int used = Pulses512(
                device, row.Place + j, Vector512.LoadUnsafe(ref isDown[j]) ^ Vector512.Create(row.IsDown), ref columnTrains[j], stride, row.Train,
                ref Ahead(most, sigma), -advance, ref Unsafe.Add(ref row.Weights, row.Place + j));
            coincidences += used;
            noise.Take(used * advance);
        }

        return coincidences;
    }

    // Four times sixteen columns side by side, so that the steps of one do not wait for those of another; each takes its numbers as if it
    // came after the one before.
    private int Four512<TDevice>(in TDevice device, in Row row, ReadOnlySpan<int> blocks, int most, float sigma)
        where TDevice : struct, IPulsedDevice
    {
        int stride = isDown.Length, advance = sigma > 0 ? 1 : 0;
        Block a = new(blocks[0], this, row), b = new(blocks[1], this, row), c = new(blocks[2], this, row), d = new(blocks[3], this, row);
        ref float factors = ref Ahead(Together * most, sigma);
        int second = a.Count(stride, row.Train), third = second + b.Count(stride, row.Train), fourth = third + c.Count(stride, row.Train);
        int used = FourPulses512(
            device, row.Place, row.Train, stride, a, b, c, d, ref factors, ref Unsafe.Add(ref factors, second * advance),
            ref Unsafe.Add(ref factors, third * advance), ref Unsafe.Add(ref factors, fourth * advance), -advance, ref row.Weights);
        noise.Take(used * advance);
        return used;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FourPulses512<TDevice>(
        TDevice device, int place, ReadOnlySpan<uint> train, int stride, in Block a, in Block b, in Block c, in Block d,
        ref float fa, ref float fb, ref float fc, ref float fd, int advance, ref float weights)
        where TDevice : struct, IPulsedDevice
    {
        device.Prepare(place + a.Column, a.Down, out PulseParameters<Vector512<float>> pa);
        device.Prepare(place + b.Column, b.Down, out PulseParameters<Vector512<float>> pb);
        device.Prepare(place + c.Column, c.Down, out PulseParameters<Vector512<float>> pc);
        device.Prepare(place + d.Column, d.Down, out PulseParameters<Vector512<float>> pd);
        ref float w = ref Unsafe.Add(ref weights, place);
        Vector512<float> va = Vector512.LoadUnsafe(ref w, (nuint)a.Column), vb = Vector512.LoadUnsafe(ref w, (nuint)b.Column);
        Vector512<float> vc = Vector512.LoadUnsafe(ref w, (nuint)c.Column), vd = Vector512.LoadUnsafe(ref w, (nuint)d.Column);
        Vector512<float> ia = Idle(a.Down), ib = Idle(b.Down), ic = Idle(c.Down), id = Idle(d.Down);
        int na = 0, nb = 0, nc = 0, nd = 0;
        for (int p = 0; p < train.Length; p++)
        {
            Vector512<uint> ta = a.Trains(p, stride), tb = b.Trains(p, stride), tc = c.Trains(p, stride), td = d.Trains(p, stride);
            for (uint left = train[p]; left != 0; left &= left - 1)
            {
                int shift = PulseTrains.SlotsPerWord - 1 - BitOperations.TrailingZeroCount(left);
                va = device.Pulse(va, Factors(ta << shift, ia, ref fa, ref na, advance), pa);
                vb = device.Pulse(vb, Factors(tb << shift, ib, ref fb, ref nb, advance), pb);
                vc = device.Pulse(vc, Factors(tc << shift, ic, ref fc, ref nc, advance), pc);
                vd = device.Pulse(vd, Factors(td << shift, id, ref fd, ref nd, advance), pd);
            }
        }

        va.StoreUnsafe(ref w, (nuint)a.Column);
        vb.StoreUnsafe(ref w, (nuint)b.Column);
        vc.StoreUnsafe(ref w, (nuint)c.Column);
        vd.StoreUnsafe(ref w, (nuint)d.Column);
        return na + nb + nc + nd;
    }

    // The numbers in turn to the lanes whose sign bit is set.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Factors(Vector512<uint> pulses, Vector512<float> idle, ref float factors, ref int used, int advance)
    {
        Vector512<float> some = Vector512.LoadUnsafe(ref factors, (nuint)(used & advance));
        used += BitOperations.PopCount(pulses.ExtractMostSignificantBits());
        return Avx512F.Expand(idle, pulses.AsSingle(), some);
    }

    // The pulses of sixteen columns. It calls nothing that is not inlined, so that the weights stay in a register from pulse to pulse.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Pulses512<TDevice>(
        TDevice device, int place, Vector512<int> down, ref uint trains, int stride, ReadOnlySpan<uint> train, ref float factors, int advance,
        ref float w)
        where TDevice : struct, IPulsedDevice
    {
        device.Prepare(place, down, out PulseParameters<Vector512<float>> parameters);
        Vector512<float> v = Vector512.LoadUnsafe(ref w), idle = Idle(down);
        int used = 0;
        for (int p = 0; p < train.Length; p++)
        {
            Vector512<uint> columns = Vector512.LoadUnsafe(ref trains, (nuint)(p * stride));
            for (uint left = train[p]; left != 0; left &= left - 1)
            {
                // The bit of the slot, in the place of the sign, is a mask of lanes as it is.
                int shift = PulseTrains.SlotsPerWord - 1 - BitOperations.TrailingZeroCount(left);
                v = device.Pulse(v, Factors(columns << shift, idle, ref factors, ref used, advance), parameters);
            }
        }

        v.StoreUnsafe(ref w);
        return used;
    }

    private ref float Ahead(int most, float sigma)
    {
        if (sigma > 0)
        {
            return ref noise.Ahead(most);
        }

        return ref ones[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Met512(ref uint trains, int stride, ReadOnlySpan<uint> train)
    {
        Vector512<uint> met = Vector512.LoadUnsafe(ref trains) & Vector512.Create(train[0]);
        for (int p = 1; p < train.Length; p++)
        {
            met |= Vector512.LoadUnsafe(ref trains, (nuint)(p * stride)) & Vector512.Create(train[p]);
        }

        return met;
    }

    // Sixteen columns in two halves, which share out the numbers of a slot in the order of the lanes.
    private int EachPulse256<TDevice>(
        in TDevice device, in Row row, int j, ref uint trains, ref float w, int most, float sigma, ref long events)
        where TDevice : struct, IPulsedDevice
    {
        int stride = isDown.Length;
        Vector256<uint> met0 = Vector256<uint>.Zero, met1 = met0;
        for (int p = 0; p < row.Train.Length; p++)
        {
            Vector256<uint> train = Vector256.Create(row.Train[p]);
            met0 |= Vector256.LoadUnsafe(ref trains, (nuint)(p * stride)) & train;
            met1 |= Vector256.LoadUnsafe(ref trains, (nuint)(p * stride) + 8) & train;
        }

        if ((met0 | met1) == Vector256<uint>.Zero)
        {
            return 0;
        }

        int used = Pulses256(
            device, row.Place + j, ref isDown[j], row.IsDown, ref trains, stride, row.Train, ref Ahead(most, sigma), sigma > 0 ? -1 : 0,
            ref MemoryMarshal.GetArrayDataReference(Spread), ref w);
        events += 16 - BitOperations.PopCount(Vector256.Equals(met0, Vector256<uint>.Zero).ExtractMostSignificantBits())
            - BitOperations.PopCount(Vector256.Equals(met1, Vector256<uint>.Zero).ExtractMostSignificantBits());
        return used;
    }

    // The factor of lanes that do not pulse, a zero: of the sign that makes its product with a step up or down -0, which added to a weight
    // leaves even a zero as it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Idle(Vector512<int> down) => Vector512.AndNot(Vector512.Create(-0.0f), down.AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Idle(Vector256<int> down) => Vector256.AndNot(Vector256.Create(-0.0f), down.AsSingle());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Pulses256<TDevice>(
        TDevice device, int place, ref int isDown, int rowIsDown, ref uint trains, int stride, ReadOnlySpan<uint> train, ref float factors,
        int advance, ref ulong spread, ref float w)
        where TDevice : struct, IPulsedDevice
    {
        Vector256<int> down0 = Vector256.LoadUnsafe(ref isDown) ^ Vector256.Create(rowIsDown);
        Vector256<int> down1 = Vector256.LoadUnsafe(ref isDown, 8) ^ Vector256.Create(rowIsDown);
        Vector256<float> idle0 = Idle(down0), idle1 = Idle(down1);
        device.Prepare(place, down0, out PulseParameters<Vector256<float>> p0);
        device.Prepare(place + 8, down1, out PulseParameters<Vector256<float>> p1);
        Vector256<float> v0 = Vector256.LoadUnsafe(ref w), v1 = Vector256.LoadUnsafe(ref w, 8);
        int used = 0;
        for (int p = 0; p < train.Length; p++)
        {
            Vector256<uint> c0 = Vector256.LoadUnsafe(ref trains, (nuint)(p * stride)), c1 = Vector256.LoadUnsafe(ref trains, (nuint)(p * stride) + 8);
            for (uint left = train[p]; left != 0; left &= left - 1)
            {
                Vector256<uint> bit = Vector256.Create(left & (0 - left));
                Vector256<uint> pulses0 = Vector256.Equals(c0 & bit, bit), pulses1 = Vector256.Equals(c1 & bit, bit);
                uint mask0 = pulses0.ExtractMostSignificantBits(), mask1 = pulses1.ExtractMostSignificantBits();
                Vector256<float> m0 = Expand(ref Unsafe.Add(ref factors, used & advance), idle0, pulses0, Unsafe.Add(ref spread, mask0));
                used += BitOperations.PopCount(mask0);
                Vector256<float> m1 = Expand(ref Unsafe.Add(ref factors, used & advance), idle1, pulses1, Unsafe.Add(ref spread, mask1));
                used += BitOperations.PopCount(mask1);
                v0 = device.Pulse(v0, m0, p0);
                v1 = device.Pulse(v1, m1, p1);
            }
        }

        v0.StoreUnsafe(ref w);
        v1.StoreUnsafe(ref w, 8);
        return used;
    }

    // The numbers in turn to the lanes that pulse; an idle factor to the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Expand(ref float from, Vector256<float> idle, Vector256<uint> pulses, ulong spread)
    {
        Vector256<int> lanes = Avx2.ConvertToVector256Int32(Vector128.CreateScalar(spread).AsByte());
        return Vector256.ConditionalSelect(pulses.AsSingle(), Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref from), lanes), idle);
    }

    private int EachPulseScalar<TDevice>(
        in TDevice device, in Row row, int j, ref uint trains, ref float w, int most, float sigma, ref long events)
        where TDevice : struct, IPulsedDevice
    {
        ref float factors = ref Ahead(most, sigma);
        int stride = isDown.Length, used = 0;
        Span<uint> lanes = stackalloc uint[Lanes];
        for (int p = 0; p < row.Train.Length; p++)
        {
            for (uint left = row.Train[p]; left != 0; left &= left - 1)
            {
                for (int l = 0; l < Lanes; l++)
                {
                    if ((Unsafe.Add(ref trains, (p * stride) + l) & left & (0 - left)) != 0)
                    {
                        device.Prepare(row.Place + j + l, isDown[j + l] ^ row.IsDown, out PulseParameters<float> parameters);
                        ref float v = ref Unsafe.Add(ref w, l);
                        v = device.Pulse(v, sigma > 0 ? Unsafe.Add(ref factors, used) : 1, parameters);
                        lanes[l] = 1;
                        used++;
                    }
                }
            }
        }

        foreach (uint lane in lanes)
        {
            events += lane;
        }

        return used;
    }

    private long Aggregated<TDevice>(in TDevice device, in Row row, ReadOnlySpan<int> active, float sigma, ref long events)
        where TDevice : struct, IPulsedDevice
    {
        int stride = isDown.Length;
        long coincidences = 0;
        Span<float> counts = stackalloc float[Lanes];
        foreach (int j in active)
        {
            ref uint trains = ref columnTrains[j];
            ref float w = ref Unsafe.Add(ref row.Weights, row.Place + j);
            if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            {
                if (Met512(ref trains, stride, row.Train) == Vector512<uint>.Zero)
                {
                    continue;
                }

                Vector512<int> count = Vector512<int>.Zero;
                for (int p = 0; p < row.Train.Length; p++)
                {
                    count += Bits.SumBytes(Bits.CountBytes(Vector512.LoadUnsafe(ref trains, (nuint)(p * stride)) & Vector512.Create(row.Train[p])));
                }

                Vector512<int> down = Vector512.LoadUnsafe(ref isDown[j]) ^ Vector512.Create(row.IsDown);
                Vector512<float> n = Vector512.ConvertToSingle(count), m = n;
                Vector512<int> some = ~Vector512.Equals(count, Vector512<int>.Zero);
                int here = BitOperations.PopCount(some.ExtractMostSignificantBits());
                if (sigma > 0)
                {
                    Vector512<float> xi = Avx512F.Expand(Vector512<float>.Zero, some.AsSingle(), Vector512.LoadUnsafe(ref noise.Ahead(Lanes)));
                    m = Vector512.FusedMultiplyAdd(Vector512.Sqrt(n), xi, n);
                    noise.Take(here);
                }

                m = Vector512.ConditionalSelect(some.AsSingle(), m, Idle(down));
                device.Prepare(row.Place + j, down, out PulseParameters<Vector512<float>> parameters);
                device.Pulse(Vector512.LoadUnsafe(ref w), m, parameters).StoreUnsafe(ref w);
                coincidences += Vector512.Sum(count);
                events += here;
                continue;
            }

            ref float xis = ref Ahead(Lanes, sigma);
            int used = 0;
            for (int l = 0; l < Lanes; l++)
            {
                int n = 0;
                for (int p = 0; p < row.Train.Length; p++)
                {
                    n += BitOperations.PopCount(Unsafe.Add(ref trains, (p * stride) + l) & row.Train[p]);
                }

                if (n == 0)
                {
                    counts[l] = (isDown[j + l] ^ row.IsDown) == 0 ? -0.0f : 0;
                    continue;
                }

                counts[l] = sigma > 0 ? MathF.FusedMultiplyAdd(MathF.Sqrt(n), Unsafe.Add(ref xis, used), n) : n;
                used++;
                coincidences += n;
            }

            events += used;
            noise.Take(sigma > 0 ? used : 0);
            if (used > 0)
            {
                Pulse(device, row, j, ref w, counts);
            }
        }

        return coincidences;
    }

    private void Pulse<TDevice>(in TDevice device, in Row row, int j, ref float w, Span<float> m)
        where TDevice : struct, IPulsedDevice
    {
        if (Vector256.IsHardwareAccelerated)
        {
            for (int half = 0; half < Lanes; half += 8)
            {
                Vector256<int> down = Vector256.LoadUnsafe(ref isDown[j + half]) ^ Vector256.Create(row.IsDown);
                device.Prepare(row.Place + j + half, down, out PulseParameters<Vector256<float>> p);
                ref float v = ref Unsafe.Add(ref w, half);
                device.Pulse(Vector256.LoadUnsafe(ref v), Vector256.LoadUnsafe(ref m[half]), p).StoreUnsafe(ref v);
            }

            return;
        }

        for (int l = 0; l < Lanes; l++)
        {
            device.Prepare(row.Place + j + l, isDown[j + l] ^ row.IsDown, out PulseParameters<float> p);
            Unsafe.Add(ref w, l) = device.Pulse(Unsafe.Add(ref w, l), m[l], p);
        }
    }

    private static void Grow(ref uint[] trains, int room)
    {
        if (trains.Length < room)
        {
            trains = new uint[room];
        }
    }

    // For each mask of eight lanes, eight bytes: which of the numbers in turn a lane takes.
    private static readonly ulong[] Spread = MakeSpread();

    private static ulong[] MakeSpread()
    {
        ulong[] spread = new ulong[256];
        for (int mask = 0; mask < 256; mask++)
        {
            for (int lane = 0, n = 0; lane < 8; lane++)
            {
                spread[mask] |= (ulong)n << (8 * lane);
                n += (mask >> lane) & 1;
            }
        }

        return spread;
    }

    // One row that pulses.
    private readonly ref struct Row(ReadOnlySpan<uint> train, int isDown, int place, ref float weights)
    {
        public readonly ReadOnlySpan<uint> Train = train;
        public readonly int IsDown = isDown;
        public readonly int Place = place;
        public readonly ref float Weights = ref weights;
    }
    // Sixteen columns of a row that pulses.
    private readonly ref struct Block
    {
        public readonly int Column;
        public readonly Vector512<int> Down;
        private readonly ref uint trains;

        public Block(int column, PulsedUpdater owner, in Row row)
        {
            Column = column;
            Down = Vector512.LoadUnsafe(ref owner.isDown[column]) ^ Vector512.Create(row.IsDown);
            trains = ref owner.columnTrains[column];
        }

        public Vector512<uint> Trains(int plane, int stride) => Vector512.LoadUnsafe(ref trains, (nuint)(plane * stride));

        public int Count(int stride, ReadOnlySpan<uint> train)
        {
            Vector512<int> count = Vector512<int>.Zero;
            for (int p = 0; p < train.Length; p++)
            {
                count += Bits.SumBytes(Bits.CountBytes(Trains(p, stride) & Vector512.Create(train[p])));
            }

            return Vector512.Sum(count);
        }
    }
}
