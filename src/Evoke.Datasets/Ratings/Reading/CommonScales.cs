namespace Evoke.Datasets.Ratings.Reading;

/// <summary>The scales that people are given, narrowest first. A scale that all values fit may still be too narrow, so it is printed.</summary>
internal static class CommonScales
{
    private static readonly (double Low, double High)[] s_all =
        [(0, 1), (-1, 1), (-2, 2), (-3, 3), (1, 5), (1, 7), (1, 9), (0, 10), (-5, 5), (-10, 10), (0, 100), (-100, 100), (0, 1000), (-1000, 1000)];

    /// <summary>The narrowest that has two values; null if none has.</summary>
    public static (double Low, double High)? Of(double lowest, double highest) =>
        s_all.Cast<(double Low, double High)?>().FirstOrDefault(scale => lowest >= scale!.Value.Low && highest <= scale.Value.High);
}
