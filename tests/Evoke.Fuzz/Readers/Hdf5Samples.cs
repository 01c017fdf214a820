using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace Evoke.Fuzz.Readers;

/// <summary>HDF5 files as other programs write them.</summary>
internal static class Hdf5Samples
{
    /// <summary>Begins each chunk of <see cref="Summed"/>.</summary>
    public const double ChunkMark = 1.2345678901234567;

    /// <summary>The size of such a chunk, without its checksum.</summary>
    public const int ChunkBytes = ChunkRows * Width * sizeof(double);

    private const int ChunkRows = 3, Width = 4;

    /// <summary>Chunks that end with their Fletcher32 checksum.</summary>
    public static byte[] Summed(string path)
    {
        double[,] rows = new double[2 * ChunkRows, Width];
        rows[0, 0] = rows[ChunkRows, 0] = ChunkMark;
        H5DatasetCreation filters = new(Filters: [Fletcher32Filter.Id]);
        H5File file = new() { ["v0"] = new H5Dataset(rows, chunks: [ChunkRows, Width], datasetCreation: filters) };
        file.Write(path);
        return File.ReadAllBytes(path);
    }

    /// <summary>Chunks that are shuffled and compressed, in float64 and float32.</summary>
    public static byte[] Chunked(string path)
    {
        H5DatasetCreation filters = new(Filters: [ShuffleFilter.Id, DeflateFilter.Id]);
        H5File file = new()
        {
            ["v0"] = new H5Dataset(new double[6, 4], chunks: [3, 4], datasetCreation: filters),
            ["v1"] = new H5Dataset(new float[5, 4], chunks: [2, 4], datasetCreation: filters),
        };
        file.Write(path);
        return File.ReadAllBytes(path);
    }
}
