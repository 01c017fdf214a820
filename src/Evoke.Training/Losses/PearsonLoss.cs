using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>1 - r per clip and emotion over time, averaged: the challenge's metric as a loss.</summary>
/// <remarks>A constant label gives r = 0 and no gradient. A series with fewer than two unmasked steps does not count. Immutable and thread-safe.</remarks>
public sealed record PearsonLoss : CurveLoss
{
    // Keeps the square root away from 0, where its slope is infinite. Variances of curves worth learning are far larger.
    private const double SmallestVarianceProduct = 1e-14;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor prediction, Tensor label, Tensor? mask, Tensor? weights)
    {
        var m = TimeMoments.Of(prediction, label, mask, weights);
        Tensor r = m.Covariance / (m.VarianceX * m.VarianceY).clamp_min(SmallestVarianceProduct).sqrt();
        return MeanWhere(1 - r, m.Counts, m.Weights);
    }
}
