using Evoke.Curves;
using Evoke.Features;
using Evoke.Files;

namespace Evoke.Heads.Reactions;

/// <summary>What a model says about one video, on the model's own clock.</summary>
/// <param name="Mean">The curves; for an ensemble the mean over its members.</param>
/// <param name="StandardDeviation">For an ensemble the population standard deviation over its members, on the same grid; else null.</param>
public sealed record SparsePrediction(EmotionCurves Mean, EmotionCurves? StandardDeviation);

/// <summary>Features in, curves out. Load once, predict many; one call at a time.</summary>
public interface IReactionModel : IDisposable
{
    /// <summary>Name for people: a file's name, a run's and its file's, or "affect".</summary>
    string Name { get; }

    /// <summary>The name of the recipe that it was trained by; empty if it was trained by none.</summary>
    string Recipe => "";

    /// <summary>A sentence or two about the model for people; empty if there is nothing to say.</summary>
    string Summary => "";

    /// <summary>What the model's columns mean.</summary>
    EmotionScheme Scheme { get; }

    /// <summary>Steps per second of the features it takes and of the curves it gives (Hz).</summary>
    double Rate { get; }

    /// <summary>The encoder whose visual features the model takes; null if it takes none.</summary>
    EncoderIdentity? VisualEncoder { get; }

    /// <summary>The encoder whose audio features the model takes; null if it takes none.</summary>
    EncoderIdentity? AudioEncoder { get; }

    /// <summary>Predicts one video.</summary>
    /// <exception cref="EvokeException">The features are of other encoders than the model was trained on; the message names both.</exception>
    SparsePrediction Predict(VideoFeatures features);
}
