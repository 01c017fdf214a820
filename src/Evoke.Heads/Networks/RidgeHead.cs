using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>A linear function of each step: y = W x + b. Curves are not bounded. Always computed in float32.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class RidgeHead : ReactionHead
{
    /// <summary>The name of the slopes: [curves, width].</summary>
    public const string SlopesName = "slopes";

    /// <summary>The name of what is added to each curve: [curves].</summary>
    public const string BiasName = "bias";

    private readonly TorchSharp.Modules.Parameter _slopes; // [E, visual + audio width]
    private readonly TorchSharp.Modules.Parameter _bias; // [E]

    internal RidgeHead(RidgeHeadConfig config, InitialWeights initial)
        : base(config, new DropoutSource(0))
    {
        int width = config.VisualWidth + config.AudioWidth;
        _slopes = initial.Uniform(SlopesName, width, config.Emotions, width);
        _bias = initial.Uniform(BiasName, width, config.Emotions);
        register_parameter(SlopesName, _slopes);
        register_parameter(BiasName, _bias);
    }

    /// <inheritdoc/>
    protected override HeadOutput Compute(Tensor? visual, Tensor? audio) =>
        new(nn.functional.linear(JoinedInput.Of(visual, audio), _slopes, _bias)); // [B, T, E]
}
