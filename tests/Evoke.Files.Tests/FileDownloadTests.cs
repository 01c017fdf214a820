using System.Net;
using System.Net.Http.Headers;
using Evoke.Testing;

namespace Evoke.Files.Tests;

/// <summary>What is asked of a server, and what each of its answers leads to.</summary>
public sealed class FileDownloadTests : IDisposable
{
    private static readonly Uri Address = new("http://host.test/file");
    private const long LongestFile = 1L << 42; // ext4 takes files of 16 TB
    private static readonly byte[] Content = [.. Enumerable.Range(0, 40).Select(i => (byte)i)];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private PartialFile Part => new(_folder.File("file.part"));

    [Fact]
    public async Task AWholeFileArrivesWithWhatTheServerSaysOfIt()
    {
        ScriptedAnswers server = new(() => Tagged(ScriptedAnswers.Whole(Content), "\"v1\"", "Sat, 28 Nov 2026 10:00:00 GMT"));
        List<DownloadProgress> progress = [];

        await FetchAsync(server, progress: new Collector(progress));

        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
        Part.ReadNote().ShouldBe(new PartialNote(Address.AbsoluteUri, "\"v1\"", "Sat, 28 Nov 2026 10:00:00 GMT", 40));
        progress.ShouldBe([new DownloadProgress(DownloadPhase.Downloading, 40, 40)]);
        server.Requests.ShouldBe([" "]);
    }

    [Fact]
    public async Task AWeakEntityTagIsNotNoted()
    {
        await FetchAsync(new ScriptedAnswers(() => Tagged(ScriptedAnswers.Whole(Content), "W/\"v1\"", null)));
        Part.ReadNote().ShouldBe(new PartialNote(Address.AbsoluteUri, null, null, 40));
    }

    [Theory]
    [InlineData("\"v1\"", "yesterday", false, "bytes=10- \"v1\"")] // the entity tag is the stronger of the two
    [InlineData("\"v1\"", null, false, "bytes=10- \"v1\"")]
    [InlineData(null, "yesterday", false, "bytes=10- yesterday")]
    [InlineData(null, null, true, "bytes=10- ")] // the hash will tell
    [InlineData(null, null, false, " ")] // nothing could tell whether the file has changed
    public async Task TheRestIsAskedForIfAChangeOfTheFileWouldShow(string? tag, string? modified, bool hashIsKnown, string request)
    {
        Begin(tag, modified, 40, Content[..10]);
        ScriptedAnswers server = new(() => request == " " ? ScriptedAnswers.Whole(Content) : ScriptedAnswers.Part(Content[10..], 10, 40));

        await FetchAsync(server, hashIsKnown: hashIsKnown);

        server.Requests.ShouldBe([request]);
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
    }

    [Fact]
    public async Task BytesOfAnotherAddressAreNotTakenUp()
    {
        Part.StartAnew(new PartialNote("http://host.test/other", "\"v1\"", null, 40));
        File.WriteAllBytes(Part.DataPath, Content[..10]);
        ScriptedAnswers server = new(() => ScriptedAnswers.Whole(Content));
        await FetchAsync(server, hashIsKnown: true);
        server.Requests.ShouldBe([" "]);
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
    }

    [Fact]
    public async Task ANoteWithoutBytesIsNotTakenUp()
    {
        Part.StartAnew(new PartialNote(Address.AbsoluteUri, "\"v1\"", null, 40));
        ScriptedAnswers server = new(() => ScriptedAnswers.Whole(Content));
        await FetchAsync(server, hashIsKnown: true);
        server.Requests.ShouldBe([" "]);
    }

    [Fact]
    public async Task AWholeFileIsNotAskedForAgain()
    {
        Begin("\"v1\"", null, 40, Content);
        await FetchAsync(new ScriptedAnswers());
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
    }

    [Fact]
    public async Task AServerThatSendsEverythingInPlaceOfTheRestStartsAnew()
    {
        Begin("\"v0\"", null, 30, [9, 9, 9]);
        await FetchAsync(new ScriptedAnswers(() => Tagged(ScriptedAnswers.Whole(Content), "\"v1\"", null)));
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
        Part.ReadNote()!.EntityTag.ShouldBe("\"v1\"");
    }

    [Fact]
    public async Task AFileOfUnknownLengthIsWholeIfTheServerHasNothingBeyondIt()
    {
        Begin("\"v1\"", null, null, Content);
        ScriptedAnswers server = new(() => ScriptedAnswers.NoSuchRange(40));
        await FetchAsync(server);
        server.Requests.ShouldBe(["bytes=40- \"v1\""]);
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
    }

