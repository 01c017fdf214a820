using Evoke.Files;
using Evoke.Studio.Jobs;
using Evoke.Studio.Storage;
using Evoke.Testing;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>The page while the disk is full, and after a job was given up.</summary>
public sealed class UnderFireTests : PageTest
{
    private readonly SmallDisk? _disk = SmallDisk.TryMount(kilobytes: 4096);

    protected override Task<RunningStudio> StartStudioAsync() => RunningStudio.StartAsync(
        options => options with { RetryInterval = TimeSpan.FromMilliseconds(100) },
        _ => new ScriptedAnalyzer((report, _) =>
        {
            report(new JobProgress("features", 0.4));
            if (_disk is not null)
            {
                AtomicFile.Write(Path.Combine(_disk.Path, "result"), stream => stream.Write(new byte[10_000]));
            }

            return Task.CompletedTask;
        }));

    protected override void AfterStop() => _disk?.Dispose();

    [Fact]
    public async Task AFullDiskIsShownOnThePageUntilThereIsRoom()
    {
        Assert.SkipWhen(_disk is null, SmallDisk.WhyNot);
        _disk.Fill();
        IPage page = await OpenAsync();
        ILocator notice = page.Locator("#disk-full");
        await Assertions.Expect(notice).ToBeHiddenAsync();
        string id = (await Studio.UploadAsync(await StudioFilms.EventfulAsync(), "cut.mp4")).Id;

        // Live, then again on a page that is opened meanwhile: both show it.
        await notice.WaitForAsync();
        await Studio.UntilAsync(id, video => video.Job, job => job.Stage == DiskWait.Stage);
        page = await OpenAsync();
        notice = page.Locator("#disk-full");
        await notice.WaitForAsync();
        (await notice.TextContentAsync())!.ShouldContain("The disk is full, so jobs are waiting.");
        await ShootAsync(page, "disk-full-1440");
        await page.Locator("#queue-toggle").ClickAsync();
        await ShootAsync(page, "disk-full-queue-1440");

        _disk.Empty();
        (await Studio.JobEndAsync(id)).State.ShouldBe(JobState.Done);
        await Assertions.Expect(notice).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#queue-label")).ToHaveTextAsync("Queue");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task AJobThatWasGivenUpSaysWhyAndIsTriedAgain()
    {
        string id = (await Studio.UploadAsync(await StudioFilms.EventfulAsync(), "cut.mp4")).Id;
        JobRecord done = await Studio.JobEndAsync(id);
        Studio.Service<StudioDatabase>().Use(connection =>
        {
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE job SET state = 'running', progress = 0.4, stage = 'features', endings = '[0.4,0.4]'";
            command.ExecuteNonQuery();
        });
        Studio.Service<JobTable>().SettleInterrupted().ShouldHaveSingleItem().State.ShouldBe(JobState.Failed);

        IPage page = await OpenAsync();
        ILocator again = page.Locator("#pending").GetByRole(AriaRole.Button, new() { Name = "Try again" });
        await again.WaitForAsync();
        (await page.TextContentAsync("#pending"))!.ShouldContain("Given up: Studio ended 3 times in a row at this point of the analysis (features, 40 %).");
        await ShootAsync(page, "given-up-1440");
        await again.ClickAsync();

        (await Studio.UntilAsync(id, video => video.Job, job => job.Id > done.Id && job.IsOver)).State.ShouldBe(JobState.Done);
        Errors.ShouldBeEmpty();
    }
}
