using Crosspoint.Devices.Models;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>Every registered device in all variants behind some updates: one stored fingerprint each, which every vector width must give.</summary>
public class SameBitsTests
{
    private static readonly Dictionary<string, string> Fingerprints = new()
    {
        ["constant-step"] = "c4bf926dc6f99cd29b70161ef25543666b8621b5d2303ee6c8d40764aaf43bf0",
        ["linear-step"] = "0b771d18ae7399c9baa727adcf5d45e20366b4aaa25ce2628b92cfc04363ede7",
        ["soft-bounds"] = "342fb4306395662adac4cb2e2233221f6a0a2afb7a577ff558b36eb5c381b328",
        ["soft-bounds-reference"] = "70a2e6aca8181b9faed0eafba2f3c0eeccf44dfb99654f1a22413864ebc3a783",
        ["soft-bounds-pmax"] = "5de89332812e2df2af67017b287f0fffd61d0045186c3e3928965ea990dc7ad5",
        ["exponential-step"] = "efd3ef61a1cab5b94e2a6dc7a96aa189d5020f9b7fd5683c769695ef4f86b55a",
        ["power-step"] = "785f702800bd29487dfc7e1874ff2d9fc5851647b9ea0cf888e7989057261ea9",
        ["power-step-reference"] = "36e65b7733f8c7a732a66c488228a08636ab673676061479bb85e148104cefab",
    };

    public static TheoryData<string> Names => [.. DeviceModels.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_width_gives_the_stored_bits(string name)
    {
        using Fingerprint fingerprint = new();
        foreach ((_, DeviceModel model) in ModelVariants.All(name))
        {
            foreach (int outputs in (int[])[1, 8, 17, 33, 100])
            {
                ICrosspointArray array = model.Create(20, outputs, new(1, 2, 3));
                Random random = new(outputs);
                array.Program(random.Matrix(20, outputs, 0.9f));
                foreach (int slots in (int[])[1, 31, 33])
                {
                    Trains t = new(random, 20, outputs, slots, 0.7f);
                    array.Pulse(t.Rows, t.Columns, new(7, 3, (ulong)slots));
                    array.Rest(slots, new(7, 4, (ulong)slots));
                    fingerprint.Add(array.Weights.Padded);
                }

                fingerprint.Add([array.Counters.Coincidences, array.Counters.Events]);
            }
        }

        fingerprint.AssertIs(Fingerprints.GetValueOrDefault(name, "none yet"));
    }
}
