using Evoke.Features.Import;

namespace Evoke.Features.Hdf5;

/// <summary>HDF5 files of picture, sound or both, read video by video on one clock: the same numbers as an import gives. Thread-safe.</summary>
public sealed class Hdf5Features : IDisposable
{
    private readonly RowTrackPair _tracks;

    private Hdf5Features(RowTrackPair tracks) => _tracks = tracks;

    /// <summary>The ids of the videos of either file, in ordinal order.</summary>
    public IReadOnlyList<string> VideoIds => _tracks.VideoIds;

    /// <summary>Opens the files.</summary>
    /// <param name="options">The files and the rate of the features.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="Hdf5FeatureException">A file cannot be read.</exception>
    public static Hdf5Features Open(FeatureImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(RowTrackPair.Open(options, cancellationToken));
    }

    /// <summary>True if either file has the video.</summary>
    public bool Contains(string videoId) => _tracks.Contains(videoId);

    /// <summary>Reads one video; a modality that its file lacks is missing, which the features record.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="Hdf5FeatureException">Neither file has it, or its numbers cannot be read; the message names the file and the video.</exception>
    public VideoFeatures Read(string videoId, CancellationToken cancellationToken = default) => Contains(videoId)
        ? _tracks.Read(videoId, cancellationToken)
        : throw new Hdf5FeatureException(_tracks.Path, $"there are no features of the video '{videoId}'.");

    /// <inheritdoc/>
    public void Dispose() => _tracks.Dispose();
}
