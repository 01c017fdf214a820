using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Evoke.Testing;

/// <summary>Reads the golden files: just enough of the safetensors format for tests of rooms that must not see our own reader.</summary>
public sealed class SafetensorsFile
{
    private readonly byte[] _bytes;
    private readonly JsonElement _header;
    private readonly int _dataStart;

    private SafetensorsFile(byte[] bytes)
    {
        _bytes = bytes;
        int headerLength = checked((int)BinaryPrimitives.ReadInt64LittleEndian(bytes));
        _header = JsonSerializer.Deserialize<JsonElement>(bytes.AsSpan(8, headerLength));
        _dataStart = 8 + headerLength;
    }

    /// <summary>Reads a whole file.</summary>
    public static SafetensorsFile Read(string path) => new(File.ReadAllBytes(path));

    /// <summary>The shape of a tensor.</summary>
    public int[] Shape(string name) => [.. _header.GetProperty(name).GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];

    /// <summary>A tensor stored as F64.</summary>
    public double[] Doubles(string name) => Data<double>(name, "F64");

    /// <summary>A tensor stored as F32.</summary>
    public float[] Floats(string name) => Data<float>(name, "F32");

    private T[] Data<T>(string name, string dtype)
        where T : unmanaged
    {
        JsonElement entry = _header.GetProperty(name);
        if (entry.GetProperty("dtype").GetString() != dtype)
        {
            throw new InvalidDataException($"{name} is {entry.GetProperty("dtype")}, not {dtype}.");
        }

        int start = entry.GetProperty("data_offsets")[0].GetInt32();
        int end = entry.GetProperty("data_offsets")[1].GetInt32();
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(_dataStart + start, end - start)).ToArray();
    }
}
