using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Evoke.Testing;

/// <summary>Reads the figures in a test project's Golden folder (safetensors), independently of the product's reader, which it helps to test.</summary>
public static class GoldenFile
{
    /// <summary>Path of a golden file beside the tests.</summary>
    public static string PathOf(string fileName) => Path.Combine(AppContext.BaseDirectory, "Golden", fileName);

    /// <summary>One float32 tensor of a golden file and its shape.</summary>
    public static (float[] Values, long[] Shape) ReadFloats(string fileName, string tensor)
    {
        (byte[] data, long[] shape) = Read(fileName, tensor, "F32");
        return (MemoryMarshal.Cast<byte, float>(data).ToArray(), shape);
    }

    /// <summary>One float64 tensor of a golden file and its shape.</summary>
    public static (double[] Values, long[] Shape) ReadDoubles(string fileName, string tensor)
    {
        (byte[] data, long[] shape) = Read(fileName, tensor, "F64");
        return (MemoryMarshal.Cast<byte, double>(data).ToArray(), shape);
    }

    private static (byte[] Data, long[] Shape) Read(string fileName, string tensor, string dtype)
    {
        byte[] file = File.ReadAllBytes(PathOf(fileName));
        int headerLength = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file));
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        JsonElement entry = header.RootElement.GetProperty(tensor);
        if (entry.GetProperty("dtype").GetString() != dtype)
        {
            throw new InvalidOperationException($"{fileName}: '{tensor}' is {entry.GetProperty("dtype")}, not {dtype}.");
        }

        int from = 8 + headerLength + entry.GetProperty("data_offsets")[0].GetInt32();
        int to = 8 + headerLength + entry.GetProperty("data_offsets")[1].GetInt32();
        return (file[from..to], [.. entry.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())]);
    }
}
