using System.Net.Http.Json;
using System.Text.Json;
using Evoke.Studio.Api;
using Evoke.Studio.Jobs;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Tests;

/// <summary>A queue of hundreds of jobs: counted, read page by page, told whole to whoever begins to listen, and cancelled at once.</summary>
public sealed class LongQueueTests
{
    private const int Many = 400;

    [Fact]
    public async Task AllJobsAreCountedListedAndTold()
    {
        using SemaphoreSlim go = new(0);
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, cancel) => go.WaitAsync(cancel)));
        string[] ids = [.. ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), Many, analysed: false).Reverse()]; // as the library has them: newest first
        using HttpResponseMessage queued = await studio.Client.PostAsJsonAsync("/api/analyses", new AnalyseVideosRequest());
        (await queued.Content.ReadFromJsonAsync<AnalysesView>())!.ShouldBe(new AnalysesView(Many, 0, 0));
        using HttpResponseMessage again = await studio.Client.PostAsJsonAsync("/api/analyses", new AnalyseVideosRequest([ids[7], ids[8]]));
        (await again.Content.ReadFromJsonAsync<AnalysesView>())!.ShouldBe(new AnalysesView(0, 0, 2), "they wait already");
        await studio.UntilAsync(ids[0], video => video.Job, job => job.State == JobState.Running);

        QueueView queue = await studio.GetAsync<QueueView>("/api/queue");
        queue.Counts.ShouldBe(new JobCounts(Queued: Many - 1, Running: 1, Done: 0, Failed: 0, Cancelled: 0));
        queue.Running.ShouldHaveSingleItem().VideoId.ShouldBe(ids[0]);

        List<string> read = [];
        for (long after = 0; ;)
        {
            JobRecord[] page = await studio.GetAsync<JobRecord[]>($"/api/jobs?state=open&order=asc&limit=150&after={after}");
            if (page.Length == 0)
            {
                break;
            }

            read.AddRange(page.Select(job => job.VideoId));
            after = page[^1].Id;
        }

        read.ShouldBe(ids); // in the order in which they run
        (await studio.GetAsync<JobRecord[]>("/api/jobs")).Length.ShouldBe(200);

        using HttpResponseMessage events = await studio.Client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead);
        using StreamReader lines = new(await events.Content.ReadAsStreamAsync());
        HashSet<string> told = [];
        while (told.Count < Many)
        {
            if (await lines.ReadLineAsync() is { } line && line.StartsWith("data: {\"id\"", StringComparison.Ordinal))
            {
                told.Add(JsonDocument.Parse(line[6..]).RootElement.GetProperty("videoId").GetString()!);
            }
        }

        go.Release();
        (await studio.JobEndAsync(ids[0])).State.ShouldBe(JobState.Done);
        using HttpResponseMessage cancelled = await studio.Client.PostAsync("/api/queue/cancel", null);
        (await cancelled.Content.ReadFromJsonAsync<CancelledView>())!.Cancelled.ShouldBe(Many - 1);
        await studio.JobEndAsync(ids[1]);
        (await studio.GetAsync<QueueView>("/api/queue")).Counts.Queued.ShouldBe(0);
        (await studio.GetAsync<JobRecord[]>("/api/jobs?state=ended&limit=1000")).Length.ShouldBe(Many);
    }

    [Fact]
    public async Task AFailureCountsUntilTheJobIsTriedAgain()
    {
        bool broken = true;
        await using RunningStudio studio = await RunningStudio.StartAsync(
            analyzer: _ => new ScriptedAnalyzer((_, _) => broken ? throw new InvalidOperationException("boom") : Task.CompletedTask));
        string[] ids = [.. ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 2, analysed: false).Reverse()];
        using HttpResponseMessage queued = await studio.Client.PostAsJsonAsync("/api/analyses", new AnalyseVideosRequest());
        JobRecord failed = await studio.JobEndAsync(ids[1]);
        (await studio.GetAsync<QueueView>("/api/queue")).Counts.Failed.ShouldBe(2);
        broken = false;
        (await studio.TryAsync(HttpMethod.Post, $"/api/jobs/{failed.Id}/retry")).Status.ShouldBe(202);
        await studio.UntilAsync(ids[1], video => video.Job, job => job.State == JobState.Done);
        (await studio.GetAsync<QueueView>("/api/queue")).Counts.ShouldBe(new JobCounts(0, 0, 1, 1, 0));
        (await studio.GetAsync<JobRecord[]>("/api/jobs?state=failed")).ShouldHaveSingleItem().VideoId.ShouldBe(ids[0]);
    }

    [Fact]
    public async Task WhatDoesNotFitIntoTheQueueIsNotQueuedInPart()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(
            options => options with { MaxQueuedJobs = 3 }, _ => new ScriptedAnalyzer((_, cancel) => Task.Delay(Timeout.Infinite, cancel)));
        ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 5, analysed: false);
        (int status, string detail) = await studio.TryAsync(HttpMethod.Post, "/api/analyses", JsonContent.Create(new AnalyseVideosRequest()));
        (status, detail).ShouldBe(
            (429, "The queue has room for 3 more jobs, not for 5. Choose fewer videos, or try again when some jobs have ended."));
        (await studio.GetAsync<JobRecord[]>("/api/jobs")).ShouldBeEmpty();
    }

    /// <summary>A listener that does not listen for a while hears of every job nevertheless, in its newest state.</summary>
    [Fact]
    public async Task ASlowListenerMissesOnlyWhatNewerUpdatesHaveReplaced()
    {
        Mailbox mailbox = new();
        for (int update = 0; update < 5; update++)
        {
            for (int subject = 0; subject < 1000; subject++)
            {
                mailbox.Add(("job", (long)subject), (subject, update));
            }
        }

        IReadOnlyList<object> taken = await mailbox.TakeAsync(TestContext.Current.CancellationToken);
        taken.Count.ShouldBeLessThan(3000);
        (int Subject, int Update)[] updates = [.. taken.Cast<(int, int)>()];
        updates.GroupBy(update => update.Subject).Select(group => group.Last()).OrderBy(update => update.Subject)
            .ShouldBe(Enumerable.Range(0, 1000).Select(subject => (subject, 4)));
    }
}
