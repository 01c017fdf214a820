using Evoke.Files;
using PureHDF;
using PureHDF.VOL.Native;

namespace Evoke.Features.Hdf5;

/// <summary>An HDF5 file of features of one modality, as the paper's authors keep them: for each video a dataset [T, D] under its id.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class Hdf5FeatureReader : IDisposable
{
    // Deflate cannot expand more than this.
    private const int MostExpansion = 1032;

    private readonly Hdf5Stream _stream;
    private readonly NativeFile _file;
    private readonly Dictionary<string, IH5Dataset> _datasets;

    static Hdf5FeatureReader() => Hdf5Filters.Register();

    private Hdf5FeatureReader(string path, Hdf5Stream stream, NativeFile file, Dictionary<string, IH5Dataset> datasets)
    {
        Path = path;
        _stream = stream;
        _file = file;
        _datasets = datasets;
        VideoIds = [.. datasets.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The ids of all videos, in ordinal order.</summary>
    public IReadOnlyList<string> VideoIds { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="Hdf5FeatureException">There is no such file, it is not an HDF5 file, or it has something other than datasets at its root.</exception>
    public static Hdf5FeatureReader Open(string path, CancellationToken cancellationToken = default)
    {
        Hdf5Stream? stream = null;
        NativeFile? file = null;
        try
        {
            stream = new Hdf5Stream(path);
            stream.BeginStructure(cancellationToken);
            file = Hdf5Driver.Open(stream);
            Hdf5Links.ThrowIfElsewhere(path, file);
            return new Hdf5FeatureReader(path, stream, file, DatasetsOf(path, file));
        }
        catch (Exception e) when (e is not (Hdf5FeatureException or OperationCanceledException))
        {
            // The library has no exception type of its own: a damaged file can make it throw anything.
            file?.Dispose();
            stream?.Dispose();
            throw new Hdf5FeatureException(path, $"cannot be read as HDF5: {Reason(e)}", e);
        }
        catch
        {
            file?.Dispose();
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>True if the file has features of the video.</summary>
    public bool Contains(string videoId) => _datasets.ContainsKey(videoId);

    /// <summary>Reads the features of one video.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Row-major [steps, width], at least one step, all finite.</returns>
    /// <exception cref="Hdf5FeatureException">There are none, they are not [T, D] of floating-point numbers, or a number is not finite.</exception>
    public (float[] Values, int Steps, int Width) Read(string videoId, CancellationToken cancellationToken = default)
    {
        if (!_datasets.TryGetValue(videoId, out IH5Dataset? dataset))
        {
            throw new Hdf5FeatureException(Path, $"there are no features of the video '{videoId}'.");
        }

        _stream.BeginStructure(cancellationToken);
        (int steps, int width) = Guarded(videoId, () =>
        {
            ThrowIfElsewhere(videoId, dataset);
            ThrowIfMisread(videoId, dataset);
            ThrowIfUnreadFilter(videoId, dataset);
            return Shape(videoId, dataset);
        });
        _stream.BeginValues(cancellationToken);
        float[] values = Guarded(videoId, () => Values(videoId, dataset));
        return NonFinite.FirstIn(values) is not { } bad
            ? (values, steps, width)
            : throw new Hdf5FeatureException(
                Path, FormattableString.Invariant($"expected finite numbers for '{videoId}', found {values[bad]} in row {bad / width}, column {bad % width}."));
    }

    /// <summary>The first video whose features can be read, with the numbers per row. A damaged dataset fails its own video, not the file.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="Hdf5FeatureException">None can be read; the message is about the first.</exception>
    public (string VideoId, int Width) FirstReadable(CancellationToken cancellationToken = default)
    {
        Hdf5FeatureException? first = null;
        foreach (string id in VideoIds)
        {
            try
            {
                return (id, Read(id, cancellationToken).Width);
            }
            catch (Hdf5FeatureException error)
            {
                first ??= error;
            }
        }

        throw first!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _stream.Dispose();
    }

    private static Dictionary<string, IH5Dataset> DatasetsOf(string path, NativeFile file)
    {
        Dictionary<string, IH5Dataset> datasets = new(StringComparer.Ordinal);
        foreach (IH5Object child in file.Children())
        {
            IH5Dataset dataset = child as IH5Dataset
                ?? throw new Hdf5FeatureException(path, $"expected a dataset [T, D] for each video; '{child.Name}' is something else.");
            if (!datasets.TryAdd(child.Name, dataset))
            {
                throw new Hdf5FeatureException(path, $"there are two datasets called '{child.Name}'.");
            }
        }

        return datasets.Count > 0 ? datasets : throw new Hdf5FeatureException(path, "it contains no dataset.");
    }

    private void ThrowIfElsewhere(string videoId, IH5Dataset dataset)
    {
        string? how = dataset.Layout.Class == H5DataLayoutClass.VirtualStorage ? "a virtual dataset"
            : !Hdf5Inside.IsIn(_file, dataset) ? "an external link"
            : Hdf5Inside.IsExternal(dataset) ? "external storage"
            : null;
        if (how is not null)
        {
            throw new Hdf5FeatureException(Path, $"the values of '{videoId}' are stored in other files ({how}), which are not opened.");
        }
    }

    private void ThrowIfMisread(string videoId, IH5Dataset dataset)
    {
        IH5DataType type = dataset.Type;
        if (type.Class != H5DataTypeClass.FloatingPoint || type.Size is not (2 or 4 or 8))
        {
            throw new Hdf5FeatureException(
                Path, $"expected floating-point numbers of 2, 4 or 8 bytes for '{videoId}', found {type.Class} of {type.Size} bytes.");
        }

        Hdf5Float format = Hdf5Inside.FloatOf(dataset);
        if (!format.IsReadable)
        {
            throw new Hdf5FeatureException(
                Path,
                $"expected IEEE floating-point numbers in little-endian order for '{videoId}', found {format.Description}. "
                + $"Write them as float32, for example with h5py: file.create_dataset(name, data=values.astype('<f4')).");
        }
    }

    private void ThrowIfUnreadFilter(string videoId, IH5Dataset dataset)
    {
        string? name = Hdf5Inside.FiltersOf(dataset).Select(Hdf5Filters.UnreadName).FirstOrDefault(unread => unread is not null);
        if (name is not null)
        {
            throw new Hdf5FeatureException(
                Path,
                $"the values of '{videoId}' are stored with the filter {name}, which is not read; gzip, shuffle and fletcher32 are. "
                + "'h5repack -f GZIP=4 IN.h5 OUT.h5' writes the file anew with gzip.");
        }
    }

    private (int Steps, int Width) Shape(string videoId, IH5Dataset dataset)
    {
        ulong[] shape = dataset.Space.Dimensions;
        if (shape is not [> 0, > 0] || dataset.Space.Type != H5DataspaceType.Simple)
        {
            throw new Hdf5FeatureException(Path, $"expected [T, D] for '{videoId}', found [{string.Join(", ", shape)}].");
        }

        UInt128 expansion = Hdf5Inside.FiltersOf(dataset).All(filter => filter is Hdf5Filters.Shuffle or Hdf5Filters.Fletcher32) ? 1u : MostExpansion;
        UInt128 most = UInt128.Min((ulong)Array.MaxLength, (ulong)_stream.Length * expansion / (ulong)dataset.Type.Size);
        ulong[] chunk = dataset.Layout.Class == H5DataLayoutClass.Chunked ? dataset.Layout.Chunks : [];
        if (Product(shape) > most || Product(chunk) > most)
        {
            string chunks = chunk.Length > 0 ? $" in chunks of [{string.Join(", ", chunk)}]" : "";
            throw new Hdf5FeatureException(
                Path,
                FormattableString.Invariant($"'{videoId}' has the shape [{string.Join(", ", shape)}]{chunks}, more than a file of {_stream.Length} bytes ")
                + "can hold: the file is damaged, or its values were never written.");
        }

        return ((int)shape[0], (int)shape[1]);
    }

    // Saturates: dimensions are numbers of 64 bits, and a damaged file may have many.
    private static UInt128 Product(ulong[] dimensions) =>
        dimensions.Aggregate(UInt128.One, (product, dimension) => UInt128.Min(ulong.MaxValue, product * dimension));

    private float[] Values(string videoId, IH5Dataset dataset) => dataset.Type.Size switch
    {
        2 => Array.ConvertAll(dataset.Read<Half[]>(), value => (float)value),
        4 => dataset.Read<float[]>(),
        8 => Array.ConvertAll(dataset.Read<double[]>(), value => (float)value),
        var size => throw new Hdf5FeatureException(Path, $"expected numbers of 2, 4 or 8 bytes for '{videoId}', found {size} bytes."),
    };

    private T Guarded<T>(string videoId, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (Hdf5FeatureException or OperationCanceledException))
        {
            throw new Hdf5FeatureException(Path, $"the values of '{videoId}' cannot be read: {Reason(e)}", e);
        }
    }

    // The library says "Filter pipeline failed." and why in the inner exception.
    private static string Reason(Exception error) => error is OutOfMemoryException
        ? "what it states does not fit into memory." // It allocates what the file states before it reads that.
        : PlainMessage.Of(error.InnerException is { } inner and not AggregateException ? inner : error);
}
