using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Films;

namespace Evoke.Insights.Tests;

/// <summary>Predictions whose numbers can be computed by hand.</summary>
internal static class Predictions
{
    /// <summary>One curve of arousal from 0 to 1.</summary>
    public static PredictionDocument Arousal(double hertz, params float[] values) => Of(["arousal"], hertz, values);

    /// <summary>Curves, row-major.</summary>
    public static PredictionDocument Of(string[] names, double hertz, float[] values, string id = "film", CurveRange[]? ranges = null)
    {
        EmotionScheme scheme = new(names, ranges);
        TimeGrid grid = new(new Rate(hertz), values.Length / names.Length);
        return new PredictionDocument
        {
            VideoId = id,
            SourceName = id + ".mp4",
            DurationSeconds = grid.Count / hertz,
            ModelName = "affect",
            Encoders = ["visual-lld (v2)", "audio-lld (v2)"],
            Curves = new EmotionCurves(scheme, grid, values),
        };
    }

    /// <summary>A film at 1 Hz.</summary>
    public static FilmTrack Film(int[]? cuts, params double[] loudness) =>
        new(new Rate(1), cuts is null ? null : [.. cuts], loudness.Length == 0 ? null : [.. loudness]);
}
