using Evoke.Curves;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Heads.Reactions;

namespace Evoke.Heads.Affect;

/// <summary>Valence after the pitch of voiced sound, as Hanjalic and Xu (2005) propose it; see <see cref="AffectModel"/> for the reference.</summary>
/// <remarks>
/// Valence, from 0 (unpleasant) over 0.5 (neutral) to 1 (pleasant), takes its sign and size from how far the average pitch of voiced sound lies above or
/// below a neutral pitch, and is bounded by arousal: |2 valence - 1| is at most sqrt(arousal). Without voiced sound it is neutral. What is known of it speaks
/// against it: docs/affect.md. Pure arithmetic: thread-safe.
/// </remarks>
internal sealed class PitchValenceModel : IReactionModel
{
    /// <summary>The model's name.</summary>
    public const string ModelName = "pitch-valence";

    /// <summary>What it is, for users.</summary>
    public const string Description =
        "Valence from the pitch of voices and music, after Hanjalic and Xu (2005). Do not rely on it: on four songs with listeners' curves it ran against the "
        + "listeners in all four (Pearson -0.92 to -0.10), and it takes men's voices to be sadder than women's (docs/affect.md).";

    private readonly AffectOptions _options;

    /// <summary>Makes the model.</summary>
    /// <param name="options">Its constants; null for the usual ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is not finite, is negative, or is 0 where it divides; or all weights are 0.</exception>
    public PitchValenceModel(AffectOptions? options = null)
    {
        _options = options ?? new AffectOptions();
        AffectOptions.ThrowIfSenseless(_options);
    }

    /// <summary>Valence, from 0 to 1.</summary>
    public static EmotionScheme Curves { get; } = new(["valence"]);

    /// <inheritdoc/>
    public string Name => ModelName;

    /// <inheritdoc/>
    public string Summary => ModelNotice.After(Description);

    /// <summary>Valence: <see cref="Curves"/>.</summary>
    public EmotionScheme Scheme => Curves;

    /// <inheritdoc/>
    public Rate Rate => _options.Rate;

    /// <summary>visual-lld: arousal bounds valence.</summary>
    public EncoderIdentity? VisualEncoder => VisualLowLevelEncoder.EncoderIdentity;

    /// <summary>audio-lld.</summary>
    public EncoderIdentity? AudioEncoder => AudioLowLevelEncoder.EncoderIdentity;

    /// <inheritdoc/>
    /// <exception cref="IncompatibleFeaturesException">The features are from other encoders or at another rate, or there is neither picture nor
    /// sound.</exception>
    public SparsePrediction Predict(VideoFeatures features)
    {
        AffectSignals signals = new(features, _options, Name);
        float[] values = [.. signals.ValenceOfPitch().Select(value => (float)Math.Clamp(value, 0, 1))];
        return new SparsePrediction(new EmotionCurves(Scheme, new TimeGrid(Rate, signals.Steps), values), null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Only managed memory is used.
    }
}
