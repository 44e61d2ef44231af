using Crosspoint.Repro.Experiments;
using Crosspoint.Training;
using Crosspoint.Training.Data;
using Crosspoint.Training.Layers;

namespace Crosspoint.Repro.Sweeps;

/// <summary>Builds the network that a description tells and trains it.</summary>
internal static class DescribedRun
{
    // The part of a text that is tested on: as of War and Peace in A. Karpathy, J. Johnson, L. Fei-Fei, arXiv:1506.02078 (2015).
    private const double TestPart = 325_000.0 / 3_258_246;

    /// <summary>One run, from its checkpoint if there is one.</summary>
    public static RunResult Run(RunContext context) =>
        context.Parameters.Text(DescribedParameters.Network) == Kinds.Lstm ? OnText(context) : OnImages(context);

    private static RunResult OnImages(RunContext context)
    {
        ParameterValues p = context.Parameters;
        bool validate = p.Text("data.evaluateOn") == "validation";
        (LabelledImages train, LabelledImages test) = ImageTraining.Split(context.Train!, context.Test!, validate);
        (train, test) = (First(train, p.Whole("data.train")), First(test, p.Whole("data.test")));
        DescribedMatrix made = new(p, context.Seed);
        IWeightMatrix[] matrices = [.. DescribedShapes.Of(p).Select((shape, k) => made.Make(shape.Inputs, shape.Outputs, k + 1))];
        for (int k = 1; k <= matrices.Length; k++)
        {
            matrices[k - 1].Program(p.Text("network.initialWeights") == "glorot"
                ? InitialWeights.Glorot(matrices[k - 1], context.Seed, k)
                : InitialWeights.FanIn(matrices[k - 1], context.Seed, k));
        }

        Preprocessing preprocessing = new(p.Choice<MeanNormalization>("data.normalization"), train);
        int halveEvery = p.Whole("training.halveEvery");
        LearningSchedule schedule = new((float)p.Number("training.rate"), halveEvery == 0 ? int.MaxValue : halveEvery);
        return new ImageTraining(context, Network(p, matrices), (train, test), preprocessing, schedule, p.Whole("training.epochs"), validate).Run();
    }

    private static SequentialNetwork Network(ParameterValues p, IWeightMatrix[] matrices)
    {
        ActivationFunction function = p.Choice<ActivationFunction>("network.activation");
        List<ILayer> layers = [];
        int convolutions = p.Text(DescribedParameters.Network) == Kinds.Convolutional ? DescribedParameter.Numbers(p.Text("network.channels")).Length : 0;
        MapSize size = new(DescribedShapes.Side, DescribedShapes.Side, 1);
        for (int k = 0; k < convolutions; k++)
        {
            Convolution convolution = new(matrices[k], size, p.Whole("network.kernel"));
            MaxPooling pooling = new(convolution.OutputSize);
            layers.AddRange([convolution, new Activated(function, convolution.OutputSize.Length), pooling]);
            size = pooling.OutputSize;
        }

        for (int k = convolutions; k < matrices.Length; k++)
        {
            layers.Add(new Dense(matrices[k]));
            if (k < matrices.Length - 1)
            {
                layers.Add(new Activated(function, matrices[k].Outputs));
            }
        }

        return new SequentialNetwork(layers);
    }

    private static RunResult OnText(RunContext context)
    {
        ParameterValues p = context.Parameters;
        bool validate = p.Text("data.evaluateOn") == "validation";
        byte[] bytes = context.Text!;
        int held = (int)(bytes.Length * TestPart);
        TextCorpus corpus = TextCorpus.Cut(bytes, "text", bytes.Length - held, held, validate ? held : 0);
        Text train = First(corpus.Train, p.Whole("data.train")), test = First(validate ? corpus.Validation : corpus.Test, p.Whole("data.test"));
        int[] cells = DescribedParameter.Numbers(p.Text("network.hidden"));
        DescribedMatrix made = new(p, context.Seed);
        IWeightMatrix[] matrices = [.. DescribedShapes.Of(p, corpus.Symbols).Select((shape, k) => made.Make(shape.Inputs, shape.Outputs, k + 1))];
        for (int k = 0; k < matrices.Length; k++)
        {
            matrices[k].Program(InitialWeights.Recurrent(matrices[k], cells[Math.Min(k, cells.Length - 1)], context.Seed, k + 1));
        }

        GeometricSchedule schedule = new((float)p.Number("training.rate"), (float)p.Number("training.rateFactor"));
        return new TextTraining(context, matrices, p.Whole("network.unroll"), (train, test), schedule, p.Whole("training.epochs"), validate).Run();
    }

    private static LabelledImages First(LabelledImages images, int count) =>
        count == 0 || count >= images.Count ? images : images.Slice(0, count, images.Name);

    private static Text First(Text text, int characters) =>
        characters == 0 || characters >= text.Symbols.Length ? text : text with { Symbols = text.Symbols[..characters] };
}
