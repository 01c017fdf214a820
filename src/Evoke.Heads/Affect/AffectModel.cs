using Evoke.Curves;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Heads.Inputs;
using Evoke.Heads.Reactions;

namespace Evoke.Heads.Affect;

/// <summary>Arousal and valence without training, after A. Hanjalic and L.-Q. Xu, "Affective video content representation and modeling", IEEE Trans.
/// Multimedia 7(1), 2005.</summary>
/// <remarks>
/// <para>Arousal, from 0 (calm) to 1 (excited), is the weighted mean of three components, each smoothed with a Kaiser window, smoothed once more: G1 = 1 -
/// exp(-m / m0) with m the motion activity (the paper's mean length of motion vectors); G2 = exp(-L / δ) with L the length of the shot (its rhythm component,
/// which decays with the distance of the surrounding cuts); G3 = (e / e0)^0.3 with e the mean power of the sound (its sound energy). A component whose
/// modality is missing is left out.</para>
/// <para>Valence, from 0 (unpleasant) over 0.5 (neutral) to 1 (pleasant), takes its sign and size from how far the average pitch of voiced sound lies above
/// or below a neutral pitch, and is bounded by arousal: |2 valence - 1| is at most sqrt(arousal), the parabola that encloses the emotions people report.
/// Without voiced sound it is neutral.</para>
/// <para>Where the paper stretches every film to its own maxima, the scales here are fixed, so that films can be compared; its window of a minute is
/// shortened to seconds, since the curves are read second by second. docs/affect.md says what is the paper's and what is ours. Pure arithmetic:
/// thread-safe.</para>
/// </remarks>
public sealed class AffectModel : IReactionModel
{
    /// <summary>The model's name.</summary>
    public const string ModelName = "affect";

    /// <summary>One sentence for users.</summary>
    public const string Description =
        "Arousal and valence from motion, cuts, loudness and pitch, after Hanjalic and Xu (2005). Needs no training; two curves, not fifteen.";

    // Power to loudness as the ear has it (Stevens): twice as loud with every 10 dB.
    private const double LoudnessExponent = 0.3;

    private readonly AffectOptions _options;
    private readonly KaiserSmoother _components;
    private readonly KaiserSmoother _curves;

    /// <summary>Makes the model.</summary>
    /// <param name="options">Its constants; null for the usual ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is not finite, is negative, or is 0 where it divides; or all weights are 0.</exception>
    public AffectModel(AffectOptions? options = null)
    {
        _options = options ?? new AffectOptions();
        ThrowIfSenseless(_options);
        _components = new KaiserSmoother(_options.ComponentSmoothingSeconds, _options.KaiserBeta, _options.Rate);
        _curves = new KaiserSmoother(_options.CurveSmoothingSeconds, _options.KaiserBeta, _options.Rate);
    }

    /// <inheritdoc/>
    public string Name => ModelName;

    /// <inheritdoc/>
    public string Summary => Description;

    /// <summary>Arousal and valence.</summary>
    public EmotionScheme Scheme => EmotionScheme.Affect;

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
        ArgumentNullException.ThrowIfNull(features);
        FeatureSequence? picture = features.PictureMissing
            ? null
            : Checked(features.VideoId, features.Visual, VisualLowLevelEncoder.EncoderIdentity, VisualLowLevelEncoder.Descriptors.Count);
        FeatureSequence? sound = features.SoundMissing
            ? null
            : Checked(features.VideoId, features.Audio, AudioLowLevelEncoder.EncoderIdentity, AudioLowLevelEncoder.Descriptors.Count);
        int steps = picture?.Steps ?? sound?.Steps
            ?? throw new IncompatibleFeaturesException($"Video '{features.VideoId}' has neither picture nor sound; model '{Name}' takes at least one.");
        if (sound is not null && sound.Steps != steps)
        {
            throw new IncompatibleFeaturesException(
                $"Video '{features.VideoId}' has {steps} steps of picture and {sound.Steps} of sound; model '{Name}' needs the same number of both.");
        }

        double[] arousal = Arousal(picture, sound, steps);
        double[] valence = Valence(sound, arousal);
        float[] values = new float[steps * 2]; // [steps, 2]
        for (int step = 0; step < steps; step++)
        {
            values[2 * step] = (float)Math.Clamp(arousal[step], 0, 1);
            values[(2 * step) + 1] = (float)Math.Clamp(valence[step], 0, 1);
        }

        return new SparsePrediction(new EmotionCurves(Scheme, new TimeGrid(Rate, steps), values), null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Only managed memory is used.
    }

