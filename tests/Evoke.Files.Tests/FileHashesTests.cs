using System.Security.Cryptography;
using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class FileHashesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AHashIsComputedOnceAndAgainWhenTheFileChanges()
    {
        string path = _folder.File("big");
        File.WriteAllText(path, "one");
        FileHashes hashes = new(_folder.File("home"));
        Count count = new();
        hashes.Sha256Of(path, count, TestContext.Current.CancellationToken).ShouldBe(Hash("one"));
        hashes.Sha256Of(path, count, TestContext.Current.CancellationToken).ShouldBe(Hash("one"));
        count.Reads.ShouldBe(1);

        File.WriteAllText(path, "two");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));
        new FileHashes(_folder.File("home")).Sha256Of(path, count, TestContext.Current.CancellationToken).ShouldBe(Hash("two"));
        count.Reads.ShouldBe(2);
    }

    [Fact]
    public void ADamagedMemoryIsReplaced()
    {
        string path = _folder.File("big");
        File.WriteAllText(path, "one");
        FileHashes hashes = new(_folder.File("home"));
        hashes.Sha256Of(path, null, TestContext.Current.CancellationToken);
        foreach (string note in Directory.GetFiles(_folder.File("home/hashes")))
        {
            File.WriteAllText(note, "{");
        }

        hashes.Sha256Of(path, null, TestContext.Current.CancellationToken).ShouldBe(Hash("one"));
    }

    [Fact]
    public void AHomeThatCannotBeWrittenCostsTimeAndNothingElse()
    {
        string path = _folder.File("big");
        File.WriteAllText(path, "one");
        FileHashes hashes = new(Path.Combine(path, "home")); // a folder below a file

        hashes.Sha256Of(path, null, TestContext.Current.CancellationToken).ShouldBe(Hash("one"));
        hashes.Sha256Of(path, null, TestContext.Current.CancellationToken).ShouldBe(Hash("one"));
    }

    [Fact]
    public void AHomeOnAFullDiskCostsTimeAndNothingElse()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 64);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        string path = _folder.File("big");
        File.WriteAllText(path, "one");
        disk.Fill();

        new FileHashes(disk.Path).Sha256Of(path, null, TestContext.Current.CancellationToken).ShouldBe(Hash("one"));

        Directory.EnumerateFiles(disk.Path, ".*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private sealed class Count : IProgress<long>
    {
        public int Reads { get; private set; }

        public void Report(long value) => Reads++;
    }
}
