using System.IO.Compression;
using System.Runtime.InteropServices;
using Evoke.Encoders.Tests.Networks;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Deep;

/// <summary>Writes golden weights to files as their authors publish them.</summary>
internal static class GoldenWeightFile
{
    /// <summary>A safetensors file.</summary>
    public static void WriteSafeTensors(string path, GoldenStateDict weights) =>
        SafeTensorsWriter.Write(path, [], weights.Names.Select(name => TensorSource.FromFloats(name, [.. weights.ShapeOf(name)], Values(weights, name))));

    /// <summary>A PyTorch archive whose tensors are below "model", as microsoft publishes Swin.</summary>
    public static void WritePth(string path, GoldenStateDict weights)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        PickleBuilder pickle = new PickleBuilder().Op('}').Text("model").Op('}');
        int key = 0;
        foreach (string name in weights.Names)
        {
            long[] shape = [.. weights.ShapeOf(name)];
            float[] values = Values(weights, name);
            string storage = (key++).ToString(System.Globalization.CultureInfo.InvariantCulture);
            pickle.Text(name).Tensor(storage, values.Length, 0, shape, Strides(shape)).Op('s');
            using Stream entry = zip.CreateEntry($"archive/data/{storage}", CompressionLevel.NoCompression).Open();
            entry.Write(MemoryMarshal.AsBytes<float>(values));
        }

        using Stream start = zip.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open();
        start.Write(pickle.Op('s', '.').Bytes);
    }

    private static float[] Values(GoldenStateDict weights, string name)
    {
        float[] values = new float[weights.ShapeOf(name).Aggregate(1L, (a, b) => a * b)];
        weights.Read(name, values);
        return values;
    }

    private static long[] Strides(long[] shape)
    {
        long[] strides = new long[shape.Length];
        long step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= shape[i];
        }

        return strides;
    }
}
