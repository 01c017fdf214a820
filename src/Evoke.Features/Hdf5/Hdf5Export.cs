using System.Reflection;
using System.Runtime.ExceptionServices;
using Evoke.Curves;
using Evoke.Features.Store;
using Evoke.Files;
using PureHDF;

namespace Evoke.Features.Hdf5;

/// <summary>Which features of a store to export.</summary>
public enum FeatureModality
{
    /// <summary>Features of the picture.</summary>
    Visual,

    /// <summary>Features of the sound.</summary>
    Audio,
}

/// <summary>
/// Writes the features of a store as one HDF5 file: for each video a dataset [T, D] of float32 under its id, which h5py and the authors' code read.
/// </summary>
/// <remarks>Thread-safe; of several writers of one file the last one wins.</remarks>
public static class Hdf5Export
{
    /// <summary>Exports every video of a store that has the modality. The file is written atomically.</summary>
    /// <param name="store">The store to export.</param>
    /// <param name="modality">Which features.</param>
    /// <param name="path">The file to write; an existing file is replaced.</param>
    /// <param name="progress">Called for every video.</param>
    /// <param name="cancellationToken">Cancels the export; nothing is left.</param>
    /// <returns>How many videos were written.</returns>
    /// <exception cref="Hdf5FeatureException">
    /// No video has the modality, features of different encoders or rates are mixed, or an id cannot be a name in HDF5.
    /// </exception>
    /// <exception cref="EvokeException">A feature file of the store is damaged.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static int Run(
        FeatureStore store, FeatureModality modality, string path, IProgress<FeatureProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrEmpty(path);
        List<(string Id, H5Dataset<float[]> Dataset)> planned = Plan(store, modality, path, cancellationToken);
        H5File file = [];
        foreach ((string id, H5Dataset<float[]> dataset) in planned)
        {
            file[id] = dataset;
        }

        AtomicFile.WriteWith(path, temporary => Write(file, temporary, planned, (id, i) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new FeatureProgress(id, i + 1, planned.Count));
            VideoFeatures features = store.Read(id);
            return (modality == FeatureModality.Visual ? features.Visual : features.Audio)!.Values;
        }));
        return planned.Count;
    }

    private static void Write(H5File file, string path, List<(string Id, H5Dataset<float[]> Dataset)> planned, Func<string, int, float[]> read)
    {
        try
        {
            using H5NativeWriter writer = file.BeginWrite(path);
            for (int i = 0; i < planned.Count; i++)
            {
                writer.Write(planned[i].Dataset, read(planned[i].Id, i));
            }
        }
        catch (TargetInvocationException wrapped) when (wrapped.GetBaseException() is IOException or UnauthorizedAccessException)
        {
            ExceptionDispatchInfo.Throw(wrapped.GetBaseException()); // PureHDF calls its own writers by reflection.
        }
    }

    // HDF5 needs all shapes before the first value.
    private static List<(string Id, H5Dataset<float[]> Dataset)> Plan(
        FeatureStore store, FeatureModality modality, string path, CancellationToken cancellationToken)
    {
        List<(string, H5Dataset<float[]>)> planned = [];
        (EncoderIdentity Encoder, Rate Rate, string Id)? first = null;
        foreach (string id in store.VideoIds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            using FeatureFile file = store.OpenFile(id);
            if ((modality == FeatureModality.Visual ? file.Visual : file.Audio) is not { } features)
            {
                continue;
            }

            first ??= (features.Encoder, features.Rate, id);
            if (!features.Encoder.IsSameEncoderAs(first.Value.Encoder) || !features.Rate.Equals(first.Value.Rate))
            {
                throw new Hdf5FeatureException(path, FormattableString.Invariant(
                    $"one file cannot hold features of different kinds: '{first.Value.Id}' has features of {first.Value.Encoder} at {first.Value.Rate} Hz, ")
                    + FormattableString.Invariant($"'{id}' has features of {features.Encoder} at {features.Rate} Hz."));
            }

            if (id.Contains('/', StringComparison.Ordinal) || id is ".")
            {
                throw new Hdf5FeatureException(path, $"the video id '{id}' is not a valid name in HDF5.");
            }

            planned.Add((id, new H5Dataset<float[]>([(ulong)features.Steps, (ulong)features.Width])));
        }

        return planned.Count > 0
            ? planned
            : throw new Hdf5FeatureException(
                path, $"the store '{store.Folder}' has no {(modality == FeatureModality.Visual ? "visual" : "audio")} features to export.");
    }
}
