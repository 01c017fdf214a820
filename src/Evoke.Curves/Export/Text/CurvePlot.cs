using System.Globalization;

namespace Evoke.Curves.Export.Text;

/// <summary>One line of a <see cref="CurvePlot"/>: a margin with names and numbers, and the drawing.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Emotion">Column of the scheme that the drawing shows; -1 for the axis.</param>
/// <param name="Margin">The text to the left of the drawing.</param>
/// <param name="Drawing">The drawing.</param>
public readonly record struct PlotLine(int Emotion, string Margin, string Drawing)
{
    /// <summary>Margin and drawing.</summary>
    public override string ToString() => Margin + Drawing;
}

/// <summary>Draws curves as text for a terminal: each emotion over its own range, all above one time axis.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class CurvePlot
{
    /// <summary>Up to this many emotions are drawn several lines high; more are drawn on one line each.</summary>
    private const int TallLimit = 4;

    private const int TallRows = 4;
    private const int LeastColumns = 16;
    private const string Blocks = "▁▂▃▄▅▆▇█";

    private static readonly double[] AxisSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

    /// <summary>Draws the curves.</summary>
    /// <param name="curves">At least one step; values that are not finite are skipped.</param>
    /// <param name="width">Width in characters, including the margin.</param>
    /// <exception cref="ArgumentException">The curves have no step.</exception>
    public static IReadOnlyList<PlotLine> Draw(EmotionCurves curves, int width = 80)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.Grid.Count == 0)
        {
            throw new ArgumentException("A drawing needs at least one step; found none.", nameof(curves));
        }

        int nameWidth = curves.Scheme.Names.Max(name => name.Length);
        int margin = nameWidth + " -0.000 ┤".Length;
        int columns = Math.Max(LeastColumns, width - margin);
        bool tall = curves.Scheme.Count <= TallLimit;
        List<PlotLine> lines = [];
        for (int emotion = 0; emotion < curves.Scheme.Count; emotion++)
        {
            string name = curves.Scheme.Names[emotion].PadRight(nameWidth);
            Span[] spans = SpansOf(curves.Column(emotion), tall ? columns * 2 : columns);
            lines.AddRange(tall ? Tall(emotion, name, spans, columns) : [Flat(emotion, name, spans)]);
        }

        lines.Add(Axis(curves.Grid, margin, columns));
        return lines;
    }

    private static IEnumerable<PlotLine> Tall(int emotion, string name, Span[] spans, int columns)
    {
        (float low, float high) = RangeOf(spans);
        BrailleCanvas canvas = new(columns, TallRows);
        for (int x = 0; x < spans.Length; x++)
        {
            // Neighbouring columns have a value in common, so the line has no gaps.
            if (spans[x].IsKnown)
            {
                canvas.Rise(x, HeightOf(spans[x].Low, low, high, canvas.Height - 1), HeightOf(spans[x].High, low, high, canvas.Height - 1));
            }
        }

        for (int row = 0; row < TallRows; row++)
        {
            string number = row switch
            {
                0 => Number(high),
                TallRows - 1 => Number(low),
                _ => "      ",
            };
            string title = row == 0 ? name : new string(' ', name.Length);
            yield return new PlotLine(emotion, $"{title} {number} {(row is 0 or TallRows - 1 ? '┤' : '│')}", canvas.Row(row));
        }
    }

    private static PlotLine Flat(int emotion, string name, Span[] spans)
    {
        (float low, float high) = RangeOf(spans);
        string drawing = string.Concat(spans.Select(span => span.IsKnown ? Blocks[HeightOf(span.High, low, high, Blocks.Length - 1)] : ' '));
        return new PlotLine(emotion, $"{name} {Number(high)} ┤", drawing);
    }

    private static PlotLine Axis(TimeGrid grid, int margin, int columns)
    {
        double seconds = grid.Count / grid.Rate.Hertz;
        int most = Math.Max(1, columns / 10);
        double step = AxisSteps.FirstOrDefault(candidate => seconds / candidate <= most, Math.Ceiling(seconds / most / 3600) * 3600);
        char[] text = new char[columns];
        Array.Fill(text, ' ');
        for (double at = 0; at < seconds; at += step)
        {
            string label = Clock(at);
            int start = (int)(at / seconds * columns);
            if (start + label.Length <= columns)
            {
                label.CopyTo(0, text, start, label.Length);
            }
        }

        return new PlotLine(-1, new string(' ', margin), new string(text).TrimEnd());
    }

    // The values that each column of the drawing covers, interpolated if there are fewer steps than columns.
    private static Span[] SpansOf(float[] curve, int columns)
    {
        Span[] spans = new Span[columns];
        for (int x = 0; x < columns; x++)
        {
            double from = (double)x * (curve.Length - 1) / columns;
            double to = (double)(x + 1) * (curve.Length - 1) / columns;
            Span span = new(Between(curve, from));
            for (int step = (int)Math.Ceiling(from); step <= to; step++)
            {
                span = span.With(curve[step]);
            }

            spans[x] = span.With(Between(curve, to));
        }

        return spans;
    }

    private static float Between(float[] curve, double at)
    {
        int step = (int)at;
        double part = at - step;
        // At a step itself the next one does not count: it may not be finite.
        return part == 0 ? curve[step] : (float)(curve[step] + (part * (curve[step + 1] - curve[step])));
    }

    private static (float Low, float High) RangeOf(Span[] spans)
    {
        IEnumerable<Span> known = spans.Where(span => span.IsKnown);
        return (known.Select(span => span.Low).DefaultIfEmpty(0).Min(), known.Select(span => span.High).DefaultIfEmpty(0).Max());
    }

    // A constant curve is drawn at the bottom.
    private static int HeightOf(float value, float low, float high, int top) =>
        high > low ? (int)Math.Round((value - low) / (high - low) * top) : 0;

    private static string Number(float value) => value.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(6);

    private static string Clock(double seconds) => seconds < 3600
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60}:{(int)seconds % 60:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 3600}:{(int)seconds / 60 % 60:00}:{(int)seconds % 60:00}");

    // Lowest and highest value within one column.
    private readonly record struct Span(float Low, float High)
    {
        public Span(float value)
            : this(value, value)
        {
        }

        public bool IsKnown => float.IsFinite(Low) && float.IsFinite(High);

        public Span With(float value) => new(Math.Min(Low, value), Math.Max(High, value));
    }
}
