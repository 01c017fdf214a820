using System.Net.Http.Json;
using Evoke.Studio.Api;
using Evoke.Studio.Storage;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>Removed videos are put back with all they had, as long as they can be, also by another Studio on the same folder.</summary>
public sealed class RemovedVideosTests
{
    [Fact]
    public async Task ARemovedVideoComesBackWithItsResultAlsoAfterARestart()
    {
        using TemporaryFolder home = new();
        string id;
        await using (RunningStudio first = await RunningStudio.StartAsync(folder: home.Path))
        {
            id = (await first.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5), "cut.mp4")).Id;
            (await first.JobEndAsync(id)).State.ShouldBe(JobState.Done);
            RemovedView removed = (await RemoveAsync(first, file: true, id)).ShouldHaveSingleItem();
            (removed.Name, removed.KeptAt).ShouldBe(("cut.mp4", null));
            (removed.Until - removed.Since).ShouldBe(TimeSpan.FromMinutes(30));
            (await first.GetAsync<VideoView[]>("/api/videos")).ShouldBeEmpty();
            (await first.GetAsync<JobRecord[]>("/api/jobs")).ShouldBeEmpty();
            (await first.TryAsync(HttpMethod.Get, $"/api/videos/{id}")).Status.ShouldBe(404);
            (await first.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBeGreaterThan(0, "its file is still there");
        }

        await using RunningStudio second = await RunningStudio.StartAsync(folder: home.Path);
        (await second.GetAsync<RemovedView[]>("/api/removed")).ShouldHaveSingleItem().Id.ShouldBe(id);
        (await second.TryAsync(HttpMethod.Post, "/api/removed/restore", JsonContent.Create(new PutBackRequest([id])))).Status.ShouldBe(200);
        (await second.TryAsync(HttpMethod.Get, $"/api/videos/{id}/result")).Status.ShouldBe(200);
        (await second.TryAsync(HttpMethod.Get, $"/api/videos/{id}/media")).Status.ShouldBe(200);
        (await second.GetAsync<RemovedView[]>("/api/removed")).ShouldBeEmpty();
        (int status, string detail) = await second.TryAsync(HttpMethod.Post, "/api/removed/restore", JsonContent.Create(new PutBackRequest([id])));
        (status, detail).ShouldBe((404, $"The video '{id}' is not among those that can be put back."));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AfterTheTimeTheFileGoesOrIsKept(bool file)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(
            options => options with { UndoTime = TimeSpan.Zero, RetryInterval = TimeSpan.FromMilliseconds(20) },
            _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5), "cut.mp4");
        RemovedView removed = (await RemoveAsync(studio, file, video.Id)).ShouldHaveSingleItem();
        while ((await studio.GetAsync<RemovedView[]>("/api/removed")).Length > 0 || Directory.GetFiles(Path.Combine(studio.Data, "uploads")).Length > 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        (removed.KeptAt is null).ShouldBe(file);
        if (!file)
        {
            while (!File.Exists(removed.KeptAt))
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }

        (await studio.TryAsync(HttpMethod.Post, "/api/removed/restore", JsonContent.Create(new PutBackRequest([video.Id])))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task WhatWaitedForItsAnalysisWaitsAgain()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(
            analyzer: _ => new ScriptedAnalyzer((_, cancel) => Task.Delay(Timeout.Infinite, cancel)));
        string film = await TestFilms.OrdinaryAsync(seconds: 5);
        VideoView running = await studio.UploadAsync(film), waiting = await studio.UploadAsync(film);
        await studio.UntilAsync(running.Id, video => video.Job, job => job.State == JobState.Running);
        await RemoveAsync(studio, file: true, waiting.Id);
        (await studio.GetAsync<QueueView>("/api/queue")).Counts.Queued.ShouldBe(0);
        await studio.TryAsync(HttpMethod.Post, "/api/removed/restore", JsonContent.Create(new PutBackRequest([waiting.Id])));
        (await studio.GetAsync<VideoView>($"/api/videos/{waiting.Id}")).Job!.State.ShouldBe(JobState.Queued);
    }

    [Fact]
    public async Task AFileThatIsAddedAgainBringsTheRemovedVideoBackAndAnUploadTakesItsRoom()
    {
        string film = await TestFilms.OrdinaryAsync(seconds: 5);
        long bytes = new FileInfo(film).Length;
        await using RunningStudio studio = await RunningStudio.StartAsync(
            options => options with { QuotaBytes = bytes + 1 }, _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string path = Path.Combine(studio.Root, "a.mp4");
        File.Copy(film, path);
        string id = (await studio.AddAsync(path)).Single().Id;
        await RemoveAsync(studio, file: true, id);
        (await studio.AddAsync(path)).Single().Id.ShouldBe(id);

        VideoView upload = await studio.UploadAsync(film, "upload.mp4");
        await RemoveAsync(studio, file: true, upload.Id);
        (await studio.UploadAsync(film, "next.mp4")).Id.ShouldNotBe(upload.Id);
        (await studio.GetAsync<RemovedView[]>("/api/removed")).ShouldBeEmpty();
        File.Exists(path).ShouldBeTrue("files that were not uploaded are never touched");
    }

    private static async Task<RemovedView[]> RemoveAsync(RunningStudio studio, bool file, params string[] ids)
    {
        using HttpResponseMessage answer = await studio.Client.PostAsJsonAsync("/api/removed", new RemoveVideosRequest(ids, file));
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RemovedView[]>())!;
    }
}
