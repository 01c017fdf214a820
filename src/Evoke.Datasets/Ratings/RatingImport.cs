using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;

namespace Evoke.Datasets.Ratings;

/// <summary>Turns people's ratings into labels.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class RatingImport
{
    private static readonly Rate LagRate = new(2);

    /// <summary>Reads ratings and makes labels of them; nothing is written.</summary>
    /// <exception cref="RatingFilesException">Files have mistakes; the message lists them.</exception>
    /// <exception cref="FileReadException">A file cannot be read.</exception>
    /// <exception cref="DatasetException">The rate is too high, no rater's values differ, so that there are no z-scores, a lag leaves no labels,
    /// or a range is for a curve that is not there.</exception>
    public static ImportedRatings Run(RatingImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        LabelRate.ThrowIfTooFast(options.Rate);
        return From(RatingReader.Read(options.Files, options.Mapping, options.Ranges, cancellationToken), options, cancellationToken);
    }

    /// <summary>Makes labels of ratings that have been read; nothing is written. What the options say of files and how to read them has no effect.</summary>
    /// <exception cref="DatasetException">The rate is too high, no rater's values differ, so that there are no z-scores, a lag leaves no labels,
    /// or a range is for a curve that is not there.</exception>
    public static ImportedRatings From(RatingReading reading, RatingImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(options);
        LabelRate.ThrowIfTooFast(options.Rate);
        IReadOnlyDictionary<string, double> lags = options.AlignRaters
            ? RaterLags.Estimate([.. reading.Curves.Select(curve => (IReadOnlyList<RaterTrace>)curve.Traces)], LagRate)
            : new Dictionary<string, double>();
        RatedTraces[] kept = [.. reading.Curves.Select(SingleValues.LeaveOut)];
        RatedCurve[] rated = [.. kept.Select(curve => RatedCurve.Of(
            curve.VideoId,
            curve.Curve,
            [.. curve.Traces.Select(trace => trace.Earlier(options.LagSeconds + lags.GetValueOrDefault(trace.Rater)))],
            options.Rate,
            curve.Traces.Max(trace => trace.EndSeconds)))]; // What a lag takes from the end is missing: labels are as long as their video.
        cancellationToken.ThrowIfCancellationRequested();
        Dictionary<(string, string), GoldStandard> labels = LabelsOf(options, rated);
        ImmutableArray<ImportedCurve> curves =
            [.. rated.Select(curve => new ImportedCurve(curve, Agreement.Of(curve), labels.GetValueOrDefault((curve.VideoId, curve.Curve))))];
        ImmutableArray<string> names = [.. rated.Select(curve => curve.Curve).Distinct()];
        ThrowIfNothingIsLeft(options, labels.Values);
        ThrowIfRangeIsForNothing(options, names);
        ImmutableArray<string> videos = [.. rated.Select(curve => curve.VideoId).Distinct()];
        ImmutableArray<string> validation = ValidationVideos.Of(videos, options);
        return new ImportedRatings
        {
            Options = options,
            Files = reading.Files,
            Videos = videos,
            CurveNames = names,
            Scales = [.. names.Select(name => ScaleOf(name, options, curves))],
            Curves = curves,
            Raters = RaterComparison.Of(rated),
            RaterLags = lags,
            Validation = validation,
            Notes =
            [
                .. reading.Notes,
                .. SingleValues.Notes(reading.Curves),
                .. RatingNotes.Of(options, curves),
                .. options.Groups.IsNone ? FilmParts.Notes(videos, validation) : [],
            ],
        };
    }

    private static void ThrowIfNothingIsLeft(RatingImportOptions options, IEnumerable<GoldStandard> labels)
    {
        if (labels.All(label => label.Values.All(double.IsNaN)))
        {
            throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture, $"No labels are left: all videos are shorter than the lag of {options.LagSeconds} s by which they are moved."));
        }
    }

    private static void ThrowIfRangeIsForNothing(RatingImportOptions options, ImmutableArray<string> names)
    {
        if (options.Ranges.FirstOrDefault(range => !names.Any(range.IsFor)) is { Curve: { } unknown })
        {
            throw new DatasetException($"There is no curve '{unknown}', for which a range was given; the curves are: {string.Join(", ", names)}.");
        }
    }

    private static Dictionary<(string, string), GoldStandard> LabelsOf(RatingImportOptions options, RatedCurve[] rated)
    {
        IReadOnlyList<RatedCurve> scaled = options.ZScores ? RaterScale.Standardise(rated) : rated;
        return scaled.Count > 0
            ? scaled.ToDictionary(curve => (curve.VideoId, curve.Curve), curve => GoldStandard.Of(curve, options.Gold))
            : throw new DatasetException("Z-scores need raters whose values differ; found only raters who gave the same value at all times.");
    }

    private static CurveScale ScaleOf(string name, RatingImportOptions options, ImmutableArray<ImportedCurve> curves)
    {
        ImportedCurve[] own = [.. curves.Where(curve => curve.Rated.Curve == name)];
        if (options.ZScores)
        {
            double[] scores = [.. own.SelectMany(curve => curve.Label?.Values ?? []).Where(double.IsFinite)];
            return CurveScale.OfZScores(scores.DefaultIfEmpty(0).Min(), scores.DefaultIfEmpty(0).Max());
        }

        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (ImportedCurve curve in own)
        {
            for (int rater = 0; rater < curve.Rated.Raters.Length; rater++)
            {
                foreach (double value in curve.Rated.Of(rater))
                {
                    (low, high) = double.IsNaN(value) ? (low, high) : (Math.Min(low, value), Math.Max(high, value));
                }
            }
        }

        return CurveScale.Of(name, options.Ranges, low, high);
    }
}
