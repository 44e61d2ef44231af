using System.Security.Cryptography;
using System.Text;
using Crosspoint.Repro.Experiments;

namespace Crosspoint.Repro.Results;

/// <summary>The hash of everything that a result depends on, so that a changed parameter never meets an old result.</summary>
internal static class RunKey
{
    /// <summary>Length of a key in bytes.</summary>
    public const int Bytes = SHA256.HashSizeInBytes;

    /// <summary>Digits of a key that stand in folder and file names.</summary>
    public const int ShortLength = 8;

    /// <summary>SHA-256, in lower-case hexadecimal digits, over one line each for format, experiment, point, parameters, seed and data.</summary>
    public static string Compute(string experiment, Point point, ParameterValues parameters, ulong seed, string data)
    {
        StringBuilder text = new();
        text.Append("crosspoint result ").Append(ResultFile.Format).Append('\n');
        text.Append("experiment ").Append(experiment).Append('\n');
        text.Append("point ").Append(point).Append('\n');
        AppendParameters(text, parameters.All);
        text.Append("seed ").Append(seed).Append('\n');
        text.Append("data ").Append(data).Append('\n');
        return Hash(text.ToString());
    }

    /// <summary>The same over all that a state depends on which goes on along a parameter: without its value, point and figure.</summary>
    public static string OfState(string paper, ParameterValues parameters, string along, ulong seed, string data)
    {
        StringBuilder text = new();
        text.Append("crosspoint state ").Append(ResultFile.Format).Append('\n');
        text.Append("paper ").Append(paper).Append('\n');
        AppendParameters(text, parameters.All.Where(parameter => parameter.Key != along));
        text.Append("seed ").Append(seed).Append('\n');
        text.Append("data ").Append(data).Append('\n');
        return Hash(text.ToString());
    }

    /// <summary>A key for what is done in a folder by one process at a time.</summary>
    public static string OfFolder(string folder) => OfText("folder " + Path.GetFileName(folder));

    /// <summary>The hash of any text.</summary>
    public static string OfText(string text) => Hash(text);

    /// <summary>The short hash that tells apart the folders of runs with changed parameters.</summary>
    public static string ShortHash(IEnumerable<KeyValuePair<string, object>> changed)
    {
        StringBuilder text = new();
        AppendParameters(text, changed);
        return Hash(text.ToString())[..ShortLength];
    }

    private static void AppendParameters(StringBuilder text, IEnumerable<KeyValuePair<string, object>> parameters)
    {
        foreach ((string name, object value) in parameters)
        {
            text.Append("parameter ").Append(name).Append('=').Append(Point.Format(value)).Append('\n');
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
