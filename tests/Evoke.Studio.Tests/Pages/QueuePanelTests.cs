using System.Globalization;
using Evoke.Studio.Jobs;
using Evoke.Studio.Storage;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>The queue panel: running jobs, their progress, cancelling and retrying.</summary>
public sealed class QueuePanelTests : PageTest
{
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override Task<RunningStudio> StartStudioAsync() => RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer(WorkAsync));

    [Fact]
    public async Task AJobIsWatchedCancelledAndTriedAgain()
    {
        string id = (await Studio.UploadAsync(await StudioFilms.EventfulAsync(), "cut.mp4")).Id;
        IPage page = await OpenAsync();
        await page.Locator("#queue-toggle").ClickAsync();
        ILocator cancel = page.Locator("#jobs").GetByRole(AriaRole.Button, new() { Name = "Cancel" });
        await cancel.FocusAsync();
        double seen = await page.Locator("#jobs progress").EvaluateAsync<double>("bar => bar.value");
        await UntilAsync(page, $"document.querySelector('#jobs progress').value > {seen.ToString(CultureInfo.InvariantCulture)}");
        (await cancel.EvaluateAsync<bool>("button => button === document.activeElement")).ShouldBeTrue("progress must not take the focus away");
        (await page.TextContentAsync("#jobs small"))!.ShouldContain("× real time");
        await ShootAsync(page, "queue-1440");
        await page.Keyboard.PressAsync("Enter");
        ILocator again = page.Locator("#jobs").GetByRole(AriaRole.Button, new() { Name = "Try again" });
        await again.ClickAsync();
        await cancel.WaitForAsync();
        _letGo.SetResult();
        (await Studio.JobEndAsync(id)).State.ShouldBe(JobState.Done);
        await Assertions.Expect(page.Locator("#queue-label")).ToHaveTextAsync("Queue");
        Errors.ShouldBeEmpty();
    }

    private async Task WorkAsync(Action<JobProgress> report, CancellationToken cancellation)
    {
        // It always grows: whenever the page looks, there is more to come.
        for (double share = 0.01; !_letGo.Task.IsCompleted; share += (1 - share) / 1000)
        {
            report(new JobProgress("features", share, 2.5));
            await Task.Delay(40, cancellation);
        }
    }
}
