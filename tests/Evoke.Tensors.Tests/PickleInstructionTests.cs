using System.Globalization;
using System.Text;
using Evoke.Tensors.Pickle;

namespace Evoke.Tensors.Tests;

/// <summary>Every instruction on its own; what it does is from Python's pickletools.</summary>
public sealed class PickleInstructionTests
{
    [Theory]
    [InlineData("N.", "None")]
    [InlineData("\u0088.", "True")]
    [InlineData("\u0089.", "False")]
    [InlineData("\u0080\u0005N.", "None")] // PROTO, up to 5
    [InlineData("\u0095\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008K\u0007.", "7")] // FRAME and its 8 bytes are skipped
    [InlineData("J\u00FE\u00FF\u00FF\u00FF.", "-2")]
    [InlineData("J\u0001\u0002\u0003\u0004.", "67305985")]
    [InlineData("K\u00FF.", "255")]
    [InlineData("M\u0001\u0002.", "513")]
    [InlineData("M\u00FF\u00FF.", "65535")]
    [InlineData("\u008A\u0000.", "0")] // LONG1: two's complement, little-endian, of any length
    [InlineData("\u008A\u0001\u007F.", "127")]
    [InlineData("\u008A\u0001\u0080.", "-128")]
    [InlineData("\u008A\u0001\u00FF.", "-1")]
    [InlineData("\u008A\u0002\u00FF\u0000.", "255")]
    [InlineData("\u008A\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080.", "-9223372036854775808")]
    [InlineData("\u008A\u0009\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080\u0000.", "integer 000000000000008000")]
    [InlineData("\u008B\u0002\u0000\u0000\u0000\u0001\u0002.", "513")]
    [InlineData("G\u003F\u00F8\u0000\u0000\u0000\u0000\u0000\u0000.", "1.5")] // BINFLOAT is big-endian
    [InlineData("G\u0080\u0000\u0000\u0000\u0000\u0000\u0000\u0000.", "-0")]
    [InlineData("X\u0003\u0000\u0000\u0000a\u00C3\u00A9.", "'aé'")] // UTF-8
    [InlineData("\u008C\u0003a\u00C3\u00A9.", "'aé'")]
    [InlineData("\u008D\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000a.", "'a'")]
    [InlineData("U\u0002a\u00E9.", "'aé'")] // Latin-1
    [InlineData("T\u0002\u0000\u0000\u0000a\u00E9.", "'aé'")]
    [InlineData("C\u0002\u0001\u00FF.", "bytes 01ff")]
    [InlineData("B\u0002\u0000\u0000\u0000\u0001\u00FF.", "bytes 01ff")]
    [InlineData("\u008E\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u00FF.", "bytes 01ff")]
    [InlineData("\u0096\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u00FF.", "bytes 01ff")]
    public void AConstantIsPushed(string pickle, string value) => Read(pickle).ShouldBe(value);

    [Theory]
    [InlineData("K\u0001K\u00020.", "1")] // POP
    [InlineData("K\u0005(0.", "5")] // POP takes a mark as well as a value
    [InlineData("K\u0005(K\u000101.", "5")]
    [InlineData("K\u0005(K\u0001K\u00021.", "5")] // POP_MARK
    [InlineData("K\u00052\u0086.", "(5, 5)")] // DUP
    [InlineData(").", "()")]
    [InlineData("K\u0009K\u0001\u0085.", "(1)")] // TUPLE1 leaves what is below
    [InlineData("K\u0009K\u0001K\u0002\u0086.", "(1, 2)")]
    [InlineData("K\u0009K\u0001K\u0002K\u0003\u0087.", "(1, 2, 3)")]
    [InlineData("K\u0009(K\u0001K\u0002t.", "(1, 2)")]
    [InlineData("(t.", "()")]
    [InlineData("K\u0009(K\u0001(K\u0002tt.", "(1, (2))")] // marks nest
    [InlineData("].", "[]")]
    [InlineData("K\u0009(K\u0001K\u0002l.", "[1, 2]")]
    [InlineData("]K\u0001aK\u0002a.", "[1, 2]")]
    [InlineData("]K\u0001a(K\u0002K\u0003e.", "[1, 2, 3]")]
    [InlineData("\u008F(K\u0001\u0090.", "builtins.set object")]
    [InlineData("K\u0009(K\u0001\u0091\u0086.", "(9, builtins.set object)")] // FROZENSET
    [InlineData("}.", "{}")]
    [InlineData("K\u0009(K\u0001K\u0002K\u0003K\u0004d.", "{1: 2, 3: 4}")]
    [InlineData("}K\u0001K\u0002s.", "{1: 2}")]
    [InlineData("}(K\u0001K\u0002K\u0003K\u0004u.", "{1: 2, 3: 4}")]
    [InlineData("\u008FK\u0001K\u0002s.", "builtins.set object")] // what is set on an inert object is dropped
    [InlineData("\u008FK\u0001a.", "builtins.set object")]
    public void AContainerIsFilled(string pickle, string value) => Read(pickle).ShouldBe(value);

