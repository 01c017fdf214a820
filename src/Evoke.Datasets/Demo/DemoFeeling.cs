using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Datasets.Demo;

/// <summary>How one emotion depends on picture and sound.</summary>
/// <param name="Emotion">Its name.</param>
/// <param name="Most">Its largest value: EEV's ranges are uneven.</param>
/// <param name="RiseSeconds">Time constant of its rise.</param>
/// <param name="FadeSeconds">Time constant of its fade: longer, since feelings rise fast and fade slowly.</param>
/// <param name="Drive">Its target value in [0,1]: a function of the moment, of what has just changed and of what has just been lost.</param>
internal sealed record DemoFeeling(string Emotion, double Most, double RiseSeconds, double FadeSeconds, Func<Stimulus, double, double, double> Drive)
{
    /// <summary>The 15 emotions of EEV, in its order. Products and squares make them non-linear in the features.</summary>
    public static ImmutableArray<DemoFeeling> All { get; } =
    [
        new("amusement", 0.6, 1, 5, (s, change, _) => s.Pleasure * s.Activity * (0.6 + s.Detail) + (0.3 * change * s.Pleasure)),
        new("anger", 0.05, 1.5, 6, (s, _, _) => (1 - s.Pleasure) * s.Activity * s.Activity * (0.4 + (2 * s.Noise))),
        new("awe", 0.05, 2, 7, (s, change, _) => s.Light * s.Loudness * (1 - s.Cuts) * (1 - s.Noise) * (0.7 + change)),
        new("concentration", 0.9, 2.5, 5, (s, _, _) => 0.15 + (0.75 * (1 - s.Cuts) * (1 - (0.7 * s.Loudness)) * (0.4 + (0.6 * s.Detail)))),
        new("confusion", 0.3, 1.5, 5, (s, change, _) => (0.6 * s.Detail * s.Cuts) + (0.5 * s.Noise * s.Motion) + (0.2 * change)),
        new("contempt", 0.12, 2, 6, (s, _, _) => (1 - s.Light) * (0.3 + (0.7 * s.Noise)) * (1 - (0.5 * s.Activity))),
        new("contentment", 0.4, 2.5, 7, (s, _, _) => s.Pleasure * (1 - s.Activity) * (1.2 - (0.6 * s.Detail))),
        new("disappointment", 0.04, 0.8, 5, (s, _, loss) => (0.15 * (1 - s.Pleasure)) + (0.9 * loss)),
        new("doubt", 0.2, 2, 5, (s, _, _) => (1 - s.Pleasure) * (0.3 + (0.7 * s.Detail)) * (1 - (0.6 * s.Loudness))),
        new("elation", 0.3, 1, 6, (s, _, _) => 2 * s.Pleasure * s.Activity * s.Beat),
        new("interest", 0.9, 1, 6, (s, change, _) => 0.2 + (0.45 * s.Activity) + (0.15 * s.Detail) + (0.5 * change)),
        new("pain", 0.05, 0.8, 4, (s, _, _) => 2 * s.Loudness * s.Loudness * s.Noise * s.Pitch),
        new("sadness", 0.25, 3, 8, (s, _, loss) => (1 - s.Light) * (1 - s.Pitch) * (1 - s.Activity) + (0.2 * loss)),
        new("surprise", 0.4, 0.4, 3, (s, change, _) => 0.05 + (1.2 * change) + (0.1 * s.Cuts)),
        new("triumph", 0.15, 1.5, 6, (s, _, _) => 1.3 * s.Light * s.Loudness * (0.4 + (0.6 * s.Beat)) * (1 - s.Noise)),
    ];

    /// <summary>The columns.</summary>
    public static EmotionScheme Scheme => EmotionScheme.Eev;
}
