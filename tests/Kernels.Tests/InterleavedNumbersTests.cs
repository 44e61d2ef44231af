using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Kernels.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class InterleavedNumbersTests
{
    [Property(MaxTest = 40)]
    public void Every_kind_holds_its_matrix_padding_and_all(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        PaddedMatrix[] matrices = [.. Enumerable.Range(0, 1 + random.Next(6)).Select(_ => random.Matrix(inputs.Value, outputs.Value, 1))];
        InterleavedNumbers numbers = new(matrices);
        Assert.Equal(matrices.Length, numbers.Kinds);
        for (int k = 0; k < matrices.Length; k++)
        {
            Span<float> expected = matrices[k].Padded;
            for (int place = 0; place < expected.Length; place++)
            {
                Assert.Equal(expected[place], numbers.Of(k, place));
            }

            for (int place = 0; place < expected.Length; place += 8)
            {
                Assert.Equal(Vector256.Create<float>(expected.Slice(place, 8)), numbers.OfEight(k, place));
            }

            for (int place = 0; place < expected.Length; place += 16)
            {
                Assert.Equal(Vector512.Create<float>(expected.Slice(place, 16)), numbers.OfSixteen(k, place));
            }
        }
    }

    [Fact]
    public void The_numbers_are_a_snapshot()
    {
        PaddedMatrix matrix = new(2, 3);
        matrix[1, 2] = 5;
        InterleavedNumbers numbers = new(matrix);
        matrix[1, 2] = 6;
        GC.Collect();
        Assert.Equal(5, numbers.Of(0, 18));
    }

    /// <summary>A local copy, whose fields the compiler holds in registers, has no owner that would keep its memory.</summary>
    [Fact]
    public void Memory_lives_as_long_as_it_is_read()
    {
        Assert.True(LivesUntilRead(Make(out WeakReference memory), memory));
        Assert.True(LivesUntilEightAreRead(Make(out memory), memory));
        Assert.True(LivesUntilSixteenAreRead(Make(out memory), memory));
    }

    [Fact]
    public void No_matrix_and_matrices_of_several_shapes_are_refused()
    {
        Rejected.With("matrices", 1, 0, () => new InterleavedNumbers([]));
        Rejected.With("matrices", 2, 3, () => new InterleavedNumbers(new PaddedMatrix(2, 5), new PaddedMatrix(3, 5)));
        Rejected.With("matrices", 5, 6, () => new InterleavedNumbers(new PaddedMatrix(2, 5), new PaddedMatrix(2, 6)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static InterleavedNumbers[] Make(out WeakReference memory)
    {
        PaddedMatrix matrix = new(2, 16);
        matrix.Padded.Fill(5);
        InterleavedNumbers numbers = new(matrix);
        memory = new WeakReference(typeof(InterleavedNumbers).GetField("memory", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(numbers));
        return [numbers];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool LivesUntilRead(InterleavedNumbers[] owner, WeakReference memory)
    {
        InterleavedNumbers numbers = owner[0];
        owner[0] = default;
        GC.Collect();
        bool lives = memory.IsAlive;
        return numbers.Of(0, 1) == 5 && lives;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool LivesUntilEightAreRead(InterleavedNumbers[] owner, WeakReference memory)
    {
        InterleavedNumbers numbers = owner[0];
        owner[0] = default;
        GC.Collect();
        bool lives = memory.IsAlive;
        return numbers.OfEight(0, 8)[0] == 5 && lives;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool LivesUntilSixteenAreRead(InterleavedNumbers[] owner, WeakReference memory)
    {
        InterleavedNumbers numbers = owner[0];
        owner[0] = default;
        GC.Collect();
        bool lives = memory.IsAlive;
        return numbers.OfSixteen(0, 16)[0] == 5 && lives;
    }
}
