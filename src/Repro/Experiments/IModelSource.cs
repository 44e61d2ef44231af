using Crosspoint.Devices;
using Crosspoint.Kernels;

namespace Crosspoint.Repro.Experiments;

/// <summary>A figure whose stored states hold trained models, which can be taken out and tried on other hardware.</summary>
internal interface IModelSource : IExperiment
{
    /// <summary>What a model is tried with, beside the parameters of its training.</summary>
    IReadOnlyList<Parameter> EvaluationParameters { get; }

    /// <summary>Every plane of the state of a run, named MATRIX.PLANE, and words about it.</summary>
    /// <param name="context">The run; its checkpoint is read, never written.</param>
    /// <exception cref="CommandException">No state is stored, or it cannot be read.</exception>
    (IReadOnlyList<StatePlane> Planes, IReadOnlyDictionary<string, string> Metadata) Model(RunContext context);

    /// <summary>Tries a model on digital and on analog hardware.</summary>
    /// <param name="weights">The logical weights of a matrix, by its name and shape.</param>
    /// <param name="context">Parameters of training and evaluation, seed and text.</param>
    IReadOnlyList<Metric> Evaluate(Func<string, int, int, PaddedMatrix> weights, RunContext context);
}
