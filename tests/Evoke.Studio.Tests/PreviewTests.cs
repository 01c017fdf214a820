using System.Net.Http.Headers;
using Evoke.Media;
using Evoke.Media.Previews;
using Evoke.Media.Probing;
using Evoke.Studio.Api;
using Evoke.Studio.Storage;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>Previews of videos that browsers cannot play: made on demand, counted, and deleted with their video.</summary>
public sealed class PreviewTests
{
    [Fact]
    public async Task AFilmThatNoBrowserPlaysGetsAPreviewThatIsServedCountedAndDeletedWithIt()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        VideoView video = await AnalysedAsync(studio, await StudioFilms.UnplayableAsync());
        video.Playable.ShouldBe(false);
        video.HasPreview.ShouldBeFalse();
        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{video.Id}/preview")).Status.ShouldBe(404);

        (await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview")).Status.ShouldBe(202);
        JobRecord job = await studio.PreviewEndAsync(video.Id);
        job.Error.ShouldBeNull();
        (job.Kind, job.State, job.Model).ShouldBe((JobKind.Preview, JobState.Done, string.Empty));
        VideoView seen = await studio.GetAsync<VideoView>($"/api/videos/{video.Id}");
        seen.HasPreview.ShouldBeTrue();
        seen.Job!.Kind.ShouldBe(JobKind.Analysis);

        string file = Path.Combine(studio.Data, "previews", video.Id + ".mp4");
        byte[] preview = await File.ReadAllBytesAsync(file);
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/videos/{video.Id}/preview");
        request.Headers.Range = new RangeHeaderValue(100, 199);
        using HttpResponseMessage answer = await studio.Client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(206);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(preview[100..200]);
        MediaInfo info = await MediaProbe.ProbeAsync(file, TestContext.Current.CancellationToken);
        BrowserPlayback.IsPlausible(info).ShouldBeTrue();
        info.DurationSeconds!.Value.ShouldBe(24, 0.2);
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(video.Bytes + preview.Length);

        // A second request does not make it again.
        DateTime made = File.GetLastWriteTimeUtc(file);
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
        (await studio.UntilAsync(video.Id, v => v.PreviewJob, j => j.Id > job.Id && j.IsOver)).State.ShouldBe(JobState.Done);
        File.GetLastWriteTimeUtc(file).ShouldBe(made);

        (await studio.TryAsync(HttpMethod.Delete, $"/api/videos/{video.Id}?file=true")).Status.ShouldBe(204);
        File.Exists(file).ShouldBeFalse();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(0);
    }

    [Theory]
    [InlineData("reel.mov", "mjpeg", "pcm_s16be")]
    [InlineData("master.mov", "prores", "aac")]
    [InlineData("broadcast.ts", "mpeg2video", "mp2")]
    public async Task FormatsOfTheCuttingRoomAndTheBroadcasterGetOne(string name, string picture, string sound)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        VideoView video = await AnalysedAsync(studio, await StudioFilms.UnplayableAsync(name, 6, picture, sound));
        video.Playable.ShouldBe(false);
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
        (await studio.PreviewEndAsync(video.Id)).State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task APreviewThatIsCancelledLeavesNothingAndIsMadeWhenTriedAgain()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        VideoView video = await AnalysedAsync(studio, await StudioFilms.UnplayableAsync("long.avi", 90));
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
        JobRecord running = await studio.UntilAsync(video.Id, v => v.PreviewJob, job => job.State == JobState.Running);
        (await studio.TryAsync(HttpMethod.Post, $"/api/jobs/{running.Id}/cancel")).Status.ShouldBe(204);
        (await studio.PreviewEndAsync(video.Id)).State.ShouldBe(JobState.Cancelled);
        Directory.EnumerateFileSystemEntries(Path.Combine(studio.Data, "previews")).ShouldBeEmpty();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(video.Bytes);

        (await studio.TryAsync(HttpMethod.Post, $"/api/jobs/{running.Id}/retry")).Status.ShouldBe(202);
        (await studio.UntilAsync(video.Id, v => v.PreviewJob, job => job.Id > running.Id && job.IsOver)).State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task DeletingAVideoWhileItsPreviewIsMadeLeavesNothing()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        VideoView video = await AnalysedAsync(studio, await StudioFilms.UnplayableAsync("long.avi", 90));
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
        await studio.UntilAsync(video.Id, v => v.PreviewJob, job => job.State == JobState.Running);
        (await studio.TryAsync(HttpMethod.Delete, $"/api/videos/{video.Id}?file=true")).Status.ShouldBe(204);

        // The next preview starts only after the previous one has ended.
        VideoView next = await AnalysedAsync(studio, await StudioFilms.UnplayableAsync(seconds: 6));
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{next.Id}/preview");
        await studio.PreviewEndAsync(next.Id);
        Directory.EnumerateFiles(studio.Data, $"*{video.Id}*", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(studio.Data, "previews")).Select(Path.GetFileName).ShouldBe([next.Id + ".mp4"]);
    }

    [Fact]
    public async Task AnAnalysisDoesNotKeepAPreviewWaiting()
    {
        using SemaphoreSlim never = new(0);
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, cancel) => never.WaitAsync(cancel)));
        VideoView video = await studio.UploadAsync(await StudioFilms.UnplayableAsync(seconds: 6));
        await studio.UntilAsync(video.Id, v => v.Job, job => job.State == JobState.Running);
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
        (await studio.PreviewEndAsync(video.Id)).State.ShouldBe(JobState.Done);
        (await studio.GetAsync<VideoView>($"/api/videos/{video.Id}")).Job!.State.ShouldBe(JobState.Running);
    }

    [Fact]
    public async Task ABrokenFileFailsItsPreviewWithAReason()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string broken = Path.Combine(studio.Folder, "broken.avi");
        await File.WriteAllTextAsync(broken, "this is no film");
        VideoView video = await studio.UploadAsync(broken);
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
        JobRecord job = await studio.PreviewEndAsync(video.Id);
        job.State.ShouldBe(JobState.Failed);
        job.Error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task ADamagedFilmGetsAPreviewOfWhatCanBeSeen()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        VideoView video = await AnalysedAsync(studio, await TestFilms.TruncatedAsync("avi", 0.6, seconds: 10));
        await studio.TryAsync(HttpMethod.Post, $"/api/videos/{video.Id}/preview");
        (await studio.PreviewEndAsync(video.Id)).Error.ShouldBeNull();
        MediaInfo info = await MediaProbe.ProbeAsync(Path.Combine(studio.Data, "previews", video.Id + ".mp4"), TestContext.Current.CancellationToken);
        info.DurationSeconds!.Value.ShouldBeInRange(4, 8);
    }

    private static async Task<VideoView> AnalysedAsync(RunningStudio studio, string film)
    {
        VideoView video = await studio.UploadAsync(film);
        (await studio.JobEndAsync(video.Id)).Error.ShouldBeNull();
        return await studio.GetAsync<VideoView>($"/api/videos/{video.Id}");
    }
}