    [Theory]
    [InlineData("K\u0005q\u0003K\u0006q\u00040h\u0004.", "6")]
    [InlineData("K\u0005q\u0003K\u0006q\u0004h\u0003\u0086.", "(6, 5)")]
    [InlineData("K\u0005r\u0000\u0001\u0000\u0000K\u0006j\u0000\u0001\u0000\u0000\u0086.", "(6, 5)")]
    [InlineData("K\u0005\u0094K\u0006\u0094h\u0000h\u0001\u0086.", "(5, 6)")] // MEMOIZE counts by itself
    [InlineData("K\u0005q\u0000K\u0006q\u0000h\u0000.", "6")] // the last one stays
    public void WhatWasStoredIsRecalled(string pickle, string value) => Read(pickle).ShouldBe(value);

    [Theory]
    [InlineData("ccollections\nOrderedDict\n.", "collections.OrderedDict")]
    [InlineData("U\u000BcollectionsU\u000BOrderedDict\u0093.", "collections.OrderedDict")]
    [InlineData("ccollections\nOrderedDict\n)R.", "{}")]
    [InlineData("ccollections\nOrderedDict\n)\u0081.", "{}")] // NEWOBJ
    [InlineData("K\u0009ccollections\nOrderedDict\n)}\u0092\u0086.", "(9, {})")] // NEWOBJ_EX: the keywords are dropped
    [InlineData("K\u0009ccollections\nOrderedDict\n)R}b\u0086.", "(9, {})")] // BUILD: PyTorch's _metadata
    [InlineData("cuuid\nUUID\n)RNb.", "uuid.UUID object")]
    [InlineData("ctorch\nSize\n(K\u0001K\u0002t\u0085R.", "(1, 2)")]
    [InlineData("c_codecs\nencode\nX\u0003\u0000\u0000\u0000a\u00C3\u00BFU\u0006latin1\u0086R.", "bytes 61ff")]
    [InlineData("ccollections\nOrderedDict\n]](K\u0001K\u0002eaK\u0003K\u0004\u0086a\u0085R.", "{1: 2, 3: 4}")] // of Python 2: pairs
    public void AnObjectIsMade(string pickle, string value) => Read(pickle).ShouldBe(value);

