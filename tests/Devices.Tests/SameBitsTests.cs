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
        ["linear-step"] = "67ee465f04a2d18cf14bffabceaa71fe851b389e4612f829f81d8e3e078a23e4",
        ["soft-bounds"] = "47c1d70323f0beda45c67ceab97f20a2b96905252c45abb3d1b84616f14d174b",
        ["soft-bounds-reference"] = "70a2e6aca8181b9faed0eafba2f3c0eeccf44dfb99654f1a22413864ebc3a783",
        ["soft-bounds-pmax"] = "390dffdd83b351605380043b7f770c74bc97defdbfff9ed151fe77e19cee8f4d",
        ["exponential-step"] = "781bb6f38e90cb7ef10d8c7cee5203242432d5d3f428f43d479e125692dcb125",
        ["power-step"] = "12f6416bb6b861cfdcab5d04a906ca6ae80652f21478d62f8f573df46b704b3a",
        ["power-step-reference"] = "b3e68aceadbe8e66da71812d57307e24d4936be519aa3faa3a1feac3f16709c9",
        ["ideal"] = "6a2f01fd41679a5b647481f397041603dd5bb6315e7440bb4bb4c3404659b59f",
        ["piecewise-step"] = "616a0ad15ca1c4e14045e5ad888a10aab8cad34e6e6376ab2e223efb1b089d49",
        ["measured-step"] = "0b95ca18e5c4af6ad18afaa2cb9f7f9c1c7953788df47891768b0fbd59a27f9c",
        ["measured-distribution"] = "ab093da3d298c78fba073a2f02e0918a8fa8d55e0ae99e6aed41995847acbc56",
        ["linear-jump"] = "5d08bf2d402fb2730bd6bde1dd3fa478534260e9734788dbe6cf0600f54f2623",
        ["nonlinear-jump"] = "833e7156f88b0bdaf1a0c7034a52488f3118ba1ca0990e75214673f366d1167e",
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
