using Evoke.Testing;

namespace Evoke.Files.Tests;

/// <summary>Nothing that waits needs the thread of its caller back.</summary>
public sealed class CallersContextTests : IDisposable
{
    private static readonly Uri Address = new("http://host.test/file");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("answer")]
    [InlineData("body")]
    [InlineData("disk")]
    [InlineData("retry")]
    public async Task ADownloadDoesNot(string late)
    {
        int asked = 0;
        using HttpClient client = new(new Late(late == "answer", () => late == "retry" && asked++ == 0
            ? throw new HttpRequestException("once")
            : ScriptedAnswers.Unsized(late == "body" ? new LateBytes() : new MemoryStream(new byte[1 << 16]))));
        DownloadOptions options = new() { RetryDelay = TimeSpan.FromMilliseconds(20) };

        (await CallersContext.UsesOfAsync(() => new FileDownload(client, options, null)
            .FetchAsync(Address, null, false, new PartialFile(_folder.File("part")), TestContext.Current.CancellationToken))).ShouldBe(0);
    }

    [Fact]
    public async Task AWriterDoesNot()
    {
        string path = _folder.File("a");
        (await CallersContext.UsesOfAsync(() => AtomicFile.WriteAsync(path, _ => Task.Delay(20)))).ShouldBe(0);
        (await CallersContext.UsesOfAsync(() => AtomicFile.WriteAsync(path, stream => stream.WriteAsync(new byte[1 << 20]).AsTask()))).ShouldBe(0);
        (await CallersContext.UsesOfAsync(() => AtomicFile.WriteAsync(path, async stream =>
        {
            await stream.WriteAsync(new byte[100]).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
        }))).ShouldBe(0);
        (await CallersContext.UsesOfAsync(() => AtomicFile.WriteAsync(path, stream =>
        {
            stream.WriteByte(1); // still in the buffer when the writing ends
            return Task.CompletedTask;
        }))).ShouldBe(0);
        (await CallersContext.UsesOfAsync(() => AtomicFile.WriteWithAsync(path, async temporary =>
        {
            await Task.Delay(20).ConfigureAwait(false);
            await File.WriteAllTextAsync(temporary, "x").ConfigureAwait(false);
        }))).ShouldBe(0);
    }

    [Fact]
    public async Task ALockDoesNot()
    {
        FileLock first = FileLock.TryTake(_folder.File("lock")).ShouldNotBeNull();
        (await CallersContext.UsesOfAsync(async () =>
        {
            using FileLock taken = await FileLock.TakeAsync(_folder.File("lock"), first.Dispose, CancellationToken.None).ConfigureAwait(false);
        })).ShouldBe(0);
    }

    private sealed class Late(bool isLate, Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (isLate)
            {
                await Task.Delay(20, cancellationToken).ConfigureAwait(false);
            }

            return answer();
        }
    }

    private sealed class LateBytes() : MemoryStream(new byte[100])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(20, cancellationToken).ConfigureAwait(false);
            return Read(buffer.Span);
        }
    }
}
