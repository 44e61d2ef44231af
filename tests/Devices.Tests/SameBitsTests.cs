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
        ["linear-step"] = "e6c74881121c91fc469737b30b67ba16f8b1efbc7e3a40ecac8a716dcd7db9dd",
        ["soft-bounds"] = "47c1d70323f0beda45c67ceab97f20a2b96905252c45abb3d1b84616f14d174b",
        ["soft-bounds-reference"] = "70a2e6aca8181b9faed0eafba2f3c0eeccf44dfb99654f1a22413864ebc3a783",
        ["soft-bounds-pmax"] = "390dffdd83b351605380043b7f770c74bc97defdbfff9ed151fe77e19cee8f4d",
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
