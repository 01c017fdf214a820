using System.Globalization;
using Evoke.Kernels.Recurrent;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>Gated recurrent units in layers, optionally bidirectional; names, shapes and numbers as PyTorch's <c>nn.GRU</c> with
/// <c>batch_first</c>.</summary>
/// <remarks>
/// Cho et al. (2014), with PyTorch's reset gate (after the product): r = sigmoid(W_ir x + b_ir + W_hr h + b_hr), z likewise,
/// n = tanh(W_in x + b_in + r * (W_hn h + b_hn)), h' = (1 - z) * n + z * h. Weights are float32; the arithmetic is that of the input,
/// to which they are cast in each pass, so that gradients reach the float32 weights. Not thread-safe: one thread at a time.
/// </remarks>
public sealed class Gru : nn.Module<Tensor, Tensor>
{
    private readonly int _hidden;
    private readonly int _layers;
    private readonly bool _bidirectional;
    private readonly DropoutSource _dropout;
    private readonly GruWorkspacePool _workspaces = new();
    private readonly Parameter[] _weights; // layer by layer, direction by direction: weight_ih, weight_hh, bias_ih, bias_hh

    /// <summary>Creates the network.</summary>
    /// <param name="initial">Its initial weights.</param>
    /// <param name="inputWidth">Values per input step.</param>
    /// <param name="hidden">Hidden units per direction.</param>
    /// <param name="layers">Layers, at least 1.</param>
    /// <param name="bidirectional">True for a bidirectional network; the output is then twice as wide.</param>
    /// <param name="dropout">The dropout between two layers in training.</param>
    public Gru(InitialWeights initial, int inputWidth, int hidden, int layers, bool bidirectional, DropoutSource dropout)
        : base(nameof(Gru))
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(dropout);
        _hidden = hidden;
        _layers = layers;
        _bidirectional = bidirectional;
        _dropout = dropout;
        _weights = [
            .. Describe("", inputWidth, hidden, layers, bidirectional).Select(spec => Register(spec.Name, initial.Uniform(spec.Name, hidden, spec.Shape)))];
    }

    /// <summary>The tensors of such a network, in the order of its state dict.</summary>
    /// <param name="prefix">The name of the network within its head; empty for none.</param>
    /// <param name="inputWidth">Values per input step.</param>
    /// <param name="hidden">Hidden units per direction.</param>
    /// <param name="layers">Layers.</param>
    /// <param name="bidirectional">True for a bidirectional network.</param>
    public static IEnumerable<ParameterSpec> Describe(string prefix, int inputWidth, int hidden, int layers, bool bidirectional)
    {
        string start = prefix.Length == 0 ? "" : prefix + ".";
        int directions = bidirectional ? 2 : 1;
        for (int layer = 0; layer < layers; layer++)
        {
            int width = layer == 0 ? inputWidth : hidden * directions;
            for (int direction = 0; direction < directions; direction++)
            {
                string end = string.Create(CultureInfo.InvariantCulture, $"_l{layer}{(direction == 0 ? "" : "_reverse")}");
                yield return new ParameterSpec($"{start}weight_ih{end}", 3 * hidden, width);
                yield return new ParameterSpec($"{start}weight_hh{end}", 3 * hidden, hidden);
                yield return new ParameterSpec($"{start}bias_ih{end}", 3 * hidden);
                yield return new ParameterSpec($"{start}bias_hh{end}", 3 * hidden);
            }
        }
    }

    /// <summary>Runs over whole sequences, from a hidden state of zeros.</summary>
    /// <param name="input">[B, T, width], float32 or bfloat16.</param>
    /// <returns>The hidden states of the last layer: [B, T, hidden * directions], in the type of the input.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        int directions = _bidirectional ? 2 : 1;
        if (input.device_type == DeviceType.CPU)
        {
            return FusedGru.Run(input, _weights, _hidden, _layers, directions, NextMasks(directions), _workspaces);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor[] weights = [.. _weights.Select(weight => weight.to(input.dtype))];
        return TorchScriptGru.Run(input, weights, _hidden, NextMasks(directions), training).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _workspaces.Dispose();
        }

        base.Dispose(disposing);
    }

    // By layer and direction; the last layer's states are not followed by another layer, so nothing is left out of them.
    private DropoutMask[][] NextMasks(int directions)
    {
        double share = training && _layers > 1 ? _dropout.Share : 0;
        uint seed = share > 0 ? _dropout.NextSeed() : 0;
        return
        [
            .. Enumerable.Range(0, _layers).Select(layer => Enumerable.Range(0, directions)
                .Select(direction => new DropoutMask(layer + 1 < _layers ? share : 0, seed + (uint)((layer * 2) + direction)))
                .ToArray()),
        ];
    }

    private Parameter Register(string name, Parameter weight)
    {
        register_parameter(name, weight);
        return weight;
    }
}
