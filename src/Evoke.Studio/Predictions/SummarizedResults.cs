using Evoke.Curves.Export;
using Evoke.Curves.Films;
using Evoke.Curves.Measures;
using Evoke.Features;
using Evoke.Insights.Breaks;
using Evoke.Insights.Films;
using Evoke.Insights.Norms;
using Evoke.Insights.Summaries;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Stored results with what they mean: cuts and loudness from the features behind them, and measures.</summary>
internal sealed class SummarizedResults(FeatureShelf features)
{
    /// <summary>The document of a result with its summary, equal to that of <c>evoke predict</c> for the same video and model.</summary>
    /// <param name="video">The video.</param>
    /// <param name="result">Its result.</param>
    /// <param name="norm">What its numbers are compared with; null for nothing.</param>
    public PredictionDocument Of(VideoRecord video, ResultRecord result, NormChoice? norm = null)
    {
        PredictionDocument document = ResultDocument.Of(video, result) with { Film = FilmOf(result) };
        MeasureList measures = VideoSummary.Of(document);
        return document with { Measures = norm is null ? measures : norm.For(ModelIdentity.Of(document)).Place(measures, document) };
    }

    /// <summary>The places for breaks in a video, as <c>evoke breaks</c> finds them.</summary>
    public BreakList Breaks(VideoRecord video, ResultRecord result, BreakOptions options) =>
        BreakFinder.Find(ResultDocument.Of(video, result), FilmOf(result), options);

    private FilmTrack? FilmOf(ResultRecord result)
    {
        VideoFeatures? found = features.Find(result.VideoId, result.Details.FeatureKey);
        return found is null ? null : FilmTracks.FindIn(found);
    }
}
