using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Evoke.Datasets.Sources;
using Evoke.Files;

namespace Evoke.Datasets.Sets;

/// <summary>What identifies the numbers of a data set: its emotions, its encoders, and hashes of every video's labels and features.</summary>
/// <remarks>
/// The features' bytes are hashed, not their files' sizes or times: a copy on another machine is the same data, and features of one encoder may
/// differ only in their values. XxHash3 is faster than memory, so this costs one read of the features. Immutable and thread-safe.
/// </remarks>
public sealed record SetFingerprint
{
    private const int VideosInMessages = 5;

    /// <summary>The emotions.</summary>
    public required string Emotions { get; init; }

    /// <summary>The visual features' encoder and width; empty without them.</summary>
    public required string Visual { get; init; }

    /// <summary>The audio features' encoder and width; empty without them.</summary>
    public required string Audio { get; init; }

    /// <summary>The videos, in the order of the set.</summary>
    public required ImmutableArray<VideoFingerprint> Videos { get; init; }

    /// <summary>Hashes a set; reads all its features, on all cores.</summary>
    /// <exception cref="EvokeException">Features cannot be read.</exception>
    public static SetFingerprint Of(VideoSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        VideoFingerprint[] videos = new VideoFingerprint[set.Videos.Count];
        InParallel.For(videos.Length, i => videos[i] = Of(set, set.Videos[i]));
        return new()
        {
            Emotions = set.Labels.Scheme.ToString(),
            Visual = $"{set.Visual}",
            Audio = $"{set.Audio}",
            Videos = ImmutableCollectionsMarshal.AsImmutableArray(videos),
        };
    }

    /// <summary>Describes what has changed; empty if nothing has.</summary>
    /// <param name="before">The earlier fingerprint.</param>
    /// <param name="name">The name of the set in messages.</param>
    public IReadOnlyList<string> ChangesFrom(SetFingerprint before, string name)
    {
        ArgumentNullException.ThrowIfNull(before);
        List<string> changes = [];
        AddWords("emotions", before.Emotions, Emotions);
        AddWords("visual features", before.Visual, Visual);
        AddWords("audio features", before.Audio, Audio);
        Dictionary<string, VideoFingerprint> old = before.Videos.ToDictionary(video => video.Id, StringComparer.Ordinal);
        HashSet<string> now = [.. Videos.Select(video => video.Id)];
        VideoFingerprint[] kept = [.. Videos.Where(video => old.ContainsKey(video.Id))];
        AddVideos("is gone", "are gone", before.Videos.Where(video => !now.Contains(video.Id)));
        AddVideos("is new", "are new", Videos.Where(video => !old.ContainsKey(video.Id)));
        AddVideos("has other labels", "have other labels", kept.Where(video => old[video.Id].Labels != video.Labels));
        AddVideos("has other features", "have other features", kept.Where(video => old[video.Id].Features != video.Features));
        if (changes.Count == 0 && !Videos.SequenceEqual(before.Videos))
        {
            changes.Add($"the {name} videos are in another order");
        }

        return changes;

        void AddWords(string what, string was, string found)
        {
            if (was != found)
            {
                changes.Add($"the {name} set's {what} were {(was.Length == 0 ? "none" : was)} and are {(found.Length == 0 ? "none" : found)}");
            }
        }

        void AddVideos(string ofOne, string ofMany, IEnumerable<VideoFingerprint> videos)
        {
            string[] ids = [.. videos.Select(video => video.Id)];
            if (ids.Length > 0)
            {
                string what = ids.Length == 1 ? $"video {ofOne}" : $"videos {ofMany}";
                string more = ids.Length > VideosInMessages ? ", …" : "";
                changes.Add($"{ids.Length} {name} {what} ({string.Join(", ", ids.Take(VideosInMessages))}{more})");
            }
        }
    }

    private static VideoFingerprint Of(VideoSet set, TrainingVideo video)
    {
        using IOpenFeatures open = set.Features.Open(video.Id);
        XxHash3 features = new();
        Append(features, set.Visual is null ? null : open.Visual);
        Append(features, set.Audio is null ? null : open.Audio);
        AppendNumber(features, open.DurationSeconds);
        XxHash3 labels = new();
        AppendNumber(labels, video.Labels.Curves.Grid.Rate.Hertz);
        labels.Append(MemoryMarshal.AsBytes(video.Labels.Curves.Values));
        if (video.Spread is { Curves: var spread })
        {
            labels.Append(MemoryMarshal.AsBytes(spread.Values));
        }

        return new(video.Id, TextOf(labels), TextOf(features));
    }

    private static void Append(XxHash3 hash, IFeatureRows? rows)
    {
        if (rows is null)
        {
            return;
        }

        AppendNumber(hash, rows.Rate.Hertz);
        AppendNumber(hash, rows.IsMissing ? 1 : 0);
        float[] room = new float[rows.Width];
        for (int step = 0; step < rows.Steps; step++)
        {
            hash.Append(MemoryMarshal.AsBytes(rows.Row(step, room)));
        }
    }

    private static void AppendNumber(XxHash3 hash, double value) => hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in value)));

    private static string TextOf(XxHash3 hash) => hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
}
