using System.Runtime.InteropServices;
using System.Text;
using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

/// <summary>What every file of tensors offers, whatever its format.</summary>
public sealed class TensorFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AMissingTensorIsNamedWithThoseThatAreThere()
    {
        Missing(0).ShouldBe("there is no tensor named 'w'; it has none.");
        Missing(2).ShouldBe("there is no tensor named 'w'; it has t0, t1.");
        Missing(8).ShouldBe("there is no tensor named 'w'; it has t0, t1, t2, t3, t4, t5, t6, t7.");
        Missing(9).ShouldBe("there is no tensor named 'w'; it has 9: t0, t1, t2, t3, t4, t5, t6, t7, ....");
    }

    [Fact]
    public void APartIsWithinItsTensor()
    {
        using SafeTensorsFile file = Open(TensorSource.FromBytes("w", DType.U8, [4], new byte[] { 1, 2, 3, 4 }));
        file.GetBytes("w").ToArray().ShouldBe([1, 2, 3, 4]);
        file.GetBytes("w", 1, 2).ToArray().ShouldBe([2, 3]);
        file.GetBytes("w", 1, 3).ToArray().ShouldBe([2, 3, 4]);
        file.GetBytes("w", 4, 0).ToArray().ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => file.GetBytes("w", -1, 1)).ParamName.ShouldBe("offset");
        Should.Throw<ArgumentOutOfRangeException>(() => file.GetBytes("w", 1, -1)).ParamName.ShouldBe("length");
        Should.Throw<ArgumentOutOfRangeException>(() => file.GetBytes("w", 2, 3)).ParamName.ShouldBe("offset");
    }

    [Fact]
    public void ADestinationHasTheLengthOfItsTensor()
    {
        using SafeTensorsFile file = Open(TensorSource.FromFloats("w", [2, 2], new float[] { 1, 2, 3, 4 }));
        float[] floats = new float[4];
        file.CopyTo("w", floats);
        floats.ShouldBe([1, 2, 3, 4]);
        double[] doubles = new double[4];
        file.CopyTo("w", doubles);
        doubles.ShouldBe([1, 2, 3, 4]);
        foreach (int length in new[] { 3, 5 })
        {
            string problem = $"The tensor w F32 [2, 2] has 4 elements; the destination has room for {length}.";
            Should.Throw<ArgumentException>(() => file.CopyTo("w", new float[length])).Message.ShouldStartWith(problem);
            Should.Throw<ArgumentException>(() => file.CopyTo("w", new double[length])).Message.ShouldStartWith(problem);
        }
    }

    [Theory]
    [InlineData(DType.F64)]
    [InlineData(DType.F32)]
    [InlineData(DType.I16)]
    [InlineData(DType.U8)]
    public void ALargeTensorIsConvertedWhole(DType type)
    {
        // More than two blocks of a megabyte, and not a whole number of them.
        int count = (2 << 20) / type.Size() + (1 << 19) + 3;
        byte[] bytes = new byte[count * type.Size()];
        for (int i = 0; i < count; i++)
        {
            Span<byte> at = bytes.AsSpan(i * type.Size());
            switch (type)
            {
                case DType.F64: MemoryMarshal.Write(at, (double)Value(i)); break;
                case DType.F32: MemoryMarshal.Write(at, (float)Value(i)); break;
                case DType.I16: MemoryMarshal.Write(at, (short)Value(i)); break;
                default: at[0] = (byte)Value(i); break;
            }
        }

        using SafeTensorsFile file = Open(TensorSource.FromBytes("w", type, [count], bytes));
        file.ReadFloats("w").AsSpan().SequenceEqual([.. Enumerable.Range(0, count).Select(i => (float)Value(i))]).ShouldBeTrue();
        file.ReadDoubles("w").AsSpan().SequenceEqual([.. Enumerable.Range(0, count).Select(i => (double)Value(i))]).ShouldBeTrue();
        if (!type.IsFloatingPoint())
        {
            file.ReadIntegers("w").AsSpan().SequenceEqual([.. Enumerable.Range(0, count).Select(i => (long)Value(i))]).ShouldBeTrue();
        }

        static int Value(int i) => i % 251;
    }

    [Fact]
    public void IntegersAreNotReadFromFloats()
    {
        using SafeTensorsFile file = Open(TensorSource.FromFloats("w", [1], new float[1]));
        Should.Throw<UnsupportedDTypeException>(() => file.ReadIntegers("w")).Message
            .ShouldBe($"{_folder.File("t")}: integers were asked for, but the tensor w F32 [1] holds floating-point numbers.");
    }

    [Fact]
    public void ATensorBeyondTwoGigabytesIsReadInParts()
    {
        const long Length = (1L << 31) + 10;
        string header = $$$"""{"w":{"dtype":"U8","shape":[{{{Length}}}],"data_offsets":[0,{{{Length}}}]}}""";
        string path = _folder.File("large");
        using (FileStream stream = File.Create(path))
        {
            stream.Write([.. BitConverter.GetBytes((long)header.Length), .. Encoding.ASCII.GetBytes(header)]);
            stream.SetLength(8 + header.Length + Length); // The zeros take no room on the disk.
            stream.Position = stream.Length - 1;
            stream.WriteByte(7);
        }

        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        file.GetBytes("w", Length - 2, 2).ToArray().ShouldBe([0, 7]);
        Should.Throw<TensorFileLimitException>(() => file.GetBytes("w")).Message
            .ShouldBe($"{path}: the tensor w U8 [2147483658] has 2147483658 bytes, more than one span can hold; read it in parts.");
        string tooMany = $"{path}: the tensor w U8 [2147483658] has 2147483658 elements, more than an array can hold.";
        Should.Throw<TensorFileLimitException>(() => file.ReadFloats("w")).Message.ShouldBe(tooMany);
        Should.Throw<TensorFileLimitException>(() => file.ReadDoubles("w")).Message.ShouldBe(tooMany);
        Should.Throw<TensorFileLimitException>(() => file.ReadIntegers("w")).Message.ShouldBe(tooMany);
    }

    [Fact]
    public void AClosedFileIsNotRead()
    {
        SafeTensorsFile file = Open(TensorSource.FromBytes("w", DType.U8, [1], new byte[1]));
        file.Dispose();
        Should.Throw<ObjectDisposedException>(() => file.GetBytes("w").Length);
        file.Dispose();
        TensorFile array = WeightFile.Open(Fixture.Path("single.npy"));
        array.Dispose();
        Should.Throw<ObjectDisposedException>(() => array.ReadFloats("single"));
    }

    [Fact]
    public void AMappedFileIsReadWithinItsBounds()
    {
        File.WriteAllBytes(_folder.File("f"), [1, 2, 3, 4]);
        MappedFile file = MappedFile.Open(_folder.File("f"));
        (file.Length, file.Path).ShouldBe((4, _folder.File("f")));
        file.Slice(1, 3).ToArray().ShouldBe([2, 3, 4]);
        file.Slice(4, 0).Length.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => file.Slice(-1, 1)).ParamName.ShouldBe("offset");
        Should.Throw<ArgumentOutOfRangeException>(() => file.Slice(1, -1)).ParamName.ShouldBe("length");
        Should.Throw<ArgumentOutOfRangeException>(() => file.Slice(2, 3)).ParamName.ShouldBe("offset");
        using (Stream stream = file.OpenStream(1, 3))
        {
            (stream.Length, stream.ReadByte(), stream.CanWrite).ShouldBe((3, 2, false));
        }

        Should.Throw<ArgumentOutOfRangeException>(() => file.OpenStream(-1, 1)).ParamName.ShouldBe("offset");
        Should.Throw<ArgumentOutOfRangeException>(() => file.OpenStream(1, -1)).ParamName.ShouldBe("length");
        Should.Throw<ArgumentOutOfRangeException>(() => file.OpenStream(2, 3)).ParamName.ShouldBe("offset");
        file.Dispose();
        file.Dispose();
        Should.Throw<ObjectDisposedException>(() => file.Slice(0, 1).Length);
        Should.Throw<ObjectDisposedException>(() => file.OpenStream(0, 1));
    }

    [Fact]
    public void AnEmptyFileIsMappedToo()
    {
        File.WriteAllBytes(_folder.File("f"), []);
        using MappedFile file = MappedFile.Open(_folder.File("f"));
        file.Length.ShouldBe(0);
        file.Slice(0, 0).Length.ShouldBe(0);
    }

    [Fact]
    public void WhatCannotBeOpenedIsNamed()
    {
        Should.Throw<ArgumentException>(() => MappedFile.Open("")).ParamName.ShouldBe("path");
        Should.Throw<UnreadableTensorFileException>(() => MappedFile.Open(_folder.File("none"))).Message
            .ShouldBe($"{_folder.File("none")}: there is no such file.");
        Should.Throw<UnreadableTensorFileException>(() => MappedFile.Open(_folder.File("no/folder"))).Message
            .ShouldBe($"{_folder.File("no/folder")}: there is no such file.");
        Should.Throw<UnreadableTensorFileException>(() => MappedFile.Open(_folder.Path)).Message.ShouldStartWith($"{_folder.Path}: cannot be read: ");
    }

    [Fact]
    public void AFileThatCannotBeReadIsNotLeftOpen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The open files of a process are listed by Linux.");
        File.WriteAllBytes(_folder.File("wrong"), "{}{}{}{}{}{}"u8.ToArray());
        Should.Throw<TensorFileException>(() => WeightFile.Open(_folder.File("wrong")));
        Should.Throw<TensorFileException>(() => SafeTensorsFile.Open(_folder.File("wrong")));
        Directory.GetFiles("/proc/self/fd").Select(fd => new FileInfo(fd).LinkTarget).ShouldNotContain(_folder.File("wrong"));
    }

    [Theory]
    [InlineData(DType.F64, 8, true, "F64")]
    [InlineData(DType.F32, 4, true, "F32")]
    [InlineData(DType.F16, 2, true, "F16")]
    [InlineData(DType.BF16, 2, true, "BF16")]
    [InlineData(DType.I64, 8, false, "I64")]
    [InlineData(DType.I32, 4, false, "I32")]
    [InlineData(DType.I16, 2, false, "I16")]
    [InlineData(DType.I8, 1, false, "I8")]
    [InlineData(DType.U8, 1, false, "U8")]
    [InlineData(DType.Bool, 1, false, "BOOL")]
    public void ATypeHasASizeAndAName(DType type, int size, bool isFloatingPoint, string name)
    {
        type.Size().ShouldBe(size);
        type.IsFloatingPoint().ShouldBe(isFloatingPoint);
        type.SafeTensorsName().ShouldBe(name);
        DTypeExtensions.TryParseSafeTensorsName(name, out DType parsed).ShouldBeTrue();
        parsed.ShouldBe(type);
    }

    [Fact]
    public void WhatIsNoTypeIsSaid()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ((DType)10).Size()).Message.ShouldStartWith("Not an element type.");
        Should.Throw<ArgumentOutOfRangeException>(() => ElementConversion.ToSingle((DType)10, new byte[1], new float[1])).Message
            .ShouldStartWith("No conversion for this element type.");
        DTypeExtensions.TryParseSafeTensorsName("F8", out _).ShouldBeFalse();
        DTypeExtensions.TryParseSafeTensorsName(null, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(DType.F32, new long[] { }, 4)]
    [InlineData(DType.F32, new long[] { 2, 3 }, 24)]
    [InlineData(DType.F64, new long[] { 2, 0, 3 }, 0)]
    [InlineData(DType.U8, new long[] { long.MaxValue }, long.MaxValue)]
    [InlineData(DType.I16, new long[] { long.MaxValue / 2 }, long.MaxValue - 1)]
    [InlineData(DType.F32, new long[] { 0, 0 }, 0)]
    public void ASizeIsTheProductOfItsDimensions(DType type, long[] shape, long bytes)
    {
        TensorSize.TryGetByteLength(type, shape, out long found).ShouldBeTrue();
        found.ShouldBe(bytes);
    }

    [Theory]
    [InlineData(DType.U8, new long[] { -1 })]
    [InlineData(DType.U8, new long[] { 0, -1 })]
    [InlineData(DType.I16, new long[] { 1L << 62 })]
    [InlineData(DType.U8, new long[] { 1L << 32, 1L << 31 })]
    [InlineData(DType.U8, new long[] { long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue })]
    public void ASizeThatIsNoneIsSaid(DType type, long[] shape)
    {
        TensorSize.TryGetByteLength(type, shape, out long found).ShouldBeFalse();
        found.ShouldBe(0);
    }

    [Fact]
    public void AShapeHasAtMostThirtyTwoDimensions()
    {
        TensorSize.TryGetByteLength(DType.U8, Enumerable.Repeat(1L, 32).ToArray(), out _).ShouldBeTrue();
        TensorSize.TryGetByteLength(DType.U8, Enumerable.Repeat(1L, 33).ToArray(), out _).ShouldBeFalse();
    }

    [Fact]
    public void StridesCountElements()
    {
        TensorSize.Strides([4, 2, 3], columnsFirst: false).ShouldBe([6, 3, 1]);
        TensorSize.Strides([4, 2, 3], columnsFirst: true).ShouldBe([1, 4, 8]);
        TensorSize.Strides([], columnsFirst: true).ShouldBeEmpty();
    }

    [Fact]
    public void EveryElementTypeBecomesADoubleAndATruthValueANumber()
    {
        double[] doubles = new double[3];
        ElementConversion.ToDouble(DType.BF16, [0x80, 0x3F, 0x00, 0xC0, 0x00, 0x3F], doubles);
        doubles.ShouldBe([1, -2, 0.5]);
        ElementConversion.ToDouble(DType.Bool, [0, 1, 255], doubles);
        doubles.ShouldBe([0, 1, 1]);
        float[] floats = new float[3];
        ElementConversion.ToSingle(DType.Bool, [2, 0, 1], floats);
        floats.ShouldBe([1, 0, 1]);
        long[] integers = new long[2];
        ElementConversion.ToInt64(DType.I8, [0xFF, 0x7F], integers);
        integers.ShouldBe([-1, 127]);
        ElementConversion.ToInt64(DType.U8, [0xFF, 0x7F], integers);
        integers.ShouldBe([255, 127]);
        ElementConversion.ToInt64(DType.I32, [0xFE, 0xFF, 0xFF, 0xFF, 1, 0, 0, 1], integers);
        integers.ShouldBe([-2, 16_777_217]);
    }

    [Fact]
    public void RoundingToBFloat16GoesToTheNearestAndToEvenAtATie()
    {
        // 0x3F80 is 1; between it and 0x3F81 lie 0x10000 patterns, the tie in their middle.
        (uint Bits, ushort Expected)[] cases =
        [
            (0x3F80_0000, 0x3F80), (0x3F80_7FFF, 0x3F80), (0x3F80_8000, 0x3F80), (0x3F80_8001, 0x3F81), (0x3F81_8000, 0x3F82), (0x3F81_7FFF, 0x3F81),
            (0xBF81_8000, 0xBF82), (0x7F7F_FFFF, 0x7F80), (0x7F80_0000, 0x7F80), (0x7F80_0001, 0x7FC0), (0xFFC1_2345, 0xFFC1),
        ];
        ushort[] halves = new ushort[1];
        foreach ((uint bits, ushort expected) in cases)
        {
            ElementConversion.ToBFloat16([BitConverter.UInt32BitsToSingle(bits)], halves);
            halves[0].ShouldBe(expected, $"{bits:x8}");
        }
    }

    [Fact]
    public void StoredBytesKnowWhereTheyLie()
    {
        File.WriteAllBytes(_folder.File("f"), [1, 2, 3, 4, 5, 6]);
        using MappedFile file = MappedFile.Open(_folder.File("f"));
        StoredBytes mapped = StoredBytes.Mapped(file, 1, 5);
        (mapped.Length, mapped.FileOffset).ShouldBe((5, 1L));
        mapped.Slice(1, 2).ToArray().ShouldBe([3, 4]);
        StoredBytes tail = mapped.From(2);
        (tail.Length, tail.FileOffset).ShouldBe((3, 3L));
        tail.Slice(1, 2).ToArray().ShouldBe([5, 6]);
        StoredBytes memory = StoredBytes.InMemory([7, 8, 9]);
        (memory.Length, memory.FileOffset, memory.From(1).FileOffset, memory.From(1).Length).ShouldBe((3, null, null, 2));
        memory.Slice(1, 2).ToArray().ShouldBe([8, 9]);
        new TensorInfo("w", DType.I16, [2, 3], 0, 12).ElementCount.ShouldBe(6);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 2, 0, 0, 0, 0, 0, 0, 0, 0 }, "it is a bare pickle, which can run code when it is opened by Python and is not read here")]
    [InlineData(new byte[] { 0x80, 5, 0, 0, 0, 0, 0, 0, 0, 0 }, "it is a bare pickle, which can run code when it is opened by Python and is not read here")]
    [InlineData(new byte[] { 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0 }, "it starts with 8001000000000000")]
    [InlineData(new byte[] { 0x80, 6, 0, 0, 0, 0, 0, 0, 0, 0 }, "it starts with 8006000000000000")]
    [InlineData(new byte[] { 1, 2, 3 }, "it starts with 010203")]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, (byte)'{' }, "it starts with 010203040506077B")] // a length, but no JSON after it
    [InlineData(new byte[] { }, "it is empty")]
    [InlineData(new byte[] { (byte)'<' }, "it is a web page, not a weight file: the download went wrong")]
    [InlineData(new byte[] { 0x89, (byte)'H', (byte)'D', (byte)'F' }, "it is an HDF5 file")]
    public void AnotherFormatIsNamed(byte[] content, string what)
    {
        File.WriteAllBytes(_folder.File("x"), content);
        Should.Throw<UnknownTensorFormatException>(() => WeightFile.Open(_folder.File("x"))).Message
            .ShouldBe($"{_folder.File("x")}: {what}; expected safetensors, PyTorch's .pth, or NumPy's .npz or .npy.");
    }

    [Fact]
    public void ATarArchiveAndAPointerAreNamed()
    {
        byte[] tar = new byte[512];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        File.WriteAllBytes(_folder.File("x"), tar);
        Should.Throw<UnknownTensorFormatException>(() => WeightFile.Open(_folder.File("x"))).Message
            .ShouldContain(": it is a tar archive; weights saved by PyTorch before 0.2 must be saved again; expected");
        File.WriteAllBytes(_folder.File("x"), tar[..262]);
        Should.Throw<UnknownTensorFormatException>(() => WeightFile.Open(_folder.File("x")));
        File.WriteAllText(_folder.File("x"), "version https://git-lfs.github.com/spec/v1\noid sha256:0");
        Should.Throw<UnknownTensorFormatException>(() => WeightFile.Open(_folder.File("x"))).Message
            .ShouldContain(": it is a pointer of Git LFS, not the file it points to; expected");
    }

    [Fact]
    public void NoByteOfTheNextTensorIsRead()
    {
        using SafeTensorsFile file = Open(
            TensorSource.FromBytes("a", DType.U8, [4], new byte[] { 1, 2, 3, 4 }), TensorSource.FromBytes("b", DType.U8, [4], new byte[] { 5, 6, 7, 8 }));
        file.GetBytes("a", 2, 2).ToArray().ShouldBe([3, 4]);
        Should.Throw<ArgumentOutOfRangeException>(() => file.GetBytes("a", 2, 3)).ParamName.ShouldBe("offset");
        Should.Throw<ArgumentOutOfRangeException>(() => file.GetBytes("a", 5, 1)).ParamName.ShouldBe("offset");
    }

    private SafeTensorsFile Open(params TensorSource[] tensors)
    {
        SafeTensorsWriter.Write(_folder.File("t"), [], tensors);
        return SafeTensorsFile.Open(_folder.File("t"));
    }

    private string Missing(int count)
    {
        using SafeTensorsFile file = Open([.. Enumerable.Range(0, count).Select(i => TensorSource.FromBytes($"t{i}", DType.U8, [0], Array.Empty<byte>()))]);
        MissingTensorException error = Should.Throw<MissingTensorException>(() => file["w"]);
        error.TensorName.ShouldBe("w");
        return error.Message[(file.Path.Length + 2)..];
    }
}
