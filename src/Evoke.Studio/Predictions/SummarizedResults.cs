using Evoke.Curves.Export;
using Evoke.Curves.Films;
using Evoke.Features;
using Evoke.Insights.Films;
using Evoke.Insights.Summaries;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Stored results with what they mean: cuts and loudness from the features behind them, and measures.</summary>
internal sealed class SummarizedResults(FeatureShelf features)
{
    /// <summary>The document of a result with its summary, equal to that of <c>evoke predict</c> for the same video and model.</summary>
    public PredictionDocument Of(VideoRecord video, ResultRecord result)
    {
        PredictionDocument document = ResultDocument.Of(video, result) with { Film = FilmOf(result) };
        return document with { Measures = VideoSummary.Of(document) };
    }

    private FilmTrack? FilmOf(ResultRecord result)
    {
        VideoFeatures? found = features.Find(result.VideoId, result.Details.FeatureKey);
        return found is null ? null : FilmTracks.FindIn(found);
    }
}
