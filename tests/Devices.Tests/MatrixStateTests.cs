using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests;

[Properties(Arbitrary = [typeof(Generators)])]
public class MatrixStateTests
{
    [Property]
    public void What_was_saved_is_loaded_bit_for_bit(Size inputs, Size outputs, DataSeed data)
    {
        PaddedMatrix saved = data.Random().Matrix(inputs.Value, outputs.Value), loaded = new(inputs.Value, outputs.Value);
        byte[] state = State(saved);
        Assert.Equal(8 + (4 * inputs.Value * outputs.Value), state.Length);
        MatrixState.Load(new BinaryReader(new MemoryStream(state)), loaded);
        Same.Bits(saved.Padded, loaded.Padded);
    }

    [Fact]
    public void Another_shape_and_a_short_state_are_refused()
    {
        byte[] state = State(new PaddedMatrix(2, 3));
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => MatrixState.Load(new BinaryReader(new MemoryStream(state)), new PaddedMatrix(3, 2)));
        Assert.Contains("3 x 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("2 x 3", error.Message, StringComparison.Ordinal);
        Assert.Throws<EndOfStreamException>(
            () => MatrixState.Load(new BinaryReader(new MemoryStream(state[..^1])), new PaddedMatrix(2, 3)));
        Assert.Throws<EndOfStreamException>(
            () => MatrixState.Load(new BinaryReader(new MemoryStream(state[..5])), new PaddedMatrix(2, 3)));
    }

    private static byte[] State(PaddedMatrix matrix)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        MatrixState.Save(writer, matrix);
        return stream.ToArray();
    }
}
