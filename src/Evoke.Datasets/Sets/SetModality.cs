using Evoke.Features;

namespace Evoke.Datasets.Sets;

/// <summary>The features of one modality, the same in a whole set.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Encoder">The encoder that produced them.</param>
/// <param name="Width">Numbers per step.</param>
public sealed record SetModality(EncoderIdentity Encoder, int Width)
{
    /// <summary>"swin-l, 1536 wide".</summary>
    public override string ToString() => $"{Encoder}, {Width} wide";
}
