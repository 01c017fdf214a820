using System.Text;
using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryWayOfWritingLeavesTheWholeFileAndNothingElse()
    {
        string path = _folder.File("new/folder/a.txt");

        AtomicFile.Write(path, stream => stream.Write("one"u8));
        Content(path).ShouldBe("one");
        await AtomicFile.WriteAsync(path, async stream => await stream.WriteAsync("two"u8.ToArray()));
        Content(path).ShouldBe("two");
        AtomicFile.WriteWith(path, temporary => File.WriteAllText(temporary, "three"));
        Content(path).ShouldBe("three");
        await AtomicFile.WriteWithAsync(path, temporary => File.WriteAllTextAsync(temporary, "four"));
        Content(path).ShouldBe("four");

        Directory.GetFileSystemEntries(_folder.File("new/folder")).ShouldBe([path]);
    }

    [Fact]
    public async Task WhatTheWritingThrowsComesThroughAndTheOldFileStays()
    {
        string path = _folder.File("a.txt");
        AtomicFile.Write(path, stream => stream.Write("old"u8));

        Should.Throw<EndOfStreamException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            throw new EndOfStreamException("of what was read");
        }));
        await Should.ThrowAsync<EndOfStreamException>(() => AtomicFile.WriteAsync(path, _ => throw new EndOfStreamException("of what was read")));
        await Should.ThrowAsync<InvalidOperationException>(() => AtomicFile.WriteWithAsync(path, _ => throw new InvalidOperationException()));

        Content(path).ShouldBe("old");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void TheStreamCanGoBackAndReadWhatItWrote()
    {
        string path = _folder.File("a.bin");

        AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            stream.Write([2, 3, 4], 1, 2);
            stream.Position.ShouldBe(3);
            stream.Position = 1;
            stream.ReadByte().ShouldBe(3);
            stream.Seek(0, SeekOrigin.Begin);
            stream.Write([9]);
            stream.SetLength(2);
            stream.Length.ShouldBe(2);
        });

        File.ReadAllBytes(path).ShouldBe([9, 3]);
    }

    [Fact]
    public void ANameAsLongAsNamesMayBeCanBeWritten()
    {
        string path = _folder.File(new string('n', 255));
        AtomicFile.Write(path, stream => stream.Write("x"u8));
        Content(path).ShouldBe("x");

        string wide = _folder.File(string.Concat(Enumerable.Repeat("𝔘", 63))); // four bytes each
        AtomicFile.Write(wide, stream => stream.Write("x"u8));
        Content(wide).ShouldBe("x");
    }

    [Fact]
    public void ANameThatIsTooLongOrAFoldersIsTheFilesOwnFault()
    {
        FileWriteException tooLong = Should.Throw<FileWriteException>(() =>
            AtomicFile.Write(_folder.File(new string('n', 256)), stream => stream.Write("x"u8)));
        tooLong.Message.ShouldContain("too long");
        tooLong.EndsRun.ShouldBeFalse();

        Directory.CreateDirectory(_folder.File("a.csv"));
        FileWriteException folder = Should.Throw<FileWriteException>(() => AtomicFile.Write(_folder.File("a.csv"), stream => stream.Write("x"u8)));
        folder.Message.ShouldBe($"Cannot write {_folder.File("a.csv")}: it is a folder; expected a file.");
        folder.EndsRun.ShouldBeFalse();

        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder.File("a.csv")]);
    }

    [Fact]
    public void AFolderThatCannotBeMadeEndsTheRun()
    {
        File.WriteAllText(_folder.File("file"), "");
        FileWriteException error = Should.Throw<FileWriteException>(() => AtomicFile.Write(_folder.File("file/a.csv"), _ => { }));
        error.Message.ShouldStartWith($"Cannot write {_folder.File("file/a.csv")}: ");
        error.EndsRun.ShouldBeTrue();
    }

    [Fact]
    public void AProgramThatWroteNothingIsAnErrorOfThatFile() =>
        Should.Throw<FileWriteException>(() => AtomicFile.WriteWith(_folder.File("a.mp4"), _ => { })).Path.ShouldBe(_folder.File("a.mp4"));

    [Fact]
    public async Task AFullDiskIsAnErrorOfTheFileWhereverItIsMet()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 256);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        string path = Path.Combine(disk.Path, "a.bin");
        AtomicFile.Write(path, stream => stream.Write("old"u8));
        disk.Fill();
        byte[] much = new byte[1 << 20];

        FileWriteException[] errors =
        [
            Should.Throw<FileWriteException>(() => AtomicFile.Write(path, stream => stream.Write(much))), // while it writes
            Should.Throw<FileWriteException>(() => AtomicFile.Write(path, stream => stream.Write(much, 0, 100))), // when the buffer is emptied
            await Should.ThrowAsync<FileWriteException>(() => AtomicFile.WriteAsync(path, async stream => await stream.WriteAsync(much))),
            await Should.ThrowAsync<FileWriteException>(() => AtomicFile.WriteAsync(path, async stream => await stream.WriteAsync(much.AsMemory(0, 100)))),
            Should.Throw<FileWriteException>(() => AtomicFile.WriteWith(path, temporary => File.WriteAllBytes(temporary, much))),
        ];

        errors.ShouldAllBe(error => error.IsDiskFull && error.EndsRun && error.Path == path && error.Message == $"Cannot write {path}: the disk is full.");
        Content(path).ShouldBe("old");
        Directory.GetFiles(disk.Path, ".*").ShouldBeEmpty();
    }

    [Fact]
    public void KilledWritersAreCleanedUpAfterInEveryFolderThatIsWrittenTo()
    {
        string old = UnfinishedFile.NameFor(_folder.File("killed.bin"));
        File.WriteAllText(old, "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow - UnfinishedFile.LeftoverAge - TimeSpan.FromMinutes(1));
        string young = UnfinishedFile.NameFor(_folder.File("killed.bin"));
        File.WriteAllText(young, "half");

        AtomicFile.Write(_folder.File("other.bin"), stream => stream.Write("x"u8));

        File.Exists(old).ShouldBeFalse();
        File.Exists(young).ShouldBeTrue("its writer may be alive");
    }

    private static string Content(string path) => Encoding.UTF8.GetString(File.ReadAllBytes(path));
}
