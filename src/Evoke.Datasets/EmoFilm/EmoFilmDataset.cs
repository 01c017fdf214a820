using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Checking;
using Evoke.Datasets.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Datasets.EmoFilm;

/// <summary>
/// Makes a data set of Emo-FilM (Morgenroth and others, 2024; OpenNeuro ds004872, CC0): what 44 raters felt during short films under free licences, once a
/// second.
/// </summary>
/// <remarks>Thread-safe, but let only one thread at a time write to a folder.</remarks>
public static class EmoFilmDataset
{
    private static readonly Rate s_rate = new(1);

    private static readonly HttpClient s_client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) })
    {
        Timeout = Timeout.InfiniteTimeSpan, // A download ends when it stalls; see DownloadOptions.StallTimeout.
    };

    /// <summary>Finds the films, downloads their ratings and makes labels of them; the data set is not written.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">Receives the number of rating files so far, from several threads.</param>
    /// <param name="cancellationToken">Stops it; what was downloaded is kept.</param>
    /// <exception cref="DownloadException">A file cannot be downloaded.</exception>
    /// <exception cref="LengthMismatchException">A file is not as long as the published one.</exception>
    /// <exception cref="HashMismatchException">A file is not the published one.</exception>
    /// <exception cref="RatingFilesException">A file of ratings has mistakes.</exception>
    /// <exception cref="FileReadException">A file cannot be read.</exception>
    /// <exception cref="FileWriteException">The folder of the ratings cannot be written to.</exception>
    /// <exception cref="NoVideosException">The folder has no videos.</exception>
    /// <exception cref="DatasetException">The list of files has none of the films, or no consensus on one, or no rater is left by its rules.</exception>
    public static async Task<EmoFilmResult> RunAsync(EmoFilmOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        RatedFilm[] films =
        [
            .. RatedFilm.All.Where(film => (options.AllFilms || film.IsInConsensus) && options.Files.Any(file => film.Has(file) && IsWanted(file, options))),
        ];
        if (films.Length == 0)
        {
            throw new DatasetException("The list of files has no ratings of any of the films.");
        }

        VideoInventory inventory = options.Films is { } folder
            ? await VideoInventory.ReadAsync(VideoFiles.Find([folder]), cancellationToken: cancellationToken).ConfigureAwait(false)
            : new VideoInventory([], []);
        ImmutableArray<FilmMatch> matches = options.Films is null ? [] : FilmMatch.Of(inventory.Entries, films);
        EmoFilmResult result = new(
            null, matches, [.. inventory.Entries.Except(matches.Where(match => match.IsUsed).Select(match => match.Found!))], [.. inventory.Failures], 0, 0);
        (RatedFilm Film, string VideoId)[] videos = options.Films is null
            ? [.. films.Select(film => (film, film.Name))]
            : [.. matches.Where(match => match.IsUsed).Select(match => (match.Film, match.Found!.Video.VideoId))];
        return videos.Length == 0 ? result : await MadeAsync(options, result, videos, progress, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<EmoFilmResult> MadeAsync(
        EmoFilmOptions options,
        EmoFilmResult result,
        (RatedFilm Film, string VideoId)[] videos,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        // The consensus is of z-scores over all films, also those that the user does not have.
        (RatedFilm Film, string VideoId)[] read = options.Gold == EmoFilmGold.Consensus
            ? [.. videos, .. RatedFilm.All.Except(videos.Select(video => video.Film)).Select(film => (film, $"Emo-FilM/{film.Name}"))]
            : videos;
        EmoFilmFile[] traces = [.. options.Files.Where(file => IsWanted(file, options) && read.Any(video => video.Film.Has(file)))];
        EmoFilmFile[] consensus = options.Gold is EmoFilmGold.Published or EmoFilmGold.Consensus
            ? [.. options.Files.Where(file => file.Item is null && videos.Any(video => video.Film.Has(file)))]
            : [];
        if (options.Gold == EmoFilmGold.Published && videos.FirstOrDefault(video => !consensus.Any(video.Film.Has)) is { Film: { } without })
        {
            throw new DatasetException($"The list of files has no consensus on {without.Name}.");
        }

        int downloaded = await new EmoFilmFetch(s_client, options.Address, options.Download)
            .RunAsync([.. traces, .. consensus], options.Ratings, progress, cancellationToken).ConfigureAwait(false);
        RatingReading all = EmoFilmTraces.Read(traces, options.Ratings, read, options.Items, cancellationToken);
        RatingReading own = all with
        {
            Curves = [.. all.Curves.Where(curve => videos.Any(video => video.VideoId == curve.VideoId))],
            Notes = [.. NotesOf(result.Films), .. all.Notes],
        };
        ImportedRatings ratings = RatingImport.From(own, ImportOptionsOf(options), cancellationToken);
        return result with
        {
            Ratings = options.Gold switch
            {
                EmoFilmGold.Published => EmoFilmConsensus.Apply(ratings, consensus, options.Ratings, videos),
                EmoFilmGold.Consensus => EmoFilmConsensus.Compute(ratings, all.Curves, consensus, options.Ratings, videos),
                _ => WithOneScale(ratings),
            },
            Downloaded = downloaded,
            Present = traces.Length + consensus.Length - downloaded,
        };
    }

    private static bool IsWanted(EmoFilmFile file, EmoFilmOptions options) => file.Item is { } item && options.Items.Contains(item);

    private static RatingImportOptions ImportOptionsOf(EmoFilmOptions options) => new()
    {
        Files = [options.Ratings],
        Rate = s_rate,
        Gold = options.Gold switch
        {
            EmoFilmGold.Median => GoldStandardKind.Median,
            EmoFilmGold.Ewe => GoldStandardKind.Ewe,
            _ => GoldStandardKind.Mean,
        },
        ZScores = options.Gold is EmoFilmGold.Published or EmoFilmGold.Consensus,
        ValidationShare = options.ValidationShare,
    };

    private static IEnumerable<string> NotesOf(ImmutableArray<FilmMatch> films) => films
        .Where(film => film.State is FilmMatchState.Longer or FilmMatchState.Unchecked)
        .Select(film => $"{film.Film.Name}, '{film.Found!.Video.VideoId}': {film.Message}.");

    // All items were rated with the same gauge.
    private static ImportedRatings WithOneScale(ImportedRatings ratings)
    {
        CurveScale widest = new(ratings.Scales.Min(scale => scale.Low), ratings.Scales.Max(scale => scale.High), IsGiven: false);
        return ratings with { Scales = [.. ratings.Scales.Select(_ => widest)] };
    }
}
