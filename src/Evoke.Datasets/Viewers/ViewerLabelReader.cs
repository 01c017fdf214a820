using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Ratings;
using Evoke.Files;

namespace Evoke.Datasets.Viewers;

/// <summary>Reads what viewers said of videos, in whichever form it is: a table of labels, a data set of imported ratings, or ratings as raters gave
/// them.</summary>
internal static class ViewerLabelReader
{
    private static readonly Rate s_rate = new(2); // that of 'evoke dataset import'

    public static ViewerLabels Read(string path, double lagSeconds, CancellationToken cancellationToken)
    {
        string inFolder = Path.Combine(path, RatingFolder.Labels);
        return File.Exists(inFolder) ? OfTable(inFolder, lagSeconds)
            : IsTableOfLabels(path) ? OfTable(path, lagSeconds)
            : OfRatings(path, lagSeconds, cancellationToken);
    }

    private static ViewerLabels OfTable(string path, double lagSeconds)
    {
        LabelSet labels = LabelSet.Read(path);
        RatingAgreements? raters = RatingAgreements.Beside(path);
        string spread = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, RatingFolder.Spread);
        return new ViewerLabels(labels.Earlier(lagSeconds), raters is not null && File.Exists(spread) ? SpreadOf(spread, lagSeconds) : null, raters)
        {
            Name = path,
            Notes = labels.Notes,
        };
    }

    // Videos shorter than the lag have no labels either: those are refused before.
    private static Dictionary<string, EmotionCurves> SpreadOf(string path, double lagSeconds) =>
        LabelSet.Read(path).Videos.ToDictionary(video => video.VideoId, video => CurveLag.Remove(video.Curves, lagSeconds), StringComparer.Ordinal);

    private static ViewerLabels OfRatings(string path, double lagSeconds, CancellationToken cancellationToken)
    {
        ImportedRatings ratings = RatingImport.Run(
            new RatingImportOptions { Files = [path], Rate = s_rate, LagSeconds = lagSeconds, ValidationShare = 0 }, cancellationToken);
        EmotionScheme scheme = RatingLabels.SchemeOf(ratings);
        return new ViewerLabels(
            new LabelSet(path, scheme, RatingLabels.Labels(ratings)),
            RatingLabels.Spread(ratings).ToDictionary(video => video.VideoId, video => video.Curves, StringComparer.Ordinal),
            RatingAgreements.Of(ratings))
        {
            Name = path,
            Notes = ratings.Notes,
            IsOfOneVideo = ratings.Videos.Length == 1,
        };
    }

    // A table in EEV's format begins so; every other table is one of ratings.
    private static bool IsTableOfLabels(string path)
    {
        if (Directory.Exists(path) || !path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            using StreamReader text = new(path);
            string[] header = (text.ReadLine() ?? "").Split(',');
            return header.Length >= 2 && header[0].Trim('"') is EevCsv.VideoId or EevCsv.YouTubeId && header[1].Trim('"') == EevCsv.Timestamp;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }
}
