using System.Collections.Concurrent;
using Evoke.Files;
using Evoke.Media;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Probing;
using Evoke.Media.Videos;

namespace Evoke.Datasets.Checking;

/// <summary>The video files with their sizes and lengths.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Entries">Those that could be probed, in the given order.</param>
/// <param name="Failures">Those that could not.</param>
public sealed record VideoInventory(IReadOnlyList<InventoryEntry> Entries, IReadOnlyList<VideoFailure> Failures)
{
    private const int ProbesAtOnce = 2;

    /// <summary>Probes files; nothing is decoded.</summary>
    /// <param name="videos">The files: see <see cref="VideoFiles.Find"/>.</param>
    /// <param name="progress">Receives the number of files probed so far, from several threads.</param>
    /// <param name="cancellationToken">Cancels the probing.</param>
    /// <exception cref="FfmpegMissingException">No file can be probed.</exception>
    public static async Task<VideoInventory> ReadAsync(
        IReadOnlyList<VideoFile> videos, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(videos);
        ConcurrentDictionary<VideoFile, InventoryEntry> entries = new();
        ConcurrentDictionary<VideoFile, VideoFailure> failures = new();
        int done = 0;
        await Parallel.ForEachAsync(
            videos,
            new ParallelOptions { MaxDegreeOfParallelism = ProbesAtOnce, CancellationToken = cancellationToken },
            async (video, token) =>
            {
                try
                {
                    if (video.SameIdAs is { } first)
                    {
                        throw new DuplicateVideoIdException(first, video);
                    }

                    MediaInfo info = await MediaProbe.ProbeAsync(video.Path, token).ConfigureAwait(false);
                    entries[video] = new InventoryEntry(video, info.Bytes, info.Video?.DurationSeconds ?? info.DurationSeconds ?? info.Audio?.DurationSeconds);
                }
                catch (Exception error) when (ItemFailure.Of(video.Path, error) is { } failure)
                {
                    failures[video] = new VideoFailure(video, failure);
                }

                progress?.Report(Interlocked.Increment(ref done));
            }).ConfigureAwait(false);
        return new VideoInventory(
            [.. videos.Where(entries.ContainsKey).Select(video => entries[video])], [.. videos.Where(failures.ContainsKey).Select(video => failures[video])]);
    }
}
