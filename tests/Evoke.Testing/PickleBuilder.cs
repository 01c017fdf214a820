using System.IO.Compression;
using System.Text;

namespace Evoke.Testing;

/// <summary>Writes pickles by hand, including hostile ones.</summary>
public sealed class PickleBuilder
{
    private readonly List<byte> _bytes = [];

    public PickleBuilder() => Op(0x80, 2);

    public byte[] Bytes => [.. _bytes];

    public PickleBuilder Op(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleBuilder Op(params char[] codes) => Op(System.Array.ConvertAll(codes, code => (byte)code));

    public PickleBuilder Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Op((byte)'X').Op(BitConverter.GetBytes(utf8.Length)).Op(utf8);
    }

    public PickleBuilder Number(long value) => Op(0x8A, 8).Op(BitConverter.GetBytes(value));

    public PickleBuilder Tuple(params long[] values)
    {
        Op('(');
        foreach (long value in values)
        {
            Number(value);
        }

        return Op('t');
    }

    public PickleBuilder Global(string module, string name) => Op((byte)'c').Op(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    /// <summary>A tensor over a storage of floats.</summary>
    public PickleBuilder Tensor(string key, long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", "FloatStorage").Text(key).Text("cpu").Number(count).Op('t').Op('Q')
            .Number(offset).Tuple(shape).Tuple(strides).Op(0x89).Op('}').Op('t').Op('R');

    /// <summary>A NumPy array of little-endian numbers.</summary>
    public PickleBuilder Array(string type, long[] shape, byte[] data) =>
        Global("numpy.core.multiarray", "_reconstruct").Op('(').Global("numpy", "ndarray").Tuple(0).Op((byte)'C', 1, (byte)'b').Op('t', 'R')
            .Op('(').Number(1).Tuple(shape)
            .Global("numpy", "dtype").Op('(').Text(type).Op(0x89, 0x88).Op('t', 'R').Op('(').Number(3).Text("<").Op('N').Op('t', 'b')
            .Op(0x89).Op((byte)'C', (byte)data.Length).Op(data).Op('t', 'b');

    /// <summary>A PyTorch archive around this pickle, with one storage "0" of <paramref name="floats"/> numbers.</summary>
    public void WriteArchive(string path, int floats = 6, float step = 1)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using (Stream pickle = zip.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open())
        {
            pickle.Write(Bytes);
        }

        using Stream storage = zip.CreateEntry("archive/data/0", CompressionLevel.NoCompression).Open();
        for (int i = 0; i < floats; i++)
        {
            storage.Write(BitConverter.GetBytes(i * step));
        }
    }
}
