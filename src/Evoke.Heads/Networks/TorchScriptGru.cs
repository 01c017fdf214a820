using Evoke.Kernels.Recurrent;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>libtorch's own recurrent kernel, called through one line of TorchScript.</summary>
/// <remarks>TorchSharp's <c>nn.GRU</c> owns its weights and so cannot run on weights that were cast on the way; <c>torch.gru</c> takes them as
/// arguments.</remarks>
internal static class TorchScriptGru
{
    private const string Source = """
        def run(x, start, weights: List[Tensor], layers: int, training: bool, bidirectional: bool):
            return torch.gru(x, start, weights, True, layers, 0.0, training, bidirectional, True)[0]

        """;

    private static readonly Lazy<jit.CompilationUnit> Unit = new(() => jit.compile(Source));

    /// <summary>Runs over whole sequences, from a state of zeros.</summary>
    /// <param name="input">[B, T, width].</param>
    /// <param name="weights">Layer by layer, direction by direction: weight_ih, weight_hh, bias_ih, bias_hh; in the type of the input.</param>
    /// <param name="hidden">Hidden units per direction.</param>
    /// <param name="masks">By layer and direction, the dropout of the states before the next layer.</param>
    /// <param name="training">True in training: cuDNN then keeps what the backward pass needs.</param>
    /// <returns>[B, T, hidden * directions].</returns>
    public static Tensor Run(Tensor input, Tensor[] weights, int hidden, DropoutMask[][] masks, bool training)
    {
        int directions = masks[0].Length;
        if (!masks.Any(layer => layer[0].IsActive))
        {
            return Layers(input, weights, hidden, masks.Length, directions, training);
        }

        // libtorch's own dropout draws from the one generator of the process, so the layers run one by one with masks between them.
        Tensor states = input;
        int perLayer = weights.Length / masks.Length;
        for (int layer = 0; layer < masks.Length; layer++)
        {
            states = Layers(states, weights[(layer * perLayer)..((layer + 1) * perLayer)], hidden, 1, directions, training); // [B, T, hidden * directions]
            if (masks[layer][0].IsActive)
            {
                states *= FactorsOf(masks[layer], states, hidden);
            }
        }

        return states;
    }

    private static Tensor Layers(Tensor input, Tensor[] weights, int hidden, int layers, int directions, bool training)
    {
        Tensor start = zeros(layers * directions, input.shape[0], hidden, dtype: input.dtype, device: input.device);
        return Unit.Value.CallFunction("run", input, start, weights, (long)layers, training, directions == 2);
    }

    // [B, T, hidden * directions]
    private static Tensor FactorsOf(DropoutMask[] masks, Tensor states, int hidden)
    {
        int rows = (int)(states.shape[0] * states.shape[1]);
        Tensor factors = cat([.. masks.Select(mask => mask.ToTensor(rows, hidden, states.device))], dim: 1);
        return factors.view(states.shape).to(states.dtype);
    }
}
