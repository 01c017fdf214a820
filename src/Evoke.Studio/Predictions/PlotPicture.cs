using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Moments;
using Evoke.Pages.Drawing;
using SkiaSharp;

namespace Evoke.Studio.Predictions;

/// <summary>
/// Draws the curves as a PNG: one lane per emotion, each scaled to its own range, with the range written beside it, its moments shaded, and the time
/// below.
/// </summary>
internal static class PlotPicture
{
    private const int Width = 1600;
    private const int LaneHeight = 76;
    private const int Left = 190;
    private const int Right = 190;
    private const int Top = 92;
    private const int Bottom = 56;
    private const int PlotWidth = Width - Left - Right;
    private const int MostTicks = 12;
    private const float LineWidth = 2.2f;

    // Seconds between ticks.
    private static readonly int[] TimeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

    // Skia's own choice, all filters and a stronger compression, takes four times as long for a fifth fewer bytes.
    private static readonly SKPngEncoderOptions Encoding = new(SKPngEncoderFilterFlags.Sub, zLibLevel: 2);

    public static byte[] Draw(PredictionDocument document)
    {
        EmotionScheme scheme = document.Curves.Scheme;
        SKImageInfo form = new(Width, Top + (LaneHeight * scheme.Count) + Bottom, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKSurface surface = SKSurface.Create(form);
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using SKFont title = new(SKTypeface.Default, 28);
        using SKFont small = new(SKTypeface.Default, 17);
        using SKPaint ink = new() { Color = SKColor.Parse("#1d2027"), IsAntialias = true };
        using SKPaint soft = new() { Color = SKColor.Parse("#5d6370"), IsAntialias = true };
        canvas.DrawText(document.SourceName, 24, 44, title, ink);
        canvas.DrawText($"{document.ModelName} · each emotion in its own range", 24, 72, small, soft);
        DrawTimes(canvas, document.DurationSeconds, Top + (LaneHeight * scheme.Count), small, soft);
        IReadOnlyList<EmotionStyle> styles = EmotionColours.Of(scheme);
        ILookup<int, Moment> moments = document.Moments.ToLookup(moment => moment.Emotion);
        for (int emotion = 0; emotion < scheme.Count; emotion++)
        {
            SKColor color = SKColor.Parse(styles[emotion].OnLight);
            DrawMoments(canvas, document, moments[emotion], emotion, color);
            DrawLane(canvas, document, emotion, color, small, ink, soft);
        }

        using SKPixmap pixels = surface.PeekPixels();
        using SKData data = pixels.Encode(Encoding) ?? throw new InvalidOperationException("The picture could not be encoded as PNG.");
        return data.ToArray();
    }

    /// <summary>The lowest and the highest value in each column of pixels. A column begins with the value that the one before it ends with, so that the
    /// line has no gaps.</summary>
    /// <param name="values">At least two for each column.</param>
    /// <param name="columns">How many columns.</param>
    internal static (float Low, float High)[] Extremes(ReadOnlySpan<float> values, int columns)
    {
        (float Low, float High)[] extremes = new (float Low, float High)[columns];
        int row = 0;
        for (int column = 0; column < columns; column++)
        {
            int end = (int)((column + 1L) * (values.Length - 1) / columns);
            (float low, float high) = (values[row], values[row]);
            for (; row < end; row++)
            {
                (low, high) = (Math.Min(low, values[row + 1]), Math.Max(high, values[row + 1]));
            }

            extremes[column] = (low, high);
        }

        return extremes;
    }

    private static void DrawLane(
        SKCanvas canvas, PredictionDocument document, int emotion, SKColor color, SKFont font, SKPaint ink, SKPaint soft)
    {
        float[] values = document.Curves.Column(emotion);
        (float low, float high) = (values.Min(), values.Max());
        float range = high > low ? high - low : 1;
        float bottom = LaneBottom(emotion);
        float height = LaneHeight - 16;
        float[] heights = [.. values.Select(value => bottom - ((value - low) / range * height))];
        if (heights.Length > 2 * PlotWidth)
        {
            DrawBand(canvas, heights, color);
        }
        else
        {
            DrawLine(canvas, heights, color);
        }

        canvas.DrawText(document.Curves.Scheme.Names[emotion], 24, bottom - (height / 2) + 6, font, ink);
        canvas.DrawText(RangeText.Of(low, high), Width - Right + 10, bottom - (height / 2) + 6, font, soft);
    }

    private static void DrawLine(SKCanvas canvas, float[] heights, SKColor color)
    {
        float pace = PlotWidth / Math.Max(1f, heights.Length - 1);
        using SKPath line = new();
        line.AddPoly([.. heights.Select((y, row) => new SKPoint(Left + (row * pace), y))], close: false);
        using SKPaint stroke = new()
        {
            Color = color,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = LineWidth,
            IsAntialias = true,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.DrawPath(line, stroke);
    }

    // What the line would cover, without the work of following it back and forth.
    private static void DrawBand(SKCanvas canvas, float[] heights, SKColor color)
    {
        (float Low, float High)[] columns = Extremes(heights, PlotWidth);
        IEnumerable<SKPoint> upper = columns.Select((column, x) => new SKPoint(Left + x + 0.5f, column.Low - (LineWidth / 2)));
        IEnumerable<SKPoint> lower = columns.Select((column, x) => new SKPoint(Left + x + 0.5f, column.High + (LineWidth / 2)));
        using SKPath band = new();
        band.AddPoly([.. upper, .. lower.Reverse()], close: true);
        using SKPaint fill = new() { Color = color, IsAntialias = true };
        canvas.DrawPath(band, fill);
    }

    private static void DrawMoments(SKCanvas canvas, PredictionDocument document, IEnumerable<Moment> moments, int emotion, SKColor color)
    {
        using SKPaint shade = new() { Color = color.WithAlpha(36) };
        double pace = PlotWidth / Math.Max(1.0, document.Curves.Grid.Count - 1);
        foreach (Moment moment in moments)
        {
            float start = Left + (float)(moment.StartStep * pace);
            float width = Math.Max(3, (float)((moment.EndStep - moment.StartStep) * pace));
            canvas.DrawRect(start, LaneBottom(emotion) - LaneHeight + 12, width, LaneHeight - 8, shade);
        }
    }

    private static void DrawTimes(SKCanvas canvas, double duration, float bottom, SKFont font, SKPaint soft)
    {
        using SKPaint grid = new() { Color = SKColor.Parse("#e4e6ea") };
        int step = TimeSteps.FirstOrDefault(seconds => duration / seconds <= MostTicks, TimeSteps[^1]);
        string format = duration >= 3600 ? @"h\:mm\:ss" : @"m\:ss";
        for (int seconds = 0; seconds <= duration; seconds += step)
        {
            float x = Left + (float)(PlotWidth * seconds / Math.Max(duration, 1e-9));
            canvas.DrawRect(x, Top, 1, bottom - Top, grid);
            canvas.DrawText(TimeSpan.FromSeconds(seconds).ToString(format, CultureInfo.InvariantCulture), x, bottom + 28, SKTextAlign.Center, font, soft);
        }
    }

    private static float LaneBottom(int emotion) => Top + (LaneHeight * (emotion + 1)) - 8;
}
