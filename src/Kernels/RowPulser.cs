using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crosspoint.Kernels;

/// <summary>Applies one pulse to each cross-point of a row, up or down as a signal of its own says.</summary>
/// <remarks>
/// To the bit what <see cref="PulsedUpdater"/> does with trains of one slot in which this row alone pulses, without trains to draw and pack:
/// the n-th cross-point that pulses takes the n-th number of the address. The same bits at every vector width.
/// </remarks>
public sealed class RowPulser
{
    // Those of a block without noise.
    private static readonly float[] FullSteps = [.. Enumerable.Repeat(1f, 16)];

    private readonly PulseNoise noise = new();
    private int[] directions = []; // all bits set where a pulse goes down

    /// <summary>w[row, j] takes one pulse up where the signal is above a threshold, one down where it is below minus the threshold.</summary>
    /// <typeparam name="TDevice">The device type; the loop is compiled once for each.</typeparam>
    /// <param name="device">The devices of the array.</param>
    /// <param name="weights">Weight units, shape [rows, columns].</param>
    /// <param name="row">0 to rows - 1.</param>
    /// <param name="signals">One number for each column, shape [stride of <paramref name="weights"/>]; the padding is zero.</param>
    /// <param name="threshold">At least 0; a signal within ± threshold gives no pulse.</param>
    /// <param name="negate">Whether all directions are turned round.</param>
    /// <param name="sigma">Deviation of a step from cycle to cycle, as a fraction of the step, at least 0; 0 draws no numbers.</param>
    /// <param name="at">Where the numbers of these pulses stand.</param>
    /// <returns>The number of pulses.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is out of range.</exception>
    public int Apply<TDevice>(
        in TDevice device, PaddedMatrix weights, int row, ReadOnlySpan<float> signals, float threshold, bool negate, float sigma,
        in RandomAddress at)
        where TDevice : struct, IPulsedDevice
    {
        ThrowHelper.RequireLength(nameof(device), weights.Inputs, device.Shape.Inputs);
        ThrowHelper.RequireLength(nameof(device), weights.Outputs, device.Shape.Outputs);
        ThrowHelper.RequireInRange(nameof(row), 0, weights.Inputs - 1, row);
        ThrowHelper.RequireLength(nameof(signals), weights.Stride, signals.Length);
        ThrowHelper.RequireInRange(nameof(threshold), 0, float.MaxValue, threshold);
        ThrowHelper.RequireInRange(nameof(sigma), 0, float.MaxValue, sigma);
        int place = row * weights.Stride;
        ref float w = ref Unsafe.Add(ref weights.First, place);
        bool isNoisy = sigma > 0;
        ref float factors = ref MemoryMarshal.GetArrayDataReference(FullSteps);
        if (isNoisy)
        {
            noise.Begin(at, 1, sigma, signals.Length, signals.Length);
            factors = ref noise.Ahead(signals.Length);
        }

        if (!PulseLoops.AreVectors)
        {
            return OneByOne(device, place, signals, threshold, negate, ref factors, isNoisy, ref w);
        }

        if (directions.Length < signals.Length)
        {
            directions = new int[signals.Length];
        }

        int turn = negate ? -1 : 0;
        for (int j = 0; j < signals.Length; j += Vector256<int>.Count)
        {
            ((Vector256.Create(signals[j..]).AsInt32() >> 31) ^ Vector256.Create(turn)).CopyTo(directions, j);
        }

        return Vector512.IsHardwareAccelerated && Avx512F.IsSupported
            ? Blocks<TDevice, Width512, Block512, Vector512<float>>(device, place, signals, threshold, ref directions[0], ref factors, isNoisy, ref w)
            : Blocks<TDevice, Width256, Block256, Vector256<float>>(device, place, signals, threshold, ref directions[0], ref factors, isNoisy, ref w);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Blocks<TDevice, TWidth, TBlock, T>(
        TDevice device, int place, ReadOnlySpan<float> signals, float threshold, ref int down, ref float factors, bool isNoisy, ref float w)
        where TDevice : struct, IPulsedDevice
        where TWidth : struct, IWidth<T>
        where TBlock : struct, IBlock<T>
        where T : struct
    {
        ref float from = ref MemoryMarshal.GetReference(signals);
        int pulses = 0;
        for (int j = 0; j < signals.Length; j += Unsafe.SizeOf<T>() / sizeof(float))
        {
            uint some = TBlock.Beyond(ref from, (nuint)j, threshold);
            T idle = TBlock.Prepare(device, place, ref down, j, out PulseParameters<T> p);
            T m = TBlock.Factors(InTurn.Of(~some), isNoisy ? (uint)pulses : 0, idle, ref factors);
            TBlock.Store(device.Pulse<TWidth, T>(TBlock.Load(ref w, (nuint)j), m, p), ref w, (nuint)j);
            pulses += BitOperations.PopCount(some);
        }

        return pulses;
    }

    private static int OneByOne<TDevice>(
        in TDevice device, int place, ReadOnlySpan<float> signals, float threshold, bool negate, ref float factors, bool isNoisy, ref float w)
        where TDevice : struct, IPulsedDevice
    {
        int pulses = 0;
        for (int j = 0; j < signals.Length; j++)
        {
            float s = negate ? -signals[j] : signals[j];
            if (s > threshold || s < -threshold)
            {
                device.Prepare(place + j, s < 0 ? -1 : 0, out PulseParameters<float> p);
                ref float v = ref Unsafe.Add(ref w, j);
                v = device.Pulse<Width1, float>(v, Unsafe.Add(ref factors, isNoisy ? pulses : 0), p);
                pulses++;
            }
        }

        return pulses;
    }
}
