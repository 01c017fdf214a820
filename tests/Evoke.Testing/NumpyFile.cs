using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Evoke.Testing;

/// <summary>Writes NumPy's files as numpy.save and numpy.savez do (numpy.lib.format, version 1).</summary>
public static class NumpyFile
{
    /// <summary>Writes one array of float64, as numpy.array of a list of floats gives it.</summary>
    public static void Write(string path, int[] shape, params double[] values) => File.WriteAllBytes(path, Bytes(shape, values));

    /// <summary>Writes an archive of arrays.</summary>
    public static void WriteArchive(string path, params (string Name, int[] Shape, double[] Values)[] arrays)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, int[] shape, double[] values) in arrays)
        {
            using Stream entry = archive.CreateEntry($"{name}.npy", CompressionLevel.Fastest).Open();
            entry.Write(Bytes(shape, values));
        }
    }

    private static byte[] Bytes(int[] shape, double[] values)
    {
        string sizes = string.Concat(shape.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size}, "))).TrimEnd();
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({(shape.Length == 1 ? sizes : sizes.TrimEnd(','))}), }}";
        header = header.PadRight(header.Length + 63 - ((header.Length + 10) % 64)) + '\n';
        byte[] bytes =
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. new byte[values.Length * 8],
        ];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(bytes.Length - (8 * (values.Length - i))), values[i]);
        }

        return bytes;
    }
}