    [Theory]
    [InlineData("\u0080\u0006", "at byte 2: protocol 6; expected at most 5.")]
    [InlineData("N\u0001", "at byte 2: unknown instruction 0x01.")]
    [InlineData("I1\n.", "at byte 1: unknown instruction 0x49.")]
    [InlineData(".", "at byte 1: an instruction takes more values than there are.")]
    [InlineData("(.", "at byte 2: an instruction takes more values than there are.")]
    [InlineData("N(2.", "at byte 3: an instruction takes more values than there are.")] // what is below a mark belongs to the enclosing container
    [InlineData("N\u0086.", "at byte 2: an instruction takes more values than there are.")]
    [InlineData("t.", "at byte 1: an end without a mark.")]
    [InlineData("1.", "at byte 1: an end without a mark.")]
    [InlineData("h\u0001.", "at byte 2: nothing was stored under 1.")]
    [InlineData("j\u0001\u0001\u0000\u0000.", "at byte 5: nothing was stored under 257.")]
    [InlineData("}K\u0001a.", "at byte 4: items are added to a dictionary of 0.")]
    [InlineData("NK\u0001a.", "at byte 4: items are added to nothing.")]
    [InlineData("](K\u0001u.", "at byte 5: a key without a value.")]
    [InlineData("]K\u0001K\u0002s.", "at byte 6: keys are set on a list of 0.")]
    [InlineData("NK\u0001K\u0002s.", "at byte 6: keys are set on a None.")]
    [InlineData("K\u0001K\u0002\u0093.", "at byte 5: the module and name of a global are not text.")]
    [InlineData("U\u0001aK\u0002\u0093.", "at byte 6: the module and name of a global are not text.")]
    [InlineData("\u008B\u00FF\u00FF\u00FF\u00FF.", "at byte 5: a length of -1.")]
    [InlineData("T\u00FE\u00FF\u00FF\u00FF.", "at byte 5: a length of -2.")]
    [InlineData("X\u0001\u0000\u0000\u0000\u00FF.", ": text that is not UTF-8.")]
    [InlineData("NNR.", ": a None is called with a None.")]
    [InlineData("K\u0001)R.", ": a integer is called with a tuple of 0.")]
    [InlineData("ccollections\nOrderedDict\nNR.", ": a 'collections.OrderedDict' is called with a None.")]
    [InlineData("cnumpy\ndtype\n)R.", ": 'numpy.dtype' is called with 0 unsuitable values.")]
    [InlineData("ctorch\nFloatStorage\n)R.", ": 'torch.FloatStorage' is called with 0 unsuitable values.")]
    [InlineData("ctorch\nSize\nK\u0001K\u0002\u0086R.", ": 'torch.Size' is called with 2 unsuitable values.")]
    [InlineData("c_codecs\nencode\nU\u0001aU\u0005ascii\u0086R.", ": '_codecs.encode' is called with 2 unsuitable values.")]
    [InlineData("ctorch._utils\n_rebuild_parameter\nN\u0085R.", ": 'torch._utils._rebuild_parameter' is called with 1 unsuitable values.")]
    [InlineData("ccollections\nOrderedDict\nK\u0001\u0085R.", ": an OrderedDict is built from something other than a list of pairs.")]
    [InlineData("ccollections\nOrderedDict\n]K\u0001a\u0085R.", ": an OrderedDict is built from a integer; expected pairs.")]
    [InlineData("ccollections\nOrderedDict\n])a\u0085R.", ": an OrderedDict is built from a tuple of 0; expected pairs.")]
    [InlineData("N}b.", ": unsuitable state is set on a None.")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n)R)b.", ": unsuitable state is set on a NumPy array.")]
    [InlineData("NQ.", ": a persistent id is not a storage of a known type: None.")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", ": a tensor is built from something other than a storage, offset, size and strides.")]
    public void ADamagedPickleIsNamed(string pickle, string problem)
    {
        MalformedTensorFileException error = Should.Throw<MalformedTensorFileException>(() => Read(pickle));
        error.Message.ShouldBe($"a.pth: its pickle is damaged{(problem[0] == ':' ? "" : " ")}{problem}");
        error.Path.ShouldBe("a.pth");
    }

    [Theory]
    [InlineData("", "needs 1 bytes at 0; 0 are left.")]
    [InlineData("K", "needs 1 bytes at 1; 0 are left.")]
    [InlineData("X\u0005\u0000\u0000\u0000ab", "needs 5 bytes at 5; 2 are left.")]
    [InlineData("\u0095\u0000\u0000", "needs 8 bytes at 1; 2 are left.")]
    [InlineData("ccollections", "ends within a name.")]
    [InlineData("ccollections\nOrdered", "ends within a name.")]
    public void ATruncatedPickleIsNamed(string pickle, string problem) =>
        Should.Throw<TruncatedTensorFileException>(() => Read(pickle)).Message.ShouldBe($"a.pth: its pickle {problem}");

    [Fact]
    public void TheNumberOfInstructionsIsBounded()
    {
        string most = string.Concat(Enumerable.Repeat("N0", (PickleReader.MaxInstructions / 2) - 1));
        Read(most + "N.").ShouldBe("None");
        Should.Throw<TensorFileLimitException>(() => Read(most + "N2.")).Message.ShouldBe("a.pth: its pickle has more than 2000000 instructions.");
    }

    [Fact]
    public void WhatFollowsThePickleIsLeftAlone()
    {
        PickleContent content = PickleReader.Read([(byte)'K', 7, (byte)'.', 0xFF, 0xFF], "a.pth", false);
        content.Root.ShouldBe(7L);
        content.Length.ShouldBe(3);
        content.Storages.ShouldBeEmpty();
    }

    [Fact]
    public void TheLastValueOfAKeyCounts()
    {
        PickleDictionary dictionary = new([new("a", 1L), new(5L, 2L), new("a", 3L), new("b", 4L)]);
        dictionary.TryGet("a", out object? value).ShouldBeTrue();
        value.ShouldBe(3L);
        dictionary.TryGet("5", out value).ShouldBeFalse();
        value.ShouldBeNull();
    }

    [Fact]
    public void EveryKindOfValueHasAName()
    {
        PickleGlobal global = new("a.b", "C", PickleMeaning.Inert);
        PickleStorage storage = new("0", DType.F32, 1, 0, 1);
        (object? Value, string Name)[] kinds =
        [
            (null, "None"), (global, "'a.b.C'"), (new PickleInert(global), "'a.b.C' object"), (new PickleTuple([1L]), "tuple of 1"),
            (new PickleList([1L, 2L]), "list of 2"), (new PickleDictionary([]), "dictionary of 0"), (new PickleTensor(storage, 0, [], []), "tensor"),
            (new PickleArray(), "NumPy array"), (new PickleArrayType("f4"), "NumPy type"), (storage, "storage"), ("a", "text"), (true, "truth value"),
            (1L, "integer"), (new PickleBigInteger([1]), "integer"), (1.5, "float"), (new byte[1], "bytes"),
        ];
        foreach ((object? value, string name) in kinds)
        {
            PickleConstruction.Describe(value).ShouldBe(name);
        }
    }

    private static string Read(string latin1) => Text(PickleReader.Read(Encoding.Latin1.GetBytes(latin1), "a.pth", false).Root);

    private static string Text(object? value) => value switch
    {
        null => "None",
        string text => $"'{text}'",
        byte[] bytes => $"bytes {Convert.ToHexStringLower(bytes)}",
        PickleBigInteger big => $"integer {Convert.ToHexStringLower(big.Bytes)}",
        PickleTuple tuple => $"({string.Join(", ", tuple.Items.Select(Text))})",
        PickleList list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        PickleDictionary dictionary => $"{{{string.Join(", ", dictionary.Pairs.Select(pair => $"{Text(pair.Key)}: {Text(pair.Value)}"))}}}",
        PickleInert inert => $"{inert.Class} object",
        PickleGlobal or bool or long or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => value.GetType().Name,
    };
}
