using System.IO.Compression;
using System.Text;
using static TorchSharp.torch;

namespace Evoke.Kernels.Torch;

/// <summary>Writes the archive that <c>torch.jit.load</c> reads, for a module without parameters.</summary>
/// <remarks>
/// TorchSharp wraps a part of libtorch's operators. A TorchScript module reaches all of them, and its archive is four short entries
/// (<see href="https://github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md"/>).
/// </remarks>
internal static class ScriptArchive
{
    /// <summary>A module of one class, as <see cref="Create"/> writes it; loads libtorch first.</summary>
    /// <param name="className">The class's name.</param>
    /// <param name="methods">Its methods, as for <see cref="Create"/>.</param>
    /// <exception cref="TorchUnavailableException">The native library cannot be loaded.</exception>
    public static jit.ScriptModule Load(string className, string methods)
    {
        TorchRuntime.Load();
        return jit.load(Create(className, methods));
    }

    /// <summary>An archive with one class.</summary>
    /// <param name="className">The class's name.</param>
    /// <param name="methods">Its methods in serialized TorchScript, each indented by two blanks; their first parameter is <c>self: __torch__.NAME</c>.</param>
    public static byte[] Create(string className, string methods)
    {
        string code = $"class {className}(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n{methods}\n";
        using MemoryStream archive = new();
        using (ZipArchive zip = new(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "data.pkl", ModulePickle(className));
            Add(zip, "code/__torch__.py", Encoding.ASCII.GetBytes(code));
            Add(zip, "constants.pkl", EmptyTuplePickle());
            Add(zip, "version", "3\n"u8);
        }

        return archive.ToArray();
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        using Stream entry = zip.CreateEntry($"archive/{name}", CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }

    // Pickle, protocol 2: an instance of __torch__.NAME with the one attribute training = False.
    private static byte[] ModulePickle(string className) =>
        [0x80, 2, .. Encoding.ASCII.GetBytes($"c__torch__\n{className}\n)"), 0x81, .. "}(X"u8, 8, 0, 0, 0, .. "training"u8, 0x89, .. "ub."u8];

    private static byte[] EmptyTuplePickle() => [0x80, 2, .. ")."u8];
}
