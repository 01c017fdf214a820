using Evoke.Studio.Api;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>Studio's limits: size, quota, duration, streams, time per job. Exceeding one fails only the request or job at fault, with a reason.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task AnUploadThatIsTooLargeLeavesNothing()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { MaxUploadBytes = 1000 });
        using ByteArrayContent content = new(new byte[2000]);
        (int status, string detail) = await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=a.mp4", content);
        status.ShouldBe(413);
        detail.ShouldContain("1,000 bytes");
        Directory.EnumerateFiles(Path.Combine(studio.Folder, "data", "uploads")).ShouldBeEmpty();
        using ByteArrayContent small = new(new byte[10]);
        (await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=", small)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task AFullQuotaIsSaid()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { QuotaBytes = 1500 });
        using ByteArrayContent first = new(new byte[1000]);
        (await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=a.mp4", first)).Status.ShouldBe(201);
        using ByteArrayContent second = new(new byte[1000]);
        (await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=b.mp4", second)).Status.ShouldBe(507);
    }

    [Fact]
    public async Task AFilmThatIsTooLongIsRefusedByItsJob()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { MaxDuration = TimeSpan.FromSeconds(2) });
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        JobRecord job = await studio.JobEndAsync(video.Id);
        job.State.ShouldBe(JobState.Failed);
        job.Error!.ShouldContain("longer");
    }

    [Fact]
    public async Task AFilmOfTooManyStreamsIsRefusedByItsJobAndByItsPreview()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { MaxStreams = 3 });
        VideoView video = await studio.UploadAsync(await ManyStreamsAsync(sounds: 3));
        JobRecord job = await studio.JobEndAsync(video.Id);
        job.State.ShouldBe(JobState.Failed);
        job.Error!.ShouldContain("4 picture and sound streams; at most 3");
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
        (await studio.PreviewEndAsync(video.Id)).Error!.ShouldContain("at most 3");

        VideoView allowed = await studio.UploadAsync(await ManyStreamsAsync(sounds: 2));
        (await studio.JobEndAsync(allowed.Id)).State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task AnAnalysisThatTakesTooLongIsEndedAndTheNextIsDone()
    {
        // A real video that takes far longer than the limit.
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { JobTimeLimit = TimeSpan.FromMilliseconds(20) });
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync("mkv", seconds: 400));
        JobRecord job = await studio.JobEndAsync(video.Id);
        job.State.ShouldBe(JobState.Failed);
        job.Error!.ShouldContain("longer than the 00:00:00.02");
        Directory.EnumerateFiles(Path.Combine(studio.Data, "features"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task AJobThatHangsDoesNotHoldUpTheNext()
    {
        int calls = 0;
        await using RunningStudio studio = await RunningStudio.StartAsync(
            options => options with { JobTimeLimit = TimeSpan.FromMilliseconds(300) },
            _ => new ScriptedAnalyzer((_, cancel) => Interlocked.Increment(ref calls) == 1 ? Task.Delay(Timeout.Infinite, cancel) : Task.CompletedTask));
        VideoView hanging = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        VideoView next = await studio.UploadAsync(await TestFilms.OrdinaryAsync("mkv", seconds: 7));
        (await studio.JobEndAsync(hanging.Id)).Error!.ShouldContain("longer");
        (await studio.JobEndAsync(next.Id)).State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task APreviewThatFindsTheQuotaFullFailsAlone()
    {
        string film = await StudioFilms.UnplayableAsync();
        long room = new FileInfo(film).Length + 2_000;
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { QuotaBytes = room });
        VideoView video = await studio.UploadAsync(film);
        (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Done);
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
        JobRecord job = await studio.PreviewEndAsync(video.Id);
        job.State.ShouldBe(JobState.Failed);
        job.Error!.ShouldContain("--quota");
        Directory.EnumerateFileSystemEntries(Path.Combine(studio.Data, "previews")).ShouldBeEmpty();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(video.Bytes);
    }

    [Fact]
    public async Task AnUploadWithoutALengthIsHeldToTheLimitsAsItComes()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { MaxUploadBytes = 300_000 });
        using ChunkedContent content = new(400_000);
        (await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=a.mp4", content)).Status.ShouldBe(413);
        Directory.EnumerateFiles(Path.Combine(studio.Data, "uploads")).ShouldBeEmpty();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(0);
    }

    [Fact]
    public async Task TheQuotaCountsWhatIsThereAfterARestart()
    {
        string folder = Directory.CreateTempSubdirectory("evoke-studio-").FullName;
        long bytes;
        await using (RunningStudio first = await RunningStudio.StartAsync(folder: folder))
        {
            VideoView video = await first.UploadAsync(await StudioFilms.UnplayableAsync(seconds: 6));
            await first.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
            await first.PreviewEndAsync(video.Id);
            bytes = (await first.GetAsync<StatusView>("/api/status")).UsedBytes;
            bytes.ShouldBeGreaterThan(video.Bytes);
        }

        await using (RunningStudio second = await RunningStudio.StartAsync(folder: folder))
        {
            (await second.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(bytes);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task ManyClaimsAtOnceNeverTakeMoreThanTheQuota()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { QuotaBytes = 10_000 });
        StorageQuota quota = studio.Service<StorageQuota>();
        int kept = 0;
        Parallel.For(0, 200, i =>
        {
            using StorageQuota.Claim claim = quota.Begin();
            try
            {
                claim.GrowTo(50);
                claim.GrowTo(100 + i);
                claim.Keep(100 + i);
                Interlocked.Add(ref kept, 100 + i);
            }
            catch (StudioRequestException full) when (full.Status == 507)
            {
                // As expected: there was no space.
            }
        });
        kept.ShouldBeInRange(5_000, 10_000);
        quota.Used.ShouldBe(kept);
    }

    private static Task<string> ManyStreamsAsync(int sounds) => TestFilms.MakeAsync("streams.mkv",
    [
        "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=10:duration=3", "-f", "lavfi", "-i", "sine=duration=3", "-map", "0:v",
        .. Enumerable.Repeat(new[] { "-map", "1:a" }, sounds).SelectMany(map => map), "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac",
    ]);

    /// <summary>Bytes sent without a content length.</summary>
    private sealed class ChunkedContent(int bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(new byte[bytes]).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
