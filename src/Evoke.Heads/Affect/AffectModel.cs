using Evoke.Curves;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Heads.Reactions;

namespace Evoke.Heads.Affect;

/// <summary>Arousal and its parts without training, after A. Hanjalic and L.-Q. Xu, "Affective video content representation and modeling", IEEE Trans.
/// Multimedia 7(1), 2005.</summary>
/// <remarks>
/// <para>The parts, each from 0 to 1 and smoothed, are facts about picture and sound. Pace: exp(-L / δ) with L the length of the shot (the paper's rhythm,
/// which decays with the distance of the surrounding cuts). Motion: 1 - exp(-m / m0) with m the motion activity (the paper's mean length of motion vectors).
/// Loudness: (e / e0)^0.3 with e the mean power of the sound (its sound energy). Arousal is their weighted mean; a part whose modality is missing is 0 and
/// is left out of it.</para>
/// <para>Where the paper stretches every film to its own maxima, the scales here are fixed, so that films can be compared; its window of a minute is
/// shortened to seconds, since the curves are read second by second. docs/affect.md says what is the paper's and what is ours, and how far the formula
/// agrees with observers. Pure arithmetic: thread-safe.</para>
/// </remarks>
public sealed class AffectModel : IReactionModel
{
    /// <summary>The model's name.</summary>
    public const string ModelName = "affect";

    /// <summary>What it is, for users.</summary>
    public const string Description =
        "Pace of cuts, motion and loudness of the film, and their mean as arousal after Hanjalic and Xu (2005). Needs no training. Against the arousal that "
        + "observers saw portrayed in one film, the formula scored a Pearson correlation of 0.29, from -0.28 to 0.70 over its six parts (docs/affect.md).";

    private readonly AffectOptions _options;

    /// <summary>Makes the model.</summary>
    /// <param name="options">Its constants; null for the usual ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is not finite, is negative, or is 0 where it divides; or all weights are 0.</exception>
    public AffectModel(AffectOptions? options = null)
    {
        _options = options ?? new AffectOptions();
        AffectOptions.ThrowIfSenseless(_options);
    }

    /// <summary>Arousal, pace, motion and loudness, each from 0 to 1.</summary>
    public static EmotionScheme Curves { get; } = new(["arousal", "pace", "motion", "loudness"]);

    /// <inheritdoc/>
    public string Name => ModelName;

    /// <inheritdoc/>
    public string Summary => ModelNotice.After(Description);

    /// <summary>Arousal and its parts: <see cref="Curves"/>.</summary>
    public EmotionScheme Scheme => Curves;

    /// <inheritdoc/>
    public Rate Rate => _options.Rate;

    /// <summary>visual-lld.</summary>
    public EncoderIdentity? VisualEncoder => VisualLowLevelEncoder.EncoderIdentity;

    /// <summary>audio-lld.</summary>
    public EncoderIdentity? AudioEncoder => AudioLowLevelEncoder.EncoderIdentity;

    /// <inheritdoc/>
    /// <exception cref="IncompatibleFeaturesException">The features are from other encoders or at another rate, or there is neither picture nor
    /// sound.</exception>
    public SparsePrediction Predict(VideoFeatures features)
    {
        AffectSignals signals = new(features, _options, Name);
        ArousalParts parts = signals.Arousal();
        double[][] columns = [parts.Arousal, parts.Pace, parts.Motion, parts.Loudness];
        float[] values = new float[signals.Steps * columns.Length]; // [steps, 4]
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)Math.Clamp(columns[i % columns.Length][i / columns.Length], 0, 1);
        }

        return new SparsePrediction(new EmotionCurves(Scheme, new TimeGrid(Rate, signals.Steps), values), null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Only managed memory is used.
    }
}
