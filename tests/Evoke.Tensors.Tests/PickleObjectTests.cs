using Evoke.Tensors.Pickle;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

/// <summary>Storages, tensors and NumPy arrays as their pickles build them.</summary>
public sealed class PickleObjectTests
{
    private static readonly PickleGlobal Floats = new("torch", "FloatStorage", PickleMeaning.StorageType, DType.F32);
    private static readonly PickleStorage Ten = new("7", DType.F32, 10, 0, 10);

    [Fact]
    public void AStorageIsSeenWhole()
    {
        PickleConstruction.MakeStorage("a.pth", Tuple("storage", Floats, "7", "cpu", 10L)).ShouldBe(Ten);
        PickleConstruction.MakeStorage("a.pth", Tuple("storage", Floats, "7", "cpu", 10L, null)).ShouldBe(Ten);
        PickleConstruction.MakeStorage("a.pth", Tuple("storage", Floats, "7", "cpu", 0L)).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(3, 7)]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(2, 5)]
    public void AViewOfAStorageIsAPartOfIt(long offset, long count) =>
        PickleConstruction.MakeStorage("a.pth", Tuple("storage", Floats, "7", "cpu", 10L, Tuple("view", offset, count)))
            .ShouldBe(Ten with { ViewOffset = offset, ViewCount = count });

    [Theory]
    [InlineData(4, 7)]
    [InlineData(-1, 3)]
    [InlineData(3, -1)]
    [InlineData(11, 0)]
    public void AViewOutsideItsStorageIsRefused(long offset, long count) =>
        Should.Throw<MalformedTensorFileException>(
                () => PickleConstruction.MakeStorage("a.pth", Tuple("storage", Floats, "7", "cpu", 10L, Tuple("view", offset, count))))
            .Message.ShouldBe("a.pth: its pickle is damaged: the storage '7' of 10 elements has a view outside it.");

    [Fact]
    public void AStorageOfAnotherKindIsRefused()
    {
        object?[] ids =
        [
            Tuple("storage", Floats, "7", "cpu", -1L), Tuple("storage", Floats, "7", "cpu"), Tuple("storage", "torch.FloatStorage", "7", "cpu", 1L),
            Tuple("storage", new PickleGlobal("a", "B", PickleMeaning.Inert), "7", "cpu", 1L), Tuple("other", Floats, "7", "cpu", 1L), 5L,
        ];
        foreach (object? id in ids)
        {
            Should.Throw<MalformedTensorFileException>(() => PickleConstruction.MakeStorage("a.pth", id)).Message
                .ShouldStartWith("a.pth: its pickle is damaged: a persistent id is not a storage of a known type: ");
        }
    }

    [Fact]
    public void AWholeModuleIsRefused()
    {
        object[] classes = [Floats, new PickleInert(Floats)];
        foreach (object type in classes)
        {
            ForbiddenPickleException error = Should.Throw<ForbiddenPickleException>(
                () => PickleConstruction.MakeStorage("a.pth", Tuple("module", type, "net.py", "class Net: ...")));
            error.GlobalName.ShouldBe("module");
            error.Message.ShouldBe("a.pth: it holds a whole module with its Python source, not a dictionary of tensors; save the state dictionary alone.");
        }
    }

    [Fact]
    public void ATensorIsAViewOfItsStorage()
    {
        PickleTensor tensor = Call("_rebuild_tensor_v2", PickleMeaning.RebuildTensor, Ten, 2L, Tuple(2L, 3L), Tuple(3L, 1L), false, null)
            .ShouldBeOfType<PickleTensor>();
        (tensor.Storage, tensor.Offset).ShouldBe((Ten, 2L));
        tensor.Shape.ShouldBe([2, 3]);
        tensor.Strides.ShouldBe([3, 1]);
        Call("_rebuild_parameter", PickleMeaning.RebuildParameter, tensor, true, null).ShouldBeSameAs(tensor);
        Call("_rebuild_tensor", PickleMeaning.RebuildTensor, Ten, 0L, Tuple(), Tuple()).ShouldBeOfType<PickleTensor>().Shape.ShouldBeEmpty();
    }

    [Fact]
    public void ATensorOfOtherThingsIsRefused()
    {
        object?[][] arguments =
        [
            [Ten, 2L, Tuple(2L)], ["storage", 2L, Tuple(2L), Tuple(1L)], [Ten, "2", Tuple(2L), Tuple(1L)],
        ];
        foreach (object?[] wrong in arguments)
        {
            Should.Throw<MalformedTensorFileException>(() => Call("_rebuild_tensor_v2", PickleMeaning.RebuildTensor, wrong)).Message
                .ShouldBe("a.pth: its pickle is damaged: a tensor is built from something other than a storage, offset, size and strides.");
        }

        Should.Throw<MalformedTensorFileException>(() => Call("_rebuild_tensor_v2", PickleMeaning.RebuildTensor, Ten, 0L, 2L, Tuple(1L))).Message
            .ShouldBe("a.pth: its pickle is damaged: a tensor's size or strides are a integer; expected a tuple of at most 32 integers.");
        Should.Throw<MalformedTensorFileException>(() => Call("_rebuild_tensor_v2", PickleMeaning.RebuildTensor, Ten, 0L, Tuple(2L), Tuple("1"))).Message
            .ShouldBe("a.pth: its pickle is damaged: a tensor's size or strides hold a text; expected an integer.");
    }

    [Fact]
    public void ATensorHasAtMostThirtyTwoDimensions()
    {
        object?[] ones = [.. Enumerable.Repeat<object?>(1L, 32)];
        Call("_rebuild_tensor_v2", PickleMeaning.RebuildTensor, Ten, 0L, new PickleTuple(ones), new PickleTuple(ones))
            .ShouldBeOfType<PickleTensor>().Shape.Length.ShouldBe(32);
        Should.Throw<MalformedTensorFileException>(() => Call(
            "_rebuild_tensor_v2", PickleMeaning.RebuildTensor, Ten, 0L, new PickleTuple([.. ones, 1L]), new PickleTuple([.. ones, 1L])));
    }

    [Theory]
    [InlineData('<', "f8", DType.F64)]
    [InlineData('<', "f4", DType.F32)]
    [InlineData('<', "f2", DType.F16)]
    [InlineData('<', "i8", DType.I64)]
    [InlineData('<', "i4", DType.I32)]
    [InlineData('<', "i2", DType.I16)]
    [InlineData('|', "i1", DType.I8)]
    [InlineData('|', "u1", DType.U8)]
    [InlineData('|', "b1", DType.Bool)]
    [InlineData('>', "f4", null)]
    [InlineData('<', "c8", null)]
    [InlineData('|', "O8", null)]
    internal void AnElementTypeIsThatOfItsCode(char order, string code, DType? type)
    {
        PickleArrayType made = Call("dtype", PickleMeaning.ArrayType, code, false, true).ShouldBeOfType<PickleArrayType>();
        made.Type.ShouldBeNull("its byte order is not known yet");
        PickleConstruction.SetState("a.pth", made, Tuple(3L, order.ToString(), null, null));
        (made.ByteOrder, made.Code, made.Type).ShouldBe((order, code, type));
    }

    [Fact]
    public void AnArrayIsFilledRowByRowOrColumnByColumn()
    {
        PickleTensor rows = Array("f4", '<', Tuple(2L, 3L), false, new byte[24]).ShouldNotBeNull();
        (rows.Storage.DType, rows.Storage.Count, rows.Storage.Key, rows.Offset).ShouldBe((DType.F32, 6, "", 0));
        (rows.Storage.ViewOffset, rows.Storage.ViewCount).ShouldBe((0, 6));
        rows.Shape.ShouldBe([2, 3]);
        rows.Strides.ShouldBe([3, 1]);
        Array("f4", '<', Tuple(2L, 3L), true, new byte[24])!.Strides.ShouldBe([1, 2]);
    }

    [Fact]
    public void AnArrayOfOtherThingsHasNoContent()
    {
        Array("O8", '|', Tuple(1L), false, new byte[8]).ShouldBeNull();
        Array("f4", '<', Tuple(1L), false, new PickleList([1L])).ShouldBeNull();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public void AnArrayOfAnotherLengthIsRefused(int bytes) =>
        Should.Throw<MalformedTensorFileException>(() => Array("f4", '<', Tuple(2L, 1L), false, new byte[bytes])).Message
            .ShouldBe($"a.pth: its pickle is damaged: a NumPy array [2, 1] of f4 has {bytes} bytes.");

    [Fact]
    public void StateThatDoesNotFitIsRefused()
    {
        Should.Throw<MalformedTensorFileException>(() => PickleConstruction.SetState("a.pth", new PickleArrayType("f4"), Tuple(3L, "<<")));
        PickleTuple state = Tuple(1L, Tuple(1L), "f4", false, new byte[4]);
        Should.Throw<MalformedTensorFileException>(() => PickleConstruction.SetState("a.pth", new PickleArray(), state));
    }

    [Fact]
    public void EveryStorageIsListedByItsKey()
    {
        byte[] pickle = new PickleBuilder().Op('}').Text("w").Tensor("k", 6, 0, [6], [1]).Op('s', '.').Bytes;
        IReadOnlyDictionary<string, PickleStorage> storages = PickleReader.Read(pickle, "a.pth", false).Storages;
        storages.Keys.ShouldBe(["k"]);
        storages["k"].ShouldBe(new PickleStorage("k", DType.F32, 6, 0, 6));
    }

    private static PickleTuple Tuple(params object?[] items) => new(items);

    private static object? Call(string name, PickleMeaning meaning, params object?[] arguments) =>
        PickleConstruction.Make("a.pth", new PickleGlobal("module", name, meaning), new PickleTuple(arguments));

    private static PickleTensor? Array(string code, char order, PickleTuple shape, bool columnsFirst, object? data)
    {
        PickleArray array = Call("_reconstruct", PickleMeaning.ArrayReconstruct).ShouldBeOfType<PickleArray>();
        array.Content.ShouldBeNull();
        PickleConstruction.SetState("a.pth", array, Tuple(1L, shape, new PickleArrayType(code) { ByteOrder = order }, columnsFirst, data));
        return array.Content;
    }
}
