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
        ["ideal"] = "6a2f01fd41679a5b647481f397041603dd5bb6315e7440bb4bb4c3404659b59f",
        ["piecewise-step"] = "a9d81c27765fe0297236dab86020487e0b1fa1af24057c1acd887d0fe470ff45",
        ["measured-step"] = "0b95ca18e5c4af6ad18afaa2cb9f7f9c1c7953788df47891768b0fbd59a27f9c",
        ["measured-distribution"] = "ab093da3d298c78fba073a2f02e0918a8fa8d55e0ae99e6aed41995847acbc56",
        ["linear-jump"] = "1c66809b514643096cc975b9a0cd423122ec42c1a18f6855011245b2e08e46db",
        ["nonlinear-jump"] = "8dc9e956dad2dc954730a7cc9b7d798d62cb5a64ba34c6d30bfcfb54195efb27",
        ["jump-table"] = "5d952348b4865a486e1768bad952e03d321299e036c57d709245b7a7a25d0663",
        ["unidirectional-pair"] = "9e5ec03c4a24be33abd0d6152cd6c1bba92bacf7b3a71ca8c8aed6a060a22e01",
        ["off-state"] = "a4ea5d9bf7c2842455368846d5db31018b1e55a04e13e52d626aa1f4f38da931",
        ["differential-pair"] = "d99bf983d7de2dbdef0f20c65dd34104badca1b9a66f17749f4078a727c3f856",
        ["referenced-device"] = "6a2f01fd41679a5b647481f397041603dd5bb6315e7440bb4bb4c3404659b59f",
        ["one-sided-pair"] = "47d7ae9040a18799971f7c33bb45c3dc29310c2e22ceeadfcd58b1a0df97fae2",
        ["vector"] = "8cada465b5f8f23cb5f9d3d4de986cfaf3bb445c17da9875c31439c22f4cf06b",
        ["bit-sliced"] = "1b2f2bb8210a0e0ef37a610eafa6fd2a24072bad58f810ac010afac12a647ee7",
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
