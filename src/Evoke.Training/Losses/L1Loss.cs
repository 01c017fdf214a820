using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>
/// mean |p - y| over all elements: the paper's loss (section 4.4; the authors' code adds it to itself, which doubles it and changes nothing else).
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record L1Loss : CurveLoss
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor prediction, Tensor label, Tensor? mask, Tensor? weights) =>
        MeanWhere((prediction - label).abs(), mask, weights);
}
