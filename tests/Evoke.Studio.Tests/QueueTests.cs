using System.Net;
using System.Text.Json;
using Evoke.Studio.Api;
using Evoke.Studio.Jobs;
using Evoke.Studio.Storage;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>Jobs: cancelled, retried, limited in time, reported as events, and kept when the server stops.</summary>
public sealed class QueueTests
{
    [Fact]
    public async Task ARunningJobIsCancelledAndTriedAgain()
    {
        TaskCompletionSource started = new();
        bool patient = true;
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer(async (report, cancel) =>
        {
            report(new JobProgress("features", 0.25));
            started.TrySetResult();
            if (patient)
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
        }));
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        await started.Task;
        JobRecord running = (await studio.GetAsync<VideoView>($"/api/videos/{video.Id}")).Job!;
        running.State.ShouldBe(JobState.Running);
        running.Progress.ShouldBe(0.25);
        (await studio.TryAsync(HttpMethod.Post, $"/api/jobs/{running.Id}/cancel")).Status.ShouldBe(204);
        (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Cancelled);

        patient = false;
        (await studio.TryAsync(HttpMethod.Post, $"/api/jobs/{running.Id}/retry")).Status.ShouldBe(202);
        (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Done);
        (await studio.TryAsync(HttpMethod.Post, $"/api/jobs/{running.Id + 1}/retry")).Status.ShouldBe(409);
        (await studio.TryAsync(HttpMethod.Post, "/api/jobs/999/cancel")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task ABreakdownOfOneJobIsToldAndTheWorkerGoesOn()
    {
        int calls = 0;
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) =>
            Interlocked.Increment(ref calls) == 1 ? throw new InvalidOperationException("boom") : Task.CompletedTask));
        VideoView first = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        VideoView second = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        (await studio.JobEndAsync(first.Id)).Error!.ShouldContain("boom");
        (await studio.JobEndAsync(second.Id)).State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task AFullQueueIsSaid()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(
            options => options with { MaxQueuedJobs = 1 }, _ => new ScriptedAnalyzer((_, cancel) => Task.Delay(Timeout.Infinite, cancel)));
        string film = await TestFilms.OrdinaryAsync(seconds: 5);
        VideoView running = await studio.UploadAsync(film);
        await studio.UntilAsync(running.Id, video => video.Job, job => job.State == JobState.Running);

        await studio.UploadAsync(film);
        await using FileStream stream = File.OpenRead(film);
        using StreamContent third = new(stream);
        (int status, string detail) = await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=third.mp4", third);
        status.ShouldBe(429);
        detail.ShouldContain("waiting");
    }

    [Fact]
    public async Task EventsTellAJobFromItsStartToItsEnd()
    {
        using SemaphoreSlim go = new(0);
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer(async (report, cancel) =>
        {
            await go.WaitAsync(cancel);
            report(new JobProgress("features", 0.5));
        }));
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        using HttpResponseMessage events = await studio.Client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead);
        events.StatusCode.ShouldBe(HttpStatusCode.OK);
        events.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using StreamReader lines = new(await events.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).ShouldBe("event: listening", "a silent Studio is told from one that is gone");
        (await lines.ReadLineAsync()).ShouldBe("data: {}");
        List<string> seen = [];
        while (!seen.Contains("Done"))
        {
            string line = (await lines.ReadLineAsync())!;
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                JsonElement job = JsonDocument.Parse(line[6..]).RootElement;
                job.GetProperty("videoId").GetString().ShouldBe(video.Id);
                seen.Add(job.GetProperty("state").GetString()!);
                go.Release();
            }
        }

        seen.ShouldContain("Running");
    }

    [Fact]
    public async Task WhatRanWhenTheServerEndedRunsAgainAndNothingIsDoneTwice()
    {
        string folder = Directory.CreateTempSubdirectory("evoke-studio-").FullName;
        string done, interrupted;
        await using (RunningStudio first = await RunningStudio.StartAsync(folder: folder))
        {
            done = (await first.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5))).Id;
            (await first.JobEndAsync(done)).State.ShouldBe(JobState.Done);
        }

        TaskCompletionSource started = new();
        await using (RunningStudio second = await RunningStudio.StartAsync(folder: folder, analyzer: _ => new ScriptedAnalyzer((_, cancel) =>
        {
            started.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancel);
        })))
        {
            interrupted = (await second.UploadAsync(await TestFilms.OrdinaryAsync("mkv", seconds: 7))).Id;
            await started.Task;
        }

        await using (RunningStudio third = await RunningStudio.StartAsync(folder: folder))
        {
            JobRecord job = await third.JobEndAsync(interrupted);
            job.State.ShouldBe(JobState.Done);
            job.Attempts.ShouldBe(2);
            (await third.GetAsync<VideoView>($"/api/videos/{done}")).Job!.Attempts.ShouldBe(1);
            (await third.GetAsync<JobRecord[]>("/api/jobs")).Length.ShouldBe(2);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
