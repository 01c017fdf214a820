using static TorchSharp.torch;

namespace Evoke.Training.Losses;

/// <summary>How far predicted curves are from labels, as one differentiable number.</summary>
/// <remarks>
/// Losses are computed in float32 whatever the network's precision. Masked elements do not count and get no gradient; if all elements are masked, the
/// loss is 0. With weights, an element's or a series' part of the sum is multiplied by its weight; the sum is still divided by how many count.
/// A loss of your own is a record of your own that derives from this one and is registered in a <see cref="LossCatalog"/>: docs/extending.md.
/// Immutable and thread-safe.
/// </remarks>
public abstract record CurveLoss
{
    /// <summary>Computes the loss of a batch.</summary>
    /// <param name="prediction">[B,T,E], in [0,1] for <see cref="KlLoss"/>.</param>
    /// <param name="label">[B,T,E].</param>
    /// <param name="mask">1 where an element counts, 0 where not: [B,T] for whole rows, or anything that broadcasts to [B,T,E]; null if all count.</param>
    /// <param name="weights">How much each element weighs, 0 or more: [B,T,E]; null if all weigh 1.</param>
    /// <returns>A scalar in float32.</returns>
    /// <exception cref="ArgumentException">The shapes of prediction, label and weights differ, or are not [B,T,E].</exception>
    public Tensor Forward(Tensor prediction, Tensor label, Tensor? mask = null, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(label);
        if (prediction.dim() != 3 || !prediction.shape.AsSpan().SequenceEqual(label.shape))
        {
            throw new ArgumentException(
                $"Prediction and label must have the same shape [B,T,E]; found [{string.Join(',', prediction.shape)}] and [{string.Join(',', label.shape)}].",
                nameof(prediction));
        }

        if (weights is not null && !weights.shape.AsSpan().SequenceEqual(label.shape))
        {
            throw new ArgumentException(
                $"Weights must have the shape of the labels; found [{string.Join(',', weights.shape)}] and [{string.Join(',', label.shape)}].",
                nameof(weights));
        }

        using var scope = NewDisposeScope();
        Tensor p = prediction.to_type(ScalarType.Float32);
        Tensor y = label.to_type(ScalarType.Float32);
        Tensor? m = mask is null ? null : (mask.dim() == 2 ? mask.unsqueeze(2) : mask).to_type(ScalarType.Float32).expand(p.shape); // [B, T, E]
        return Compute(p, y, m, weights?.to_type(ScalarType.Float32)).MoveToOuterDisposeScope();
    }

    /// <summary>The loss itself, from inputs that were checked; the caller has opened a dispose scope for what is created here.</summary>
    /// <param name="prediction">[B,T,E], float32.</param>
    /// <param name="label">[B,T,E], float32.</param>
    /// <param name="mask">[B,T,E], float32, 0 or 1; null if all count.</param>
    /// <param name="weights">[B,T,E], float32; null if all weigh 1.</param>
    /// <returns>A scalar in float32 that gradients can be taken of.</returns>
    protected abstract Tensor Compute(Tensor prediction, Tensor label, Tensor? mask, Tensor? weights);

    /// <summary>The mean over the elements that count, each times its weight; 0 if there are none.</summary>
    /// <param name="values">A number for each element.</param>
    /// <param name="mask">1 where an element counts, 0 where not; null if all count.</param>
    /// <param name="weights">How much each element weighs; null if all weigh 1.</param>
    protected static Tensor MeanWhere(Tensor values, Tensor? mask, Tensor? weights)
    {
        Tensor weighted = weights is null ? values : values * weights;
        return mask is null ? weighted.mean() : (weighted * mask).sum() / mask.sum().clamp_min(1);
    }
}
