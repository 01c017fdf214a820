using Evoke.Tensors.Pickle;

namespace Evoke.Tensors.Tests;

/// <summary>Which names a pickle may use: the names and what they mean are PyTorch's, NumPy's and Python's.</summary>
public sealed class PickleGlobalsTests
{
    [Theory]
    [InlineData("torch", "DoubleStorage", DType.F64)]
    [InlineData("torch", "FloatStorage", DType.F32)]
    [InlineData("torch", "HalfStorage", DType.F16)]
    [InlineData("torch", "BFloat16Storage", DType.BF16)]
    [InlineData("torch", "LongStorage", DType.I64)]
    [InlineData("torch", "IntStorage", DType.I32)]
    [InlineData("torch", "ShortStorage", DType.I16)]
    [InlineData("torch", "CharStorage", DType.I8)]
    [InlineData("torch", "ByteStorage", DType.U8)]
    [InlineData("torch", "BoolStorage", DType.Bool)]
    [InlineData("torch.cuda", "FloatStorage", DType.F32)]
    [InlineData("torch.cuda", "LongStorage", DType.I64)]
    internal void AStorageHasTheTypeOfItsName(string module, string name, DType type)
    {
        PickleGlobal global = PickleGlobals.Resolve("a.pth", module, name, acceptUnknown: false);
        (global.Meaning, global.StorageType, global.ToString()).ShouldBe((PickleMeaning.StorageType, type, $"{module}.{name}"));
    }

    [Theory]
    [InlineData("collections", "OrderedDict", PickleMeaning.OrderedDictionary)]
    [InlineData("torch._utils", "_rebuild_tensor", PickleMeaning.RebuildTensor)]
    [InlineData("torch._utils", "_rebuild_tensor_v2", PickleMeaning.RebuildTensor)]
    [InlineData("torch._utils", "_rebuild_parameter", PickleMeaning.RebuildParameter)]
    [InlineData("numpy.core.multiarray", "_reconstruct", PickleMeaning.ArrayReconstruct)]
    [InlineData("numpy._core.multiarray", "_reconstruct", PickleMeaning.ArrayReconstruct)]
    [InlineData("numpy", "dtype", PickleMeaning.ArrayType)]
    [InlineData("_codecs", "encode", PickleMeaning.EncodeText)]
    [InlineData("torch", "Size", PickleMeaning.Size)]
    internal void AKnownNameHasAMeaning(string module, string name, PickleMeaning meaning) =>
        PickleGlobals.Resolve("a.pth", module, name, acceptUnknown: false).Meaning.ShouldBe(meaning);

    [Theory]
    [InlineData("argparse.Namespace")]
    [InlineData("collections.defaultdict collections.Counter collections.deque")]
    [InlineData("easydict.EasyDict yacs.config.CfgNode")]
    [InlineData("pathlib.PosixPath pathlib.PurePosixPath pathlib.WindowsPath pathlib.PureWindowsPath pathlib.Path")]
    [InlineData("datetime.datetime datetime.date datetime.time datetime.timedelta datetime.timezone decimal.Decimal uuid.UUID")]
    [InlineData("numpy.ndarray numpy.float64 numpy.float32 numpy.int64 numpy.int32 numpy.bool_")]
    [InlineData("numpy.core.multiarray.scalar numpy._core.multiarray.scalar")]
    [InlineData("torch.device torch.float64 torch.float32 torch.float16 torch.bfloat16 torch.int64 torch.int32 torch.int16 torch.int8 torch.uint8 torch.bool")]
    [InlineData("copyreg._reconstructor copy_reg._reconstructor")]
    [InlineData("lightning_fabric.utilities.data.AttributeDict lightning.fabric.utilities.data.AttributeDict")]
    [InlineData("pytorch_lightning.utilities.parsing.AttributeDict")]
    [InlineData("builtins.set builtins.frozenset builtins.list builtins.dict builtins.tuple builtins.int builtins.long builtins.float builtins.str")]
    [InlineData("builtins.unicode builtins.bool builtins.bytes builtins.bytearray builtins.complex builtins.range builtins.slice builtins.object")]
    [InlineData("__builtin__.set __builtin__.list __builtin__.dict __builtin__.tuple __builtin__.unicode __builtin__.object")]
    public void PlainDataBesideTheWeightsIsSkipped(string names)
    {
        foreach (string full in names.Split(' '))
        {
            int dot = full.LastIndexOf('.');
            PickleGlobals.Resolve("a.pth", full[..dot], full[(dot + 1)..], acceptUnknown: false).Meaning.ShouldBe(PickleMeaning.Inert, full);
        }
    }

    [Theory]
    [InlineData("os posix nt posixpath ntpath subprocess sys shutil socket ctypes importlib imp runpy pty platform signal code codeop")]
    [InlineData("builtins __builtin__ pickle _pickle cPickle marshal dill cloudpickle joblib operator _operator functools types inspect timeit")]
    [InlineData("pdb bdb trace cProfile profile doctest pip pkgutil zipimport multiprocessing threading _thread asyncio concurrent")]
    [InlineData("tempfile io _io urllib http ftplib smtplib requests httpx webbrowser antigravity commands popen2 linecache __main__")]
    public void ModulesThatCanRunCodeAreRefusedEvenIfUnknownNamesPass(string modules)
    {
        foreach (string module in modules.Split(' '))
        {
            foreach (string name in new[] { module, module + ".sub" })
            {
                ForbiddenPickleException error = Should.Throw<ForbiddenPickleException>(
                    () => PickleGlobals.Resolve("a.pth", name, "call", acceptUnknown: true));
                error.GlobalName.ShouldBe($"{name}.call");
                error.Message.ShouldBe(
                    $"a.pth: its pickle names '{name}.call', which can run code and does not belong in a weight file. Nothing was run; "
                    + "do not open this file with other programs.");
            }
        }
    }

    [Fact]
    public void AnUnknownNameIsRefusedWithAdviceOrInertAsAsked()
    {
        Should.Throw<ForbiddenPickleException>(() => PickleGlobals.Resolve("a.pth", "mine.net", "Config", acceptUnknown: false)).Message.ShouldBe(
            "a.pth: its pickle names 'mine.net.Config', which is neither a tensor nor plain data. Nothing was run. "
            + "Save the state dictionary alone (torch.save(model.state_dict(), ...)).");
        PickleGlobal inert = PickleGlobals.Resolve("a.pth", "mine.net", "Config", acceptUnknown: true);
        (inert.Meaning, inert.ToString()).ShouldBe((PickleMeaning.Inert, "mine.net.Config"));
        PickleGlobals.Resolve("a.pth", "osmosis", "Config", acceptUnknown: true).Meaning.ShouldBe(PickleMeaning.Inert, "only whole names are compared");
    }
}
