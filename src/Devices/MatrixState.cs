using System.Runtime.InteropServices;
using Crosspoint.Kernels;

namespace Crosspoint.Devices;

/// <summary>Matrices as bytes: shape, then the values row by row, little-endian.</summary>
public static class MatrixState
{
    /// <summary>Writes a matrix.</summary>
    public static void Save(BinaryWriter writer, PaddedMatrix matrix) => Save(writer, matrix, matrix.Outputs);

    /// <summary>Writes the first columns of a matrix.</summary>
    public static void Save(BinaryWriter writer, PaddedMatrix matrix, int columns)
    {
        writer.Write(matrix.Inputs);
        writer.Write(columns);
        for (int i = 0; i < matrix.Inputs; i++)
        {
            writer.Write(MemoryMarshal.AsBytes(matrix.Row(i)[..columns]));
        }
    }

    /// <summary>Reads a matrix of the same shape.</summary>
    /// <exception cref="InvalidDataException">The stored shape is another one.</exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    public static void Load(BinaryReader reader, PaddedMatrix matrix) => Load(reader, matrix, matrix.Outputs);

    /// <summary>Reads the first columns of a matrix, as many as were written.</summary>
    /// <exception cref="InvalidDataException">The stored shape is another one.</exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    public static void Load(BinaryReader reader, PaddedMatrix matrix, int columns)
    {
        int inputs = reader.ReadInt32(), outputs = reader.ReadInt32();
        if (inputs != matrix.Inputs || outputs != columns)
        {
            throw new InvalidDataException($"expected a matrix of {matrix.Inputs} x {columns}, got {inputs} x {outputs}");
        }

        for (int i = 0; i < inputs; i++)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(matrix.Row(i)[..columns]));
        }
    }
}
