using System.Buffers.Binary;
using System.Text;
using Evoke.Curves;
using Evoke.Features.Hdf5;
using Evoke.Features.Import;
using Evoke.Features.Store;
using Evoke.Testing;
using PureHDF;

namespace Evoke.Features.Tests.Hdf5;

public sealed class HostileHdf5Tests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ChecksumsAsTheOnlyFilterAndChunksThatSplitColumnsGiveTheNumbersOfTheHdf5Library()
    {
        using Hdf5FeatureReader reader = Hdf5FeatureReader.Open(HostileFile.PathOf("fl_dividing.h5"));
        reader.Read("v0").Values[..2].ShouldBe([0.6369617f, 0.26978672f]);
        reader.Read("v1").Values[0].ShouldBe(0.3807705f);
        reader.Read("v2").Values[0].ShouldBe(0.6113387f);
        // The sums of all numbers, by h5py.
        double[] sums = [.. reader.VideoIds.Select(id => reader.Read(id).Values.Sum(value => (double)value))];
        sums[0].ShouldBe(84.73055733111687, 1e-9);
        sums[1].ShouldBe(99.74255128207733, 1e-9);
        sums[2].ShouldBe(108.2497261185199, 1e-9);
    }

    [Theory]
    [InlineData("sum_split")]
    [InlineData("sum_gzip")]
    [InlineData("sum_half")]
    public void OtherChunksWithChecksumsAreReadToo(string id)
    {
        using Hdf5FeatureReader reader = Hdf5FeatureReader.Open(GoldenFile.PathOf("features_odd.h5"));
        reader.Read(id).Values.ShouldBe(Enumerable.Range(0, 60).Select(i => i / 8f));
    }

    [Theory]
    [InlineData("sum_wrong", "the checksum (Fletcher32) of a chunk is wrong")]
    [InlineData("sum_gzip_wrong", "the checksum (Fletcher32) of a chunk is wrong")]
    [InlineData("big_endian", "expected IEEE floating-point numbers in little-endian order for 'big_endian', found 32 bits in big-endian order")]
    [InlineData("bfloat16", "found 16 bits, 8 of them exponent (bias 127) and 7 mantissa")]
    [InlineData("lzf", "stored with the filter lzf, which is not read; gzip, shuffle and fletcher32 are")]
    [InlineData("elsewhere", "stored in other files (external storage), which are not opened")]
    [InlineData("unwritten", "more than a file of")]
    public void WhatWouldBeMisreadIsRefusedByName(string id, string said)
    {
        using Hdf5FeatureReader reader = Hdf5FeatureReader.Open(GoldenFile.PathOf("features_odd.h5"));
        Should.Throw<Hdf5FeatureException>(() => reader.Read(id)).Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("h5wrap0.h5", "-a0_Bcdefgh", "[8589934592, 2147483648]")]
    [InlineData("h5big1.h5", "gzip", "[500000000, 4] in chunks of [4, 3]")]
    public void AShapeIsBoundedByWhatTheFileCanHold(string file, string id, string shape)
    {
        using Hdf5FeatureReader reader = Hdf5FeatureReader.Open(HostileFile.PathOf(file));
        Should.Throw<Hdf5FeatureException>(() => reader.Read(id)).Message
            .ShouldContain($"'{id}' has the shape {shape}, more than a file of 6984 bytes can hold");
    }

    [Theory]
    [InlineData("h5wrap0.h5", "-a0_Bcdefgh")]
    [InlineData("h5big1.h5", "gzip")]
    public void ADamagedVideoFailsAndTheOthersAreImported(string file, string damaged)
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.Path);
        Hdf5Source source = new(HostileFile.PathOf(file), new Rate(6), new EncoderIdentity("inception-v3", new string('b', 64)));
        FeatureImportReport report = FeatureImport.Run(
            new FeatureImportOptions { Visual = source }, store, cancellationToken: TestContext.Current.CancellationToken);
        report.Failed.ShouldHaveSingleItem().VideoId.ShouldBe(damaged);
        report.Imported.ShouldBe(3);
    }

    [Fact]
    public void ALinkToItselfEndsInAnError() =>
        Should.Throw<Hdf5FeatureException>(() => Hdf5FeatureReader.Open(GoldenFile.PathOf("features_circle.h5")).Dispose())
            .Message.ShouldContain("features_circle.h5");

    [Fact]
    public void AStructureThatIsLargerThanTheFileIsRefused() =>
        Should.Throw<Hdf5FeatureException>(() => Hdf5FeatureReader.Open(GoldenFile.PathOf("features_large.h5")).Dispose())
            .Message.ShouldEndWith("it states a structure of 1212370689 bytes; the whole file has 386.");

    [Theory]
    [InlineData(int.MaxValue - 100)]
    [InlineData(1 << 28)]
    [InlineData(-1)]
    public void NoMemoryIsTakenForALengthThatTheFileDoesNotHave(int length)
    {
        string path = _folder.File("long.h5");
        File.WriteAllBytes(path, NamedWithLength(length));
        Should.Throw<Hdf5FeatureException>(() => Hdf5FeatureReader.Open(path).Dispose()); // The code of the reader is compiled.

        long before = GC.GetAllocatedBytesForCurrentThread();
        string said = Should.Throw<Hdf5FeatureException>(() => Hdf5FeatureReader.Open(path).Dispose()).Message;

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
        said.ShouldContain(FormattableString.Invariant($"it states a structure of {(uint)length} bytes; the whole file has "));
    }

    // A file with one dataset, whose name in the link has another length.
    private byte[] NamedWithLength(int length)
    {
        const string name = "datasetname";
        string path = _folder.File("whole.h5");
        new H5File { [name] = new float[,] { { 1, 2 } } }.Write(path);
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name));
        BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at - sizeof(int))).ShouldBe(name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at - sizeof(int)), length);
        return bytes;
    }

    [Theory]
    [InlineData("link")]
    [InlineData("/link")]
    [InlineData("/a/b")]
    [InlineData("none")]
    public void ALinkIsNotFollowedToItselfOrThroughGroups(string target)
    {
        string path = _folder.File("linked.h5");
        File.WriteAllBytes(path, LinkedTo(target));

        Should.Throw<Hdf5FeatureException>(() => Hdf5FeatureReader.Open(path).Dispose()).Message
            .ShouldBe($"{path}: the link 'link' leads to '{target}', which is no dataset beside it.");
    }

    [Theory]
    [InlineData("there")]
    [InlineData("/there")]
    public void ALinkToADatasetBesideItIsFollowed(string target)
    {
        string path = _folder.File("linked.h5");
        File.WriteAllBytes(path, LinkedTo(target));

        using Hdf5FeatureReader reader = Hdf5FeatureReader.Open(path);

        reader.VideoIds.ShouldBe(["link", "there"]);
        reader.Read("link").Values.ShouldBe([3, 4]);
    }

    // Two datasets, one of which becomes a soft link: version 1, with a type and a name of up to 255 bytes; soft; name; target.
    private byte[] LinkedTo(string target)
    {
        string path = _folder.File("whole.h5");
        new H5File { ["link"] = new float[,] { { 1, 2 } }, ["there"] = new float[,] { { 3, 4 } } }.Write(path);
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf("link"u8) - 7;
        bytes[at..(at + 3)].ShouldBe([1, 0x12, 1]); // Version 1; with a character set, and a name of up to 4 GiB; UTF-8.
        byte[] link = [1, 8, 1, 4, .. "link"u8, (byte)target.Length, 0, .. Encoding.ASCII.GetBytes(target)];
        link.CopyTo(bytes, at);
        return bytes;
    }

    [Fact]
    public void ACancellationIsHeardWhileAFileIsRead()
    {
        using CancellationTokenSource cancel = new();
        using Hdf5FeatureReader reader = Hdf5FeatureReader.Open(GoldenFile.PathOf("features_odd.h5"), cancel.Token);
        cancel.Cancel();
        Should.Throw<OperationCanceledException>(() => reader.Read("sum_gzip", cancel.Token));
        Should.Throw<OperationCanceledException>(() => Hdf5FeatureReader.Open(GoldenFile.PathOf("features_odd.h5"), cancel.Token).Dispose());
    }
}
