using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class DiskRoomTests
{
    [Fact]
    public void RoomIsAskedForAFolderAndASize()
    {
        Should.Throw<ArgumentException>(() => DiskRoom.Require("", 1)).ParamName.ShouldBe("folder");
        Should.Throw<ArgumentOutOfRangeException>(() => DiskRoom.Require("/tmp", 0)).ParamName.ShouldBe("bytes");
    }

    [Fact]
    public void RoomIsWhatCanBeWrittenAndNothingIsLeftBehind()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 1024);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);

        DiskRoom.Has(disk.Path, 500_000).ShouldBeTrue();
        DiskRoom.Has(disk.Path, 2_000_000).ShouldBeFalse();
        Directory.GetFileSystemEntries(disk.Path).ShouldBeEmpty();

        disk.Fill();
        DiskRoom.Has(disk.Path, 1).ShouldBeFalse();
        FileWriteException full = Should.Throw<FileWriteException>(() => DiskRoom.Require(disk.Path, 1_500_000, "Make room."));
        full.Message.ShouldBe($"Cannot write {disk.Path}: the disk is full: 1.5 MB are needed, 0 MB are free. Make room.");
        full.IsDiskFull.ShouldBeTrue();
        disk.Empty();
        DiskRoom.Has(disk.Path, 500_000).ShouldBeTrue();

        disk.MakeReadOnly();
        FileWriteException readOnly = Should.Throw<FileWriteException>(() => DiskRoom.Require(disk.Path, 1));
        readOnly.Message.ShouldBe($"Cannot write {disk.Path}: the file system is read-only.");
        readOnly.IsDiskFull.ShouldBeFalse();
    }
}
