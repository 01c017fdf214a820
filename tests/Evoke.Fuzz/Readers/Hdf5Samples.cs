using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace Evoke.Fuzz.Readers;

/// <summary>HDF5 files as other programs write them.</summary>
internal static class Hdf5Samples
{
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
