using System.Globalization;
using System.Text;

namespace Evoke.Training.Pages;

/// <summary>Curves as the text of SVG paths, in a box of a given size whose origin is at the upper left.</summary>
internal static class SvgLine
{
    /// <summary>A line through evenly spaced values; a value that is none breaks it.</summary>
    /// <param name="values">The values, from left to right.</param>
    /// <param name="low">The value at the bottom.</param>
    /// <param name="high">The value at the top.</param>
    /// <param name="width">Width of the box.</param>
    /// <param name="height">Its height.</param>
    public static string Of(IReadOnlyList<float> values, double low, double high, double width, double height) => Of(
        Enumerable.Range(0, values.Count).Select(i => (width * i / Math.Max(1, values.Count - 1), (double)values[i])), low, high, height);

    /// <summary>A line through points; one whose value is none breaks it.</summary>
    /// <param name="points">Places from the left in the box's units, and values.</param>
    /// <param name="low">The value at the bottom.</param>
    /// <param name="high">The value at the top.</param>
    /// <param name="height">Height of the box.</param>
    public static string Of(IEnumerable<(double X, double Value)> points, double low, double high, double height)
    {
        StringBuilder path = new();
        bool drawing = false;
        foreach ((double x, double value) in points)
        {
            if (!double.IsFinite(value))
            {
                drawing = false;
                continue;
            }

            double share = high > low ? Math.Clamp((value - low) / (high - low), 0, 1) : 0;
            path.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{x:0.#} {height * (1 - share):0.#}");
            drawing = true;
        }

        return path.ToString();
    }
}
