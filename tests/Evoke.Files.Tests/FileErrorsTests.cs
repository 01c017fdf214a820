using Evoke.Testing;

namespace Evoke.Files.Tests;

/// <summary>What the errors of files say, and whether they end a run over many.</summary>
public sealed class FileErrorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The numbers are those of errno.h of Linux: 27 EFBIG, 28 ENOSPC, 30 EROFS, 36 ENAMETOOLONG, 122 EDQUOT, 5 EIO.
    [Theory]
    [InlineData(28, "the disk is full.", true, true)]
    [InlineData(122, "the disk quota is used up.", true, true)]
    [InlineData(30, "the file system is read-only.", false, true)]
    [InlineData(36, "its name is too long, or it is larger than the file system allows.", false, false)]
    [InlineData(27, "its name is too long, or it is larger than the file system allows.", false, false)]
    [InlineData(5, "Input/output error.", false, true)]
    [InlineData(1, "Operation not permitted.", false, true)]
    [InlineData(unchecked((int)0x80070070), "of the system", true, true)] // ERROR_DISK_FULL of Windows
    [InlineData(unchecked((int)0x80070027), "of the system", true, true)] // ERROR_HANDLE_DISK_FULL
    [InlineData(0, "of the system", false, true)]
    [InlineData(4096, "of the system", false, true)] // beyond errno
    [InlineData(69, "Srmount error.", false, true)] // EDQUOT of macOS is another error here
    [InlineData(63, "Out of streams resources.", false, true)] // ENAMETOOLONG of macOS
    public void AWriteErrorSaysWhy(int number, string reason, bool full, bool endsRun)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The numbers are those of Linux.");
        FileWriteException error = new("/out/a.csv", new IOException("of the system", number));
        error.Message.ShouldBe($"Cannot write /out/a.csv: {(full && reason == "of the system" ? "the disk is full." : reason)}");
        error.Path.ShouldBe("/out/a.csv");
        error.IsDiskFull.ShouldBe(full);
        error.EndsRun.ShouldBe(endsRun);
    }

    [Fact]
    public void AWriteErrorOfAnotherKindSaysWhy()
    {
        new FileWriteException("/out/a.csv", new UnauthorizedAccessException("of the system")).Message.ShouldBe("Cannot write /out/a.csv: permission denied.");
        new FileWriteException("/out/a.csv", new DirectoryNotFoundException("of the system")).Message
            .ShouldBe("Cannot write /out/a.csv: there is no such folder, and it cannot be created.");
        new FileWriteException("/out/a.csv", new PathTooLongException("of the system")).EndsRun.ShouldBeFalse();
        new FileWriteException("/out/a.csv", new InvalidDataException("of the system")).Message.ShouldBe("Cannot write /out/a.csv: of the system");
        new FileWriteException("/out/a.csv", null!).Message.ShouldBe("Cannot write /out/a.csv: unknown error.");
        FileWriteException folder = new(_folder.Path, new IOException("of the system", 28));
        folder.Message.ShouldBe($"Cannot write {_folder.Path}: it is a folder; expected a file.");
        folder.EndsRun.ShouldBeFalse();
    }

    [Fact]
    public void AdviceFollowsTheReason() =>
        new FileWriteException("/out/a.csv", new UnauthorizedAccessException(), "Choose another folder.").Message
            .ShouldBe("Cannot write /out/a.csv: permission denied. Choose another folder.");

    [Fact]
    public void TooLittleRoomIsSaidInMegabytes()
    {
        FileWriteException error = FileWriteException.NoRoom("/out/a.bin", 1_550_000, 120_000_000);
        error.Message.ShouldBe("Cannot write /out/a.bin: the disk is full: 1.6 MB are needed, 120 MB are free.");
        error.Path.ShouldBe("/out/a.bin");
        error.IsDiskFull.ShouldBeTrue();
        error.EndsRun.ShouldBeTrue();
        FileWriteException.NoRoom("/out/a.bin", 2_340_000, 0).Message.ShouldContain("2.3 MB are needed, 0 MB are free.");
    }

    [Fact]
    public void AReadErrorSaysWhy()
    {
        new FileReadException(_folder.Path, new IOException("of the system")).Message.ShouldBe($"Cannot read {_folder.Path}: it is a folder; expected a file.");
        new FileReadException("/in/a", new DirectoryNotFoundException()).Message.ShouldBe("Cannot read /in/a: there is no such file.");
        new FileReadException("/in/a", new IOException("of the system")).Message.ShouldBe("Cannot read /in/a: of the system");
        new FileReadException("/in/a", null!).Message.ShouldBe("Cannot read /in/a: unknown error.");
        new FileReadException("/in/a", new IOException()).Path.ShouldBe("/in/a");
    }

    [Fact]
    public void AWrongHashNamesBoth()
    {
        HashMismatchException error = new("weights.pth", "ab12", "cd34");
        error.Message.ShouldBe("weights.pth: expected a SHA-256 that starts with ab12, found cd34. The file was not kept.");
        (error.Expected, error.Found).ShouldBe(("ab12", "cd34"));
    }

    [Fact]
    public void AnErrorThatIsNotGivenIsAFaultOfTheCaller() => Should.Throw<ArgumentNullException>(() => ItemFailure.Of("a.mp4", null!));

    [Fact]
    public void AFaultIsNamedWithItsFile()
    {
        UnexpectedFailureException fault = new("/in/a.mp4", new ArgumentException("odd\nmore"));
        fault.Message.ShouldBe("/in/a.mp4: an unexpected error (ArgumentException: odd). Please report it.");
        fault.Path.ShouldBe("/in/a.mp4");
    }
}
