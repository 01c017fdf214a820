using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class SpooledFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AStreamBecomesAFileThatGoesWithItsOwner()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)i)];
        using MemoryStream source = new(bytes);
        using (SpooledFile file = await SpooledFile.CopyAsync(
            source, "a stream", bytes.Length, _folder.File("spool"), TestContext.Current.CancellationToken))
        {
            file.Length.ShouldBe(bytes.Length);
            (await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken)).ShouldBe(bytes);
        }

        Directory.GetFileSystemEntries(_folder.File("spool")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1001, "a stream: it holds more than the 1000 bytes that are allowed.")]
    [InlineData(0, "a stream: it holds nothing.")]
    public async Task AStreamThatIsTooLongOrEmptyLeavesNothing(int bytes, string message)
    {
        using MemoryStream source = new(new byte[bytes]);
        StreamLengthException error = await Should.ThrowAsync<StreamLengthException>(
            SpooledFile.CopyAsync(source, "a stream", 1000, _folder.File("spool"), TestContext.Current.CancellationToken));
        error.Message.ShouldBe(message);
        Directory.GetFileSystemEntries(_folder.File("spool")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ACopyThatIsCancelledLeavesNothing()
    {
        using MemoryStream source = new(new byte[10]);
        await Should.ThrowAsync<OperationCanceledException>(
            SpooledFile.CopyAsync(source, "a stream", 1000, _folder.File("spool"), new CancellationToken(canceled: true)));
        Directory.GetFileSystemEntries(_folder.File("spool")).ShouldBeEmpty();
    }

    [Fact]
    public async Task FilesOfKilledProcessesAreRemovedAfterADay()
    {
        Directory.CreateDirectory(_folder.File("spool"));
        string left = UnfinishedFile.NameFor(_folder.File("spool/stream")), inUse = UnfinishedFile.NameFor(_folder.File("spool/stream"));
        foreach (string path in (string[])[left, inUse])
        {
            await File.WriteAllTextAsync(path, "x", TestContext.Current.CancellationToken);
        }

        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-25));
        File.SetLastWriteTimeUtc(inUse, DateTime.UtcNow.AddHours(-20));
        using MemoryStream source = new([1]);
        using SpooledFile file = await SpooledFile.CopyAsync(
            source, "a stream", folder: _folder.File("spool"), cancellationToken: TestContext.Current.CancellationToken);
        (File.Exists(left), File.Exists(inUse)).ShouldBe((false, true));
    }
}
