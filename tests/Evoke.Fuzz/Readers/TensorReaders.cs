using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Evoke.Fuzz.Repairs;
using Evoke.Tensors;
using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Fuzz.Readers;

/// <summary>Weights of other programs: safetensors, PyTorch's archives and older files, NumPy's arrays.</summary>
internal static class TensorReaders
{
    private const long MostElements = 1 << 20;
    private static readonly float[] s_values = [0, 1, -2.5f, 3e38f, float.NaN, 1e-40f];

    public static IEnumerable<FuzzedReader> All =>
    [
        new("safetensors", "w.safetensors", SafeTensorsSeeds, Read)
        {
            Words =
            [
                "\"__metadata__\":{", "\"data_offsets\":[0,24]", "\"dtype\":\"F64\"", "\"shape\":[", "BF16", "F8_E4M3", "I64", "BOOL",
                "U8", ",", "{", "}", "[", "]",
                "\\u0000", "\\ud800", "\"w\":",
            ],
            Repair = SafeTensorsRepair.Repair,
        },
        new("pth", "w.pth", _ => Pickles().Select(Archive), Read) { Words = PickleWords, Repair = ZipRepair.Repair },
        new("pth-legacy", "w.pth.tar", _ => [Legacy()], Read) { Words = PickleWords },
        new("npy", "w.npy", _ => Arrays(), Read) { Words = NumpyWords },
        new("npz", "w.npz", _ => [ZipRepair.Write([.. Arrays().Select((array, index) => ($"a{index}.npy", array))])], Read)
        {
            Words = NumpyWords,
            Repair = ZipRepair.Repair,
        },
    ];

    private static ImmutableArray<string> NumpyWords =>
        ["'descr': ", "'<f8'", "'>i2'", "'|O'", "'|b1'", "'fortran_order': True", "'shape': (", "(1,)", "()", "(0, 5)", "{", "}", "\u0093NUMPY"];

    private static ImmutableArray<string> PickleWords =>
    [
        "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch\nHalfStorage\n", "ccollections\nOrderedDict\n", "cos\nsystem\n",
        "cnumpy\nndarray\n", "(", ")", "t", "R", "}", "]",
        "s", "u", "a", "e", "0", "1", "2", "Q", "b", "q\0", "h\0", "\u008a\u00ff", "X\u00ff\u00ff\u00ff\u00ff", "((((((((((((((((",
    ];

    private static Task Read(string path)
    {
        using TensorFile file = WeightFile.Open(path);
        foreach (TensorInfo tensor in file.Tensors.Values.Where(tensor => tensor.ElementCount <= MostElements))
        {
            _ = file.ReadFloats(tensor.Name);
            _ = file.GetBytes(tensor.Name);
            _ = file.ReadDoubles(tensor.Name);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<byte[]> SafeTensorsSeeds(string folder)
    {
        string path = Path.Combine(folder, "seed");
        SafeTensorsWriter.Write(
            path,
            [new("format", "pt"), new("n", "é\"\\")],
            [
                TensorSource.FromFloats("a.weight", [2, 3], s_values), TensorSource.FromFloats("a.bias", [6], s_values, DType.F16),
                TensorSource.FromIntegers("n", [], new long[] { 7 }), TensorSource.FromDoubles("empty", [0, 4], Array.Empty<double>()),
            ]);
        yield return File.ReadAllBytes(path);
        SafeTensorsWriter.Write(path, [], [TensorSource.FromFloats("w", [1], new float[] { 1 })]);
        yield return File.ReadAllBytes(path);
    }

    private static IEnumerable<PickleBuilder> Pickles()
    {
        yield return new PickleBuilder().Op('}').Op('(')
            .Text("w").Tensor("0", 6, 0, [2, 3], [3, 1]).Text("v").Tensor("0", 6, 1, [2, 2], [1, 2]).Op('u', '.');
        yield return new PickleBuilder().Op('}').Op('(')
            .Text("epoch").Number(3).Text("best_corr").Array("f8", [1], BitConverter.GetBytes(0.5))
            .Text("state_dict").Global("collections", "OrderedDict").Op(')', 'R').Op('(').Text("module.w").Tensor("0", 6, 0, [6], [1]).Op('u', 'u', '.');
        yield return new PickleBuilder().Op('}').Op((byte)'q', 0).Text("model").Op('}').Text("w").Tensor("0", 6, 0, [6], [0]).Op('s', 's', '.');
    }

    private static byte[] Archive(PickleBuilder pickle) => ZipRepair.Write(
    [
        ("archive/data.pkl", pickle.Bytes), ("archive/version", "3\n"u8.ToArray()),
        ("archive/data/0", [.. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes((float)i))]),
    ]);

    // Before PyTorch 1.6: magic number, version, machine, content, the keys of the storages, then each storage with its length.
    private static byte[] Legacy()
    {
        PickleBuilder content = new PickleBuilder().Op('}').Text("w")
            .Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(6).Op('N', 't', 'Q')
            .Number(0).Tuple(2, 3).Tuple(3, 1).Op(0x89).Op('}').Op('t').Op('R').Op('s', '.');
        return
        [
            .. new PickleBuilder().Op(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19).Op('.').Bytes,
            .. new PickleBuilder().Number(1001).Op('.').Bytes,
            .. new PickleBuilder().Op('}').Text("little_endian").Op(0x88).Op('s', '.').Bytes,
            .. content.Bytes,
            .. new PickleBuilder().Op(']').Text("0").Op('a', '.').Bytes,
            .. BitConverter.GetBytes(6L),
            .. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes((float)i)),
        ];
    }

    private static IEnumerable<byte[]> Arrays()
    {
        yield return Numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 24);
        yield return Numpy("{'descr': '<i8', 'fortran_order': True, 'shape': (2, 2), }", 32);
        yield return Numpy("{'descr': '|b1', 'fortran_order': False, 'shape': (), }", 1);
    }

    private static byte[] Numpy(string header, int bytes)
    {
        string padded = header.PadRight(117) + "\n";
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)padded.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.ASCII.GetBytes(padded), .. Enumerable.Range(0, bytes).Select(i => (byte)(i % 2))];
    }
}
