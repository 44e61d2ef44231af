using System.CommandLine;

namespace Crosspoint.Repro.Commands;

/// <summary><c>crosspoint model</c>: trained models out of the states of runs, into files that other programs read, and tried on other hardware.</summary>
internal static class ModelCommand
{
    /// <summary>Builds the verbs.</summary>
    public static Command Create(Host host) => new("model", "Trained models: out of stored runs into .npz, .npy or .safetensors; what a file holds; how well it does")
    {
        ModelExportCommand.Create(host),
        ModelShowCommand.Create(host),
        ModelEvalCommand.Create(host),
    };
}
