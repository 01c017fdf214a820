using System.Collections.Immutable;
using Evoke.Datasets.Manifests;
using Evoke.Media.Videos;

namespace Evoke.Cluster.Shards;

/// <summary>The videos that a run is to work on: all of a data set, or one shard of it.</summary>
/// <param name="Videos">What to work on; the longest first if it is a shard or comes from a manifest.</param>
/// <param name="Shard">Which part it is; null for all of it.</param>
/// <param name="Total">Videos in the whole data set.</param>
public sealed record ShardVideos(IReadOnlyList<VideoFile> Videos, Shard? Shard, int Total)
{
    // 2 Mbit/s: for ordering and balancing any number would do but for the fixed cost of a video, beside which it should be about right.
    private const double TypicalBytesPerSecond = 250_000;

    /// <summary>Videos of a manifest.</summary>
    /// <param name="manifest">The file: see <see cref="Manifest"/>.</param>
    /// <param name="shard">Which part; null for all.</param>
    /// <exception cref="ManifestException">The manifest is not as it must be.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ShardVideos OfManifest(string manifest, Shard? shard)
    {
        ImmutableArray<ManifestEntry> entries = Manifest.Read(manifest);
        string folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        return new(
            [.. ShardPlan.Of(entries, shard ?? new Shard(0, 1)).Select(entry => new VideoFile(entry.Id, Path.GetFullPath(Path.Combine(folder, entry.Path))))],
            shard,
            entries.Length);
    }

    /// <summary>Videos of files and folders, split by their sizes: nothing is probed, so that every shard starts at once and, as long as the files stay the same, all agree.</summary>
    /// <param name="videos">All videos: see <see cref="VideoFiles.Find"/>.</param>
    /// <param name="shard">Which part; null for all, as they come.</param>
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

    /// <summary>The videos of a folder with what they are taken to cost.</summary>
    internal static ImmutableArray<ManifestEntry> Sized(string folder) => [.. VideoFiles.Find([folder]).Select(Sized)];

    private static ManifestEntry Sized(VideoFile video)
    {
        FileInfo file = new(video.Path);
        long bytes = file.Exists ? file.Length : 0;
        return new(video.VideoId, video.Path, bytes, bytes / TypicalBytesPerSecond);
    }
}
