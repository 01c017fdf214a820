using System.Globalization;
using Evoke.Datasets.Ratings.Reading;

namespace Evoke.Datasets.Ratings;

/// <summary>The scale of one curve.</summary>
/// <param name="Low">Its lowest value, inclusive.</param>
/// <param name="High">Its highest value, inclusive; above <paramref name="Low"/>.</param>
/// <param name="IsGiven">False if it was recognised from the values.</param>
public sealed record CurveScale(double Low, double High, bool IsGiven)
{
    // The scales that people are given. A scale that all values fit may still be too narrow, so it is printed.
    private static readonly (double Low, double High)[] s_common =
        [(0, 1), (-1, 1), (-2, 2), (-3, 3), (1, 5), (1, 7), (1, 9), (0, 10), (-5, 5), (-10, 10), (0, 100), (-100, 100), (0, 1000), (-1000, 1000)];

    /// <summary>The scale of a curve: as given, or the narrowest common one that has all its values.</summary>
    internal static CurveScale Of(string curve, IReadOnlyList<RatingRange> given, double lowest, double highest)
    {
        if (given.FirstOrDefault(range => range.IsFor(curve)) is { } range)
        {
            return new CurveScale(range.Low, range.High, IsGiven: true);
        }

        (double low, double high) = s_common.FirstOrDefault(scale => lowest >= scale.Low && highest <= scale.High);
        return low < high
            ? new CurveScale(low, high, IsGiven: false)
            : new CurveScale(Math.Floor(lowest), Math.Max(Math.Floor(lowest) + 1, Math.Ceiling(highest)), IsGiven: false);
    }

    /// <summary>The scale of z-scores: as wide to either side as the highest of them.</summary>
    internal static CurveScale OfZScores(double lowest, double highest)
    {
        double most = Math.Max(1, Math.Ceiling(Math.Max(-lowest, highest)));
        return new CurveScale(-most, most, IsGiven: false);
    }

    /// <summary>"from 1 to 9".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"from {Low} to {High}");
}
