using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Ratings;

namespace Evoke.Datasets.Ratings;

/// <summary>The labels of imported ratings, and the spread of the raters, as curves of videos.</summary>
internal static class RatingLabels
{
    private const string Deviations = "standard deviations";

    /// <summary>The scheme of the labels. Zeros are labels: raters gave them.</summary>
    public static EmotionScheme SchemeOf(ImportedRatings ratings) =>
        new(ratings.CurveNames, ratings.Scales.Select(scale => new CurveRange(scale.Low, scale.High, Unit(ratings))), zeroRowsAreMissing: false);

    /// <summary>The scheme of the spread: as wide as its curve's range, or wider where z-scores of raters lie outside the range of their mean.</summary>
    public static EmotionScheme SpreadSchemeOf(ImportedRatings ratings) => new(
        ratings.CurveNames,
        ratings.CurveNames.Zip(ratings.Scales, (name, scale) => new CurveRange(
            0, Math.Max(scale.High - scale.Low, Math.Ceiling(WidestSpread(ratings, name))), Unit(ratings))),
        zeroRowsAreMissing: false);

    /// <summary>The labels of the videos that have any.</summary>
    public static IEnumerable<LabelledVideo> Labels(ImportedRatings ratings) => Of(ratings, SchemeOf(ratings), label => label.Values);

    /// <summary>The spread of the raters: their standard deviation at each step of the labels.</summary>
    public static IEnumerable<LabelledVideo> Spread(ImportedRatings ratings) => Of(ratings, SpreadSchemeOf(ratings), label => label.Spread);

    private static double WidestSpread(ImportedRatings ratings, string name) => ratings.Curves.Where(curve => curve.Rated.Curve == name)
        .SelectMany(curve => curve.Label?.Spread ?? []).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    private static string Unit(ImportedRatings ratings) => ratings.Options.ZScores ? Deviations : "";

    private static IEnumerable<LabelledVideo> Of(
        ImportedRatings ratings, EmotionScheme scheme, Func<GoldStandard, ImmutableArray<double>> valuesOf)
    {
        foreach (string video in ratings.Videos)
        {
            GoldStandard?[] labels = [.. ratings.CurveNames.Select(curve => ratings.Find(video, curve)?.Label)];
            int steps = labels.Max(label => label?.Values.Length ?? 0);
            if (steps == 0)
            {
                continue;
            }

            float[] values = new float[steps * scheme.Count];
            for (int curve = 0; curve < scheme.Count; curve++)
            {
                ImmutableArray<double> own = labels[curve] is { } label ? valuesOf(label) : [];
                for (int step = 0; step < steps; step++)
                {
                    values[(step * scheme.Count) + curve] = step < own.Length ? (float)own[step] : float.NaN;
                }
            }

            yield return new LabelledVideo(video, new EmotionCurves(scheme, new TimeGrid(ratings.Options.Rate, steps), values));
        }
    }
}
