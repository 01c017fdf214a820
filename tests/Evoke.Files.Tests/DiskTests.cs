using System.Net.Sockets;
using System.Security.Cryptography;
using Evoke.Testing;

namespace Evoke.Files.Tests;

/// <summary>Folders, links, locks and hashes as the system sees them.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFolderIsMadeWithItsParentsAndCleaned()
    {
        string folder = _folder.File("a/b");
        WritableFolder.Create(folder).ShouldBe(folder);
        Directory.Exists(folder).ShouldBeTrue();

        Directory.CreateDirectory(_folder.File("c"));
        string old = OldLeftover("c");
        WritableFolder.Create(_folder.File("c")).ShouldBe(_folder.File("c"));
        File.Exists(old).ShouldBeFalse();
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsAWriteError()
    {
        File.WriteAllText(_folder.File("file"), "");
        Should.Throw<FileWriteException>(() => WritableFolder.Create(_folder.File("file/below"))).Path.ShouldBe(_folder.File("file/below"));
    }

    [Fact]
    public void AFolderIsScannedOnceAnHourAndNotAtEachFile()
    {
        LeftoverCleaner.Clean(_folder.Path);
        string old = OldLeftover("");
        LeftoverCleaner.Clean(_folder.Path);
        File.Exists(old).ShouldBeTrue();
    }

    [Fact]
    public void AFolderThatIsNotThereIsNotCleaned() => Should.NotThrow(() => LeftoverCleaner.Clean(_folder.File("nothing")));

    [Fact]
    public void WhatCannotBeRemovedIsSaid()
    {
        Directory.CreateDirectory(_folder.File("folder"));
        LeftoverCleaner.TryRemove(_folder.File("folder")).ShouldBeFalse();
        LeftoverCleaner.TryRemove(_folder.File("nothing")).ShouldBeTrue();
    }

    [Fact]
    public void RenamingReplacesAndNamesTheFileThatCouldNotBeWritten()
    {
        File.WriteAllText(_folder.File("whole"), "new");
        File.WriteAllText(_folder.File("final"), "old");
        AtomicFile.Rename(_folder.File("whole"), _folder.File("final"));
        File.ReadAllText(_folder.File("final")).ShouldBe("new");
        Should.Throw<FileWriteException>(() => AtomicFile.Rename(_folder.File("whole"), _folder.File("final"))).Path.ShouldBe(_folder.File("final"));
    }

    [Fact]
    public void TheRootIsNotAFile() =>
        Should.Throw<FileWriteException>(() => AtomicFile.Write("/", _ => { })).Message.ShouldBe("Cannot write /: it is a folder; expected a file.");

    [Fact]
    public async Task AnErrorOfAProgramThatWritesIsOneOfTheFile()
    {
        string path = _folder.File("a.mp4");
        (await Should.ThrowAsync<FileWriteException>(() => AtomicFile.WriteWithAsync(path, _ => throw new IOException("of the program")))).Path.ShouldBe(path);
        (await Should.ThrowAsync<FileWriteException>(() => AtomicFile.WriteWithAsync(path, _ => throw new UnauthorizedAccessException()))).Path.ShouldBe(path);
        Should.Throw<FileWriteException>(() => AtomicFile.WriteWith(path, _ => throw new UnauthorizedAccessException())).Path.ShouldBe(path);
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatAProgramWroteBeforeItsErrorIsNotKept()
    {
        string path = _folder.File("a.mp4");
        File.WriteAllText(path, "old");
        await Should.ThrowAsync<FileWriteException>(() => AtomicFile.WriteWithAsync(path, async temporary =>
        {
            await File.WriteAllTextAsync(temporary, "half");
            throw new IOException("of the program");
        }));
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(_folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void AFolderThatVanishesIsAnErrorOfTheFile()
    {
        UnfinishedFile file = UnfinishedFile.Begin(_folder.File("below/a"));
        Directory.Delete(_folder.File("below"));
        Should.Throw<FileWriteException>(() => new WrittenStream(file).Dispose()).Path.ShouldBe(_folder.File("below/a"));
    }

    [Fact]
    public async Task FlushingWritesWhatIsBuffered()
    {
        using UnfinishedFile file = UnfinishedFile.Begin(_folder.File("a"));
        await using WrittenStream stream = new(file);
        stream.Write([1, 2, 3]);
        await stream.FlushAsync();
        new FileInfo(file.Path).Length.ShouldBe(3);
        stream.Write([4]);
        stream.Flush();
        new FileInfo(file.Path).Length.ShouldBe(4);
    }

    [Fact]
    public async Task FlushingToAFullDiskIsAnErrorOfTheFile()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 64);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        string path = Path.Combine(disk.Path, "a");
        bool failed = false;
        await Should.ThrowAsync<FileWriteException>(() => AtomicFile.WriteAsync(path, async stream =>
        {
            disk.Fill();
            stream.Write(new byte[100]);
            (await Should.ThrowAsync<FileWriteException>(() => stream.FlushAsync())).Path.ShouldBe(path);
            failed = true;
        }));
        failed.ShouldBeTrue();
    }

    [Fact]
    public void LinksAreFollowedUpToForty()
    {
        string real = RealPath.Of(_folder.Path);
        File.WriteAllText(_folder.File("0"), "");
        for (int i = 1; i <= 41; i++)
        {
            File.CreateSymbolicLink(_folder.File($"{i}"), $"{i - 1}");
        }

        RealPath.Of(_folder.File("40")).ShouldBe(Path.Combine(real, "0"));
        Should.Throw<IOException>(() => RealPath.Of(_folder.File("41"))).Message.ShouldBe($"{_folder.File("41")}: there are too many links on the way.");
    }

    [Fact]
    public void ALinkToAFileIsFollowedAsOneToAFolderIs()
    {
        string real = RealPath.Of(_folder.Path);
        Directory.CreateDirectory(_folder.File("a"));
        File.WriteAllText(_folder.File("a/file"), "");
        File.CreateSymbolicLink(_folder.File("link"), "a/file");
        RealPath.Of(_folder.File("link")).ShouldBe(Path.Combine(real, "a", "file"));
        RealPath.Of("/").ShouldBe("/");
    }

    [Fact]
    public void SocketsAreToldFromFiles()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere nothing is said.");
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("s")));
        FileKind.SpecialName(_folder.File("s")).ShouldBe("a socket");
    }

    [Fact]
    public async Task WaitingForALockIsSaidOnceAndCanBeCancelled()
    {
        using FileLock first = FileLock.TryTake(_folder.File("lock")).ShouldNotBeNull();
        using CancellationTokenSource cancel = new();
        int told = 0;
        Task<FileLock> second = FileLock.TakeAsync(_folder.File("lock"), () => told++, cancel.Token);
        await Task.Delay(350); // Longer than several pauses, so that a second telling would have happened.
        told.ShouldBe(1);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public void AHashThatIsRememberedIsNotComputed()
    {
        File.WriteAllText(_folder.File("a"), "content");
        FileHashes hashes = new(_folder.File("home"));
        hashes.Remember(_folder.File("a"), "abc");
        hashes.Sha256Of(_folder.File("a")).ShouldBe("abc");
        string note = Directory.GetFiles(_folder.File("home/hashes")).ShouldHaveSingleItem();
        Path.GetFileName(note).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(_folder.File("a"))))[..32] + ".json");
    }

    [Fact]
    public void AHashOfAFileOfAnotherLengthOrTimeIsComputedAnew()
    {
        string path = _folder.File("a");
        File.WriteAllText(path, "one");
        DateTime time = File.GetLastWriteTimeUtc(path);
        FileHashes hashes = new(_folder.File("home"));
        hashes.Remember(path, "abc");
        File.WriteAllText(path, "other");
        File.SetLastWriteTimeUtc(path, time);
        hashes.Sha256Of(path).ShouldBe(Convert.ToHexStringLower(SHA256.HashData("other"u8)));
        hashes.Remember(path, "abc");
        File.SetLastWriteTimeUtc(path, time.AddTicks(10));
        hashes.Sha256Of(path).ShouldBe(Convert.ToHexStringLower(SHA256.HashData("other"u8)));
    }

    [Fact]
    public void HashingSaysHowFarItIsAndCanBeCancelled()
    {
        byte[] content = new byte[(5 << 20) + 7];
        File.WriteAllBytes(_folder.File("a"), content);
        List<long> done = [];
        FileHashes.Compute(_folder.File("a"), new Collector(done), default).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        done.ShouldBeInOrder();
        done[^1].ShouldBe(content.Length);
        Should.Throw<OperationCanceledException>(() => FileHashes.Compute(_folder.File("a"), null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("x", true)]
    [InlineData("x", false)]
    public void AnEmptyNameOfTheHomeIsNone(string variable, bool emptyFolder) =>
        EvokeHome.Resolve(emptyFolder ? "" : null, variable).ShouldBe(
            variable.Length > 0
                ? Path.GetFullPath(variable)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "evoke"));

    [Fact]
    public void ATemporaryNameNeedsANameBeforeItsDigits()
    {
        UnfinishedFile.IsOne("..0123456789abcdef0123456789abcdef.tmp").ShouldBeFalse();
        UnfinishedFile.IsOne(".a.0123456789abcdef0123456789abcdef.tmp").ShouldBeTrue();
    }

    private string OldLeftover(string folder)
    {
        string path = UnfinishedFile.NameFor(Path.Combine(_folder.File(folder), "a"));
        File.WriteAllText(path, "half");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - TimeSpan.FromHours(2));
        return path;
    }

    private sealed class Collector(List<long> reports) : IProgress<long>
    {
        public void Report(long value) => reports.Add(value);
    }
}