    [Fact]
    public async Task ARangeOfAFileOfUnknownLengthIsTaken()
    {
        Begin("\"v1\"", null, 40, Content[..10]);
        await FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.Part(Content[10..], 10, null)));
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);

        Begin("\"v1\"", null, null, Content[..10]);
        await FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.Part(Content[10..], 10, 40)));
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
    }

    [Theory]
    [InlineData(9, 40, "206 with the range 'bytes 9-38/40'")] // from elsewhere
    [InlineData(10, 41, "206 with the range 'bytes 10-39/41'")] // of a longer file
    public async Task ARangeThatDoesNotFitStartsAnew(long from, long total, string what)
    {
        Begin("\"v1\"", null, 40, Content[..10]);
        DownloadException error = await Should.ThrowAsync<DownloadException>(
            () => FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.Part(Content[10..], from, total)), attempts: 1));
        error.Message.ShouldBe(
            $"{Address}: gave up after 1 attempts without progress: it answered {what}, which does not match the partial file. "
            + "0 bytes have arrived; the next attempt resumes there.");
        Part.ReadNote().ShouldBeNull();

        Begin("\"v1\"", null, 40, Content[..10]);
        ScriptedAnswers server = new(() => ScriptedAnswers.Part(Content[10..], from, total), () => ScriptedAnswers.Whole(Content));
        await FetchAsync(server);
        server.Requests.ShouldBe(["bytes=10- \"v1\"", " "]);
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
    }

    [Fact]
    public async Task AFileThatHasBecomeShorterStartsAnew()
    {
        Begin("\"v1\"", null, 50, Content);
        ScriptedAnswers server = new(() => ScriptedAnswers.NoSuchRange(39), () => ScriptedAnswers.Whole(Content[..39]));
        await FetchAsync(server);
        server.Requests.ShouldBe(["bytes=40- \"v1\"", " "]);
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content[..39]);
    }

    [Fact]
    public async Task ARangeThatNobodyAskedForIsNotTheFile()
    {
        await Should.ThrowAsync<DownloadException>(() => FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.Part(Content, 0, 40)), attempts: 1));
        await Should.ThrowAsync<DownloadException>(() => FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.NoSuchRange(0)), attempts: 1));
        Part.Length.ShouldBe(0);
    }

    [Fact]
    public async Task AnotherLengthThanThePublishedOneIsRefusedBeforeAByteArrives()
    {
        LengthMismatchException error = await Should.ThrowAsync<LengthMismatchException>(
            () => FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.Whole(Content)), expected: 41));
        (error.Expected, error.Found).ShouldBe((41, 40));
        error.Message.ShouldBe($"{Address}: expected 41 bytes, found 40. The file was not kept.");
        Part.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData(39, 40)]
    [InlineData(41, 40)]
    public async Task AnotherLengthIsRefusedIfTheServerDoesNotStateIt(long expected, long found)
    {
        LengthMismatchException error = await Should.ThrowAsync<LengthMismatchException>(
            () => FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.Unsized(new MemoryStream(Content))), expected: expected));
        (error.Expected, error.Found).ShouldBe((expected, found));
        Part.Length.ShouldBeLessThanOrEqualTo(expected);
    }

    [Fact]
    public async Task BytesBeyondTheAnnouncedLengthAreNotWritten()
    {
        LengthMismatchException error = await Should.ThrowAsync<LengthMismatchException>(() => FetchAsync(new ScriptedAnswers(() => Announcing(5, Content))));
        error.Expected.ShouldBe(5);
        Part.Length.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task ThePublishedLengthIsEnough()
    {
        await FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.Unsized(new MemoryStream(Content))), expected: 40);
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
        Part.ReadNote()!.Bytes.ShouldBeNull();
    }

    [Fact]
    public async Task AnEmptyFileIsWhole()
    {
        await FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.Whole([])), expected: 0);
        File.ReadAllBytes(Part.DataPath).ShouldBeEmpty();
    }

    [Fact]
    public async Task AConnectionThatEndsTooSoonIsTakenUpWhereItEnded()
    {
        ScriptedAnswers server = new(
            () => Tagged(Announcing(40, Content[..10]), "\"v1\"", null),
            () => Announcing(30, Content[10..25], from: 10),
            () => ScriptedAnswers.Part(Content[25..], 25, 40));
        List<DownloadProgress> progress = [];

        await FetchAsync(server, attempts: 2, progress: new Collector(progress));

        server.Requests.ShouldBe([" ", "bytes=10- \"v1\"", "bytes=25- \"v1\""]);
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content);
        progress.ShouldBe(
        [
            new(DownloadPhase.Downloading, 10, 40), new(DownloadPhase.Retrying, 10, 40), new(DownloadPhase.Downloading, 25, 40),
            new(DownloadPhase.Retrying, 25, 40), new(DownloadPhase.Downloading, 40, 40),
        ]);
    }

    [Fact]
    public async Task AServerThatStartsOverEachTimeMakesNoProgress()
    {
        ScriptedAnswers server = new([.. Enumerable.Repeat(() => Announcing(40, Content[..10]), 9)]);
        DownloadException error = await Should.ThrowAsync<DownloadException>(() => FetchAsync(server, attempts: 3));
        error.Address.ShouldBe(Address);
        error.Message.ShouldBe(
            $"{Address}: gave up after 3 attempts without progress: the connection ended after 10 of 40 bytes. "
            + "10 bytes have arrived; the next attempt resumes there.");
        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(425, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(599, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(407, false)]
    [InlineData(499, false)]
    [InlineData(204, false)]
    public async Task OnlyRefusalsThatMayPassAreTriedAgain(int code, bool passes)
    {
        ScriptedAnswers server = new([.. Enumerable.Repeat(() => new HttpResponseMessage((HttpStatusCode)code) { ReasonPhrase = "Reason" }, 5)]);
        DownloadException error = await Should.ThrowAsync<DownloadException>(() => FetchAsync(server, attempts: 2));
        server.Requests.Count.ShouldBe(passes ? 2 : 1);
        error.Message.ShouldBe(passes
            ? $"{Address}: gave up after 2 attempts without progress: it answered {code} Reason. 0 bytes have arrived; the next attempt resumes there."
            : $"{Address}: it answered {code} Reason.");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(302)]
    [InlineData(399)]
    public async Task ARedirectThatIsNotFollowedIsNamed(int code)
    {
        HttpResponseMessage redirect = new((HttpStatusCode)code) { Headers = { Location = new Uri("http://elsewhere.test/") } };
        DownloadException error = await Should.ThrowAsync<DownloadException>(() => FetchAsync(new ScriptedAnswers(() => redirect)));
        error.Message.ShouldBe(
            $"{Address}: it redirects to http://elsewhere.test/, which is not followed: too many redirects, or from https to http.");
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, 1, "the host name cannot be resolved.")]
    [InlineData(HttpRequestError.ConnectionError, 2, "the host cannot be reached.")]
    [InlineData(HttpRequestError.SecureConnectionError, 2, "the secure connection failed.")]
    [InlineData(HttpRequestError.InvalidResponse, 2, "odd.")]
    public async Task TheReasonOfAFailedConnectionIsNamed(HttpRequestError kind, int attempts, string reason)
    {
        ScriptedAnswers server = new([.. Enumerable.Repeat<Func<HttpResponseMessage>>(() => throw new HttpRequestException(kind, "odd"), 5)]);
        DownloadException error = await Should.ThrowAsync<DownloadException>(() => FetchAsync(server, attempts: 2));
        error.Message.ShouldContain($"gave up after {attempts} attempts without progress: {reason} 0 bytes");
        server.Requests.Count.ShouldBe(attempts, "a name that cannot be resolved is not tried again");
    }

    [Fact]
    public async Task OtherErrorsAreNotTriedAgain() =>
        await Should.ThrowAsync<NotSupportedException>(() => FetchAsync(new ScriptedAnswers(() => throw new NotSupportedException("a fault"))));

    [Fact]
    public async Task ASilentConnectionCountsAsBroken()
    {
        ScriptedAnswers server = new(() => ScriptedAnswers.Unsized(new SilentAfter(Content[..10])));
        DownloadException error = await Should.ThrowAsync<DownloadException>(
            () => FetchAsync(server, attempts: 1, stall: TimeSpan.FromSeconds(2)));
        error.Message.ShouldContain("without progress: the connection was silent for 2 s. 10 bytes have arrived");
        File.ReadAllBytes(Part.DataPath).ShouldBe(Content[..10]);
    }

    [Fact]
    public async Task AServerThatDoesNotAnswerCountsAsBroken()
    {
        await using FileServer server = await FileServer.StartAsync(Content);
        server.Script = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        DownloadOptions options = new() { MaxAttempts = 1, StallTimeout = TimeSpan.FromMilliseconds(250) };
        using HttpClient client = new();
        DownloadException error = await Should.ThrowAsync<DownloadException>(
            () => new FileDownload(client, options, null).FetchAsync(server.Address, null, false, Part, TestContext.Current.CancellationToken));
        error.Message.ShouldContain("without progress: it did not answer within 0.25 s. 0 bytes");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CancellingIsNotAnErrorAndKeepsWhatHasArrived(bool whileItRetries)
    {
        using CancellationTokenSource cancel = new();
        ScriptedAnswers server = new(() => whileItRetries
            ? Announcing(40, Content[..10])
            : ScriptedAnswers.Unsized(new SilentAfter(Content[..10], cancel.Cancel)));
        IProgress<DownloadProgress> progress = new Callback(p =>
        {
            if (p.Phase == DownloadPhase.Retrying)
            {
                cancel.Cancel();
            }
        });
        DownloadOptions options = new() { RetryDelay = TimeSpan.FromDays(1) };
        using HttpClient client = new(server);

        await Should.ThrowAsync<OperationCanceledException>(
            () => new FileDownload(client, options, progress).FetchAsync(Address, null, false, Part, cancel.Token));

        File.ReadAllBytes(Part.DataPath).ShouldBe(Content[..10]);
    }

    [Fact]
    public async Task AFileThatTheDiskHasNoRoomForIsNotBegun()
    {
        FileWriteException error = await Should.ThrowAsync<FileWriteException>(
            () => FetchAsync(new ScriptedAnswers(() => Announcing(long.MaxValue / 4, Content))));
        error.IsDiskFull.ShouldBeTrue();
        error.Path.ShouldBe(Part.DataPath);
        Part.Length.ShouldBe(0);
    }

    [Fact]
    public async Task OnlyTheRestNeedsRoom()
    {
        // A file of holes: most of the free space long, and using none of it.
        long begun = Math.Min(new DriveInfo(_folder.Path).AvailableFreeSpace / 4 * 3, LongestFile);
        Part.StartAnew(new PartialNote(Address.AbsoluteUri, "\"v1\"", null, begun + 5));
        using (FileStream holes = File.Create(Part.DataPath))
        {
            holes.SetLength(begun);
        }

        await FetchAsync(new ScriptedAnswers(() => ScriptedAnswers.Part([1, 2, 3, 4, 5], begun, begun + 5)));

        Part.Length.ShouldBe(begun + 5);
    }

    [Fact]
    public async Task ADiskThatFillsUpWhileBytesArriveIsNotTriedAgain()
    {
        using SmallDisk? disk = SmallDisk.TryMount(kilobytes: 256);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        PartialFile part = new(Path.Combine(disk.Path, "part"));
        ScriptedAnswers server = new(() => ScriptedAnswers.Unsized(new MemoryStream(new byte[1 << 20])));
        using HttpClient client = new(server);
        FileWriteException error = await Should.ThrowAsync<FileWriteException>(
            () => new FileDownload(client, DownloadOptions.Default, null).FetchAsync(Address, null, false, part, TestContext.Current.CancellationToken));
        error.IsDiskFull.ShouldBeTrue();
        error.Path.ShouldBe(part.DataPath);
    }

    [Fact]
    public void TheDefaultsAreThoseThatTheDocumentationNames()
    {
        DownloadOptions.Default.MaxAttempts.ShouldBe(5);
        DownloadOptions.Default.RetryDelay.ShouldBe(TimeSpan.FromSeconds(1));
        DownloadOptions.Default.StallTimeout.ShouldBe(TimeSpan.FromMinutes(1));
    }

    private void Begin(string? tag, string? modified, long? bytes, byte[] content)
    {
        Part.StartAnew(new PartialNote(Address.AbsoluteUri, tag, modified, bytes));
        File.WriteAllBytes(Part.DataPath, content);
    }

    private async Task FetchAsync(
        ScriptedAnswers server, long? expected = null, bool hashIsKnown = false, int attempts = 3, TimeSpan? stall = null,
        IProgress<DownloadProgress>? progress = null)
    {
        using HttpClient client = new(server);
        DownloadOptions options = new() { RetryDelay = TimeSpan.FromMilliseconds(1), MaxAttempts = attempts, StallTimeout = stall ?? TimeSpan.FromMinutes(1) };
        await new FileDownload(client, options, progress)
            .FetchAsync(Address, expected, hashIsKnown, Part, TestContext.Current.CancellationToken).ConfigureAwait(false);
    }

    private static HttpResponseMessage Tagged(HttpResponseMessage response, string? tag, string? modified)
    {
        if (tag is not null)
        {
            response.Headers.ETag = EntityTagHeaderValue.Parse(tag);
        }

        if (modified is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Last-Modified", modified);
        }

        return response;
    }

    /// <summary>Announces more bytes than it sends.</summary>
    private static HttpResponseMessage Announcing(long length, byte[] sent, long? from = null)
    {
        HttpResponseMessage response = ScriptedAnswers.Unsized(new MemoryStream(sent));
        response.Content.Headers.ContentLength = length;
        if (from is { } start)
        {
            response.StatusCode = HttpStatusCode.PartialContent;
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(start, start + length - 1, start + length);
        }

        return response;
    }

    private sealed class Collector(List<DownloadProgress> reports) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => reports.Add(value);
    }

    private sealed class Callback(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }

    /// <summary>Some bytes, then nothing until the read is cancelled.</summary>
    private sealed class SilentAfter(byte[] bytes, Action? silent = null) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
            {
                return Read(buffer.Span);
            }

            silent?.Invoke();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
