using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>
/// The authors' EmoBase: the paper's encoder, then the deviation of each step, and the curve's mean and spread from the states' mean over time.
/// Curve = deviation * spread + mean, without a sigmoid: values may leave [0, 1], and the spread may be negative, as in the authors' code.
/// </summary>
internal sealed class EmoBaseHead : RecurrentHead
{
    private readonly GatedBranch _deviation;
    private readonly GatedBranch _mean;
    private readonly GatedBranch _spread;

    internal EmoBaseHead(EmoBaseHeadConfig config, InitialWeights initial)
        : base(config, initial)
    {
        _deviation = GatedBranch.Create(1, initial, config.JoinedWidth, config.Emotions, register_module);
        _mean = GatedBranch.Create(2, initial, config.JoinedWidth, config.Emotions, register_module);
        _spread = GatedBranch.Create(3, initial, config.JoinedWidth, config.Emotions, register_module);
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override HeadOutput Compute(Tensor? visual, Tensor? audio)
    {
        ModalityStates states = Encode(visual, audio);
        Tensor average = states.Joined.mean([1]); // [B, joined]
        Tensor deviation = _deviation.Forward(states.Joined); // [B, T, E]
        Tensor mean = _mean.Forward(average); // [B, E]
        Tensor spread = _spread.Forward(average); // [B, E]
        Tensor curves = (deviation * spread.unsqueeze(1)) + mean.unsqueeze(1); // [B, T, E]
        return new HeadOutput(curves) { VisualStates = states.Visual, AudioStates = states.Audio, Mean = mean, StandardDeviation = spread };
    }
}