    private double[] Arousal(FeatureSequence? picture, FeatureSequence? sound, int steps)
    {
        List<(double Weight, double[] Component)> components = [];
        if (picture is not null)
        {
            components.Add((_options.MotionWeight, Motion(Column(picture, VisualLowLevelEncoder.Descriptors.IndexOf("motion.activity")))));
            float[] cuts = Column(picture, VisualLowLevelEncoder.Descriptors.IndexOf("cut.rate"));
            components.Add((_options.RhythmWeight, ShotRhythm.Compute(cuts, Rate, _options.ShotSecondsScale)));
        }

        if (sound is not null)
        {
            components.Add((_options.EnergyWeight, Energy(Column(sound, AudioLowLevelEncoder.Descriptors.IndexOf("loudness.rms")))));
        }

        double total = components.Sum(component => component.Weight);
        double[] arousal = new double[steps];
        foreach ((double weight, double[] component) in components)
        {
            double[] smooth = _components.Smooth(component);
            for (int step = 0; step < steps; step++)
            {
                arousal[step] += total > 0 ? weight / total * smooth[step] : 0;
            }
        }

        return _curves.Smooth(arousal);
    }

    private double[] Motion(float[] activity) => [.. activity.Select(m => 1 - Math.Exp(-m / _options.MotionScale))];

    private double[] Energy(float[] level) => [.. level.Select(l =>
    {
        double decibels = (100 * l) - 100; // loudness.rms is (dB + 100) / 100
        return l <= 0 ? 0 : Math.Min(1, Math.Pow(10, LoudnessExponent * (decibels - _options.FullEnergyDecibels) / 10));
    })];

    private double[] Valence(FeatureSequence? sound, double[] arousal)
    {
        double[] valence = new double[arousal.Length];
        Array.Fill(valence, 0.5);
        if (sound is null)
        {
            return valence;
        }

        double[] voiced = [.. Column(sound, AudioLowLevelEncoder.Descriptors.IndexOf("pitch.voiced")).Select(v => (double)v)];
        double shift = Math.Log2(_options.NeutralPitchHertz / AudioLowLevelEncoder.PitchOriginHz);
        double[] octaves = [.. Column(sound, AudioLowLevelEncoder.Descriptors.IndexOf("pitch.mean")).Select(p => p - shift)];
        double[] pitch = _components.Smooth(octaves, voiced);
        double[] presence = _components.Smooth(voiced);
        for (int step = 0; step < valence.Length; step++)
        {
            double size = Math.Tanh(pitch[step] / _options.PitchOctavesScale) * Math.Min(1, presence[step] / _options.FullyVoicedShare);
            valence[step] = 0.5 + (0.5 * size * Math.Sqrt(arousal[step]));
        }

        return _curves.Smooth(valence);
    }

    private static float[] Column(FeatureSequence features, int column)
    {
        float[] values = new float[features.Steps];
        for (int step = 0; step < values.Length; step++)
        {
            values[step] = features.Row(step)[column];
        }

        return values;
    }

    private FeatureSequence? Checked(string video, FeatureSequence? features, EncoderIdentity wanted, int width)
    {
        if (features is null)
        {
            return null; // this modality was not extracted: the other one is used alone
        }

        if (features.Encoder != wanted)
        {
            throw new IncompatibleFeaturesException($"The features of video '{video}' are from {features.Encoder}; model '{Name}' takes those from {wanted}.");
        }

        if (features.Width != width || features.Steps < 1)
        {
            throw new IncompatibleFeaturesException(
                $"The features of video '{video}' are {features.Steps} steps of {features.Width} numbers; model '{Name}' takes at least 1 step of {width}.");
        }

        return features.Rate.Equals(Rate)
            ? features
            : throw new IncompatibleFeaturesException(
                FormattableString.Invariant($"The features of video '{video}' are at {features.Rate} Hz; model '{Name}' takes them at {Rate} Hz."));
    }

    private static void ThrowIfSenseless(AffectOptions options)
    {
        foreach ((string name, double value, bool mayBeZero) in new[]
        {
            (nameof(options.MotionWeight), options.MotionWeight, true),
            (nameof(options.RhythmWeight), options.RhythmWeight, true),
            (nameof(options.EnergyWeight), options.EnergyWeight, true),
            (nameof(options.MotionScale), options.MotionScale, false),
            (nameof(options.ShotSecondsScale), options.ShotSecondsScale, false),
            (nameof(options.ComponentSmoothingSeconds), options.ComponentSmoothingSeconds, true),
            (nameof(options.CurveSmoothingSeconds), options.CurveSmoothingSeconds, true),
            (nameof(options.KaiserBeta), options.KaiserBeta, true),
            (nameof(options.NeutralPitchHertz), options.NeutralPitchHertz, false),
            (nameof(options.PitchOctavesScale), options.PitchOctavesScale, false),
            (nameof(options.FullyVoicedShare), options.FullyVoicedShare, false),
        })
        {
            if (!double.IsFinite(value) || value < 0 || (value == 0 && !mayBeZero))
            {
                throw new ArgumentOutOfRangeException(nameof(options), value, $"{name} must be a finite number {(mayBeZero ? "of at least" : "above")} 0.");
            }
        }

        if (options.MotionWeight + options.RhythmWeight + options.EnergyWeight == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), 0.0, "At least one weight of arousal must be above 0.");
        }
    }
}
