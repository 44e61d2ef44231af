using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Xunit;

namespace Crosspoint.Tests;

/// <summary>One number for many results: equal at every vector width, or some bit of some result differs.</summary>
internal sealed class Fingerprint : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values));

    public void Add<T>(Span<T> values)
        where T : unmanaged => Add((ReadOnlySpan<T>)values);

    public void Add<T>(T[] values)
        where T : unmanaged => Add((ReadOnlySpan<T>)values);

    /// <summary>A change of an algorithm changes its fingerprint: the message has the new one to put into the test.</summary>
    public void AssertIs(string expected)
    {
        string actual = Convert.ToHexStringLower(hash.GetHashAndReset());
        Assert.True(
            expected == actual,
            $"The bits differ from the stored ones. If the algorithm was meant to change, the new fingerprint is{Environment.NewLine}{actual}");
    }

    public void Dispose() => hash.Dispose();
}
