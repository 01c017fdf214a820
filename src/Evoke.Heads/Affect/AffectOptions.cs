using Evoke.Curves;

namespace Evoke.Heads.Affect;

/// <summary>The constants of <see cref="AffectModel"/> and <see cref="PitchValenceModel"/>.</summary>
/// <remarks>Where Hanjalic and Xu scale each film by its own maxima, these fix one scale for all films. Immutable and thread-safe.</remarks>
public sealed record AffectOptions
{
    /// <summary>Steps per second (Hz) of the features and of the curves.</summary>
    public Rate Rate { get; init; } = new(1);

    /// <summary>Share of motion in arousal, 0 or more; shares count relative to each other.</summary>
    public double MotionWeight { get; init; } = 1;

    /// <summary>Share of the rhythm of cuts in arousal.</summary>
    public double RhythmWeight { get; init; } = 1;

    /// <summary>Share of the sound's energy in arousal.</summary>
    public double EnergyWeight { get; init; } = 1;

    /// <summary>Motion activity, in frame widths per second, that makes 63 % of full motion: a brisk pan takes four seconds to cross the frame.</summary>
    public double MotionScale { get; init; } = 0.25;

    /// <summary>δ of the paper's rhythm component, in seconds: the length of a shot that makes 37 % of full rhythm.</summary>
    public double ShotSecondsScale { get; init; } = 4;

    /// <summary>Level of sound, in dB of full scale, that makes full energy.</summary>
    public double FullEnergyDecibels { get; init; } = -7;

    /// <summary>Length in seconds of the Kaiser window that smooths each component.</summary>
    public double ComponentSmoothingSeconds { get; init; } = 15;

    /// <summary>Length in seconds of the Kaiser window that smooths the curves at the end.</summary>
    public double CurveSmoothingSeconds { get; init; } = 5;

    /// <summary>Shape β of the Kaiser windows.</summary>
    public double KaiserBeta { get; init; } = 5;

    /// <summary>The pitch, in Hz, of neutral feeling: between the usual speaking pitches of men and women.</summary>
    public double NeutralPitchHertz { get; init; } = 160;

    /// <summary>Octaves from the neutral pitch that make 76 % of full valence.</summary>
    public double PitchOctavesScale { get; init; } = 0.7;

    /// <summary>Share of voiced sound above which the pitch counts in full.</summary>
    public double FullyVoicedShare { get; init; } = 0.2;

    /// <summary>Rejects constants that make no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A constant is not finite, is negative, or is 0 where it divides; or all weights are 0.</exception>
    internal static void ThrowIfSenseless(AffectOptions options)
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
