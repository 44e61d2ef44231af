using Crosspoint.Repro.Results;

namespace Crosspoint.Repro.Models;

/// <summary>Named tensors with metadata, as they stand in a file: NumPy's .npz and .npy, or safetensors.</summary>
/// <param name="Tensors">The tensors, each name once.</param>
/// <param name="Metadata">Words by name; empty for what a .npy file holds.</param>
internal sealed record ModelFile(IReadOnlyList<Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The most numbers that are read of a file: 2 GB of them.</summary>
    public const long MostNumbers = 1 << 29;

    /// <summary>What a file's name may end in.</summary>
    public const string Endings = ".npz, .npy or .safetensors";

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public Tensor Find(string name, string path) => Tensors.FirstOrDefault(tensor => tensor.Name == name)
        ?? throw CommandException.Failure($"{path}: expected a tensor {name}; it has {string.Join(", ", Tensors.Take(8).Select(t => t.Name))}{(Tensors.Count > 8 ? "..." : string.Empty)}");

    /// <summary>Refuses a name that is none of a model's file.</summary>
    /// <exception cref="CommandException">It ends in something else.</exception>
    public static void RequireName(string path)
    {
        if (FormatOf(path) is null)
        {
            throw CommandException.Usage($"{path}: expected a name that ends in {Endings}");
        }
    }

    /// <summary>Writes a file, whole or not at all, in the format its name tells.</summary>
    /// <exception cref="CommandException">It has another ending, cannot be written, or holds no single tensor as .npy.</exception>
    public void Write(string path)
    {
        RequireName(path);
        if (FormatOf(path) == Format.Npy && Tensors.Count != 1)
        {
            throw CommandException.Usage($"{path}: a .npy file holds one tensor, not {Tensors.Count}; choose one with --planes, or write .npz or .safetensors");
        }

        AtomicFile.Write(path, stream =>
        {
            switch (FormatOf(path))
            {
                case Format.Npz:
                    NpzFile.Write(stream, this);
                    break;
                case Format.Npy:
                    NpyFormat.Write(stream, Tensors[0]);
                    break;
                default:
                    SafetensorsFile.Write(stream, this);
                    break;
            }
        });
    }

    /// <summary>Reads a file in the format its name tells; memory is taken for what is there, not for what the file claims.</summary>
    /// <exception cref="CommandException">It cannot be read, or is damaged or hostile: the message says what was expected.</exception>
    public static ModelFile Read(string path)
    {
        RequireName(path);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return FormatOf(path) switch
            {
                Format.Npz => NpzFile.Read(stream),
                Format.Npy => new ModelFile([NpyFormat.Read(stream, Path.GetFileNameWithoutExtension(path), MostNumbers)], new Dictionary<string, string>()),
                _ => SafetensorsFile.Read(stream),
            };
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or OverflowException)
        {
            throw CommandException.Failure($"{path}: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CommandException.Failure($"{path}: cannot be read ({failure.Message})", failure);
        }
    }

    private static Format? FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".NPZ" => Format.Npz,
        ".NPY" => Format.Npy,
        ".SAFETENSORS" => Format.Safetensors,
        _ => null,
    };

    private enum Format
    {
        Npz,
        Npy,
        Safetensors,
    }
}
