using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>The steps of the devices of one array: signed size at zero weight and slope with the weight, up and down.</summary>
/// <remarks>Steps from device to device: Δ (1 + σ ξ), never below a hundredth of Δ; a step that came out negative would run away.</remarks>
public sealed class StepTable
{
    private const float SmallestPart = 0.01f;

    /// <summary>What the steps of an array are drawn from.</summary>
    public sealed record Parameters
    {
        /// <summary>Mean step Δ of a pulse at zero weight, in weight units, above 0.</summary>
        public float Step { get; init; } = 0.001f;

        /// <summary>Deviation of Δ from device to device, as a fraction of it, at least 0.</summary>
        public float StepSpread { get; init; }

        /// <summary>Deviation of the difference between up and down step from device to device, as a fraction of Δ, at least 0.</summary>
        public float UpDownSpread { get; init; }

        /// <summary>γ: a step up shrinks to 1 - γ w of its size, a step down to 1 + γ w; in 1 / weight units, at least 0.</summary>
        public float Slope { get; init; }

        /// <summary>Deviation of γ from device to device, as a fraction of it, at least 0.</summary>
        public float SlopeSpread { get; init; }
    }

    /// <summary>Draws the devices of an array.</summary>
    /// <param name="inputs">Input lines, at least 1.</param>
    /// <param name="outputs">Output lines, at least 1.</param>
    /// <param name="parameters">What they are drawn from.</param>
    /// <param name="at">Where their numbers stand; nothing is drawn from where there is no spread.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public StepTable(int inputs, int outputs, Parameters parameters, in RandomAddress at)
    {
        Require.Positive(nameof(Parameters.Step), parameters.Step);
        Require.NotNegative(nameof(Parameters.StepSpread), parameters.StepSpread);
        Require.NotNegative(nameof(Parameters.UpDownSpread), parameters.UpDownSpread);
        Require.NotNegative(nameof(Parameters.Slope), parameters.Slope);
        Require.NotNegative(nameof(Parameters.SlopeSpread), parameters.SlopeSpread);
        Step = parameters.Step;
        (Up, Down, UpSlope, DownSlope) = (new(inputs, outputs), new(inputs, outputs), new(inputs, outputs), new(inputs, outputs));
        ulong device = 0;
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < outputs; j++, device++)
            {
                float size = 1 + Spread(parameters.StepSpread, at, 4 * device);
                float difference = Spread(parameters.UpDownSpread, at, (4 * device) + 1);
                float up = parameters.Step * MathF.Max(size + (difference / 2), SmallestPart);
                float down = parameters.Step * MathF.Max(size - (difference / 2), SmallestPart);
                Up[i, j] = up;
                Down[i, j] = -down;
                UpSlope[i, j] = -up * parameters.Slope * MathF.Max(1 + Spread(parameters.SlopeSpread, at, (4 * device) + 2), 0);
                DownSlope[i, j] = -down * parameters.Slope * MathF.Max(1 + Spread(parameters.SlopeSpread, at, (4 * device) + 3), 0);
            }
        }
    }

    /// <summary>Mean step Δ, in weight units.</summary>
    public float Step { get; }

    /// <summary>Change by an up pulse at zero weight, above 0, shape [inputs, outputs].</summary>
    public PaddedMatrix Up { get; }

    /// <summary>Change by a down pulse at zero weight, below 0, shape [inputs, outputs].</summary>
    public PaddedMatrix Down { get; }

    /// <summary>What the weight times this adds to an up pulse, at most 0, shape [inputs, outputs].</summary>
    public PaddedMatrix UpSlope { get; }

    /// <summary>What the weight times this adds to a down pulse, at most 0, shape [inputs, outputs].</summary>
    public PaddedMatrix DownSlope { get; }

    /// <summary>The signed steps at zero weight of cross-points from one place on, each in its direction.</summary>
    internal float Scale(int place, int isDown) => Unsafe.Add(ref isDown != 0 ? ref Down.First : ref Up.First, place);

    /// <inheritdoc cref="Scale(int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<float> Scale(int place, Vector256<int> isDown) => Vector256.ConditionalSelect(
        isDown.AsSingle(), Vector256.LoadUnsafe(ref Down.First, (nuint)place), Vector256.LoadUnsafe(ref Up.First, (nuint)place));

    /// <inheritdoc cref="Scale(int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<float> Scale(int place, Vector512<int> isDown) => Vector512.ConditionalSelect(
        isDown.AsSingle(), Vector512.LoadUnsafe(ref Down.First, (nuint)place), Vector512.LoadUnsafe(ref Up.First, (nuint)place));

    /// <summary>The slopes of the steps of cross-points from one place on, each in its direction.</summary>
    internal float Slope(int place, int isDown) => Unsafe.Add(ref isDown != 0 ? ref DownSlope.First : ref UpSlope.First, place);

    /// <inheritdoc cref="Slope(int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<float> Slope(int place, Vector256<int> isDown) => Vector256.ConditionalSelect(
        isDown.AsSingle(), Vector256.LoadUnsafe(ref DownSlope.First, (nuint)place), Vector256.LoadUnsafe(ref UpSlope.First, (nuint)place));

    /// <inheritdoc cref="Slope(int, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<float> Slope(int place, Vector512<int> isDown) => Vector512.ConditionalSelect(
        isDown.AsSingle(), Vector512.LoadUnsafe(ref DownSlope.First, (nuint)place), Vector512.LoadUnsafe(ref UpSlope.First, (nuint)place));

    private static float Spread(float deviation, in RandomAddress at, ulong index) =>
        deviation > 0 ? deviation * Gaussian.At(at, index) : 0;
}
