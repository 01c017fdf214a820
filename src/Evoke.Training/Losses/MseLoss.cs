using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>mean (p - y)^2 over all elements.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record MseLoss : CurveLoss
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor prediction, Tensor label, Tensor? mask, Tensor? weights) =>
        MeanWhere((prediction - label).square(), mask, weights);
}
