using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Pages.Drawing;
using SkiaSharp;

namespace Evoke.Studio.Predictions;

/// <summary>Draws the curves as a PNG: one lane per emotion, each scaled to its own range, with the range written beside it.</summary>
internal static class PlotPicture
{
    private const int Width = 1600;
    private const int LaneHeight = 76;
    private const int Left = 190;
    private const int Right = 110;
    private const int Top = 92;
    private const int Bottom = 56;

    public static byte[] Draw(PredictionDocument document)
    {
        EmotionScheme scheme = document.Curves.Scheme;
        using SKSurface surface = SKSurface.Create(new SKImageInfo(Width, Top + (LaneHeight * scheme.Count) + Bottom));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using SKFont title = new(SKTypeface.Default, 28);
        using SKFont small = new(SKTypeface.Default, 17);
        using SKPaint ink = new() { Color = SKColor.Parse("#1d2027"), IsAntialias = true };
        using SKPaint soft = new() { Color = SKColor.Parse("#5d6370"), IsAntialias = true };
        canvas.DrawText(document.SourceName, 24, 44, title, ink);
        canvas.DrawText($"{document.ModelName} · each emotion in its own range", 24, 72, small, soft);
        IReadOnlyList<EmotionStyle> styles = EmotionColours.Of(scheme);
        for (int emotion = 0; emotion < scheme.Count; emotion++)
        {
            DrawLane(canvas, document.Curves, emotion, SKColor.Parse(styles[emotion].OnLight), small, ink, soft);
        }

        DrawAxis(canvas, document.DurationSeconds, Top + (LaneHeight * scheme.Count), small, soft);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static void DrawLane(SKCanvas canvas, EmotionCurves curves, int emotion, SKColor color, SKFont font, SKPaint ink, SKPaint soft)
    {
        float[] values = curves.Column(emotion);
        (float low, float high) = (values.Min(), values.Max());
        float range = high > low ? high - low : 1;
        float bottom = Top + (LaneHeight * (emotion + 1)) - 8;
        float height = LaneHeight - 16;
        using SKPath line = new();
        for (int row = 0; row < values.Length; row++)
        {
            float x = Left + (float)(row / (double)Math.Max(1, values.Length - 1) * (Width - Left - Right));
            float y = bottom - ((values[row] - low) / range * height);
            if (row == 0)
            {
                line.MoveTo(x, y);
            }
            else
            {
                line.LineTo(x, y);
            }
        }

        using SKPaint stroke = new() { Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = 2.2f, IsAntialias = true, StrokeJoin = SKStrokeJoin.Round };
        canvas.DrawPath(line, stroke);
        canvas.DrawText(curves.Scheme.Names[emotion], 24, bottom - (height / 2) + 6, font, ink);
        canvas.DrawText(FormattableString.Invariant($"{low:0.00} – {high:0.00}"), Width - Right + 10, bottom - (height / 2) + 6, font, soft);
    }

    private static void DrawAxis(SKCanvas canvas, double duration, float y, SKFont font, SKPaint soft)
    {
        const int Ticks = 8;
        for (int tick = 0; tick <= Ticks; tick++)
        {
            double seconds = duration * tick / Ticks;
            float x = Left + ((Width - Left - Right) * tick / (float)Ticks);
            canvas.DrawRect(x, Top, 1, y - Top, soft);
            string format = duration >= 3600 ? @"h\:mm\:ss" : @"m\:ss";
            canvas.DrawText(TimeSpan.FromSeconds(seconds).ToString(format, System.Globalization.CultureInfo.InvariantCulture),
                x, y + 28, SKTextAlign.Center, font, soft);
        }
    }
}
