using Crosspoint.Devices.Models;
using Crosspoint.Tests;
using Xunit;

namespace Crosspoint.Devices.Tests;

/// <summary>Every registered device in all variants behind some updates: one stored fingerprint each, which every vector width must give.</summary>
public class SameBitsTests
{
    private static readonly Dictionary<string, string> Fingerprints = new()
    {
        ["constant-step"] = "d35afd23991f003f2d61ab64ec3e69442fd54ae75db63b8910aa49ad7b9217a2",
        ["linear-step"] = "241239b2f31173fa2b6685c5af4e1d05bb5f19181fe5ec8b3e03b7d6edd101b9",
        ["soft-bounds"] = "e5329723e001f65fcfbd0599d9177bc32824bbe45ef0351cdf6dcbf87514980b",
        ["soft-bounds-reference"] = "64d7d89e0ba710968601e1eb94e854a19dbb56dff06957cc92fc606c61c50358",
        ["soft-bounds-pmax"] = "6dee4ddedb7cf0e7cfebdc80427811a80dad4045a481a5b56e825c28069488d4",
        ["exponential-step"] = "4c56638e6f04903e55ec43cb71d283ad116c1cf84ad48ac5e455eea3d2ecf07d",
        ["power-step"] = "d7baefed7ec7f320fc64ce6c18942dc20d76e48189ccb2ad314e1712543cd78b",
        ["power-step-reference"] = "7403b7f8c4cf9ad155b1f74f2a814f2148742fb3103289fbb7981044cea47534",
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
