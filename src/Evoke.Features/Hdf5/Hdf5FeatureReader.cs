using PureHDF;
using PureHDF.VOL.Native;

namespace Evoke.Features.Hdf5;

/// <summary>An HDF5 file of features of one modality, as the paper's authors keep them: for each video a dataset [T, D] under its id.</summary>
public sealed class Hdf5FeatureReader : IDisposable
{
    private readonly NativeFile _file;
    private readonly Dictionary<string, IH5Dataset> _datasets;

    private Hdf5FeatureReader(string path, NativeFile file, Dictionary<string, IH5Dataset> datasets)
    {
        Path = path;
        _file = file;
        _datasets = datasets;
        VideoIds = [.. datasets.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The ids of all videos, in ordinal order.</summary>
    public IReadOnlyList<string> VideoIds { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="Hdf5FeatureException">There is no such file, it is not an HDF5 file, or it has something other than datasets at its root.</exception>
    public static Hdf5FeatureReader Open(string path)
    {
        NativeFile? file = null;
        try
        {
            file = H5File.OpenRead(path);
            Dictionary<string, IH5Dataset> datasets = new(StringComparer.Ordinal);
            foreach (IH5Object child in file.Children())
            {
                datasets.Add(child.Name, child as IH5Dataset
                    ?? throw new Hdf5FeatureException(path, $"expected a dataset [T, D] for each video; '{child.Name}' is something else."));
            }

            return datasets.Count > 0
                ? new Hdf5FeatureReader(path, file, datasets)
                : throw new Hdf5FeatureException(path, "it contains no dataset.");
        }
        catch (Exception e) when (e is not (Hdf5FeatureException or OutOfMemoryException))
        {
            // The library has no exception type of its own: a damaged file can make it throw anything.
            file?.Dispose();
            throw new Hdf5FeatureException(path, $"cannot be read as HDF5: {e.Message}", e);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>True if the file has features of the video.</summary>
    public bool Contains(string videoId) => _datasets.ContainsKey(videoId);

    /// <summary>Reads the features of one video.</summary>
    /// <returns>Row-major [steps, width], at least one step, all finite.</returns>
    /// <exception cref="Hdf5FeatureException">There are none, they are not [T, D] of floating-point numbers, or a number is not finite.</exception>
    public (float[] Values, int Steps, int Width) Read(string videoId)
    {
        if (!_datasets.TryGetValue(videoId, out IH5Dataset? dataset))
        {
            throw new Hdf5FeatureException(Path, $"there are no features of the video '{videoId}'.");
        }

        (int steps, int width) = Shape(videoId, dataset);
        float[] values = Values(videoId, dataset);
        int bad = Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0
            ? (values, steps, width)
            : throw new Hdf5FeatureException(
                Path, FormattableString.Invariant($"expected finite numbers for '{videoId}', found {values[bad]} in row {bad / width}, column {bad % width}."));
    }

    /// <summary>Numbers per row of one video, without reading them.</summary>
    /// <exception cref="Hdf5FeatureException">There are no features of the video, or they are not [T, D].</exception>
    public int WidthOf(string videoId) => _datasets.TryGetValue(videoId, out IH5Dataset? dataset)
        ? Shape(videoId, dataset).Width
        : throw new Hdf5FeatureException(Path, $"there are no features of the video '{videoId}'.");

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private (int Steps, int Width) Shape(string videoId, IH5Dataset dataset)
    {
        ulong[] shape = dataset.Space.Dimensions;
        if (shape is not [> 0, > 0] || shape[0] * shape[1] > (ulong)Array.MaxLength || dataset.Space.Type != H5DataspaceType.Simple)
        {
            throw new Hdf5FeatureException(Path, $"expected [T, D] for '{videoId}', found [{string.Join(", ", shape)}].");
        }

        if (dataset.Layout.Class == H5DataLayoutClass.VirtualStorage)
        {
            throw new Hdf5FeatureException(Path, $"the values of '{videoId}' are stored in other files (a virtual dataset), which are not opened.");
        }

        return ((int)shape[0], (int)shape[1]);
    }

    private float[] Values(string videoId, IH5Dataset dataset)
    {
        IH5DataType type = dataset.Type;
        try
        {
            return (type.Class, type.Size) switch
            {
                (H5DataTypeClass.FloatingPoint, 2) => Array.ConvertAll(dataset.Read<Half[]>(), value => (float)value),
                (H5DataTypeClass.FloatingPoint, 4) => dataset.Read<float[]>(),
                (H5DataTypeClass.FloatingPoint, 8) => Array.ConvertAll(dataset.Read<double[]>(), value => (float)value),
                _ => throw new Hdf5FeatureException(
                    Path, $"expected floating-point numbers of 2, 4 or 8 bytes for '{videoId}', found {type.Class} of {type.Size} bytes."),
            };
        }
        catch (Exception e) when (e is not (Hdf5FeatureException or OutOfMemoryException))
        {
            throw new Hdf5FeatureException(Path, $"the values of '{videoId}' cannot be read: {e.Message}", e);
        }
    }
}
