using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Files.Text;

namespace Evoke.Datasets.EmoFilm;

/// <summary>Puts the consensus of Emo-FilM, published or computed here, in the place of labels.</summary>
internal static class EmoFilmConsensus
{
    private const string Name =
        "the published consensus of Emo-FilM: the mean of the raters' z-scores over all films, without traces that the authors left out";

    private const string Computed = "the consensus of Emo-FilM, computed from the raters by the authors' rules: the mean of their z-scores over all films";

    /// <summary>Replaces the labels by the published consensus.</summary>
    /// <param name="ratings">Ratings imported with z-scores: their spread stays beside the published curves.</param>
    /// <param name="files">The files of the consensus.</param>
    /// <param name="folder">Where they are.</param>
    /// <param name="videos">The films and the ids of their videos.</param>
    /// <exception cref="Ratings.Tables.RatingFilesException">A file has mistakes.</exception>
    /// <exception cref="Evoke.Files.FileReadException">A file cannot be read.</exception>
    public static ImportedRatings Apply(
        ImportedRatings ratings, IReadOnlyList<EmoFilmFile> files, string folder, IReadOnlyList<(RatedFilm Film, string VideoId)> videos)
    {
        Dictionary<string, double[][]> published = Read(files, folder, videos);
        return With(ratings, Name, curve => LabelOf(published[curve.Rated.VideoId][EmoFilmItems.Consensus.IndexOf(curve.Rated.Curve)], curve.Label));
    }

    /// <summary>Replaces the labels by a consensus that is computed here, and notes how far it is from the published one.</summary>
    /// <param name="ratings">The ratings of the user's films.</param>
    /// <param name="all">The traces of all films.</param>
    /// <param name="files">The files of the published consensus; films without one are not compared.</param>
    /// <param name="folder">Where they are.</param>
    /// <param name="videos">The user's films and the ids of their videos.</param>
    /// <exception cref="DatasetException">No rater is left.</exception>
    /// <exception cref="Ratings.Tables.RatingFilesException">A file has mistakes.</exception>
    /// <exception cref="Evoke.Files.FileReadException">A file cannot be read.</exception>
    public static ImportedRatings Compute(
        ImportedRatings ratings,
        IReadOnlyList<RatedTraces> all,
        IReadOnlyList<EmoFilmFile> files,
        string folder,
        IReadOnlyList<(RatedFilm Film, string VideoId)> videos)
    {
        Dictionary<(string, string), RatedCurve> kept = ConsensusRules.Of(
            [.. all.Select(curve => RatedCurve.Of(curve.VideoId, curve.Curve, curve.Traces, ratings.Options.Rate))])
            .ToDictionary(curve => (curve.VideoId, curve.Curve));
        ImportedRatings made = With(
            ratings,
            Computed,
            curve => kept.TryGetValue((curve.Rated.VideoId, curve.Rated.Curve), out RatedCurve? own) ? GoldStandard.Of(own, GoldStandardKind.Mean) : null);
        if (made.Curves.All(curve => curve.Label is null))
        {
            throw new DatasetException("By the rules of the consensus no rater is left: all traces are constant or beyond 15 standard deviations.");
        }

        ImmutableArray<string> notes =
        [
            .. LeftOut(ratings, kept),
            .. ComparisonOf(made, Read(files, folder, [.. videos.Where(video => files.Any(video.Film.Has))])),
        ];
        return made with { Notes = [.. ratings.Notes, .. notes] };
    }

    private static ImportedRatings With(ImportedRatings ratings, string source, Func<ImportedCurve, GoldStandard?> labelOf)
    {
        ImmutableArray<ImportedCurve> curves = [.. ratings.Curves.Select(curve => curve with { Label = labelOf(curve) })];
        return ratings with
        {
            Curves = curves,
            LabelSource = source,
            Scales = [.. ratings.CurveNames.Select(name => ScaleOf(curves.Where(curve => curve.Rated.Curve == name)))],
        };
    }

    private static Dictionary<string, double[][]> Read(
        IReadOnlyList<EmoFilmFile> files, string folder, IReadOnlyList<(RatedFilm Film, string VideoId)> videos) => videos.ToDictionary(
            video => video.VideoId, video => StimFile.Read(files.First(video.Film.Has).In(folder), EmoFilmItems.Consensus));

    private static IEnumerable<string> LeftOut(ImportedRatings ratings, Dictionary<(string, string), RatedCurve> kept)
    {
        int traces = ratings.Curves.Sum(curve => curve.Rated.Raters.Length);
        int used = ratings.Curves.Sum(curve => kept.GetValueOrDefault((curve.Rated.VideoId, curve.Rated.Curve))?.Raters.Length ?? 0);
        yield return string.Create(CultureInfo.InvariantCulture, $"The consensus is of {used} of {traces} traces; the rules leave out the others.");
    }

    // Correlations do not depend on how each side is scaled.
    private static IEnumerable<string> ComparisonOf(ImportedRatings made, Dictionary<string, double[][]> published)
    {
        (ImportedCurve Curve, double Correlation)[] found =
        [
            .. from curve in made.Curves
               let label = curve.Label
               where label is not null && published.ContainsKey(curve.Rated.VideoId) && EmoFilmItems.Consensus.Contains(curve.Rated.Curve)
               let theirs = published[curve.Rated.VideoId][EmoFilmItems.Consensus.IndexOf(curve.Rated.Curve)]
               let correlation = CorrelationOf([.. label.Values], theirs)
               where correlation is not null
               select (curve, correlation.Value),
        ];
        if (found.Length > 0)
        {
            (ImportedCurve worst, double least) = found.MinBy(one => one.Correlation);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Correlation with the published consensus: mean {found.Average(one => one.Correlation):0.000} over {Quantity.Of(found.Length, "curve")}, "
                + $"lowest {least:0.000} ({worst.Rated.VideoId}, {worst.Rated.Curve}).");
        }
    }

    private static double? CorrelationOf(double[] ours, double[] theirs)
    {
        int steps = Math.Min(ours.Length, theirs.Length);
        return Agreement.Of(new RatedCurve("film", "item", ["here", "published"], new TimeGrid(new Rate(1), steps), [ours[..steps], theirs[..steps]])).Pearson;
    }

    private static GoldStandard LabelOf(double[] values, GoldStandard? ours)
    {
        ImmutableArray<double> spread = ours?.Spread ?? [];
        return GoldStandard.Published([.. values], [.. values.Select((_, step) => step < spread.Length ? spread[step] : double.NaN)]);
    }

    private static CurveScale ScaleOf(IEnumerable<ImportedCurve> curves)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Label?.Values ?? []).Where(double.IsFinite).DefaultIfEmpty(0)];
        return CurveScale.OfZScores(values.Min(), values.Max());
    }
}
