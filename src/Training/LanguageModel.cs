using System.Numerics.Tensors;
using Crosspoint.Kernels;
using Crosspoint.Training.Data;
using Crosspoint.Training.Layers;

namespace Crosspoint.Training;

/// <summary>Stacked LSTM blocks and a softmax layer that tell the next symbol of a text, trained window by window.</summary>
/// <remarks>
/// Truncated back-propagation through time: a window goes forward through all layers, then backward, and then each of its symbols is one
/// rank-1 update of every matrix, in order of time. The state is carried on from window to window. Nothing is allocated in a window.
/// </remarks>
public sealed class LanguageModel
{
    private readonly Lstm[] blocks;
    private readonly Dense top;

    /// <summary>Stacks blocks over matrices.</summary>
    /// <param name="window">Most symbols of a window, at least 1.</param>
    /// <param name="matrices">
    /// One or more blocks of [width below + hidden + 1, 4 hidden], the lowest over one-hot symbols, and the softmax layer of [hidden + 1, symbols].
    /// </param>
    /// <exception cref="ArgumentException">The widths of two neighbours differ, or there are not enough matrices.</exception>
    public LanguageModel(int window, params IReadOnlyList<IWeightMatrix> matrices)
    {
        if (matrices.Count < 2)
        {
            throw new ArgumentException($"matrices: expected at least 2, got {matrices.Count}.", nameof(matrices));
        }

        Matrices = matrices;
        Window = window;
        blocks = [.. matrices.SkipLast(1).Select(m => new Lstm(m, window))];
        top = new Dense(matrices[^1], window);
        for (int k = 0; k < matrices.Count; k++)
        {
            int below = k == 0 ? Symbols : blocks[k - 1].Hidden;
            int inputs = k < blocks.Length ? blocks[k].Inputs : matrices[k].Inputs - 1;
            if (inputs != below)
            {
                throw new ArgumentException($"matrices: expected {below} inputs from below in matrix {k}, got {inputs}.", nameof(matrices));
            }
        }
    }

    /// <summary>The weight matrices, from the input to the output.</summary>
    public IReadOnlyList<IWeightMatrix> Matrices { get; }

    /// <summary>Number of symbols.</summary>
    public int Symbols => Matrices[^1].Outputs;

    /// <summary>Most symbols of a window.</summary>
    public int Window { get; }

    /// <summary>The states of the blocks, from the lowest.</summary>
    public IEnumerable<Memory<float>> States => blocks.Select(b => b.State);

    /// <summary>Forgets the text so far: all states become zero.</summary>
    public void Reset()
    {
        foreach (Lstm block in blocks)
        {
            block.State.Span.Clear();
        }
    }

    /// <summary>Reads symbols and tells each one's successor.</summary>
    /// <param name="symbols">The symbols read and, as the last, what follows them: shape [steps + 1], steps up to <see cref="Window"/>.</param>
    /// <param name="moment">When the first is read.</param>
    /// <returns>The cross-entropy summed over the steps, in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are more, or a symbol is none of the model's.</exception>
    public double Read(ReadOnlySpan<byte> symbols, Moment moment)
    {
        int steps = symbols.Length - 1;
        if ((uint)steps > (uint)Window)
        {
            throw new ArgumentOutOfRangeException(nameof(symbols), steps, $"symbols: expected 1 to {Window} + 1, got {steps + 1}.");
        }

        foreach (byte symbol in symbols)
        {
            if (symbol >= Symbols)
            {
                throw new ArgumentOutOfRangeException(nameof(symbols), symbol, $"symbols: expected numbers below {Symbols}, got {symbol}.");
            }
        }

        for (int n = 0; n < steps; n++)
        {
            Span<float> u = blocks[0].InputAt(n);
            u.Clear();
            u[symbols[n]] = 1;
        }

        for (int k = 0; k < blocks.Length; k++)
        {
            blocks[k].Forward(steps, moment);
            for (int n = 0; n < steps; n++)
            {
                blocks[k].OutputAt(n).CopyTo(k + 1 < blocks.Length ? blocks[k + 1].InputAt(n) : top.InputAt(n));
            }
        }

        top.Forward(steps, moment);
        double loss = 0;
        for (int n = 0; n < steps; n++)
        {
            Span<float> error = top.OutputErrorAt(n);
            Activation.Softmax(top.OutputAt(n), error);
            loss -= Math.Log(Math.Max(error[symbols[n + 1]], 1e-30));
        }

        return loss;
    }

