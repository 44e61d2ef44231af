using Crosspoint.Devices.Models;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>Every registered device in all variants behind some updates: one stored fingerprint each, which every vector width must give.</summary>
public class SameBitsTests
{
    private static readonly Dictionary<string, string> Fingerprints = new()
    {
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
