using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Moments;
using Evoke.Pages.Predictions;

namespace Evoke.Pages.Tests.Predictions;

/// <summary>A synthetic prediction of the 15 emotions, with ranges as different as in real ones, and with pictures.</summary>
internal static class SamplePrediction
{
    private static readonly float[] Reach = [0.35f, 0.05f, 0.03f, 0.62f, 0.21f, 0.08f, 0.3f, 0.03f, 0.17f, 0.12f, 0.8f, 0.02f, 0.11f, 0.4f, 0.06f];

    public static PredictionDocument Of(EmotionScheme scheme, double seconds, string name = "battle.webm")
    {
        TimeGrid grid = TimeGrid.ForDuration(seconds, new Rate(6));
        float[] values = new float[grid.Count * scheme.Count];
        for (int step = 0; step < grid.Count; step++)
        {
            for (int emotion = 0; emotion < scheme.Count; emotion++)
            {
                double t = grid.SecondsAt(step);
                double wave = (0.5 + (0.28 * Math.Sin((t / (5 + emotion)) + emotion)) + (0.18 * Math.Sin((t / 1.7) + (2.3 * emotion)))) / 0.96;
                values[(step * scheme.Count) + emotion] = (float)(Reach[emotion % Reach.Length] * wave);
            }
        }

        EmotionCurves curves = new(scheme, grid, values);
        return new PredictionDocument
        {
            VideoId = "battle",
            SourceName = name,
            DurationSeconds = seconds,
            ModelName = "sample",
            ModelDescription = "Sine waves, to look at a page with.",
            Curves = curves,
            Moments = [.. Enumerable.Range(0, Math.Min(8, scheme.Count)).Select(i => Highest(curves, i))],
        };
    }

    public static IReadOnlyList<HtmlThumbnail> Pictures(double seconds, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new HtmlThumbnail((i + 0.5) * seconds / count, "image/png", Picture(i * 360f / count)))];

    private static Moment Highest(EmotionCurves curves, int emotion)
    {
        float[] column = curves.Column(emotion);
        int step = Array.IndexOf(column, column.Max());
        return new Moment(emotion, MomentKind.Peak, Math.Max(0, step - 6), step, Math.Min(column.Length - 1, step + 6), column[step], column[step] / 2);
    }

    // A gradient of one hue, 160 x 90.
    private static byte[] Picture(float hue) => PngPicture.Encode(160, 90, (x, y) =>
    {
        byte Channel(float shift)
        {
            double wave = 0.5 + (0.5 * Math.Cos(((hue + shift) * Math.PI / 180) + (x / 90.0)));
            return (byte)((40 + (150 * wave)) * (0.5 + (y / 180.0)));
        }

        return (Channel(0), Channel(120), Channel(240));
    });
}
