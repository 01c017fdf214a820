using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evoke.Curves;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;

namespace Evoke.Datasets.Ratings;

/// <summary>Turns people's ratings into labels.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class RatingImport
{
    private static readonly Rate LagRate = new(2);
    private const int NamesInNotes = 5;
    private const int HighestRate = 120; // Tables of more are not read.
    private const int ShortInLags = 4; // A video shorter than this many lags loses more than a quarter of its labels.

    /// <summary>Reads ratings and makes labels of them; nothing is written.</summary>
    /// <exception cref="RatingFilesException">Files have mistakes; the message lists them.</exception>
    /// <exception cref="FileReadException">A file cannot be read.</exception>
    /// <exception cref="DatasetException">The rate is too high, no rater's values differ, so that there are no z-scores, a lag leaves no labels,
    /// or a range is for a curve that is not there.</exception>
    public static ImportedRatings Run(RatingImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfTooFast(options);
        return From(RatingReader.Read(options.Files, options.Mapping, options.Ranges, cancellationToken), options, cancellationToken);
    }

    /// <summary>Makes labels of ratings that have been read; nothing is written. What the options say of files and how to read them has no effect.</summary>
    /// <exception cref="DatasetException">The rate is too high, no rater's values differ, so that there are no z-scores, a lag leaves no labels,
    /// or a range is for a curve that is not there.</exception>
    public static ImportedRatings From(RatingReading reading, RatingImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfTooFast(options);
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
            Validation = ValidationOf(videos, options.ValidationShare),
            Notes = [.. reading.Notes, .. SingleValues.Notes(reading.Curves), .. NotesOf(options, curves)],
        };
    }

    private static void ThrowIfTooFast(RatingImportOptions options)
    {
        if (options.Rate.Hertz > HighestRate)
        {
            throw new DatasetException($"Expected at most {HighestRate} labels per second; found {options.Rate}.");
        }
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

    // By a hash of the id: a video stays where it is when others are added.
    private static ImmutableArray<string> ValidationOf(ImmutableArray<string> videos, double share)
    {
        if (share <= 0 || videos.Length < 2)
        {
            return [];
        }

        int count = Math.Clamp((int)Math.Round(videos.Length * share), 1, videos.Length - 1);
        HashSet<string> chosen =
            [.. videos.OrderBy(video => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(video))), StringComparer.Ordinal).Take(count)];
        return [.. videos.Where(chosen.Contains)];
    }

    private static IEnumerable<string> NotesOf(RatingImportOptions options, ImmutableArray<ImportedCurve> curves)
    {
        double shortest = ShortInLags * options.LagSeconds * options.Rate.Hertz;
        string[] cut = [.. curves.Where(curve => curve.Rated.Grid.Count < shortest).Select(curve => $"'{curve.Rated.VideoId}'").Distinct()];
        if (cut.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The lag takes the labels of the last {options.LagSeconds} s of each video: more than a quarter of {Listed(cut)}.");
        }

        foreach (ImportedCurve curve in curves)
        {
            string where = $"Video '{curve.Rated.VideoId}', {curve.Rated.Curve}";
            string[] constant = [.. curve.Rated.Raters.Where((_, rater) => curve.Rated.IsConstant(rater))];
            if (constant.Length > 0)
            {
                yield return $"{where}: {(constant.Length == 1 ? "a constant trace" : $"{constant.Length} constant traces")} by {Listed(constant)}.";
            }

            if (curve.Rated.Raters.Length > 1 && 2 * curve.Agreement.Steps < curve.Rated.Grid.Count)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{where}: only {curve.Agreement.Steps} of {curve.Rated.Grid.Count} steps have a value of every rater; agreement is over these.");
            }

            if (curve.Label is null)
            {
                yield return $"{where}: no rater whose values differ, so there are no z-scores and no labels.";
            }
            else if (curve.Label.IsUnweighted)
            {
                yield return $"{where}: no rater agrees with the others, so the label is the mean, not {options.Gold.ToString().ToUpperInvariant()}.";
            }
        }
    }

    private static string Listed(string[] names) => string.Join(", ", names.Take(NamesInNotes)) + (names.Length > NamesInNotes ? ", …" : "");
}
