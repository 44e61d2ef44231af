using System.Reflection;
using System.Text;
using Crosspoint.Devices;
using Crosspoint.Kernels;
using Crosspoint.Training;
using Xunit;

namespace Crosspoint.Repro.Tests;

/// <summary>
/// The public surface of the libraries stands in <c>PublicSurface.txt</c>, so that a change to it shows in the diff. After a change that is
/// meant, name a file in <c>CROSSPOINT_WRITE_SURFACE</c> and the test writes the new list there.
/// </summary>
public class PublicSurfaceTests
{
    [Fact]
    public void The_public_surface_is_the_one_that_is_listed()
    {
        string actual = Surface(typeof(MatVec).Assembly, typeof(ICrosspointArray).Assembly, typeof(Trainer).Assembly);
        if (Environment.GetEnvironmentVariable("CROSSPOINT_WRITE_SURFACE") is { Length: > 0 } path)
        {
            File.WriteAllText(path, actual);
        }

        using StreamReader listed = new(typeof(PublicSurfaceTests).Assembly.GetManifestResourceStream("PublicSurface.txt")!);
        Assert.Equal(listed.ReadToEnd().ReplaceLineEndings("\n"), actual);
    }

    private static string Surface(params Assembly[] assemblies)
    {
        StringBuilder text = new();
        foreach (Type type in assemblies.SelectMany(a => a.GetExportedTypes()).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            foreach (string member in type.GetMembers(Own).Where(m => m is not Type && !IsAccessor(m)).Select(m => m.ToString()!).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool IsAccessor(MemberInfo member) => member is MethodInfo { IsSpecialName: true } method && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
