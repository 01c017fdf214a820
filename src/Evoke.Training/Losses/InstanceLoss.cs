using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>
/// One classifier for both modalities predicts which video a clip is from. This draws the embeddings of picture and sound of the same video together.
/// </summary>
/// <remarks>
/// After Zheng et al. (ACM TOMM 2020, "Dual-path convolutional image-text embeddings with instance loss"), named as future work in the paper's section 5.
/// </remarks>
internal static class InstanceLoss
{
    /// <summary>Computes the loss.</summary>
    /// <param name="visual">One embedding per clip: [B,D].</param>
    /// <param name="audio">One embedding per clip: [B,D].</param>
    /// <param name="classifier">One row per training video, shared by both modalities: [videos,D].</param>
    /// <param name="videos">Which video each clip is from: [B], int64, each in [0, videos).</param>
    /// <returns>A scalar: the mean of both modalities' cross-entropies.</returns>
    public static Tensor Forward(Tensor visual, Tensor audio, Tensor classifier, Tensor videos)
    {
        using var scope = NewDisposeScope();
        Tensor rows = classifier.t(); // [D, videos]
        Tensor loss = (nn.functional.cross_entropy(visual.matmul(rows), videos) + nn.functional.cross_entropy(audio.matmul(rows), videos)) / 2;
        return loss.MoveToOuterDisposeScope();
    }
}
