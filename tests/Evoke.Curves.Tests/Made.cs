using Evoke.Curves.Export;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Tests;

/// <summary>Grids, curves and documents for tests, each in one short call.</summary>
internal static class Made
{
    /// <summary>Steps at a rate in Hz.</summary>
    public static TimeGrid Grid(double hertz, int count) => new(new Rate(hertz), count);

    /// <summary>One curve called "joy".</summary>
    public static EmotionCurves Joy(double hertz, params float[] values) => new(new EmotionScheme(["joy"]), Grid(hertz, values.Length), values);

    /// <summary>Curves of several emotions, each given by itself.</summary>
    public static EmotionCurves Curves(double hertz, params (string Emotion, float[] Values)[] columns) => new(
        new EmotionScheme(columns.Select(column => column.Emotion)), Grid(hertz, columns[0].Values.Length),
        [.. Enumerable.Range(0, columns[0].Values.Length).SelectMany(step => columns.Select(column => column.Values[step]))]);

    /// <summary>The prediction for a film of ten seconds.</summary>
    public static PredictionDocument Document(EmotionCurves curves, params Moment[] moments) => new()
    {
        VideoId = "v",
        SourceName = "film.mp4",
        DurationSeconds = 10,
        ModelName = "model",
        Curves = curves,
        Moments = moments,
    };
}
