using System.IO.Compression;
using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.Pickle;
using Evoke.Tensors.Pth;
using Evoke.Tensors.Zip;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

/// <summary>Where the tensors are in what a training program saved, and what is said if they are not there.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly PickleGlobal Layer = new("my.net", "Layer", PickleMeaning.Inert);
    private static readonly PickleTensor Weight = new(new PickleStorage("0", DType.F32, 6, 0, 6), 0, [6], [1]);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model_state_dict")]
    [InlineData("model")]
    [InlineData("module")]
    [InlineData("net")]
    [InlineData("network")]
    public void TheTensorsAreUnderTheKeysOfTrainingPrograms(string key)
    {
        Checkpoint found = Find(Dictionary((key, Dictionary(("w", Weight))), ("epoch", 12L)));
        found.Tensors.ShouldBe([new("w", Weight)]);
        found.Metadata.ShouldBe([new("epoch", "12")]);
    }

    [Fact]
    public void TheMoreSpecificKeyCounts()
    {
        string[] keys = ["state_dict", "model_state_dict", "model", "module", "net", "network"];
        for (int i = 0; i < keys.Length - 1; i++)
        {
            Find(Dictionary((keys[i + 1], Dictionary(("less", Weight))), (keys[i], Dictionary(("more", Weight))))).Tensors[0].Key.ShouldBe("more", keys[i]);
        }
    }

    [Fact]
    public void AKeyWithoutADictionaryIsNone() => Find(Dictionary(("model", Weight), ("net", "resnet"))).Tensors.ShouldBe([new("model", Weight)]);

    [Fact]
    public void PlainValuesBesideTheDictionaryAreKeptAtEveryLevel()
    {
        PickleDictionary inner = Dictionary(("lr", 0.5), ("amp", true), ("args", new PickleInert(Layer)), ("state_dict", Dictionary(("w", Weight))));
        PickleDictionary outer = Dictionary(("arch", "gru"), ("model", inner));
        outer.Pairs.Add(new(5L, "a key that is not text"));
        Find(outer).Metadata.ShouldBe([new("arch", "gru"), new("lr", "0.5"), new("amp", "True")], ignoreOrder: true);
    }

    [Fact]
    public void FourLevelsAreLookedInto()
    {
        PickleDictionary three = Dictionary(("model", Dictionary(("model", Dictionary(("model", Dictionary(("w", Weight))))))));
        Find(three).Tensors.Count.ShouldBe(1);
        Should.Throw<MalformedTensorFileException>(() => Find(Dictionary(("model", three)))).Message
            .ShouldBe("a.pth: its dictionary of tensors is nested more than 4 levels deep.");
    }

    [Fact]
    public void WhatIsNotADictionaryIsNamed()
    {
        Should.Throw<MalformedTensorFileException>(() => Find(Weight)).Message.ShouldBe("a.pth: it holds a tensor instead of a dictionary of tensors.");
        ForbiddenPickleException error = Should.Throw<ForbiddenPickleException>(() => Find(new PickleInert(Layer)));
        error.Message.ShouldBe("a.pth: it holds a 'my.net.Layer' object instead of a dictionary of tensors; save the state dictionary alone.");
        error.GlobalName.ShouldBe("my.net.Layer");
    }

    [Fact]
    public void WhatIsNeitherATensorNorANumberAmongThemIsNamed()
    {
        ForbiddenPickleException inert = Should.Throw<ForbiddenPickleException>(() => Find(Dictionary(("w", Weight), ("layer", new PickleInert(Layer)))));
        inert.Message.ShouldBe("a.pth: among its tensors, 'layer' is a 'my.net.Layer' object.");
        inert.GlobalName.ShouldBe("my.net.Layer");
        ForbiddenPickleException global = Should.Throw<ForbiddenPickleException>(() => Find(Dictionary(("w", Weight), ("layer", Layer))));
        global.Message.ShouldBe("a.pth: among its tensors, 'layer' is the class or function 'my.net.Layer'.");
        global.GlobalName.ShouldBe("my.net.Layer");
        PickleDictionary array = new([new(7L, new PickleArray())]);
        Should.Throw<UnsupportedDTypeException>(() => Find(array)).Message
            .ShouldBe("a.pth: among its tensors, '7' is a NumPy array with elements that are not supported.");
        array = new([new(true, new PickleArray())]);
        Should.Throw<UnsupportedDTypeException>(() => Find(array)).Message.ShouldContain("'truth value' is a NumPy array");
    }

    [Fact]
    public void NumbersAndTextsAmongThemAreSkippedAndTheLastTensorOfANameCounts()
    {
        PickleTensor last = Weight with { Offset = 1 };
        Find(Dictionary(("epoch", 3L), ("w", Weight), ("note", "x"), ("b", new PickleArray { Content = Weight }), ("w", last))).Tensors
            .ShouldBe([new("w", last), new("b", Weight)]);
    }

    [Fact]
    public void ADictionaryWithoutTensorsSaysWhatItHas()
    {
        Should.Throw<MalformedTensorFileException>(() => Find(Dictionary())).Message
            .ShouldBe("a.pth: no tensors were found in it; its dictionary has 0 keys.");
        Should.Throw<MalformedTensorFileException>(() => Find(Dictionary(("a", 1L), ("b", "x")))).Message
            .ShouldBe("a.pth: no tensors were found in it; its dictionary has 2 keys: 'a' (integer), 'b' (text).");
        (string, object?)[] many = [.. Enumerable.Range(0, 9).Select(i => ($"k{i}", (object?)1.5))];
        Should.Throw<MalformedTensorFileException>(() => Find(Dictionary(many))).Message.ShouldEndWith(" 9 keys: "
            + "'k0' (float), 'k1' (float), 'k2' (float), 'k3' (float), 'k4' (float), 'k5' (float), 'k6' (float), 'k7' (float).");
    }

    [Fact]
    public void ThePrefixOfDataParallelIsStrippedIfAllHaveIt()
    {
        Find(Dictionary(("module.a", Weight), ("module.b", Weight))).Tensors.Select(t => t.Key).ShouldBe(["a", "b"]);
        Find(Dictionary(("module.a", Weight), ("b", Weight))).Tensors.Select(t => t.Key).ShouldBe(["module.a", "b"]);
        Checkpoint.Find("a.pth", Dictionary(("module.a", Weight)), new WeightFileOptions { StripModulePrefix = false }).Tensors[0].Key.ShouldBe("module.a");
    }

    [Fact]
    public void TheMessageOfAMissingStorageNamesIt()
    {
        Archive(("archive/data.pkl", TensorPickle("9").Bytes), ("archive/data/0", new byte[24]));
        Should.Throw<MalformedTensorFileException>(() => WeightFile.Open(_folder.File("a.pth"))).Message
            .ShouldBe($"{_folder.File("a.pth")}: the storage 'archive/data/9' is not in the archive.");
    }

    [Fact]
    public void AStorageOfAnotherLengthIsRefused()
    {
        Archive(("archive/data.pkl", TensorPickle("0").Bytes), ("archive/data/0", new byte[20]));
        Should.Throw<MalformedTensorFileException>(() => WeightFile.Open(_folder.File("a.pth"))).Message
            .ShouldBe($"{_folder.File("a.pth")}: the storage '0' of the tensor 'w' should have 6 elements of F32; it has 20 bytes.");
    }

    [Fact]
    public void ATensorThatStartsBeyondItsStorageIsRefused()
    {
        PickleBuilder pickle = new PickleBuilder().Op('}').Text("w").Tensor("0", 6, 7, [0], [1]).Op('s', '.');
        Archive(("archive/data.pkl", pickle.Bytes), ("archive/data/0", new byte[24]));
        Should.Throw<MalformedTensorFileException>(() => WeightFile.Open(_folder.File("a.pth"))).Message
            .ShouldBe($"{_folder.File("a.pth")}: the tensor 'w' starts at element 7 of a storage of 6.");
    }

    [Fact]
    public void AnEmptyTensorMayStartAtTheEndOfItsStorage()
    {
        PickleBuilder pickle = new PickleBuilder().Op('}').Text("w").Tensor("0", 6, 6, [0], [1]).Op('s', '.');
        Archive(("archive/data.pkl", pickle.Bytes), ("archive/data/0", new byte[24]));
        using TensorFile file = WeightFile.Open(_folder.File("a.pth"));
        file.ReadFloats("w").ShouldBeEmpty();
    }

    [Fact]
    public void AViewStartsWithinItsStorage()
    {
        PickleTensor tensor = new(new PickleStorage("0", DType.F32, 6, 2, 3), 1, [2], [1]);
        StridedTensor view = TorchZipReader.View("a.pth", "w", tensor, StoredBytes.InMemory(new byte[24]));
        (view.Name, view.DType, view.Offset).ShouldBe(("w", DType.F32, 3));
        TorchZipReader.View("a.pth", "w", tensor with { Offset = 3 }, StoredBytes.InMemory(new byte[24])).Offset.ShouldBe(5);
        Should.Throw<MalformedTensorFileException>(() => TorchZipReader.View("a.pth", "w", tensor with { Offset = 4 }, StoredBytes.InMemory(new byte[24])));
        Should.Throw<MalformedTensorFileException>(() => TorchZipReader.View("a.pth", "w", tensor with { Offset = -1 }, StoredBytes.InMemory(new byte[24])));
    }

    [Theory]
    [InlineData("little", true)]
    [InlineData("big", false)]
    [InlineData("", false)]
    [InlineData("little and much more", false)]
    public void OnlyLittleEndianNumbersAreRead(string order, bool isRead)
    {
        Archive(("m/data.pkl", TensorPickle("0").Bytes), ("m/data/0", new byte[24]), ("m/byteorder", System.Text.Encoding.ASCII.GetBytes(order)));
        if (isRead)
        {
            WeightFile.Open(_folder.File("a.pth")).Dispose();
            return;
        }

        Should.Throw<MalformedTensorFileException>(() => WeightFile.Open(_folder.File("a.pth"))).Message
            .ShouldBe($"{_folder.File("a.pth")}: its numbers are not little-endian.");
    }

    [Theory]
    [InlineData("data.pkl", "data/0")]
    [InlineData("a/data.pkl", "a/data/0")]
    public void TheFolderOfAnArchiveMayHaveAnyNameOrNone(string pickle, string storage)
    {
        Archive((pickle, TensorPickle("0").Bytes), (storage, new byte[24]));
        using TensorFile file = WeightFile.Open(_folder.File("a.pth"));
        file.Tensors.Keys.ShouldBe(["w"]);
    }

    [Fact]
    public void ThePickleIsTheOneNearestToTheTop()
    {
        Archive(("a/nested/data.pkl", [1]), ("a/data.pkl", [2, 2]), ("b/metadata.pkl", [3]));
        using MappedFile file = MappedFile.Open(_folder.File("a.pth"));
        TorchZipReader.FindPickle(ZipDirectory.Read(file))!.Name.ShouldBe("a/data.pkl");
    }

    private static PickleBuilder TensorPickle(string key) => new PickleBuilder().Op('}').Text("w").Tensor(key, 6, 0, [6], [1]).Op('s', '.');

    private void Archive(params (string Name, byte[] Bytes)[] entries)
    {
        using ZipArchive zip = ZipFile.Open(_folder.File("a.pth"), ZipArchiveMode.Create);
        foreach ((string name, byte[] bytes) in entries)
        {
            using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(bytes);
        }
    }

    private static Checkpoint Find(object? root) => Checkpoint.Find("a.pth", root, WeightFileOptions.Default);

    private static PickleDictionary Dictionary(params (string Key, object? Value)[] pairs) =>
        new([.. pairs.Select(pair => new KeyValuePair<object?, object?>(pair.Key, pair.Value))]);
}
