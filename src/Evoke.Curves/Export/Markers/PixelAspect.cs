namespace Evoke.Curves.Export.Markers;

/// <summary>The shape of pixels as a ratio of small whole numbers, as files for editing programs give it.</summary>
internal static class PixelAspect
{
    // Shapes in use, such as 40:33 and 12:11, have smaller terms.
    private const int LargestTerm = 1000;
    private const double Agreement = 1e-6;

    /// <summary>Width and height of a pixel in the smallest whole numbers, 1 and 1 for square pixels or a number that is no shape.</summary>
    /// <param name="aspect">Width over height.</param>
    public static (long Horizontal, long Vertical) Of(double aspect)
    {
        if (!double.IsFinite(aspect) || aspect <= 0)
        {
            return (1, 1);
        }

        for (int vertical = 1; vertical <= LargestTerm; vertical++)
        {
            double horizontal = Math.Round(aspect * vertical);
            if (horizontal is >= 1 and <= LargestTerm && Math.Abs((horizontal / vertical) - aspect) <= aspect * Agreement)
            {
                return ((long)horizontal, vertical);
            }
        }

        return (Math.Max(1, (long)Math.Round(aspect * LargestTerm)), LargestTerm);
    }
}
