using System.Globalization;
using System.Text.Json;
using Evoke.Curves.Ratings;
using Evoke.Files;

namespace Evoke.Datasets.Ratings;

/// <summary>What the import of ratings wrote about the raters of a label file: how many there are, how their curves became one, how far they agree.</summary>
/// <param name="Summary">"12 raters, joined by mean".</param>
/// <param name="ByVideo">The agreement by video and curve.</param>
internal sealed record RatingAgreements(string Summary, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Agreement>> ByVideo)
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads <see cref="RatingFolder.Document"/> in the folder of a label file; null if it is not there.</summary>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    /// <exception cref="DatasetException">It is not the document of an import.</exception>
    public static RatingAgreements? Beside(string labels)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(labels))!, RatingFolder.Document);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            int raters = document.RootElement.GetProperty("raters").GetArrayLength();
            string gold = document.RootElement.GetProperty("gold").GetString() ?? "";
            return new RatingAgreements(
                SummaryOf(raters, gold),
                document.RootElement.GetProperty("agreement").Deserialize<IReadOnlyDictionary<string, IReadOnlyDictionary<string, Agreement>>>(s_json)!);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DatasetException($"{path}: expected what 'evoke dataset import' wrote about the raters of {labels}: {PlainMessage.Of(error)}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    /// <summary>The agreement of ratings that were imported just now.</summary>
    public static RatingAgreements Of(ImportedRatings ratings) => new(
        SummaryOf(ratings.Raters.Length, ratings.Options.Gold.ToString().ToLower(CultureInfo.InvariantCulture)),
        ratings.Videos.ToDictionary(
            video => video,
            IReadOnlyDictionary<string, Agreement> (video) => ratings.Curves.Where(curve => curve.Rated.VideoId == video)
                .ToDictionary(curve => curve.Rated.Curve, curve => curve.Agreement),
            StringComparer.Ordinal));

    /// <summary>The agreement on one curve of one video, whose name is compared without regard to case; null if it is not known.</summary>
    public Agreement? Find(string videoId, string curve) => ByVideo.TryGetValue(videoId, out IReadOnlyDictionary<string, Agreement>? curves)
        ? curves.FirstOrDefault(found => found.Key.Equals(curve, StringComparison.OrdinalIgnoreCase)).Value
        : null;

    private static string SummaryOf(int raters, string gold) =>
        raters == 1 ? "1 rater" : string.Create(CultureInfo.InvariantCulture, $"{raters} raters, joined by {gold}");
}
