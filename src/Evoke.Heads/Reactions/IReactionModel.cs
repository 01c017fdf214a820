using Evoke.Curves;
using Evoke.Features;
using Evoke.Files;

namespace Evoke.Heads.Reactions;

/// <summary>A model's prediction for one video, at the model's own rate.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Mean">The curves; for an ensemble the mean over its members.</param>
/// <param name="StandardDeviation">For an ensemble the population standard deviation over its members, on the same grid; else null.</param>
public sealed record SparsePrediction(EmotionCurves Mean, EmotionCurves? StandardDeviation);

/// <summary>Features in, curves out. Load once, predict many; one call at a time.</summary>
/// <remarks>Not thread-safe unless the model says otherwise: one call at a time, on any thread.</remarks>
public interface IReactionModel : IDisposable
{
    /// <summary>Display name: a file's name, a run's and its file's, or "affect".</summary>
    string Name { get; }

    /// <summary>The name of the recipe that it was trained with; empty if there is none.</summary>
    string Recipe => "";

    /// <summary>Lower-case hex SHA-256 of the model's file; empty if it has none.</summary>
    string Sha256 => "";

    /// <summary>A sentence or two about the model, for users; empty if there is none.</summary>
    string Summary => "";

    /// <summary>What the model's columns mean.</summary>
    EmotionScheme Scheme { get; }

    /// <summary>Steps per second of the features it takes and of the curves it gives (Hz).</summary>
    Rate Rate { get; }

    /// <summary>The encoder whose visual features the model takes; null if it takes none.</summary>
    EncoderIdentity? VisualEncoder { get; }

    /// <summary>The encoder whose audio features the model takes; null if it takes none.</summary>
    EncoderIdentity? AudioEncoder { get; }

    /// <summary>Predicts one video.</summary>
    /// <exception cref="EvokeException">The features are from other encoders than the model was trained on; the message names both.</exception>
    SparsePrediction Predict(VideoFeatures features);
}
