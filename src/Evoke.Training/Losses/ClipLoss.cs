using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>
/// Symmetric InfoNCE between the visual and the audio embedding of each clip: a clip's picture should match its own sound and no other clip's.
/// </summary>
/// <remarks>After CLIP (Radford et al., ICML 2021), named as future work in the paper's section 5.</remarks>
internal static class ClipLoss
{
    /// <summary>CLIP's bound on the learned scale: logits are never multiplied by more than 100.</summary>
    public static double MaximalLogScale { get; } = Math.Log(100);

    /// <summary>CLIP's initial value of the learned scale: log(1 / 0.07).</summary>
    public static double InitialLogScale { get; } = Math.Log(1 / 0.07);

    /// <summary>Computes the loss.</summary>
    /// <param name="visual">One embedding per clip: [B,D].</param>
    /// <param name="audio">One embedding per clip: [B,D].</param>
    /// <param name="logScale">Scalar: log of the factor on the cosines (1 / temperature).</param>
    /// <returns>A scalar: the mean of both directions' cross-entropies, log B for uninformative embeddings.</returns>
    public static Tensor Forward(Tensor visual, Tensor audio, Tensor logScale)
    {
        using var scope = NewDisposeScope();
        Tensor v = nn.functional.normalize(visual, p: 2, dim: 1); // [B, D]
        Tensor a = nn.functional.normalize(audio, p: 2, dim: 1); // [B, D]
        Tensor logits = v.matmul(a.t()) * logScale.clamp_max(MaximalLogScale).exp(); // [B, B]
        Tensor own = arange(visual.shape[0], ScalarType.Int64, visual.device);
        Tensor loss = (nn.functional.cross_entropy(logits, own) + nn.functional.cross_entropy(logits.t(), own)) / 2;
        return loss.MoveToOuterDisposeScope();
    }
}
