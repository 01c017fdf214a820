using System.Globalization;
using System.Text;

namespace Evoke.Pages.Drawing;

/// <summary>Draws curves as SVG path data, in a box of a given size with its origin at the upper left.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class SvgLine
{
    /// <summary>A line through evenly spaced values; a value that is not finite breaks it.</summary>
    /// <param name="values">The values, from left to right.</param>
    /// <param name="low">The value at the bottom.</param>
    /// <param name="high">The value at the top.</param>
    /// <param name="width">Width of the box.</param>
    /// <param name="height">Its height.</param>
    public static string Of(IReadOnlyList<float> values, double low, double high, double width, double height) => Of(Spaced(values, width), low, high, height);

    /// <summary>A line through points; a value that is not finite breaks it.</summary>
    /// <param name="points">Distances from the left in the box's units, and values.</param>
    /// <param name="low">The value at the bottom.</param>
    /// <param name="high">The value at the top.</param>
    /// <param name="height">Height of the box.</param>
    public static string Of(IEnumerable<(double X, double Value)> points, double low, double high, double height)
    {
        StringBuilder path = new();
        foreach (IReadOnlyList<(double X, double Y)> piece in Pieces(points, low, high, height))
        {
            AppendLine(path, piece);
        }

        return path.ToString();
    }

    /// <summary>The area under a line through evenly spaced values, down to the bottom; a value that is not finite breaks it.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{float}, double, double, double, double)"/>
    public static string Under(IReadOnlyList<float> values, double low, double high, double width, double height)
    {
        StringBuilder path = new();
        foreach (IReadOnlyList<(double X, double Y)> piece in Pieces(Spaced(values, width), low, high, height))
        {
            AppendLine(path, piece);
            path.Append(CultureInfo.InvariantCulture, $"V{height:0.#}H{piece[0].X:0.#}Z");
        }

        return path.ToString();
    }

    /// <summary>The area between two lines through evenly spaced values; a value of either that is not finite breaks it.</summary>
    /// <param name="lower">The values of one line, from left to right.</param>
    /// <param name="upper">As many values of the other.</param>
    /// <param name="low">The value at the bottom.</param>
    /// <param name="high">The value at the top.</param>
    /// <param name="width">Width of the box.</param>
    /// <param name="height">Its height.</param>
    public static string Between(IReadOnlyList<float> lower, IReadOnlyList<float> upper, double low, double high, double width, double height)
    {
        // Broken at the same places, both lines have the same pieces.
        float[] isBoth = [.. lower.Zip(upper, (one, other) => float.IsFinite(one) && float.IsFinite(other) ? 0 : float.NaN)];
        IEnumerable<IReadOnlyList<(double X, double Y)>> Broken(IReadOnlyList<float> values) =>
            Pieces(Spaced([.. values.Zip(isBoth, (value, none) => value + none)], width), low, high, height);
        StringBuilder path = new();
        foreach ((IReadOnlyList<(double X, double Y)> below, IReadOnlyList<(double X, double Y)> above) in Broken(lower).Zip(Broken(upper)))
        {
            AppendLine(path, above);
            foreach ((double x, double y) in below.Reverse())
            {
                path.Append(CultureInfo.InvariantCulture, $"L{x:0.#} {y:0.#}");
            }

            path.Append('Z');
        }

        return path.ToString();
    }

    private static IEnumerable<(double X, double Value)> Spaced(IReadOnlyList<float> values, double width) =>
        Enumerable.Range(0, values.Count).Select(i => (width * i / Math.Max(1, values.Count - 1), (double)values[i]));

    // Unbroken pieces, in the box's units.
    private static IEnumerable<IReadOnlyList<(double X, double Y)>> Pieces(IEnumerable<(double X, double Value)> points, double low, double high, double height)
    {
        List<(double X, double Y)> piece = [];
        foreach ((double x, double value) in points)
        {
            if (double.IsFinite(value))
            {
                piece.Add((x, height * (1 - (high > low ? Math.Clamp((value - low) / (high - low), 0, 1) : 0))));
            }
            else if (piece.Count > 0)
            {
                yield return piece;
                piece = [];
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }

    private static void AppendLine(StringBuilder path, IReadOnlyList<(double X, double Y)> piece)
    {
        for (int i = 0; i < piece.Count; i++)
        {
            path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{piece[i].X:0.#} {piece[i].Y:0.#}");
        }
    }
}
