using System.Numerics.Tensors;

namespace Evoke.Encoders.Networks.Vggish;

/// <summary>AudioSet's post-processing of VGGish embeddings: PCA with whitening, then 8 bits (tensorflow/models, vggish_postprocess.py).</summary>
/// <remarks>The result is whole numbers from 0 to 255, as released with AudioSet.</remarks>
public sealed class VggishPostprocessor
{
    /// <summary>Numbers per embedding.</summary>
    public const int Width = 128;

    private const float QuantizeMin = -2;
    private const float QuantizeMax = 2;

    private readonly float[] _eigenVectors;
    private readonly float[] _means;

    /// <summary>Takes the PCA.</summary>
    /// <param name="eigenVectors">Row-major [128, 128]: <c>pca_eigen_vectors</c>.</param>
    /// <param name="means">[128]: <c>pca_means</c>.</param>
    /// <exception cref="ArgumentException">A size is another.</exception>
    public VggishPostprocessor(float[] eigenVectors, float[] means)
    {
        ArgumentNullException.ThrowIfNull(eigenVectors);
        ArgumentNullException.ThrowIfNull(means);
        if (eigenVectors.Length != Width * Width || means.Length != Width)
        {
            throw new ArgumentException($"VGGish's PCA has {Width} x {Width} and {Width} numbers; found {eigenVectors.Length} and {means.Length}.");
        }

        _eigenVectors = eigenVectors;
        _means = means;
    }

    /// <summary>Post-processes one embedding in place.</summary>
    /// <param name="embedding">[128].</param>
    public void Apply(Span<float> embedding)
    {
        Span<float> centred = stackalloc float[Width];
        TensorPrimitives.Subtract(embedding, _means, centred);
        for (int i = 0; i < Width; i++)
        {
            float component = TensorPrimitives.Dot(_eigenVectors.AsSpan(i * Width, Width), centred);
            float clipped = Math.Clamp(component, QuantizeMin, QuantizeMax);

            // Half to even, as torch and numpy round.
            embedding[i] = MathF.Round((clipped - QuantizeMin) * (255f / (QuantizeMax - QuantizeMin)));
        }
    }
}
