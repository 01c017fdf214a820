using System.Collections.Immutable;
using CsCheck;
using Evoke.Datasets.Manifests;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Manifests;

public sealed class ManifestTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"evoke-manifest-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void WhatIsWrittenIsRead() =>
        Gen.Select(Gen.String[Gen.Char["ab,\"\n é/"], 1, 8], Gen.Long[0, 1L << 40], Gen.Int[0, 20_000_000]).Array[0, 20].Sample(rows =>
    {
        ImmutableArray<ManifestEntry> entries = [.. rows.Select((row, i) => new ManifestEntry($"{i}{row.Item1}", row.Item1, row.Item2, row.Item3 / 1000.0))];
        Manifest.Write(entries, _path);
        Manifest.Read(_path).ShouldBe(entries);
    }, iter: 50, threads: 1);

    [Theory]
    [InlineData("manifest-30.csv", "line 2: ")]
    [InlineData("manifest-72.csv", "line 1: ")]
    public void ADamagedManifestIsNamedByItsLine(string file, string line) =>
        Should.Throw<ManifestException>(() => Manifest.Read(HostileFile.PathOf(file))).Message.ShouldStartWith($"{HostileFile.PathOf(file)}, {line}");

    [Fact]
    public void IdsThatASpreadsheetWouldRunComeBack()
    {
        ImmutableArray<ManifestEntry> entries = [new("-a0_Bcdefgh", "videos/-a0_Bcdefgh.mp4", 1, 2), new("=cmd()", "=cmd().mp4", 1, 2)];
        Manifest.Write(entries, _path);
        File.ReadAllLines(_path)[1].ShouldBe("'-a0_Bcdefgh,videos/-a0_Bcdefgh.mp4,1,2");
        Manifest.Read(_path).ShouldBe(entries);
    }

    [Theory]
    [InlineData("id,path\na,b\n", "line 1")]
    [InlineData("id,path,bytes,duration\na,b,1\n", "line 2: expected 4 fields, found 3")]
    [InlineData("id,path,bytes,duration\na,b,x,1\n", "line 2: expected a whole number of bytes, found 'x'")]
    [InlineData("id,path,bytes,duration\na,b\0c,1,1\n", "line 2: the field 'path' contains a NUL character")]
    [InlineData("id,path,bytes,duration\na,b,1,NaN\n", "line 2: expected a duration in seconds, 0 or more, found 'NaN'")]
    [InlineData("id,path,bytes,duration\na,b,1,1\na,c,1,1\n", "line 3: the id 'a' appears twice")]
    public void AWrongRowIsNamedByItsLine(string text, string expected)
    {
        File.WriteAllText(_path, text);
        Should.Throw<ManifestException>(() => Manifest.Read(_path)).Message.ShouldContain(expected);
    }
}
