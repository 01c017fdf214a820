using System.Buffers.Binary;
using System.Text;

namespace Evoke.Testing;

/// <summary>Element types of ONNX, by their numbers in <see href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</see>.</summary>
public enum OnnxElement
{
    /// <summary>float32.</summary>
    Singles = 1,

    /// <summary>int64.</summary>
    Longs = 7,

    /// <summary>bool.</summary>
    Booleans = 9,

    /// <summary>float16.</summary>
    Halves = 10,
}

/// <summary>Writes small ONNX networks, so that tests need neither Python nor files.</summary>
/// <param name="opset">The version of the operators: 17 has the axes of a reduction as an attribute, 18 and later as an input.</param>
public sealed class OnnxModel(int opset = 17)
{
    private readonly List<byte> _graph = [.. Text(2, "g")];
    private readonly List<(byte[] Head, byte[] Raw)> _tensors = [];

    /// <summary>Adds an input. A dimension is a number, or a name where any will do.</summary>
    public OnnxModel Input(string name, OnnxElement type, params object[] shape) => Value(11, name, type, shape);

    /// <summary>Adds an output.</summary>
    public OnnxModel Output(string name, OnnxElement type, params object[] shape) => Value(12, name, type, shape);

    /// <summary>Adds a tensor of weights.</summary>
    public OnnxModel Weights(string name, float[] values, params long[] shape)
    {
        byte[] raw = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(4 * i), values[i]);
        }

        return Tensor(name, OnnxElement.Singles, raw, shape);
    }

    /// <summary>Adds a tensor of whole numbers.</summary>
    public OnnxModel Weights(string name, long[] values, params long[] shape)
    {
        byte[] raw = new byte[8 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(8 * i), values[i]);
        }

        return Tensor(name, OnnxElement.Longs, raw, shape);
    }

    /// <summary>Adds an operator.</summary>
    /// <param name="operation">ONNX's name of it.</param>
    /// <param name="inputs">Names of its inputs.</param>
    /// <param name="output">Name of its output.</param>
    /// <param name="attributes">A long or a long[] each.</param>
    public OnnxModel Node(string operation, string[] inputs, string output, params (string Name, object Value)[] attributes)
    {
        List<byte> node = [.. inputs.SelectMany(input => Text(1, input)), .. Text(2, output), .. Text(4, operation)];
        foreach ((string name, object value) in attributes)
        {
            node.AddRange(Nested(5, value is long one
                ? [.. Text(1, name), .. Number(3, one), .. Number(20, 2)]
                : [.. Text(1, name), .. ((long[])value).SelectMany(number => Number(8, number)), .. Number(20, 7)]));
        }

        _graph.AddRange(Nested(1, [.. node]));
        return this;
    }

    /// <summary>Writes the file.</summary>
    /// <returns>Its path.</returns>
    public string Save(string path) => Write(path, tensor => Nested(9, tensor.Raw));

    /// <summary>Writes the file, and the numbers of all tensors into a second one in its folder.</summary>
    /// <returns>Its path.</returns>
    public string SaveWithData(string path, string dataPath)
    {
        List<byte> data = [];
        Write(path, tensor =>
        {
            int offset = data.Count;
            data.AddRange(tensor.Raw);
            return
            [
                .. Entry("location", Path.GetFileName(dataPath)), .. Entry("offset", $"{offset}"), .. Entry("length", $"{tensor.Raw.Length}"), .. Number(14, 1),
            ];
        });
        File.WriteAllBytes(dataPath, [.. data]);
        return path;
    }

    /// <summary>A network that gives the mean of each item's numbers, one number for each item, whatever the shape.</summary>
    public static OnnxModel Mean(OnnxElement type, params object[] shape) => new OnnxModel()
        .Input("x", type, shape)
        .Output("y", type, shape[0], 1)
        .Node("Flatten", ["x"], "flat", ("axis", 1L))
        .Node("ReduceMean", ["flat"], "y", ("axes", new long[] { 1 }), ("keepdims", 1L));

    /// <summary>A network that gives each item's numbers as they are.</summary>
    public static OnnxModel Same(params object[] shape) => new OnnxModel()
        .Input("x", OnnxElement.Singles, shape)
        .Output("y", OnnxElement.Singles, shape)
        .Node("Identity", ["x"], "y");

    /// <summary>A network that gives the means over some dimensions, repeated to <paramref name="width"/> numbers.</summary>
    /// <param name="width">Numbers for each item.</param>
    /// <param name="kept">Extent of the one dimension that is left.</param>
    /// <param name="means">The dimensions to take the mean over: all but that one and the first.</param>
    /// <param name="shape">Shape of the input.</param>
    public static OnnxModel Means(int width, int kept, long[] means, params object[] shape) => new OnnxModel()
        .Input("x", OnnxElement.Singles, shape).Output("features", OnnxElement.Singles, shape[0], width)
        .Weights("repeat", Repeating(kept, width), kept, width)
        .Node("ReduceMean", ["x"], "mean", ("axes", means), ("keepdims", 0L)).Node("MatMul", ["mean", "repeat"], "features");

    /// <summary>A network that divides each item into tokens and gives each, repeated to <paramref name="width"/> numbers: [N, tokens, width].</summary>
    /// <param name="width">Numbers for each token.</param>
    /// <param name="token">Numbers of the input in a token.</param>
    /// <param name="shape">Shape of the input.</param>
    public static OnnxModel Tokens(int width, int token, params object[] shape) => new OnnxModel()
        .Input("x", OnnxElement.Singles, shape).Output("tokens", OnnxElement.Singles, shape[0], "tokens", width)
        .Weights("repeat", Repeating(token, width), token, width)
        .Weights("shape", [-1L, shape.Skip(1).Aggregate(1L, (product, extent) => product * Convert.ToInt64(extent, null)) / token, token], 3)
        .Node("Reshape", ["x", "shape"], "divided").Node("MatMul", ["divided", "repeat"], "tokens");

    private static float[] Repeating(int from, int to) => [.. Enumerable.Range(0, from * to).Select(i => i % to % from == i / to ? 1f : 0f)];

    private OnnxModel Value(int field, string name, OnnxElement type, object[] shape)
    {
        byte[] dimensions = [.. shape.SelectMany(extent => Nested(1, extent is string any ? Text(2, any) : Number(1, Convert.ToInt64(extent, null))))];
        byte[] tensorType = [.. Number(1, (long)type), .. Nested(2, dimensions)];
        _graph.AddRange(Nested(field, [.. Text(1, name), .. Nested(2, Nested(1, tensorType))]));
        return this;
    }

    private OnnxModel Tensor(string name, OnnxElement type, byte[] raw, long[] shape)
    {
        _tensors.Add(([.. shape.SelectMany(extent => Number(1, extent)), .. Number(2, (long)type), .. Text(8, name)], raw));
        return this;
    }

    private string Write(string path, Func<(byte[] Head, byte[] Raw), byte[]> content)
    {
        byte[] tensors = [.. _tensors.SelectMany(tensor => Nested(5, [.. tensor.Head, .. content(tensor)]))];
        File.WriteAllBytes(path, [.. Number(1, 8), .. Nested(8, [.. Text(1, ""), .. Number(2, opset)]), .. Nested(7, [.. _graph, .. tensors])]);
        return path;
    }

    private static byte[] Entry(string key, string value) => Nested(13, [.. Text(1, key), .. Text(2, value)]);

    private static byte[] Text(int field, string text) => Nested(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Number(int field, long value) => [.. Varint((ulong)field << 3), .. Varint((ulong)value)];

    private static byte[] Nested(int field, byte[] content) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Varint(ulong value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];
}
