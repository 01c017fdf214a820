using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Films;
using Evoke.Curves.Measures;

namespace Evoke.Insights.Summaries;

/// <summary>A video in a few numbers: opening, calmest stretch, strongest moment, ending, peak and end, pace, loudness, and mean and peak of each
/// curve.</summary>
/// <remarks>
/// docs/decisions.md defines each number. What a number needs and the video or the model does not have is listed as missing, with the reason: a model
/// without a curve of the name "arousal" has no opening, no calmest stretch and no ending. Curves keep their scale and unit. Thread-safe: without state.
/// </remarks>
public static class VideoSummary
{
    /// <summary>The name of the curve that opening, calmest stretch, ending and peak-end are about.</summary>
    public const string ArousalCurve = "arousal";

    /// <summary>Summarises a prediction with the film track that it may have.</summary>
    /// <param name="document">The prediction; NaN where a step is missing.</param>
    public static MeasureList Of(PredictionDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Of(document, document.Film);
    }

    /// <summary>Summarises a prediction.</summary>
    /// <param name="document">The prediction; NaN where a step is missing.</param>
    /// <param name="track">Cuts and loudness of the video; null if they are not known.</param>
    public static MeasureList Of(PredictionDocument document, FilmTrack? track)
    {
        ArgumentNullException.ThrowIfNull(document);
        EmotionScheme scheme = document.Curves.Scheme;
        SummarizedCurve[] curves = [.. Enumerable.Range(0, scheme.Count).Select(column => new SummarizedCurve(document, column))];
        MeasureCollection measures = new();
        ArousalMeasures.Add(measures, scheme.IndexOf(ArousalCurve) is >= 0 and int arousal ? curves[arousal] : null, document);
        FilmMeasures.Add(measures, track, document.DurationSeconds);
        foreach ((SummarizedCurve curve, string key) in curves.Zip(CurveKeys.Of(scheme)))
        {
            CurveMeasures.Add(measures, curve, key);
        }

        return measures.ToList();
    }
}
