using Evoke.Tensors;

namespace Evoke.Encoders.Weights;

/// <summary>Weights for sound: VGGish's network, and the PCA of its post-processing.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SoundWeights : PretrainedWeights
{
    /// <summary>What <see cref="ThrowIfUnfit"/> does.</summary>
    public required Action<TensorFile, string> Check { get; init; }

    /// <inheritdoc/>
    public override void ThrowIfUnfit(TensorFile file, string sourceName) => Check(file, sourceName);
}
