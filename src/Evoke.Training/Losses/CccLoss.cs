using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>
/// 1 - ccc per clip and emotion over time, averaged; ccc = 2 cov / (var x + var y + (mean x - mean y)^2) with population variances (the paper's equation
/// 1).
/// </summary>
/// <remarks>
/// The authors' code omits a 1/N in the covariance; this code does not. A series with fewer than two unmasked steps does not count.
/// Immutable and thread-safe.
/// </remarks>
public sealed record CccLoss : CurveLoss
{
    // Two equal constant series give 0/0; their ccc is set to 0, without a gradient.
    private const double SmallestDenominator = 1e-12;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor prediction, Tensor label, Tensor? mask, Tensor? weights)
    {
        var m = TimeMoments.Of(prediction, label, mask, weights);
        Tensor denominator = (m.VarianceX + m.VarianceY + (m.MeanX - m.MeanY).square()).clamp_min(SmallestDenominator);
        return MeanWhere(1 - (2 * m.Covariance / denominator), m.Counts, m.Weights);
    }
}
