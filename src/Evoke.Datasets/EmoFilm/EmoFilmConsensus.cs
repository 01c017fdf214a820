using System.Collections.Immutable;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings;

namespace Evoke.Datasets.EmoFilm;

/// <summary>Puts the published consensus of Emo-FilM in the place of labels.</summary>
internal static class EmoFilmConsensus
{
    private const string Name =
        "the published consensus of Emo-FilM: the mean of the raters' z-scores over all films, without traces that the authors left out";

    /// <summary>Replaces the labels.</summary>
    /// <param name="ratings">Ratings imported with z-scores: their spread stays beside the published curves.</param>
    /// <param name="files">The files of the consensus.</param>
    /// <param name="folder">Where they are.</param>
    /// <param name="videos">The films and the ids of their videos.</param>
    /// <exception cref="Ratings.Tables.RatingFilesException">A file has mistakes.</exception>
    /// <exception cref="Evoke.Files.FileReadException">A file cannot be read.</exception>
    public static ImportedRatings Apply(
        ImportedRatings ratings, IReadOnlyList<EmoFilmFile> files, string folder, IReadOnlyList<(RatedFilm Film, string VideoId)> videos)
    {
        Dictionary<string, double[][]> published = videos.ToDictionary(
            video => video.VideoId, video => StimFile.Read(files.First(video.Film.Has).In(folder), EmoFilmItems.Consensus));
        ImmutableArray<ImportedCurve> curves =
        [
            .. ratings.Curves.Select(curve => curve with
            {
                Label = LabelOf(published[curve.Rated.VideoId][EmoFilmItems.Consensus.IndexOf(curve.Rated.Curve)], curve.Label),
            }),
        ];
        return ratings with
        {
            Curves = curves,
            PublishedLabels = Name,
            Scales = [.. ratings.CurveNames.Select(name => ScaleOf(curves.Where(curve => curve.Rated.Curve == name)))],
        };
    }

    private static GoldStandard LabelOf(double[] values, GoldStandard? ours)
    {
        ImmutableArray<double> spread = ours?.Spread ?? [];
        return GoldStandard.Published([.. values], [.. values.Select((_, step) => step < spread.Length ? spread[step] : double.NaN)]);
    }

    private static CurveScale ScaleOf(IEnumerable<ImportedCurve> curves)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Label!.Values).Where(double.IsFinite).DefaultIfEmpty(0)];
        return CurveScale.OfZScores(values.Min(), values.Max());
    }
}
