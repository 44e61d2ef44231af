namespace Crosspoint.Repro.Sweeps;

/// <summary>The networks and algorithms that a description may name.</summary>
internal static class Kinds
{
    /// <summary>Dense layers of any widths.</summary>
    public const string Perceptron = "mlp";

    /// <summary>Convolutions with pooling, then dense layers.</summary>
    public const string Convolutional = "convolution";

    /// <summary>A language model of LSTM blocks of any sizes.</summary>
    public const string Lstm = "lstm";

    /// <summary>Exact products and updates.</summary>
    public const string FloatingPoint = "floatingPoint";

    /// <summary>Passes and updates by pulse trains on one array, without converters: <see cref="Training.Algorithms.StochasticSgd"/>.</summary>
    public const string Stochastic = "stochastic";

    /// <summary>Gradient descent by pulses on one array behind its periphery.</summary>
    public const string PulsedSgd = "sgd";

    /// <summary>Algorithm 1 of Gokmen 2021.</summary>
    public const string TikiTaka = "tikiTaka";

    /// <summary>Algorithm 2.</summary>
    public const string Ttv2 = "ttv2";

    /// <summary>Its chopped descendant.</summary>
    public const string ChoppedTtv2 = "cTtv2";

    /// <summary>Its descendant with a running reference.</summary>
    public const string Agad = "agad";

    /// <summary>Gradients accumulated digitally, weights on devices.</summary>
    public const string MixedPrecision = "mixedPrecision";

    /// <summary>Networks that read images.</summary>
    public static readonly string[] Images = [Perceptron, Convolutional];

    /// <summary>Networks that read a text.</summary>
    public static readonly string[] Texts = [Lstm];

    /// <summary>All networks.</summary>
    public static readonly string[] Networks = [.. Images, .. Texts];

    /// <summary>Algorithms that transfer from a fast array to a slow one.</summary>
    public static readonly string[] Transfers = [TikiTaka, Ttv2, ChoppedTtv2, Agad];

    /// <summary>Algorithms on arrays behind a periphery.</summary>
    public static readonly string[] Analog = [PulsedSgd, .. Transfers, MixedPrecision];

    /// <summary>Algorithms on devices.</summary>
    public static readonly string[] OnDevices = [Stochastic, .. Analog];

    /// <summary>All algorithms.</summary>
    public static readonly string[] Algorithms = [FloatingPoint, .. OnDevices];
}
