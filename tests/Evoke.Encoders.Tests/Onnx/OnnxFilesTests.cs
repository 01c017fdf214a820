using System.Security.Cryptography;
using System.Text;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Onnx;
using Evoke.Features;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Onnx;

/// <summary>A network of pictures of 64x64 in 210 bytes, whose 60 bytes of weights are in a second file.</summary>
public sealed class OnnxFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _network;
    private readonly string _weights;

    public OnnxFilesTests()
    {
        string network = Directory.CreateDirectory(_folder.File("network")).FullName;
        _network = Path.Combine(network, "ext.onnx");
        _weights = Path.Combine(network, "ext.onnx.data");
        File.Copy(GoldenFile.PathOf("ext.onnx"), _network);
        File.Copy(GoldenFile.PathOf("ext.onnx.data"), _weights);
        File.WriteAllText(_folder.File("secret"), "");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheSecondFileCountsInTheIdentity()
    {
        EncoderIdentity before = Identity();
        byte[] weights = File.ReadAllBytes(_weights);
        weights[70] ^= 0x01;
        File.WriteAllBytes(_weights, weights);
        File.SetLastWriteTimeUtc(_weights, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)); // Hashes are remembered by size and time.

        EncoderIdentity after = Identity();

        after.IsSameEncoderAs(before).ShouldBeFalse();
        (after with { WeightsSha256 = null }).ShouldBe(before with { WeightsSha256 = null });
        after.WeightsSha256.ShouldBe(HashOf($"{HashOf(File.ReadAllBytes(_network))}\n{HashOf(weights)}  ext.onnx.data\n"));
    }

    [Fact]
    public void WhereTheFilesAreDoesNotCount()
    {
        EncoderIdentity before = Identity();
        string other = Directory.CreateDirectory(_folder.File("other")).FullName;
        File.Move(_network, Path.Combine(other, "ext.onnx"));
        File.Move(_weights, Path.Combine(other, "ext.onnx.data"));
        Identity(Path.Combine(other, "ext.onnx")).ShouldBe(before);
    }

    [Theory]
    [InlineData("{ \"std\": [1, 1, 1], \"layout\": \"channelsFirst\" }", true)] // as the network says itself
    [InlineData("{ \"std\": [1, 1, 1.0000001] }", false)]
    [InlineData("{ \"range\": [-1, 1] }", false)]
    public void WhatTheJsonChangesCounts(string json, bool isSame)
    {
        File.WriteAllText(_network + ".json", "{ \"std\": [1, 1, 1] }");
        EncoderIdentity plain = Identity();
        File.WriteAllText(_network + ".json", json);
        Identity().IsSameEncoderAs(plain).ShouldBe(isSame);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/hostname")]
    [InlineData("a/../../secret")]
    [InlineData(".")]
    [InlineData("")]
    public void AFileOutsideTheFolderIsRefused(string location)
    {
        byte[] tensor = [.. Nested(13, [.. Nested(1, "location"u8), .. Nested(2, Encoding.UTF8.GetBytes(location))]), .. (byte[])[0x70, 1]];
        File.WriteAllBytes(_network, [0x08, 0x0A, .. Nested(7, Nested(5, tensor))]);
        OnnxModelException error = Should.Throw<OnnxModelException>(() => Identity());
        error.Message.ShouldContain($"'{location}'");
        error.Message.ShouldContain("its own folder or below");
    }

    [Fact]
    public void AMissingSecondFileIsNamed()
    {
        File.Delete(_weights);
        Should.Throw<OnnxModelException>(() => Identity()).Message.ShouldContain("'ext.onnx.data', which is not beside it");
    }

    [Fact]
    public void TensorsAreFoundInNodesSubgraphsAndFunctions()
    {
        byte[] tensor = [.. Nested(13, [.. Nested(1, "location"u8), .. Nested(2, "a.bin"u8)]), .. (byte[])[0x70, 1]];
        byte[] second = [.. Nested(13, [.. Nested(1, "location"u8), .. Nested(2, "b.bin"u8)]), .. (byte[])[0x70, 1]];
        byte[] third = [.. Nested(13, [.. Nested(1, "location"u8), .. Nested(2, "c.bin"u8)]), .. (byte[])[0x70, 1]];
        byte[] inside = [.. Nested(13, [.. Nested(1, "location"u8), .. Nested(2, "unused.bin"u8)])]; // not marked as external
        byte[] inBranch = Nested(5, Nested(6, Nested(1, Nested(5, Nested(5, second))))); // node, attribute g, node, attribute t
        byte[] model =
        [
            .. Nested(7, [.. Nested(1, inBranch), .. Nested(5, inside), .. Nested(15, Nested(1, tensor))]), // graph: node, initializer, sparse initializer
            .. Nested(25, Nested(7, Nested(5, Nested(10, third)))), // function, node, attribute tensors
        ];
        File.WriteAllBytes(_network, model);
        OnnxExternalData.LocationsIn(_network).ShouldBe(["a.bin", "b.bin", "c.bin"]);
    }

    [Fact]
    public void DamagedFilesAreRefusedInWords()
    {
        byte[] whole = File.ReadAllBytes(_network);
        Random random = new(5);
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. whole[..random.Next(1, whole.Length + 1)]];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(_network, damaged);
            try
            {
                OnnxFiles.Sha256Of(_network, new FileHashes(_folder.File("home")));
            }
            catch (OnnxModelException error)
            {
                error.Message.ShouldStartWith(_network);
            }
        }

        byte[] deep = [];
        for (int i = 0; i < 300; i++)
        {
            deep = Nested(1, Nested(5, Nested(6, deep))); // node, attribute, graph
        }

        File.WriteAllBytes(_network, Nested(7, deep));
        Should.Throw<OnnxModelException>(() => OnnxExternalData.LocationsIn(_network)).Message.ShouldContain("nested more than");
    }

    private EncoderIdentity Identity(string? path = null)
    {
        using IVisualEncoder encoder = EncoderCatalog.CreateDefault().CreateVisual(
            $"onnx:{path ?? _network}", new EncoderOptions { CacheFolder = _folder.File("home") });
        return encoder.Identity;
    }

    private static byte[] Nested(int field, ReadOnlySpan<byte> content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Varint(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];

    private static string HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
