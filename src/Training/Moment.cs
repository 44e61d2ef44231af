using Crosspoint.Kernels;

namespace Crosspoint.Training;

/// <summary>What a step is for: training draws other random numbers than evaluation does.</summary>
public enum Phase
{
    /// <summary>A training step.</summary>
    Train,

    /// <summary>A reading of validation images.</summary>
    Validate,

    /// <summary>A reading of test images.</summary>
    Test,

    /// <summary>A reading of random vectors, by which weights are extracted.</summary>
    Extract,
}

/// <summary>What random numbers of an array are for.</summary>
public enum Purpose
{
    /// <summary>Initial weights.</summary>
    InitialWeights,

    /// <summary>Trains of the forward pass.</summary>
    Forward,

    /// <summary>Trains of the backward pass.</summary>
    Backward,

    /// <summary>Row trains of the update.</summary>
    UpdateRows,

    /// <summary>Column trains of the update.</summary>
    UpdateColumns,

    /// <summary>Programming noise of the update.</summary>
    UpdateNoise,

    /// <summary>Programming noise of the reset.</summary>
    ResetNoise,

    /// <summary>Order of the training images.</summary>
    Order,

    /// <summary>Noise added to input images.</summary>
    InputNoise,

    /// <summary>Random vectors by which weights are extracted.</summary>
    ReadInputs,

    /// <summary>Disturbances of extracted weights.</summary>
    Disturbance,

    /// <summary>Order in which weights are removed at random.</summary>
    Pruning,
}

/// <summary>When something happens: the phase, and the number of the image within it, counted over the whole run.</summary>
/// <param name="Phase">Training, validation or test.</param>
/// <param name="Step">Number of the image, from 0.</param>
/// <remarks>It stands for all that is random in a step, so that a network has no random state of its own to store.</remarks>
public readonly record struct Moment(Phase Phase, ulong Step)
{
    /// <summary>The address of the random numbers of one array for one purpose at this moment.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="array">Number of the array; 0 for what belongs to no array.</param>
    /// <param name="purpose">What they are for.</param>
    public RandomAddress Address(ulong seed, int array, Purpose purpose) =>
        new(seed, ((ulong)(uint)array << 16) | ((ulong)Phase << 8) | (ulong)purpose, Step);

    /// <summary>The address of the random numbers of one tile of a matrix; the tile tells its purposes apart itself.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="matrix">Number of the matrix in its network, from 1.</param>
    /// <param name="tile">Number of the tile in its matrix, 0 to 254.</param>
    public RandomAddress Tile(ulong seed, int matrix, int tile) =>
        new(seed, ((((ulong)(uint)matrix << 8) | (uint)(tile + 1)) << 16) | ((ulong)Phase << 8), Step);

    /// <summary>So many steps later.</summary>
    /// <param name="steps">Steps, at least 0.</param>
    public Moment Later(int steps) => this with { Step = Step + (ulong)steps };
}
