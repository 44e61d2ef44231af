using Crosspoint.Devices.Cells;
using Crosspoint.Devices.Models;
using Crosspoint.Kernels;
using Crosspoint.Tests;
using FsCheck.Xunit;
using Xunit;

namespace Crosspoint.Devices.Tests.Cells;

[Properties(Arbitrary = [typeof(Generators)])]
public class ReferencedDeviceArrayTests
{
    private const float Step = 0.01f, Bound = 0.5f;

    [Property(MaxTest = 60)]
    public void Pulses_move_the_device_and_never_the_reference(Size inputs, Size outputs, Address address, DataSeed data)
    {
        Random random = data.Random();
        ReferencedDeviceArray array = Make(inputs.Value, outputs.Value);
        PaddedMatrix reference = random.Matrix(inputs.Value, outputs.Value, 0.4f);
        array.ProgramReference(reference);
        ConstantStepArray alone = new(inputs.Value, outputs.Value, Step, Bound);
        for (ulong n = 0; n < 3; n++)
        {
            Trains t = new(random, inputs.Value, outputs.Value, 20, 1);
            array.Pulse(t.Rows, t.Columns, address.At with { Step = n });
            alone.Pulse(t.Rows, t.Columns, default);
        }

        Same.Bits(reference.Padded, array.Reference.Weights.Padded);
        Same.Bits(alone.Weights.Padded, array.Device.Weights.Padded);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                Assert.Equal(alone.Weights[i, j] - reference[i, j], array.Weights[i, j]);
            }
        }
    }

    [Property]
    public void A_programmed_weight_stands_on_top_of_the_reference(Size inputs, Size outputs, DataSeed data)
    {
        Random random = data.Random();
        ReferencedDeviceArray array = Make(inputs.Value, outputs.Value);
        PaddedMatrix reference = random.Matrix(inputs.Value, outputs.Value, 0.4f), weights = random.Matrix(inputs.Value, outputs.Value, 0.4f);
        array.ProgramReference(reference);
        array.Program(weights);
        for (int i = 0; i < inputs.Value; i++)
        {
            for (int j = 0; j < outputs.Value; j++)
            {
                float device = Math.Clamp(weights[i, j] + reference[i, j], -Bound, Bound);
                Assert.Equal(device - reference[i, j], array.Weights[i, j]);
            }
        }
    }

    [Fact]
    public void A_model_begins_with_its_reference()
    {
        ReferencedDeviceModel model = new() { Reference = 0.25f, Device = new IdealModel { Step = Step, Bound = Bound } };
        ICrosspointArray array = model.Create(3, 20, default);
        Assert.Equal(-0.25f, array.Weights[2, 19]);
        Assert.Equal(Step, array.MinStep);
        Assert.Equal(0, model.MeanStep(0.25, isUp: true), 1e-7);
        Assert.Equal(Step, model.MeanStep(0.1, isUp: true), 1e-7);
        Rejected.With("Reference", "finite", float.NaN, () => (model with { Reference = float.NaN }).Create(2, 3, default));
        Rejected.With("weights", "[3, 20]", "[3, 21]", () => ((ReferencedDeviceArray)array).ProgramReference(new PaddedMatrix(3, 21)));
    }

    private static ReferencedDeviceArray Make(int inputs, int outputs) =>
        new(new ConstantStepArray(inputs, outputs, Step, Bound), new ConstantStepArray(inputs, outputs, Step, Bound));
}
