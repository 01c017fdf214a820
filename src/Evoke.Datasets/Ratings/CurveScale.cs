using System.Globalization;
using Evoke.Datasets.Ratings.Reading;

namespace Evoke.Datasets.Ratings;

/// <summary>The scale of one curve.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Low">Its lowest value, inclusive.</param>
/// <param name="High">Its highest value, inclusive; above <paramref name="Low"/>.</param>
/// <param name="IsGiven">False if it was recognised from the values.</param>
public sealed record CurveScale(double Low, double High, bool IsGiven)
{
    /// <summary>The scale of a curve: as given, or the narrowest common one that has all its values.</summary>
    internal static CurveScale Of(string curve, IReadOnlyList<RatingRange> given, double lowest, double highest)
    {
        if (given.FirstOrDefault(range => range.IsFor(curve)) is { } range)
        {
            return new CurveScale(range.Low, range.High, IsGiven: true);
        }

        return CommonScales.Of(lowest, highest) is { Low: var low, High: var high }
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
