using System.Numerics.Tensors;

namespace Evoke.Heads.Inputs;

/// <summary>How one modality's features become a head's input: normalised, then the position. The same in training and in prediction.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ModalityInput
{
    // A feature that hardly varied in training carries no information; dividing by its standard deviation would amplify its noise in prediction.
    private const float SmallestSpread = 1e-6f;

    private readonly FeatureNormalisation _normalisation;
    private readonly float[] _mean;
    private readonly float[] _scale;
    private readonly PositionFeature? _position;

    /// <summary>Creates the input.</summary>
    /// <param name="featureWidth">Values per step that the encoder gives, at least 1.</param>
    /// <param name="normalisation">How they are normalised.</param>
    /// <param name="statistics">For <see cref="FeatureNormalisation.Standardise"/> the training set's, of the same width; else null.</param>
    /// <param name="position">The position feature; null for none.</param>
    /// <exception cref="ArgumentException">Statistics are missing, not allowed, or of another width.</exception>
    public ModalityInput(int featureWidth, FeatureNormalisation normalisation, FeatureStatistics? statistics, PositionFeature? position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureWidth, 1);
        if ((normalisation == FeatureNormalisation.Standardise) != (statistics is not null))
        {
            throw new ArgumentException("Statistics are required for standardised features and not allowed for others.", nameof(statistics));
        }

        if (statistics is not null && statistics.Width != featureWidth)
        {
            throw new ArgumentException($"The statistics are for {statistics.Width} features; expected {featureWidth}.", nameof(statistics));
        }

        FeatureWidth = featureWidth;
        _normalisation = normalisation;
        _position = position;
        _mean = statistics?.Mean ?? [];
        _scale = [.. (statistics?.StandardDeviation ?? []).Select(spread => spread > SmallestSpread ? 1 / spread : 0)];
    }

    /// <summary>Values per input step.</summary>
    public int FeatureWidth { get; }

    /// <summary>Values per output step: one more with a position.</summary>
    public int Width => FeatureWidth + (_position is null ? 0 : 1);

    /// <summary>Writes one step of a head's input.</summary>
    /// <param name="features">[feature width].</param>
    /// <param name="seconds">The time of the step, from the start of the video.</param>
    /// <param name="destination">[width]; may not overlap <paramref name="features"/>.</param>
    /// <exception cref="ArgumentException">A span is of another length.</exception>
    public void WriteStep(ReadOnlySpan<float> features, double seconds, Span<float> destination)
    {
        ThrowIfNotAStep(features.Length, FeatureWidth, nameof(features));
        ThrowIfNotAStep(destination.Length, Width, nameof(destination));
        Normalise(features, destination[..FeatureWidth]);
        WritePosition(seconds, destination);
    }

    /// <summary>Writes one step of a head's input for a video that lacks this modality: zeros after normalisation, which stand for average values.</summary>
    /// <param name="seconds">The time of the step, from the start of the video.</param>
    /// <param name="destination">[width].</param>
    /// <exception cref="ArgumentException">The span is of another length.</exception>
    public void WriteMissingStep(double seconds, Span<float> destination)
    {
        ThrowIfNotAStep(destination.Length, Width, nameof(destination));
        destination[..FeatureWidth].Clear();
        WritePosition(seconds, destination);
    }

    private void Normalise(ReadOnlySpan<float> features, Span<float> destination)
    {
        switch (_normalisation)
        {
            case FeatureNormalisation.Standardise:
                TensorPrimitives.Subtract(features, _mean, destination);
                TensorPrimitives.Multiply(destination, _scale, destination);
                break;
            case FeatureNormalisation.L2:
                float length = TensorPrimitives.Norm(features);
                TensorPrimitives.Multiply(features, length > 0 ? 1 / length : 0, destination);
                break;
            default:
                features.CopyTo(destination);
                break;
        }
    }

    private void WritePosition(double seconds, Span<float> destination)
    {
        if (_position is not null)
        {
            destination[^1] = _position.At(seconds);
        }
    }

    private static void ThrowIfNotAStep(int found, int expected, string name)
    {
        if (found != expected)
        {
            throw new ArgumentException($"Expected a step of {expected} numbers; found {found}.", name);
        }
    }
}
