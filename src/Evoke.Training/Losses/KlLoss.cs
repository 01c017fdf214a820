using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>mean y (log y - log p) over all elements, 0 where y = 0 (the paper's section 4.4, as torch's <c>KLDivLoss</c> with mean reduction).</summary>
/// <remarks>The 15 emotions are not a distribution (they do not sum to 1), so the value can be negative. Immutable and thread-safe.</remarks>
public sealed record KlLoss : CurveLoss
{
    // log 0 is not finite; a sigmoid in float32 falls to 0 below -104. The gradient is 0 below this.
    private const double SmallestPrediction = 1e-12;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor prediction, Tensor label, Tensor? mask, Tensor? weights)
    {
        Tensor logPrediction = prediction.clamp_min(SmallestPrediction).log();
        return MeanWhere(xlogy(label, label) - (label * logPrediction), mask, weights);
    }
}
