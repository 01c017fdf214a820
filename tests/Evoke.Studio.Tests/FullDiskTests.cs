using Evoke.Files;
using Evoke.Studio.Api;
using Evoke.Studio.Jobs;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;
using Evoke.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Evoke.Studio.Tests;

/// <summary>The disk of the data folder fills up while Studio runs: jobs wait, requests are refused with 507, and all goes on when there is room.</summary>
public sealed class FullDiskTests
{
    private const int Kilobytes = 8 << 10;

    [Fact]
    public async Task AJobWaitsForRoomAndThenGoesOnToItsEnd()
    {
        using SmallDisk? disk = SmallDisk.TryMount(Kilobytes);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        TaskCompletionSource started = new(), full = new();
        await using RunningStudio studio = await StartAsync(disk, services => new AfterAnalyzer(
            ActivatorUtilities.CreateInstance<VideoAnalyzer>(services),
            () =>
            {
                started.TrySetResult();
                return full.Task;
            }));
        VideoView video = (await studio.AddAsync(await FilmInAsync(studio, "first.mp4"))).Single();
        VideoView next = (await studio.AddAsync(await FilmInAsync(studio, "next.mp4"))).Single();
        await started.Task;
        disk.Fill();
        full.SetResult();

        JobRecord waiting = await studio.UntilAsync(video.Id, view => view.Job, job => job.IsOver || job.Stage == DiskWait.Stage);
        (waiting.State, waiting.Error).ShouldBe((JobState.Running, null));
        (await studio.GetAsync<StatusView>("/api/status")).WaitingForDisk.ShouldBeTrue();
        (await studio.GetAsync<JobRecord>($"/api/jobs/{waiting.Id}")).Stage.ShouldBe(DiskWait.Stage);

        disk.Empty();
        foreach (string id in new[] { video.Id, next.Id })
        {
            JobRecord done = await studio.JobEndAsync(id);
            (done.State, done.Error).ShouldBe((JobState.Done, null));
            (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{id}/result")).Status.ShouldBe(200);
        }

        (await studio.GetAsync<StatusView>("/api/status")).WaitingForDisk.ShouldBeFalse();
    }

    [Fact]
    public async Task OrderlyStopsOnAFullDiskDoNotCountAsSuddenEnds()
    {
        using SmallDisk? disk = SmallDisk.TryMount(Kilobytes);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        using TemporaryFolder home = new();
        string id = "";
        for (int stop = 0; stop <= SuddenEndings.Most; stop++)
        {
            await using (RunningStudio studio = await StartAsync(
                disk, _ => new ScriptedAnalyzer((_, cancel) => Task.Delay(Timeout.Infinite, cancel)), home.Path))
            {
                id = stop == 0 ? (await studio.AddAsync(await FilmInAsync(studio, "first.mp4"))).Single().Id : id;
                JobRecord job = await studio.UntilAsync(id, view => view.Job, job => job.IsOver || job.State == JobState.Running);
                (job.State, job.Error).ShouldBe((JobState.Running, null));
                disk.Fill();
            }

            new JobTable(new StudioDatabase(Path.Combine(disk.Path, "data", "studio.db"))).Newest(1).Single().State
                .ShouldBe(JobState.Running, "the disk has no room to store that it waits again");
            disk.Empty();
        }
    }

    [Fact]
    public async Task AWaitingJobIsCancelledAndTheWorkerTakesTheNext()
    {
        using TemporaryFolder folder = new();
        bool full = true;
        await using RunningStudio studio = await RunningStudio.StartAsync(
            options => options with { RetryInterval = TimeSpan.FromHours(1) },
            _ => new ScriptedAnalyzer((_, _) => full ? throw FileWriteException.NoRoom(folder.File("x"), 2, 1) : Task.CompletedTask));
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        JobRecord waiting = await studio.UntilAsync(video.Id, view => view.Job, job => job.Stage == DiskWait.Stage);
        waiting.State.ShouldBe(JobState.Running);
        (await studio.TryAsync(HttpMethod.Post, $"/api/jobs/{waiting.Id}/cancel")).Status.ShouldBe(204);
        (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Cancelled);

        full = false;
        (await studio.TryAsync(HttpMethod.Post, $"/api/jobs/{waiting.Id}/retry")).Status.ShouldBe(202);
        (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task TheTimeThatAJobWaitsDoesNotCountAsItsTime()
    {
        int calls = 0;
        using TemporaryFolder folder = new();
        await using RunningStudio studio = await RunningStudio.StartAsync(
            options => options with { RetryInterval = TimeSpan.FromMilliseconds(700), JobTimeLimit = TimeSpan.FromMilliseconds(600) },
            _ => new ScriptedAnalyzer((_, cancel) => Interlocked.Increment(ref calls) < 3
                ? throw FileWriteException.NoRoom(folder.File("x"), 2, 1)
                : Task.Delay(1, cancel)));
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Done);
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task RequestsThatNeedRoomAreToldAndWhatIsThereIsStillShown()
    {
        using SmallDisk? disk = SmallDisk.TryMount(Kilobytes);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        await using RunningStudio studio = await StartAsync(disk);
        VideoView video = (await studio.AddAsync(await FilmInAsync(studio, "first.mp4"))).Single();
        (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Done);
        disk.Fill();

        using ByteArrayContent upload = new(new byte[100_000]);
        (int status, string detail) = await studio.TryAsync(HttpMethod.Post, "/api/uploads?name=a.mp4", upload);
        (status, detail).ShouldBe((507, "The disk that holds Studio's data folder is full."));
        Directory.GetFiles(Path.Combine(studio.Data, "uploads")).ShouldBeEmpty();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(0);

        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{video.Id}/result")).Status.ShouldBe(200);
        (await studio.Client.GetByteArrayAsync($"/api/videos/{video.Id}/thumbnail?at=1")).Length.ShouldBeGreaterThan(100);
        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{video.Id}/export/html")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task AVideoCanBeDeletedWhichMakesRoom()
    {
        using SmallDisk? disk = SmallDisk.TryMount(Kilobytes);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        await using RunningStudio studio = await StartAsync(disk);
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Done);
        disk.Fill();

        (int status, string detail) = await studio.TryAsync(HttpMethod.Delete, $"/api/videos/{video.Id}?file=true");

        status.ShouldBe(204, detail);
        (await studio.GetAsync<VideoView[]>("/api/videos")).ShouldBeEmpty();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(0);
    }

    [Fact]
    public void AStudioOnAFullDiskDoesNotStartAndSaysWhy()
    {
        using SmallDisk? disk = SmallDisk.TryMount(Kilobytes);
        Assert.SkipWhen(disk is null, SmallDisk.WhyNot);
        disk.Fill();

        FileWriteException error = Should.Throw<FileWriteException>(() => StudioServer.Build(new StudioOptions { Port = 0, DataFolder = disk.Path }));

        error.Message.ShouldBe(
            $"Cannot write {disk.Path}: the disk is full: 0.3 MB are needed, 0 MB are free. Make room, or give another --data folder.");
    }

    private static Task<RunningStudio> StartAsync(SmallDisk disk, Func<IServiceProvider, IVideoAnalyzer>? analyzer = null, string? folder = null) =>
        RunningStudio.StartAsync(
            options => options with { DataFolder = Path.Combine(disk.Path, "data"), RetryInterval = TimeSpan.FromMilliseconds(50) }, analyzer, folder);

    // Below a root, so that the film itself is not on the small disk.
    private static async Task<string> FilmInAsync(RunningStudio studio, string name)
    {
        string film = Path.Combine(studio.Root, name);
        File.Copy(await TestFilms.OrdinaryAsync(seconds: 5), film);
        return film;
    }

    /// <summary>Analyses once something has happened.</summary>
    private sealed class AfterAnalyzer(IVideoAnalyzer real, Func<Task> happened) : IVideoAnalyzer
    {
        public async Task AnalyseAsync(VideoRecord video, string model, Action<JobProgress> report, CancellationToken cancellation)
        {
            await happened();
            await real.AnalyseAsync(video, model, report, cancellation);
        }
    }
}
