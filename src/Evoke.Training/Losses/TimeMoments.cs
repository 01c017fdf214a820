using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>Means, variances and covariance over time, per clip and emotion: [B,1,E] each.</summary>
/// <remarks>Population moments (divided by N), over the steps that count.</remarks>
internal readonly record struct TimeMoments(Tensor MeanX, Tensor MeanY, Tensor VarianceX, Tensor VarianceY, Tensor Covariance, Tensor? Counts)
{
    public static TimeMoments Of(Tensor x, Tensor y, Tensor? mask)
    {
        Tensor? steps = mask?.sum(1, keepdim: true); // [B, 1, E]
        Tensor? divisor = steps?.clamp_min(1);
        Tensor Mean(Tensor values) => mask is null ? values.mean([1], keepdim: true) : (values * mask).sum(1, keepdim: true) / divisor!; // [B, 1, E]

        Tensor meanX = Mean(x);
        Tensor meanY = Mean(y);
        Tensor dx = x - meanX; // [B, T, E]
        Tensor dy = y - meanY;
        // A series with fewer than two steps has no correlation, so it does not count.
        return new(meanX, meanY, Mean(dx.square()), Mean(dy.square()), Mean(dx * dy), steps?.ge(2).to_type(ScalarType.Float32));
    }
}
