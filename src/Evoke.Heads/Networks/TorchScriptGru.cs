using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>libtorch's own recurrent kernel, reached through a line of TorchScript.</summary>
/// <remarks>TorchSharp's <c>nn.GRU</c> owns its weights and so cannot run on weights that were cast on the way; <c>torch.gru</c> takes them as arguments.</remarks>
internal static class TorchScriptGru
{
    private const string Source = """
        def run(x, start, weights: List[Tensor], layers: int, dropout: float, training: bool, bidirectional: bool):
            return torch.gru(x, start, weights, True, layers, dropout, training, bidirectional, True)[0]

        """;

    private static readonly Lazy<jit.CompilationUnit> Unit = new(() => jit.compile(Source));

    /// <summary>Runs over whole sequences.</summary>
    /// <param name="input">[B, T, width].</param>
    /// <param name="start">[layers * directions, B, hidden].</param>
    /// <param name="weights">Layer by layer, direction by direction: weight_ih, weight_hh, bias_ih, bias_hh.</param>
    /// <param name="layers">Layers.</param>
    /// <param name="dropout">Between layers, in training.</param>
    /// <param name="training">True in training.</param>
    /// <param name="bidirectional">True to read from both ends.</param>
    /// <returns>[B, T, hidden * directions].</returns>
    public static Tensor Run(Tensor input, Tensor start, Tensor[] weights, long layers, double dropout, bool training, bool bidirectional) =>
        Unit.Value.invoke<Tensor>("run", input, start, weights, layers, dropout, training, bidirectional);
}
