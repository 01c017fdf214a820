using Evoke.Training.Losses;
using Evoke.Training.Recipes;
using static TorchSharp.torch;

namespace OwnHead;

/// <summary>Squared below <see cref="Delta"/>, linear above: one label that is far off pulls no harder than others (Huber, 1964).</summary>
public sealed record HuberLoss : CurveLoss
{
    /// <summary>Where it turns from squared to linear, as a share of the curve's range.</summary>
    [RecipeKey("delta", Minimum = 0, MinimumExcluded = true, Maximum = 1)]
    public double Delta { get; init; } = 0.1;

    protected override Tensor Compute(Tensor prediction, Tensor label, Tensor? mask, Tensor? weights)
    {
        Tensor error = (prediction - label).abs(); // [B, T, E]
        Tensor near = error.clamp_max(Delta);
        return MeanWhere((near * (error - (0.5 * near))) / Delta, mask, weights);
    }
}
