using Evoke.Encoders.LowLevel;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;
using Evoke.Heads.Inputs;

namespace Evoke.Heads.Affect;

/// <summary>The descriptors of a film as the models of affect read them, checked, and what these models compute from them. Thread-safe.</summary>
internal sealed class AffectSignals
{
    // Power to loudness as the ear has it (Stevens): twice as loud with every 10 dB.
    private const double LoudnessExponent = 0.3;

    private readonly AffectOptions _options;
    private readonly KaiserSmoother _components;
    private readonly KaiserSmoother _curves;
    private readonly FeatureSequence? _picture;
    private readonly FeatureSequence? _sound;

    /// <summary>Checks the features of a film.</summary>
    /// <param name="features">The film.</param>
    /// <param name="options">The constants.</param>
    /// <param name="model">The model, for messages.</param>
    /// <exception cref="IncompatibleFeaturesException">The features are from other encoders or at another rate, or there is neither picture nor
    /// sound.</exception>
    public AffectSignals(VideoFeatures features, AffectOptions options, string model)
    {
        ArgumentNullException.ThrowIfNull(features);
        _options = options;
        _components = new KaiserSmoother(options.ComponentSmoothingSeconds, options.KaiserBeta, options.Rate);
        _curves = new KaiserSmoother(options.CurveSmoothingSeconds, options.KaiserBeta, options.Rate);
        _picture = features.PictureMissing
            ? null
            : Checked(features.VideoId, features.Visual, VisualLowLevelEncoder.EncoderIdentity, VisualLowLevelEncoder.Descriptors.Count, model);
        _sound = features.SoundMissing
            ? null
            : Checked(features.VideoId, features.Audio, AudioLowLevelEncoder.EncoderIdentity, AudioLowLevelEncoder.Descriptors.Count, model);
        Steps = _picture?.Steps ?? _sound?.Steps
            ?? throw new IncompatibleFeaturesException($"Video '{features.VideoId}' has neither picture nor sound; model '{model}' takes at least one.");
        if (_sound is not null && _sound.Steps != Steps)
        {
            throw new IncompatibleFeaturesException(
                $"Video '{features.VideoId}' has {Steps} steps of picture and {_sound.Steps} of sound; model '{model}' needs the same number of both.");
        }
    }

    /// <summary>Number of steps, at least 1.</summary>
    public int Steps { get; }

    /// <summary>The parts of arousal and their weighted mean. A part whose modality is missing is 0 and has no weight.</summary>
    public ArousalParts Arousal()
    {
        double[] pace = _picture is null ? new double[Steps] : Smooth(ShotRhythm.Compute(Seen("cut.rate"), _options.Rate, _options.ShotSecondsScale));
        double[] motion = _picture is null ? new double[Steps] : Smooth([.. Seen("motion.activity").Select(m => 1 - Math.Exp(-m / _options.MotionScale))]);
        double[] loudness = _sound is null ? new double[Steps] : Smooth([.. Heard("loudness.rms").Select(Energy)]);
        double seen = _picture is null ? 0 : 1, heard = _sound is null ? 0 : 1;
        (double Weight, double[] Curve)[] parts =
        [
            (seen * _options.RhythmWeight, pace), (seen * _options.MotionWeight, motion), (heard * _options.EnergyWeight, loudness),
        ];
        double total = parts.Sum(part => part.Weight);
        double[] arousal = new double[Steps];
        for (int step = 0; step < Steps; step++)
        {
            arousal[step] = total > 0 ? parts.Sum(part => part.Weight * part.Curve[step]) / total : 0;
        }

        return new ArousalParts(arousal, pace, motion, loudness);
    }

    /// <summary>Valence after pitch: [steps], 0.5 where no voice is heard.</summary>
    public double[] ValenceOfPitch()
    {
        double[] valence = new double[Steps];
        Array.Fill(valence, 0.5);
        if (_sound is null)
        {
            return valence;
        }

        double[] arousal = Arousal().Arousal;
        double[] voiced = [.. Heard("pitch.voiced").Select(v => (double)v)];
        double shift = Math.Log2(_options.NeutralPitchHertz / AudioLowLevelEncoder.PitchOriginHz);
        double[] pitch = _components.Smooth([.. Heard("pitch.mean").Select(p => p - shift)], voiced);
        double[] presence = _components.Smooth(voiced);
        for (int step = 0; step < Steps; step++)
        {
            double size = Math.Tanh(pitch[step] / _options.PitchOctavesScale) * Math.Min(1, presence[step] / _options.FullyVoicedShare);
            valence[step] = 0.5 + (0.5 * size * Math.Sqrt(arousal[step]));
        }

        return _curves.Smooth(valence);
    }

    private double[] Smooth(double[] component) => _curves.Smooth(_components.Smooth(component));

    private double Energy(float level)
    {
        double decibels = (100 * level) - 100; // loudness.rms is (dB + 100) / 100
        return level <= 0 ? 0 : Math.Min(1, Math.Pow(10, LoudnessExponent * (decibels - _options.FullEnergyDecibels) / 10));
    }

    private float[] Seen(string name) => Column(_picture!, VisualLowLevelEncoder.Descriptors, name);

    private float[] Heard(string name) => Column(_sound!, AudioLowLevelEncoder.Descriptors, name);

    private static float[] Column(FeatureSequence features, DescriptorTable table, string name)
    {
        int column = table.IndexOf(name);
        return [.. Enumerable.Range(0, features.Steps).Select(step => features.Row(step)[column])];
    }

    private FeatureSequence? Checked(string video, FeatureSequence? features, EncoderIdentity wanted, int width, string model)
    {
        if (features is null)
        {
            return null; // this modality was not extracted: the other one is used alone
        }

        if (features.Encoder != wanted)
        {
            throw new IncompatibleFeaturesException($"The features of video '{video}' are from {features.Encoder}; model '{model}' takes those from {wanted}.");
        }

        if (features.Width != width || features.Steps < 1)
        {
            throw new IncompatibleFeaturesException(
                $"The features of video '{video}' are {features.Steps} steps of {features.Width} numbers; model '{model}' takes at least 1 step of {width}.");
        }

        return features.Rate.Equals(_options.Rate)
            ? features
            : throw new IncompatibleFeaturesException(
                FormattableString.Invariant($"The features of video '{video}' are at {features.Rate} Hz; model '{model}' takes them at {_options.Rate} Hz."));
    }
}

/// <summary>Arousal and what it is made of: [steps] each, from 0 to 1.</summary>
/// <param name="Arousal">The weighted mean of the parts.</param>
/// <param name="Pace">How fast shots follow each other.</param>
/// <param name="Motion">How fast the picture moves.</param>
/// <param name="Loudness">How loud the sound is.</param>
internal sealed record ArousalParts(double[] Arousal, double[] Pace, double[] Motion, double[] Loudness);
