using Evoke.Curves.Export;
using Evoke.Features;
using Evoke.Heads;
using Evoke.Heads.Reactions;
using Evoke.Insights.Films;

namespace Evoke.Insights.Summaries;

/// <summary>A prediction as a document that says what it means: with cuts, loudness, the origin of the strongest moment, and measures.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class SummarizedPrediction
{
    /// <summary>Summarises a prediction; the model runs once more for picture and sound each.</summary>
    /// <param name="predictor">The predictor that made it.</param>
    /// <param name="features">The features of the video.</param>
    /// <param name="prediction">What the predictor gave for them.</param>
    /// <param name="cancellationToken">Ends the wait for other calls of the predictor.</param>
    public static PredictionDocument Of(Predictor predictor, VideoFeatures features, Prediction prediction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(prediction);
        PredictionDocument document = prediction.ToDocument() with { Film = FilmTracks.FindIn(features) };
        StrongestMoment? strongest = StrongestMoment.Of(document);
        if (strongest is not null)
        {
            document = document with
            {
                StrongestOrigin = MomentOrigins.Of(
                    strongest, document.Curves.Grid, predictor.Attribute(features, prediction, cancellationToken), features),
            };
        }

        return document with { Measures = VideoSummary.Of(document) };
    }
}
