using System.Collections.Immutable;
using System.Diagnostics;
using Evoke.Datasets.Manifests;
using Evoke.Encoders.Extraction;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Media.Videos;

namespace Evoke.Cluster.Planning;

/// <summary>Extracts a few videos of a data set as a shard would, to estimate the cost of the rest.</summary>
/// <remarks>Thread-safe: each call works in a folder of its own.</remarks>
public static class ExtractionSample
{
    /// <summary>
    /// Chooses videos of short, medium and long duration: sorts all videos by duration, splits them into equal parts and takes the middle of each.
    /// The shortest comes first.
    /// </summary>
    /// <param name="entries">All videos; those with an unknown duration are not chosen.</param>
    /// <param name="count">Number of videos, at least 1.</param>
    public static ImmutableArray<ManifestEntry> Choose(ImmutableArray<ManifestEntry> entries, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ManifestEntry[] known =
        [
            .. entries.Where(entry => entry.DurationSeconds > 0).OrderBy(entry => entry.DurationSeconds).ThenBy(entry => entry.Id, StringComparer.Ordinal),
        ];
        int chosen = Math.Min(count, known.Length);
        return [.. Enumerable.Range(0, chosen).Select(i => known[(int)((i + 0.5) * known.Length / chosen)])];
    }

    /// <summary>Measures the cost. The first video is extracted twice: the extra time of the first extraction counts as start-up.</summary>
    /// <param name="extractor">Extracts the features.</param>
    /// <param name="videos">See <see cref="Choose"/>.</param>
    /// <param name="folder">Folder of the manifest, to which relative paths are relative.</param>
    /// <param name="startedSeconds">Seconds that the process has taken so far, for its start and its networks.</param>
    /// <param name="progress">Receives all events.</param>
    /// <param name="cancellationToken">Cancels the measurement; nothing is left on disk.</param>
    /// <exception cref="PlanException">None of the videos could be extracted.</exception>
    public static async Task<ExtractionCost> MeasureAsync(
        FeatureExtractor extractor,
        IReadOnlyList<ManifestEntry> videos,
        string folder,
        double startedSeconds,
        IProgress<ExtractionEvent>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(videos);
        string temporary = Directory.CreateTempSubdirectory("evoke-plan-").FullName;
        try
        {
            double? start = null;
            List<MeasuredVideo> measured = [];
            foreach (ManifestEntry entry in videos)
            {
                MeasuredVideo? first = await ExtractAsync(start is null ? "first" : "then").ConfigureAwait(false);
                if (first is null)
                {
                    continue;
                }

                MeasuredVideo steady = start is null ? await ExtractAsync("then").ConfigureAwait(false) ?? first : first;
                start ??= startedSeconds + Math.Max(0, first.Seconds - steady.Seconds);
                measured.Add(steady);

                async Task<MeasuredVideo?> ExtractAsync(string name)
                {
                    FeatureStore store = FeatureStore.OpenOrCreate(Path.Combine(temporary, name));
                    VideoFile video = new(entry.Id, Path.GetFullPath(Path.Combine(folder, entry.Path)));
                    long begun = Stopwatch.GetTimestamp();
                    ExtractionReport report = await new ExtractionRun(extractor, store).RunAsync([video], progress, cancellationToken).ConfigureAwait(false);
                    double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
                    return report.Extracted.Count == 1
                        ? new MeasuredVideo(entry.Id, entry.DurationSeconds, seconds, new FileInfo(store.PathOf(entry.Id)).Length)
                        : null;
                }
            }

            return measured.Count > 0
                ? ExtractionCost.Fit(start!.Value, measured)
                : throw new PlanException(
                    $"None of {string.Join(", ", videos.Select(video => video.Path))} could be extracted: there is nothing to plan from.");
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }
}

/// <summary>A plan is not possible; the message says why.</summary>
public sealed class PlanException : EvokeException
{
    /// <summary>Creates the error.</summary>
    public PlanException(string message)
        : base(message)
    {
    }
}
