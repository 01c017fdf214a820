using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>Means, variances and covariance over time, per clip and emotion: [B,1,E] each.</summary>
/// <remarks>Population moments (divided by N), over the steps that count; with weights, each step counts as much as it weighs.</remarks>
/// <param name="MeanX">The mean of the first series.</param>
/// <param name="MeanY">The mean of the second series.</param>
/// <param name="VarianceX">The variance of the first series.</param>
/// <param name="VarianceY">The variance of the second series.</param>
/// <param name="Covariance">Their covariance.</param>
/// <param name="Counts">1 for series of two steps or more, 0 for others; null if all have as many steps.</param>
/// <param name="Weights">The mean weight of each series' steps; null without weights.</param>
internal readonly record struct TimeMoments(
    Tensor MeanX, Tensor MeanY, Tensor VarianceX, Tensor VarianceY, Tensor Covariance, Tensor? Counts, Tensor? Weights)
{
    private const double SmallestWeight = 1e-12; // Only a series without any step has less.

    public static TimeMoments Of(Tensor x, Tensor y, Tensor? mask, Tensor? weights)
    {
        Tensor? steps = mask?.sum(1, keepdim: true); // [B, 1, E]
        Tensor? counted = weights is null ? mask : mask is null ? weights : mask * weights; // [B, T, E]
        Tensor? divisor = weights is null ? steps?.clamp_min(1) : counted!.sum(1, keepdim: true).clamp_min(SmallestWeight);
        Tensor Mean(Tensor values) => counted is null ? values.mean([1], keepdim: true) : (values * counted).sum(1, keepdim: true) / divisor!; // [B, 1, E]

        Tensor meanX = Mean(x);
        Tensor meanY = Mean(y);
        Tensor dx = x - meanX; // [B, T, E]
        Tensor dy = y - meanY;
        Tensor? ofSeries = weights is null ? null : steps is null ? weights.mean([1], keepdim: true) : divisor! / steps.clamp_min(1);
        // A series with fewer than two steps has no correlation, so it does not count.
        return new(meanX, meanY, Mean(dx.square()), Mean(dy.square()), Mean(dx * dy), steps?.ge(2).to_type(ScalarType.Float32), ofSeries);
    }
}
