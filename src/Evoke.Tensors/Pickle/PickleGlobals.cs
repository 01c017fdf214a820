using System.Collections.Frozen;

namespace Evoke.Tensors.Pickle;

/// <summary>Which names a pickle of PyTorch may use, and what they mean here. Everything else is refused by name.</summary>
/// <remarks>
/// Three lists. The known names make tensors and dictionaries. The inert names are the plain data that checkpoints keep beside the weights
/// (epoch, scores, arguments): they are skipped, never constructed. Names of the third list do not belong among weights and are refused even
/// if the caller lets unknown names pass. Nothing is ever imported, called or constructed by name.
/// </remarks>
internal static class PickleGlobals
{
    private static readonly FrozenDictionary<string, (PickleMeaning Meaning, DType Type)> Known = new Dictionary<string, (PickleMeaning, DType)>
    {
        ["collections.OrderedDict"] = (PickleMeaning.OrderedDictionary, default),
        ["torch._utils._rebuild_tensor"] = (PickleMeaning.RebuildTensor, default),
        ["torch._utils._rebuild_tensor_v2"] = (PickleMeaning.RebuildTensor, default),
        ["torch._utils._rebuild_parameter"] = (PickleMeaning.RebuildParameter, default),
        ["numpy.core.multiarray._reconstruct"] = (PickleMeaning.ArrayReconstruct, default),
        ["numpy._core.multiarray._reconstruct"] = (PickleMeaning.ArrayReconstruct, default),
        ["numpy.dtype"] = (PickleMeaning.ArrayType, default),
        ["_codecs.encode"] = (PickleMeaning.EncodeText, default),
        ["torch.Size"] = (PickleMeaning.Size, default),
        ["torch.DoubleStorage"] = (PickleMeaning.StorageType, DType.F64),
        ["torch.FloatStorage"] = (PickleMeaning.StorageType, DType.F32),
        ["torch.HalfStorage"] = (PickleMeaning.StorageType, DType.F16),
        ["torch.BFloat16Storage"] = (PickleMeaning.StorageType, DType.BF16),
        ["torch.LongStorage"] = (PickleMeaning.StorageType, DType.I64),
        ["torch.IntStorage"] = (PickleMeaning.StorageType, DType.I32),
        ["torch.ShortStorage"] = (PickleMeaning.StorageType, DType.I16),
        ["torch.CharStorage"] = (PickleMeaning.StorageType, DType.I8),
        ["torch.ByteStorage"] = (PickleMeaning.StorageType, DType.U8),
        ["torch.BoolStorage"] = (PickleMeaning.StorageType, DType.Bool),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // On GPUs the storages are called torch.cuda.FloatStorage and so on; the bytes are the same.
    private const string CudaModule = "torch.cuda";

    private static readonly FrozenSet<string> Inert = new[]
    {
        "argparse.Namespace", "collections.defaultdict", "collections.Counter", "collections.deque", "easydict.EasyDict", "yacs.config.CfgNode",
        "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath", "pathlib.PureWindowsPath", "pathlib.Path",
        "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "datetime.timezone", "decimal.Decimal", "uuid.UUID",
        "numpy.ndarray", "numpy.float64", "numpy.float32", "numpy.int64", "numpy.int32", "numpy.bool_",
        "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
        "torch.device", "torch.float64", "torch.float32", "torch.float16", "torch.bfloat16", "torch.int64", "torch.int32", "torch.int16", "torch.int8",
        "torch.uint8", "torch.bool",
        "copyreg._reconstructor", "copy_reg._reconstructor",
        "lightning_fabric.utilities.data.AttributeDict", "lightning.fabric.utilities.data.AttributeDict", "pytorch_lightning.utilities.parsing.AttributeDict",
    }.Concat(new[] { "builtins", "__builtin__" }.SelectMany(
        module => new[] { "set", "frozenset", "list", "dict", "tuple", "int", "long", "float", "str", "unicode", "bool", "bytes", "bytearray", "complex",
            "range", "slice", "object" }
            .Select(name => $"{module}.{name}"))).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> NeverModules = new[]
    {
        "os", "posix", "nt", "posixpath", "ntpath", "subprocess", "sys", "shutil", "socket", "ctypes", "importlib", "imp", "runpy", "pty", "platform",
        "signal", "code", "codeop",
        "builtins", "__builtin__", "pickle", "_pickle", "cPickle", "marshal", "dill", "cloudpickle", "joblib", "operator", "_operator", "functools",
        "types", "inspect", "timeit",
        "pdb", "bdb", "trace", "cProfile", "profile", "doctest", "pip", "pkgutil", "zipimport", "multiprocessing", "threading", "_thread", "asyncio",
        "concurrent",
        "tempfile", "io", "_io", "urllib", "http", "ftplib", "smtplib", "requests", "httpx", "webbrowser", "antigravity", "commands", "popen2",
        "linecache", "__main__",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The meaning of a name.</summary>
    /// <param name="path">The file, for the error.</param>
    /// <param name="module">The Python module.</param>
    /// <param name="name">The name in it.</param>
    /// <param name="acceptUnknown">True to treat names on no list as inert.</param>
    /// <exception cref="ForbiddenPickleException">The name is refused.</exception>
    public static PickleGlobal Resolve(string path, string module, string name, bool acceptUnknown)
    {
        string full = $"{module}.{name}";
        if (Known.TryGetValue(module == CudaModule ? $"torch.{name}" : full, out (PickleMeaning Meaning, DType Type) known))
        {
            return new PickleGlobal(module, name, known.Meaning, known.Type);
        }

        if (Inert.Contains(full))
        {
            return new PickleGlobal(module, name, PickleMeaning.Inert);
        }

        if (NeverModules.Contains(module.Split('.', 2)[0]))
        {
            throw new ForbiddenPickleException(
                path,
                full,
                $"its pickle names '{full}', which can run code and does not belong in a weight file. Nothing was run; "
                + "do not open this file with other programs.");
        }

        return acceptUnknown
            ? new PickleGlobal(module, name, PickleMeaning.Inert)
            : throw new ForbiddenPickleException(
                path,
                full,
                $"its pickle names '{full}', which is neither a tensor nor plain data. Nothing was run. "
                + "Save the state dictionary alone (torch.save(model.state_dict(), ...)).");
    }
}
