using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class LeftoverCleanerTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SubfoldersAreCleanedIfAskedForAndLinksAreNotFollowed()
    {
        string outside = Leftover("outside");
        Directory.CreateDirectory(_folder.File("top"));
        string top = Leftover("top"), below = Leftover("top/video/deep");
        Directory.CreateSymbolicLink(_folder.File("top/link"), _folder.File("outside"));
        Directory.CreateSymbolicLink(_folder.File("top/self"), _folder.File("top"));

        LeftoverCleaner.RemoveOld(_folder.File("top"), Hour).ShouldBe(1);
        File.Exists(top).ShouldBeFalse();
        LeftoverCleaner.RemoveOld(_folder.File("top"), Hour, subfolders: true).ShouldBe(1);

        File.Exists(below).ShouldBeFalse();
        File.Exists(outside).ShouldBeTrue();
    }

    [Fact]
    public void AFullDiskIsCleanedToo()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 64);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        string leftover = UnfinishedFile.NameFor(Path.Combine(disk.Path, "a"));
        File.WriteAllText(leftover, "half");
        File.SetLastWriteTimeUtc(leftover, DateTime.UtcNow - (2 * Hour));
        disk.Fill();

        LeftoverCleaner.RemoveOld(disk.Path, Hour).ShouldBe(1);

        File.Exists(leftover).ShouldBeFalse();
    }

    private string Leftover(string folder)
    {
        Directory.CreateDirectory(_folder.File(folder));
        string path = UnfinishedFile.NameFor(Path.Combine(_folder.File(folder), "a"));
        File.WriteAllText(path, "half");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - (2 * Hour));
        return path;
    }
}
