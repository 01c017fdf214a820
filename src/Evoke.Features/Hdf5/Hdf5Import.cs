using Evoke.Curves;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Tensors;

namespace Evoke.Features.Hdf5;

/// <summary>An HDF5 file to import, and what the file does not say itself.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Path">The file: a dataset [T, D] for each video under its id.</param>
/// <param name="Rate">Rows per second (Hz): row n belongs to n / Rate seconds. The authors' files: 6 for the picture, 1/0.96 for the sound.</param>
/// <param name="Encoder">The encoder that produced the features.</param>
public sealed record Hdf5Source(string Path, Rate Rate, EncoderIdentity Encoder);

/// <summary>What to import.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Hdf5ImportOptions
{
    /// <summary>Features of the picture; null for none.</summary>
    public Hdf5Source? Visual { get; init; }

    /// <summary>Features of the sound; null for none.</summary>
    public Hdf5Source? Audio { get; init; }

    /// <summary>Steps per second of the store (Hz).</summary>
    public Rate Rate { get; init; } = new(1);

    /// <summary>How the store keeps the numbers: <see cref="DType.F32"/> or <see cref="DType.F16"/>.</summary>
    public DType StoreAs { get; init; } = DType.F32;
}

/// <summary>Progress of an import or an export.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">The video that is done, or has failed.</param>
/// <param name="Position">Which of the videos it is, from 1.</param>
/// <param name="Count">How many videos there are.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record Hdf5Progress(string VideoId, int Position, int Count, EvokeException? Error = null);

/// <summary>The result of an import.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Imported">How many videos are in the store now.</param>
/// <param name="Failed">Videos whose features could not be imported, and why.</param>
public sealed record Hdf5ImportReport(int Imported, IReadOnlyList<(string VideoId, EvokeException Error)> Failed);

/// <summary>
/// Imports HDF5 files of features, such as those of the paper's authors, into a feature store. Rows are picked by time, never by index, so that picture and
/// sound share one clock whatever their own rates are.
/// </summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class Hdf5Import
{
    /// <summary>
    /// Imports every video of either file. A video that only one of them has lacks the other modality, which its features record. Where there is only one file,
    /// stored features of the other modality are kept.
    /// </summary>
    /// <exception cref="ArgumentException">There is no file to import.</exception>
    /// <exception cref="Hdf5FeatureException">A file cannot be read at all. What is wrong with a single video is in the report.</exception>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    public static Hdf5ImportReport Run(
        Hdf5ImportOptions options, FeatureStore store, IProgress<Hdf5Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(store);
        if (options.Visual is null && options.Audio is null)
        {
            throw new ArgumentException("An import needs a file of visual or of audio features; found neither.", nameof(options));
        }

        using Hdf5Features features = Hdf5Features.Open(options, cancellationToken);
        IReadOnlyList<string> ids = features.VideoIds;
        List<(string, EvokeException)> failed = [];
        for (int i = 0; i < ids.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            EvokeException? error = null;
            try
            {
                store.Add(features.Read(ids[i], cancellationToken), options.StoreAs, cancellationToken);
            }
            catch (Exception e) when (ItemFailure.Of(ids[i], e) is { } failure)
            {
                error = failure;
                failed.Add((ids[i], failure));
            }

            progress?.Report(new Hdf5Progress(ids[i], i + 1, ids.Count, error));
        }

        return new Hdf5ImportReport(ids.Count - failed.Count, failed);
    }
}