    /// <summary>One window of gradient descent.</summary>
    /// <param name="symbols">As in <see cref="Read"/>.</param>
    /// <param name="rates">Learning rate η of each matrix.</param>
    /// <param name="moment">When the first symbol is read.</param>
    /// <returns>The cross-entropy summed over the steps before the updates, in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are more, or a symbol is none of the model's.</exception>
    /// <exception cref="ArgumentException">There is not one rate a matrix.</exception>
    public double Train(ReadOnlySpan<byte> symbols, ReadOnlySpan<float> rates, Moment moment)
    {
        if (rates.Length != Matrices.Count)
        {
            throw new ArgumentException($"rates: expected one for each of {Matrices.Count} matrices, got {rates.Length}.", nameof(rates));
        }

        double loss = Read(symbols, moment);
        int steps = symbols.Length - 1;
        for (int n = 0; n < steps; n++)
        {
            Span<float> error = top.OutputErrorAt(n);
            TensorPrimitives.Negate(error, error);
            error[symbols[n + 1]] += 1;
        }

        top.Backward(steps, moment);
        for (int k = blocks.Length - 1; k >= 0; k--)
        {
            for (int n = 0; n < steps; n++)
            {
                (k + 1 < blocks.Length ? blocks[k + 1].InputErrorAt(n) : top.InputErrorAt(n)).CopyTo(blocks[k].OutputErrorAt(n));
            }

            blocks[k].Backward(steps, moment, toInputs: k > 0);
        }

        for (int k = 0; k < blocks.Length; k++)
        {
            blocks[k].Update(steps, rates[k], moment);
        }

        top.Update(steps, rates[^1], moment);
        return loss;
    }

    /// <summary>Writes the states of the blocks and of every matrix.</summary>
    public void Save(BinaryWriter writer)
    {
        foreach (Lstm block in blocks)
        {
            writer.Write(block.State.Length);
            foreach (float value in block.State.Span)
            {
                writer.Write(value);
            }
        }

        foreach (IWeightMatrix matrix in Matrices)
        {
            matrix.Save(writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of another model; this one is then of no further use.</exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    public void Load(BinaryReader reader)
    {
        foreach (Lstm block in blocks)
        {
            int length = reader.ReadInt32();
            if (length != block.State.Length)
            {
                throw new InvalidDataException($"expected the state of {block.Hidden} cells, got {length} numbers");
            }

            foreach (ref float value in block.State.Span)
            {
                value = reader.ReadSingle();
            }
        }

        foreach (IWeightMatrix matrix in Matrices)
        {
            matrix.Load(reader);
        }
    }

    /// <summary>Takes copies of all states, or puts them back.</summary>
    internal void ExchangeStates(float[][] copies, bool take)
    {
        for (int k = 0; k < blocks.Length; k++)
        {
            if (take)
            {
                blocks[k].State.Span.CopyTo(copies[k]);
            }
            else
            {
                copies[k].CopyTo(blocks[k].State);
            }
        }
    }

    /// <summary>Refuses a text that this model cannot read.</summary>
    internal void RequireFit(Text text)
    {
        if (text.Predictions < 1)
        {
            throw new ArgumentException($"text: expected at least 2 symbols in {text.Name}, got {text.Symbols.Length}.", nameof(text));
        }

        byte largest = text.Symbols.Span[0];
        foreach (byte symbol in text.Symbols.Span)
        {
            largest = Math.Max(largest, symbol);
        }

        if (largest >= Symbols)
        {
            throw new ArgumentException($"text: expected symbols below {Symbols} in {text.Name}, got {largest}.", nameof(text));
        }
    }
}
