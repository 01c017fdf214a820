using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatIsWrittenIsReadBack() =>
        Gen.Select(Gen.String[1, 12], Gen.Float.Array[0, 100], Gen.Long.Array[0, 9], Gen.Dictionary(Gen.String, Gen.String)[0, 4])
            .Sample((name, floats, integers, metadata) =>
            {
                string path = _folder.File(Guid.NewGuid().ToString("N"));
                SafeTensorsWriter.Write(path, metadata,
                [
                    TensorSource.FromFloats(name, [floats.Length], floats),
                    TensorSource.FromIntegers(name + "i", [1, integers.Length], integers),
                ]);
                using SafeTensorsFile file = SafeTensorsFile.Open(path);
                file.Metadata.ShouldBe(metadata, ignoreOrder: true);
                file.ReadFloats(name).ShouldBe(floats);
                file.ReadIntegers(name + "i").ShouldBe(integers);
                file[name + "i"].Shape.ShouldBe([1, integers.Length]);
            }, iter: 100, threads: 1);

    [Fact]
    public void TheOrderOfTensorsAndMetadataDoesNotChangeTheBytes()
    {
        TensorSource a = TensorSource.FromFloats("a", [3], new float[] { 1, 2, 3 }, DType.F16);
        TensorSource b = TensorSource.FromFloats("b", [1], new float[] { 4 });
        KeyValuePair<string, string>[] metadata = [new("rate", "1"), new("format", "pt")];
        SafeTensorsWriter.Write(_folder.File("1"), metadata, [a, b]);
        SafeTensorsWriter.Write(_folder.File("2"), metadata.Reverse(), [b, a]);
        byte[] bytes = File.ReadAllBytes(_folder.File("1"));
        File.ReadAllBytes(_folder.File("2")).ShouldBe(bytes);
        (BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8).ShouldBe(0);
        using SafeTensorsFile file = SafeTensorsFile.Open(_folder.File("1"));
        file.Tensors.Values.ShouldAllBe(t => t.ByteOffset % t.DType.Size() == 0);
    }

    [Fact]
    public void EveryTypeIsConvertedToFloats()
    {
        float[] expected = [0, 1, 3, 100];
        byte[] Bytes<T>(params T[] values)
            where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        SafeTensorsWriter.Write(_folder.File("t"), [],
        [
            TensorSource.FromBytes("f64", DType.F64, [4], Bytes<double>(0, 1, 3, 100)),
            TensorSource.FromBytes("f32", DType.F32, [4], Bytes<float>(0, 1, 3, 100)),
            TensorSource.FromBytes("f16", DType.F16, [4], Bytes((Half)0, (Half)1, (Half)3, (Half)100)),
            TensorSource.FromBytes("bf16", DType.BF16, [4], Bytes<ushort>(0, 0x3F80, 0x4040, 0x42C8)),
            TensorSource.FromBytes("i64", DType.I64, [4], Bytes<long>(0, 1, 3, 100)),
            TensorSource.FromBytes("i32", DType.I32, [4], Bytes(0, 1, 3, 100)),
            TensorSource.FromBytes("i16", DType.I16, [4], Bytes<short>(0, 1, 3, 100)),
            TensorSource.FromBytes("i8", DType.I8, [4], Bytes<sbyte>(0, 1, 3, 100)),
            TensorSource.FromBytes("u8", DType.U8, [4], Bytes<byte>(0, 1, 3, 100)),
        ]);
        using SafeTensorsFile file = SafeTensorsFile.Open(_folder.File("t"));
        foreach (string name in file.Tensors.Keys)
        {
            file.ReadFloats(name).ShouldBe(expected, name);
            file.ReadDoubles(name).ShouldBe(expected.Select(v => (double)v), name);
        }

        file.ReadIntegers("i16").ShouldBe([0, 1, 3, 100]);
        Should.Throw<UnsupportedDTypeException>(() => file.ReadIntegers("f16"));
    }

    [Fact]
    public void TruthValuesAreZeroAndOne()
    {
        SafeTensorsWriter.Write(_folder.File("t"), [], [TensorSource.FromBytes("b", DType.Bool, [3], new byte[] { 0, 1, 255 })]);
        using SafeTensorsFile file = SafeTensorsFile.Open(_folder.File("t"));
        file.ReadIntegers("b").ShouldBe([0, 1, 1]);
    }

    [Theory]
    [InlineData(DType.BF16, 8)]
    [InlineData(DType.F16, 11)]
    public void NarrowFloatsAreRoundedToTheNearest(DType type, int significantBits) =>
        Gen.Float[-6e4f, 6e4f].Where(v => MathF.Abs(v) > 1e-4f).Array[1, 200].Sample(values =>
        {
            string path = _folder.File(Guid.NewGuid().ToString("N"));
            SafeTensorsWriter.Write(path, [], [TensorSource.FromFloats("v", [values.Length], values, type)]);
            using SafeTensorsFile file = SafeTensorsFile.Open(path);
            float[] read = file.ReadFloats("v");
            for (int i = 0; i < values.Length; i++)
            {
                Math.Abs(read[i] - (double)values[i]).ShouldBeLessThanOrEqualTo(Math.Abs(values[i]) * Math.Pow(2, -significantBits));
            }
        }, iter: 50, threads: 1);

    [Fact]
    public void WideningBFloat16IsExactForEveryPattern()
    {
        ushort[] patterns = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];
        float[] wide = new float[65536];
        ElementConversion.ToSingle(DType.BF16, System.Runtime.InteropServices.MemoryMarshal.AsBytes(patterns.AsSpan()), wide);
        for (int i = 0; i < wide.Length; i++)
        {
            BitConverter.SingleToUInt32Bits(wide[i]).ShouldBe((uint)i << 16);
        }

        ushort[] back = new ushort[65536];
        ElementConversion.ToBFloat16(wide, back);
        for (int i = 0; i < back.Length; i++)
        {
            (back[i] == patterns[i] || float.IsNaN(wide[i])).ShouldBeTrue();
        }
    }

    [Fact]
    public void ScalarsAndEmptyTensorsAreRead()
    {
        SafeTensorsWriter.Write(_folder.File("t"), [],
        [
            TensorSource.FromFloats("scalar", [], new float[] { 7 }),
            TensorSource.FromFloats("empty", [2, 0, 3], Array.Empty<float>()),
        ]);
        using SafeTensorsFile file = SafeTensorsFile.Open(_folder.File("t"));
        file.ReadFloats("scalar").ShouldBe([7]);
        file.ReadFloats("empty").ShouldBeEmpty();
    }

    [Fact]
    public void AFailedWriteLeavesTheOldFileAndNothingElse()
    {
        SafeTensorsWriter.Write(_folder.File("t"), [], [TensorSource.FromFloats("a", [1], new float[] { 1 })]);
        byte[] before = File.ReadAllBytes(_folder.File("t"));
        Should.Throw<InvalidOperationException>(() =>
            SafeTensorsWriter.Write(_folder.File("t"), [], [TensorSource.FromStream("a", DType.F32, [2], s => s.WriteByte(1))]));
        File.ReadAllBytes(_folder.File("t")).ShouldBe(before);
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void AnOpenFileMayBeReplaced()
    {
        SafeTensorsWriter.Write(_folder.File("t"), [], [TensorSource.FromFloats("a", [1], new float[] { 1 })]);
        using SafeTensorsFile old = SafeTensorsFile.Open(_folder.File("t"));
        SafeTensorsWriter.Write(_folder.File("t"), [], [TensorSource.FromFloats("a", [1], new float[] { 2 })]);
        using SafeTensorsFile fresh = SafeTensorsFile.Open(_folder.File("t"));
        (old.ReadFloats("a")[0], fresh.ReadFloats("a")[0]).ShouldBe((1f, 2f));
    }

    [Fact]
    public void ATensorBeyondTwoGibibytesIsReadInParts()
    {
        // Sparse: the file takes a few kilobytes of disk.
        const long Elements = (3L << 30) / 4;
        string Entry(string name, long start, long count) =>
            $$"""  "{{name}}":{"dtype":"F32","shape":[{{count}}],"data_offsets":[{{start * 4}},{{(start + count) * 4}}]}  """;
        string json = $"{{{Entry("big", 0, Elements)},{Entry("last", Elements, 1)}}}";
        string path = _folder.File("big");
        using (FileStream stream = File.Create(path))
        {
            stream.Write(BitConverter.GetBytes((ulong)json.Length));
            stream.Write(Encoding.UTF8.GetBytes(json));
            stream.Position += (Elements - 1) * 4;
            stream.Write(BitConverter.GetBytes(5f));
            stream.Write(BitConverter.GetBytes(6f));
        }

        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        file["big"].ElementCount.ShouldBe(Elements);
        BitConverter.ToSingle(file.GetBytes("big", (Elements - 1) * 4, 4)).ShouldBe(5);
        file.ReadFloats("last").ShouldBe([6]);
        Should.Throw<TensorFileLimitException>(() => file.GetBytes("big").Length);
    }

    [Fact]
    public void AMissingTensorIsNamedWithWhatIsThere()
    {
        SafeTensorsWriter.Write(_folder.File("t"), [], [TensorSource.FromFloats("visual", [1], new float[] { 1 })]);
        using SafeTensorsFile file = SafeTensorsFile.Open(_folder.File("t"));
        MissingTensorException error = Should.Throw<MissingTensorException>(() => file.ReadFloats("audio"));
        error.Message.ShouldContain("audio");
        error.Message.ShouldContain("visual");
        error.Message.ShouldContain(_folder.File("t"));
    }

    [Fact]
    public void AClosedFileIsNotRead()
    {
        SafeTensorsWriter.Write(_folder.File("t"), [], [TensorSource.FromFloats("a", [1], new float[] { 1 })]);
        SafeTensorsFile file = SafeTensorsFile.Open(_folder.File("t"));
        file.Dispose();
        Should.Throw<ObjectDisposedException>(() => file.ReadFloats("a"));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}   """, 8, null)]
    [InlineData("""{}""", 0, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, typeof(TruncatedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,4]}}""", 4, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,6]}}""", 6, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, typeof(UnsupportedDTypeException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", 8, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", 8, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, typeof(MalformedTensorFileException))]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16,
        typeof(MalformedTensorFileException))]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12,
        typeof(MalformedTensorFileException))]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""", 16,
        typeof(MalformedTensorFileException))]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, typeof(MalformedTensorFileException))]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, typeof(MalformedTensorFileException))]
    [InlineData("""[]""", 0, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":[[[[[[[[1]]]]]]]]}""", 0, typeof(MalformedTensorFileException))]
    [InlineData("""{"a":{"shape":[[1]]}}""", 0, typeof(MalformedTensorFileException))]
    [InlineData("""{}{}""", 0, typeof(MalformedTensorFileException))]
    [InlineData("", 0, typeof(MalformedTensorFileException))]
    [InlineData("{", 0, typeof(MalformedTensorFileException))]
    [InlineData("{\"\\ud800\":{}}", 0, typeof(MalformedTensorFileException))]
    public void ALyingHeaderIsRefused(string json, int dataBytes, Type? error)
    {
        string path = _folder.File("h");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)json.Length), .. Encoding.UTF8.GetBytes(json), .. new byte[dataBytes]]);
        if (error is null)
        {
            SafeTensorsFile.Open(path).Dispose();
            return;
        }

        Should.Throw(() => SafeTensorsFile.Open(path), error).Message.ShouldContain(path);
    }

    [Theory]
    [InlineData(100_000_001)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    public void AHeaderLengthBeyondTheBoundIsRefused(ulong length)
    {
        File.WriteAllBytes(_folder.File("h"), [.. BitConverter.GetBytes(length), .. "{}"u8]);
        Should.Throw<MalformedTensorFileException>(() => SafeTensorsFile.Open(_folder.File("h")));
    }

    [Fact]
    public void TextThatIsNotUtf8IsRefused()
    {
        byte[] json = [(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'{', (byte)'}', (byte)'}'];
        File.WriteAllBytes(_folder.File("h"), [.. BitConverter.GetBytes((ulong)json.Length), .. json]);
        Should.Throw<MalformedTensorFileException>(() => SafeTensorsFile.Open(_folder.File("h")));
    }

    [Fact]
    public void AFileCutAtAnyByteIsRefused()
    {
        byte[] whole = SmallFile();
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.File("cut"), whole[..length]);
            Should.Throw<TensorFileException>(() => SafeTensorsFile.Open(_folder.File("cut")), $"cut at {length}");
        }
    }

    [Fact]
    public void AFileWithAnyByteChangedIsReadOrRefusedByName()
    {
        byte[] whole = SmallFile();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((i, a, j, b) =>
        {
            byte[] damaged = [.. whole];
            damaged[i] = a;
            damaged[j] = b;
            string path = _folder.File(Guid.NewGuid().ToString("N"));
            File.WriteAllBytes(path, damaged);
            try
            {
                using SafeTensorsFile file = SafeTensorsFile.Open(path);
                foreach (string name in file.Tensors.Keys)
                {
                    file.ReadDoubles(name);
                }
            }
            catch (TensorFileException)
            {
                // Rejected with a named error, as expected.
            }
        }, iter: 2000, threads: 1);
    }

    [Fact]
    public void AMissingFileAndAFolderAreUnreadable()
    {
        Should.Throw<UnreadableTensorFileException>(() => SafeTensorsFile.Open(_folder.File("none"))).Message.ShouldContain("no such file");
        Should.Throw<UnreadableTensorFileException>(() => SafeTensorsFile.Open(_folder.Path));
    }

    private byte[] SmallFile()
    {
        SafeTensorsWriter.Write(_folder.File("whole"), [new("rate", "1")],
        [
            TensorSource.FromFloats("visual", [2, 3], new float[] { 1, 2, 3, 4, 5, 6 }),
            TensorSource.FromFloats("audio", [2], new float[] { 7, 8 }, DType.F16),
            TensorSource.FromIntegers("n", [], new long[] { 9 }),
        ]);
        return File.ReadAllBytes(_folder.File("whole"));
    }
}
