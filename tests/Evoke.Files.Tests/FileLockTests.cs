using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OneHasItAndTheOthersWait()
    {
        using FileLock first = FileLock.TryTake(_folder.File("lock")).ShouldNotBeNull();
        FileLock.TryTake(_folder.File("lock")).ShouldBeNull();

        TaskCompletionSource waits = new();
        Task<FileLock> second = FileLock.TakeAsync(_folder.File("lock"), waits.SetResult, TestContext.Current.CancellationToken);
        await waits.Task;
        second.IsCompleted.ShouldBeFalse();
        first.Dispose();

        using FileLock taken = await second;
        FileLock.TryTake(_folder.File("lock")).ShouldBeNull();
    }

    [Fact]
    public async Task ALockThatCannotBeMadeIsNotWaitedFor()
    {
        string path = _folder.File("no/such/folder/lock");
        Should.Throw<FileWriteException>(() => FileLock.TryTake(path)).Path.ShouldBe(path);
        await Should.ThrowAsync<FileWriteException>(() => FileLock.TakeAsync(path, () => { }, TestContext.Current.CancellationToken));
        Should.Throw<FileWriteException>(() => FileLock.TryTake(_folder.Path)).Message.ShouldContain("it is a folder");
    }
}
