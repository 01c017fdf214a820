using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Datasets.Viewers;
using Evoke.Files;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Reads the ratings of videos, as <c>evoke predict --labels</c> does, and keeps those that were used last.</summary>
/// <remarks>Thread-safe. One at a time reads or changes ratings: so no file goes while it is read, and no more than one data set is in memory.</remarks>
internal sealed class RatingShelf(RatingTable table, RatingStore store) : IDisposable
{
    private const int MostKept = 8;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<ReadRatings> _kept = []; // those used last at the end; only for whoever has the turn

    /// <summary>The ratings of a video; null if it has none.</summary>
    /// <exception cref="StudioRequestException">They can no longer be read (422).</exception>
    public Task<ReadRatings?> FindAsync(string videoId, CancellationToken cancellation) => InTurnAsync(
        () => table.Find(videoId) is RatingRecord record ? Kept(record, cancellation) : null, cancellation);

    /// <summary>A prediction with the ratings of its video, equal to that of <c>evoke predict --labels</c>; as it is if there are none.</summary>
    /// <exception cref="StudioRequestException">The ratings can no longer be read (422).</exception>
    public async Task<PredictionDocument> AddToAsync(string videoId, PredictionDocument document, CancellationToken cancellation)
    {
        if (await FindAsync(videoId, cancellation).ConfigureAwait(false) is not { Labels: { } labels })
        {
            return document;
        }

        EmotionScheme predicted = document.Curves.Scheme;
        return labels.HasAnyOf(predicted)
            ? labels.AddTo(document)
            : document with
            {
                Warnings = [.. document.Warnings, $"{labels.Name} has no curve that is predicted: it has {labels.Scheme}; the prediction has {predicted}."],
            };
    }

    /// <summary>Works while nobody else reads or changes ratings.</summary>
    public async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return work();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads files of ratings, and finds what they call a video. Call it only in a turn.</summary>
    /// <param name="video">The video.</param>
    /// <param name="stored">The files.</param>
    /// <param name="lagSeconds">How late raters answered.</param>
    /// <param name="ratedAs">What users say that the ratings call the video; null to find it by its name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StudioRequestException">The files have mistakes, or are not of this video (422).</exception>
    public string NameIn(VideoRecord video, StoredRatings stored, double lagSeconds, string? ratedAs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(video);
        ArgumentNullException.ThrowIfNull(stored);
        string folder = store.PathOf(video.Id, stored.Folder);
        return Plainly(folder, () =>
        {
            ViewerLabels labels = ViewerLabels.Read(System.IO.Path.Combine(folder, stored.Name), lagSeconds, cancellation);
            if (ratedAs is not null)
            {
                _ = labels.Only(ratedAs, labels.Name); // throws if it is not there
                return ratedAs;
            }

            string stem = System.IO.Path.GetFileNameWithoutExtension(video.FileName);
            string? found = labels.IdOf(video.Stem, video.Name) ?? labels.IdOf(stem, video.FileName);
            if (found is null)
            {
                labels.ThrowIfOfOthers([(video.Stem, video.Name)]);
            }

            return found!;
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private ReadRatings Kept(RatingRecord record, CancellationToken cancellation)
    {
        ReadRatings ratings = _kept.Find(kept => kept.Record == record) ?? new ReadRatings(record, Read(record, cancellation));
        _kept.RemoveAll(kept => kept.Record.VideoId == record.VideoId);
        _kept.Add(ratings);
        _kept.RemoveRange(0, Math.Max(0, _kept.Count - MostKept));
        return ratings;
    }

    private ViewerLabels Read(RatingRecord record, CancellationToken cancellation)
    {
        string folder = store.PathOf(record.VideoId, record.Folder);
        return Plainly(folder, () =>
        {
            ViewerLabels labels = ViewerLabels.Read(System.IO.Path.Combine(folder, record.Name), record.LagSeconds, cancellation);
            return labels.Only(record.RatedAs, Without(folder, labels.Name));
        });
    }

    // Messages name the files as users know them.
    private static T Plainly<T>(string folder, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EvokeException error)
        {
            throw new StudioRequestException(StatusCodes.Status422UnprocessableEntity, Without(folder, error.Message));
        }
    }

    private static string Without(string folder, string text) =>
        text.Replace(folder + System.IO.Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);
}
