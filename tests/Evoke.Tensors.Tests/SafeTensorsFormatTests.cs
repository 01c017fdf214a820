using System.Text;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

/// <summary>safetensors files byte by byte, and what is said of those that contradict their format (huggingface.co/docs/safetensors).</summary>
public sealed class SafeTensorsFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileHasALengthAHeaderAndTheElementsLargestTypeFirst()
    {
        SafeTensorsWriter.Write(_folder.File("f"), [new("rate", "1"), new("format", "pt")],
        [
            TensorSource.FromBytes("z", DType.U8, [3], new byte[] { 7, 8, 9 }),
            TensorSource.FromFloats("b", [1, 1], new float[] { 1 }),
            TensorSource.FromIntegers("i", [], new long[] { -2 }),
            TensorSource.FromFloats("a", [1], new float[] { -1 }),
        ]);
        const string Json = """{"__metadata__":{"format":"pt","rate":"1"},"i":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"""
            + "\"a\":" + """{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"b":{"dtype":"F32","shape":[1,1],"data_offsets":[12,16]},"""
            + "\"z\":" + """{"dtype":"U8","shape":[3],"data_offsets":[16,19]}}""";
        int padded = (Json.Length + 7) / 8 * 8;
        File.ReadAllBytes(_folder.File("f")).ShouldBe(
        [
            .. BitConverter.GetBytes((long)padded), .. Encoding.UTF8.GetBytes(Json.PadRight(padded)),
            .. BitConverter.GetBytes(-2L), .. BitConverter.GetBytes(-1f), .. BitConverter.GetBytes(1f), 7, 8, 9,
        ]);
    }

    [Fact]
    public void AFileWithoutTensorsOrMetadataIsAnEmptyObject()
    {
        SafeTensorsWriter.Write(_folder.File("f"), [], []);
        File.ReadAllBytes(_folder.File("f")).ShouldBe([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8]);
        using SafeTensorsFile file = SafeTensorsFile.Open(_folder.File("f"));
        file.Tensors.ShouldBeEmpty();
        file.Metadata.ShouldBeEmpty();
        file.Format.ShouldBe(TensorFileFormat.SafeTensors);
        file.Path.ShouldBe(_folder.File("f"));
    }

    [Theory]
    [InlineData("", "the header is not a JSON object.")]
    [InlineData("[]", "the header is not a JSON object.")]
    [InlineData("{}{}", "the header is not valid JSON: ")]
    [InlineData("{", "the header is not valid JSON: ")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "the header is not valid JSON: ")]
    [InlineData("""{"a":1}""", "'a' has a Number; expected a StartObject.")]
    [InlineData("""{"__metadata__":{"k":1}}""", "'__metadata__' has a Number; expected a String.")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", "the metadata 'k' appears twice.")]
    [InlineData("""{"a":{"dtype":5}}""", "'a' has a Number; expected a String.")]
    [InlineData("""{"a":{"shape":5}}""", "'a' has a Number; expected a StartArray.")]
    [InlineData("""{"a":{"shape":["5"]}}""", "'a' has a String; expected a Number.")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32"}}""", "the tensor 'a' has 'dtype'; expected dtype, shape and data_offsets, each once.")]
    [InlineData("""{"a":{"shape":[],"shape":[]}}""", "the tensor 'a' has 'shape'; expected dtype, shape and data_offsets, each once.")]
    [InlineData("""{"a":{"data_offsets":[],"data_offsets":[]}}""", "the tensor 'a' has 'data_offsets'; expected dtype, shape and data_offsets, each once.")]
    [InlineData("""{"a":{"x":1}}""", "the tensor 'a' has 'x'; expected dtype, shape and data_offsets, each once.")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "the tensor 'a' lacks its dtype, shape or two data_offsets.")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", "the tensor 'a' lacks its dtype, shape or two data_offsets.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", "the tensor 'a' lacks its dtype, shape or two data_offsets.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "the tensor 'a' lacks its dtype, shape or two data_offsets.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "the tensor 'a' has a negative number or more than 2 of them in an array.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "the tensor 'a' has a negative number or more than 32 of them in an array.")]
    [InlineData("""{"a":{"dtype":"F8","shape":[4],"data_offsets":[0,4]}}""", "the tensor 'a' is of type 'F8', which is not supported.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "the tensor 'a' ends at byte 0, before its start at 4.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,16]}}""", "the tensor 'a' has 12 bytes, which is not what F32 [2] needs.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,4]}}""", "the tensor 'a' has 4 bytes, which is not what F32 [1, 2] needs.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "the tensor 'a' ends at byte 8 of the data; the data has 4.")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", "the tensors take 1 bytes; the data has 4.")]
    [InlineData("{} x", "the header is not valid JSON: ")]
    [InlineData("{}", "the tensors take 0 bytes; the data has 4.")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "the tensor 'a' appears twice.")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""",
        "the tensor 'b' at byte 2 of the data overlaps the one before it, which ends at 3.")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""",
        "the tensor 'b' at byte 2 of the data leaves a gap before it, which ends at 1.")]
    [InlineData("""{"b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "the tensor 'b' at byte 1 of the data leaves a gap before it, which ends at 0.")]
    public void AHeaderThatContradictsItselfIsNamed(string json, string problem)
    {
        TensorFileException error = Should.Throw<TensorFileException>(() => Open((ulong)json.Length, json, 4));
        error.Message.ShouldStartWith($"{_folder.File("f")}: {problem}");
        error.Path.ShouldBe(_folder.File("f"));
    }

    [Theory]
    [InlineData(3, "the header claims 3 bytes; 2 follow.")]
    [InlineData(100_000_000, "the header claims 100000000 bytes; 2 follow.")]
    [InlineData(100_000_001, "a safetensors header has at most 100000000 bytes; this one claims 100000001.")]
    public void AHeaderThatEndsTooSoonIsNamed(ulong length, string problem) =>
        Should.Throw<TensorFileException>(() => Open(length, "{}", 0)).Message.ShouldBe($"{_folder.File("f")}: {problem}");

    [Fact]
    public void AFileShorterThanItsLengthIsNamed()
    {
        File.WriteAllBytes(_folder.File("f"), new byte[7]);
        Should.Throw<TruncatedTensorFileException>(() => SafeTensorsFile.Open(_folder.File("f"))).Message
            .ShouldBe($"{_folder.File("f")}: a safetensors file starts with a header length of 8 bytes; the file has 7.");
        File.WriteAllBytes(_folder.File("f"), new byte[8]);
        Should.Throw<MalformedTensorFileException>(() => SafeTensorsFile.Open(_folder.File("f"))).Message.ShouldEndWith("the header is not a JSON object.");
    }

    [Fact]
    public void TensorsMayBeListedInAnyOrderAndEmptyOnesShareAPlace()
    {
        const string Json = """{"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]},"e":{"data_offsets":[2,2],"shape":[0],"dtype":"U8"},"""
            + "\"a\":" + """{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""";
        using SafeTensorsFile file = Open((ulong)Json.Length, Json, 4);
        file.Tensors.Keys.ShouldBe(["b", "e", "a"]);
        file["b"].ByteOffset.ShouldBe(8 + Json.Length + 2);
        file["e"].ByteLength.ShouldBe(0);
    }

    [Fact]
    public void AShapeHasUpToThirtyTwoDimensions()
    {
        string shape = string.Join(",", Enumerable.Repeat("1", 32));
        string json = $$$"""{"a":{"dtype":"F32","shape":[{{{shape}}}],"data_offsets":[0,4]}}""";
        Open((ulong)json.Length, json, 4).Dispose();
        json = $$$"""{"a":{"dtype":"F32","shape":[{{{shape}}},1],"data_offsets":[0,4]}}""";
        Should.Throw<MalformedTensorFileException>(() => Open((ulong)json.Length, json, 4)).Message.ShouldContain("more than 32 of them");
    }

    [Fact]
    public void WhatCannotBeWrittenIsSaidBeforeAnythingIs()
    {
        TensorSource a = TensorSource.FromBytes("a", DType.U8, [1], new byte[1]);
        TensorSource reserved = TensorSource.FromBytes("__metadata__", DType.U8, [1], new byte[1]);
        Should.Throw<ArgumentException>(() => SafeTensorsWriter.Write(_folder.File("f"), [], [a, a])).Message.ShouldStartWith("The tensor name 'a' is taken.");
        Should.Throw<ArgumentException>(() => SafeTensorsWriter.Write(_folder.File("f"), [], [reserved])).Message
            .ShouldStartWith("The tensor name '__metadata__' is taken.");
        Should.Throw<ArgumentException>(() => SafeTensorsWriter.Write("", [], [a])).ParamName.ShouldBe("path");
        Should.Throw<ArgumentNullException>(() => SafeTensorsWriter.Write(_folder.File("f"), null!, [a])).ParamName.ShouldBe("metadata");
        Should.Throw<ArgumentNullException>(() => SafeTensorsWriter.Write(_folder.File("f"), [], null!)).ParamName.ShouldBe("tensors");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void AStreamedTensorWritesWhatItsShapeNeeds(int written)
    {
        TensorSource tensor = TensorSource.FromStream("w", DType.F32, [1], stream => stream.Write(new byte[written]));
        (tensor.Name, tensor.DType, tensor.ByteLength).ShouldBe(("w", DType.F32, 4));
        Should.Throw<InvalidOperationException>(() => SafeTensorsWriter.Write(_folder.File("f"), [], [tensor])).Message
            .ShouldBe($"The tensor 'w' needs 4 bytes; {written} were written.");
    }

    [Fact]
    public void AShapeThatDoesNotFitItsValuesIsRefused()
    {
        Should.Throw<ArgumentException>(() => TensorSource.FromFloats("w", [2, 3], new float[5])).Message
            .ShouldStartWith("The tensor 'w' F32 [2, 3] needs 24 bytes; found 20.");
        Should.Throw<ArgumentException>(() => TensorSource.FromIntegers("w", [2], new long[3]));
        Should.Throw<ArgumentException>(() => TensorSource.FromDoubles("w", [2], new double[1]));
        Should.Throw<ArgumentException>(() => TensorSource.FromBytes("w", DType.I16, [2], new byte[3]));
        Should.Throw<ArgumentException>(() => TensorSource.FromStream("w", DType.I16, [2, -1], _ => { })).Message.ShouldStartWith("[2, -1] is not a shape.");
        Should.Throw<ArgumentNullException>(() => TensorSource.FromStream("w", DType.I16, [2], null!)).ParamName.ShouldBe("write");
        Should.Throw<ArgumentNullException>(() => TensorSource.FromBytes("w", DType.I16, null!, new byte[2])).ParamName.ShouldBe("shape");
        Should.Throw<ArgumentException>(() => TensorSource.FromFloats("w", [1], new float[1], DType.I32)).Message
            .ShouldStartWith("Floats are stored as a floating-point type, not as I32.");
    }

    [Theory]
    [InlineData(DType.F16)]
    [InlineData(DType.BF16)]
    [InlineData(DType.F64)]
    [InlineData(DType.F32)]
    public void ManyFloatsAreStoredWhole(DType type)
    {
        // Small integers are exact in every type. More than two blocks of 65,536, and not a whole number of them.
        float[] values = [.. Enumerable.Range(0, (2 << 16) + 77).Select(i => (float)(i % 200))];
        SafeTensorsWriter.Write(_folder.File("f"), [], [TensorSource.FromFloats("w", [values.Length], values, type)]);
        using SafeTensorsFile file = SafeTensorsFile.Open(_folder.File("f"));
        file["w"].DType.ShouldBe(type);
        file.ReadFloats("w").AsSpan().SequenceEqual(values).ShouldBeTrue();
    }

    [Fact]
    public void DoublesAreStoredExactly()
    {
        SafeTensorsWriter.Write(_folder.File("f"), [], [TensorSource.FromDoubles("w", [2], new[] { 0.1, -1e300 })]);
        using SafeTensorsFile file = SafeTensorsFile.Open(_folder.File("f"));
        file["w"].DType.ShouldBe(DType.F64);
        file.ReadDoubles("w").ShouldBe([0.1, -1e300]);
    }

    private SafeTensorsFile Open(ulong length, string json, int dataBytes)
    {
        File.WriteAllBytes(_folder.File("f"), [.. BitConverter.GetBytes(length), .. Encoding.UTF8.GetBytes(json), .. new byte[dataBytes]]);
        return SafeTensorsFile.Open(_folder.File("f"));
    }
}
