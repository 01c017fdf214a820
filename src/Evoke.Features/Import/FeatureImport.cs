using Evoke.Curves;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Tensors;

namespace Evoke.Features.Import;

/// <summary>What to import.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FeatureImportOptions
{
    /// <summary>Features of the picture; null for none.</summary>
    public FeatureOrigin? Visual { get; init; }

    /// <summary>Features of the sound; null for none.</summary>
    public FeatureOrigin? Audio { get; init; }

    /// <summary>Steps per second of the store (Hz).</summary>
    public Rate Rate { get; init; } = new(1);

    /// <summary>What becomes of rows that are more frequent than the steps of the store.</summary>
    public RowChoice Rows { get; init; }

    /// <summary>How the store keeps the numbers: <see cref="DType.F32"/> or <see cref="DType.F16"/>.</summary>
    public DType StoreAs { get; init; } = DType.F32;
}

/// <summary>The result of an import.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Imported">How many videos are in the store now.</param>
/// <param name="Failed">Videos whose features could not be imported, and why.</param>
public sealed record FeatureImportReport(int Imported, IReadOnlyList<(string VideoId, EvokeException Error)> Failed)
{
    /// <summary>Imported videos with something odd about them, one warning each.</summary>
    public IReadOnlyList<(string VideoId, string Warning)> Warnings { get; init; } = [];

    /// <summary>Videos that have features of the sound but none of the picture, where both were imported or the store has both of other videos.</summary>
    public IReadOnlyList<string> WithoutVisual { get; init; } = [];

    /// <summary>Videos that have features of the picture but none of the sound, where both were imported or the store has both of other videos.</summary>
    public IReadOnlyList<string> WithoutAudio { get; init; } = [];
}

/// <summary>
/// Imports features that another program made into a feature store: HDF5 files, NumPy's files, tables. Rows are picked by time, never by index, so that picture
/// and sound share one clock whatever their own clocks are.
/// </summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class FeatureImport
{
    /// <summary>
    /// Imports every video of either modality. A video that only one of them has lacks the other one, which its features record. Where there is only one
    /// modality, stored features of the other one are kept.
    /// </summary>
    /// <exception cref="ArgumentException">There is nothing to import.</exception>
    /// <exception cref="EvokeException">Files cannot be read at all. What is wrong with a single video is in the report.</exception>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    public static FeatureImportReport Run(
        FeatureImportOptions options, FeatureStore store, IProgress<FeatureProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(store);
        if (options.Visual is null && options.Audio is null)
        {
            throw new ArgumentException("An import needs visual or audio features; found neither.", nameof(options));
        }

        using RowTrackPair features = RowTrackPair.Open(options, cancellationToken);
        IReadOnlyList<string> ids = features.VideoIds;
        List<(string, string)> warnings = [];
        IReadOnlyList<(string VideoId, EvokeException Error)> failed = EachVideo.Do(
            ids,
            id =>
            {
                VideoFeatures video = features.Read(id, cancellationToken);
                store.Add(video, options.StoreAs, cancellationToken);
                warnings.AddRange(video.Warnings.Select(warning => (id, warning)));
            },
            progress,
            cancellationToken);
        (IReadOnlyList<string> withoutVisual, IReadOnlyList<string> withoutAudio) = options is { Visual: not null, Audio: not null }
            ? features.Lacking()
            : LackingIn(store, [.. ids.Except(failed.Select(failure => failure.VideoId), StringComparer.Ordinal)]);
        return new FeatureImportReport(ids.Count - failed.Count, failed)
        {
            Warnings = warnings,
            WithoutVisual = withoutVisual,
            WithoutAudio = withoutAudio,
        };
    }

    // One modality only is what is asked for; but where some videos have both, the others are worth a look: their ids may be spelled in another way.
    private static (IReadOnlyList<string> Visual, IReadOnlyList<string> Audio) LackingIn(FeatureStore store, IReadOnlyList<string> ids)
    {
        List<string> withoutVisual = [], withoutAudio = [];
        foreach (string id in ids)
        {
            using FeatureFile file = store.OpenFile(id);
            if (file.Header.Visual is null)
            {
                withoutVisual.Add(id);
            }
            else if (file.Header.Audio is null)
            {
                withoutAudio.Add(id);
            }
        }

        return withoutVisual.Count + withoutAudio.Count == ids.Count ? ([], []) : (withoutVisual, withoutAudio);
    }
}
