using System.Collections.Immutable;
using Evoke.Datasets.Manifests;
using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Cluster.Shards;

/// <summary>The videos that a run works on: a whole data set, or one shard of it.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Videos">The videos; the longest first for a shard or a manifest.</param>
/// <param name="Shard">The shard; null for the whole data set.</param>
/// <param name="Total">Videos in the whole data set.</param>
public sealed record ShardVideos(IReadOnlyList<VideoFile> Videos, Shard? Shard, int Total)
{
    // 2 Mbit/s. For ordering and balancing, the value matters only in proportion to the fixed cost of a video.
    private const double TypicalBytesPerSecond = 250_000;

    /// <summary>Videos of a manifest.</summary>
    /// <param name="manifest">The file: see <see cref="Manifest"/>.</param>
    /// <param name="shard">The shard; null for all.</param>
    /// <exception cref="ManifestException">The manifest is invalid.</exception>
    /// <exception cref="FileReadException">The manifest does not exist, or cannot be read.</exception>
    public static ShardVideos OfManifest(string manifest, Shard? shard)
    {
        ImmutableArray<ManifestEntry> entries = Manifest.Read(manifest);
        string folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        return new(
            [.. ShardPlan.Of(entries, shard ?? new Shard(0, 1)).Select(entry => new VideoFile(entry.Id, Path.GetFullPath(Path.Combine(folder, entry.Path))))],
            shard,
            entries.Length);
    }

    /// <summary>
    /// Videos of files and folders, split by file size. Nothing is probed, so every shard starts at once; all shards agree as long as the files do not change.
    /// </summary>
    /// <param name="videos">All videos: see <see cref="VideoFiles.Find"/>.</param>
    /// <param name="shard">The shard; null for all, in the given order.</param>
    public static ShardVideos OfFiles(IReadOnlyList<VideoFile> videos, Shard? shard)
    {
        ArgumentNullException.ThrowIfNull(videos);
        if (shard is not { } part)
        {
            return new(videos, null, videos.Count);
        }

        Dictionary<string, VideoFile> byPath = videos.ToDictionary(video => video.Path, StringComparer.Ordinal);
        ImmutableArray<ManifestEntry> entries = [.. videos.Select(Sized)];
        return new([.. ShardPlan.Of(entries, part).Select(entry => byPath[entry.Path])], part, videos.Count);
    }

    /// <summary>The videos of a folder with their estimated cost.</summary>
    internal static ImmutableArray<ManifestEntry> Sized(string folder) => [.. VideoFiles.Find([folder]).Select(Sized)];

    private static ManifestEntry Sized(VideoFile video)
    {
        FileInfo file = new(video.Path);
        long bytes = file.Exists ? file.Length : 0;
        return new(video.VideoId, video.Path, bytes, bytes / TypicalBytesPerSecond);
    }
}
