using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Crosspoint.Kernels;

namespace Crosspoint.Repro;

/// <summary>What this program is and what it runs on.</summary>
internal static class BuildInfo
{
    private const string LinuxProcessorFile = "/proc/cpuinfo";

    /// <summary>Version of the program.</summary>
    public static string Version { get; } =
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>The widest vector in use: 512, 256, 128, or 0 for scalar code.</summary>
    public static int VectorBits => VectorWidth.Bits;

    /// <summary>Name of the processor as it calls itself.</summary>
    public static string ProcessorName() =>
        (X86Base.IsSupported ? NameFromCpuId() : NameFromLinux() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER"))
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string? NameFromCpuId()
    {
        const int FirstNameLeaf = unchecked((int)0x8000_0002);
        const int LastNameLeaf = unchecked((int)0x8000_0004);
        StringBuilder name = new();
        for (int leaf = FirstNameLeaf; leaf <= LastNameLeaf; leaf++)
        {
            (int a, int b, int c, int d) = X86Base.CpuId(leaf, 0);
            foreach (int word in (ReadOnlySpan<int>)[a, b, c, d])
            {
                name.Append(Encoding.ASCII.GetString(BitConverter.GetBytes(word)));
            }
        }

        string text = name.ToString().Trim('\0', ' ');
        return text.Length == 0 ? null : text;
    }

    private static string? NameFromLinux() =>
        File.Exists(LinuxProcessorFile)
            ? File.ReadLines(LinuxProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':', 2)[1].Trim()
            : null;
}
