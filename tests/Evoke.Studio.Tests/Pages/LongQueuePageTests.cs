using Evoke.Studio.Storage;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>A queue of 400 jobs on the page: its numbers are true, and a job that ends costs little.</summary>
public sealed class LongQueuePageTests : PageTest
{
    private const int Many = 400;
    private readonly SemaphoreSlim _go = new(0);
    private volatile bool _fails;

    protected override Task<RunningStudio> StartStudioAsync() => RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer(async (_, cancel) =>
    {
        await _go.WaitAsync(cancel);
        if (_fails)
        {
            throw new InvalidOperationException("boom");
        }
    }));

    protected override void AfterStop() => _go.Dispose();

    [Fact]
    public async Task FourHundredAnalysesAreQueuedCountedReadOnDemandAndCancelled()
    {
        ManyFilms.Add(Studio, await StudioFilms.EventfulAsync(), Many, analysed: false);
        IPage page = await OpenAsync();
        await page.Locator("#select").ClickAsync();
        await page.Locator("#many-all").ClickAsync();
        await Assertions.Expect(page.Locator("#many-count")).ToHaveTextAsync("400 selected");
        await page.Locator("#many-analyse").ClickAsync();
        await SaidAsync(page, "400 analyses queued.");
        await page.Locator("#many-done").ClickAsync();
        await Assertions.Expect(page.Locator("#queue-label")).ToHaveTextAsync("Queue 400");

        // The panel begins with the job that runs, and shows the rest on demand.
        await page.Locator("#queue-toggle").ClickAsync();
        ILocator counts = page.Locator("#queue-counts"), names = page.Locator("#jobs b");
        await Assertions.Expect(counts).ToHaveTextAsync("1 running · 399 waiting · 0 done · 0 failed · 0 cancelled");
        await Assertions.Expect(names.First).ToHaveTextAsync("film 400.mp4"); // the library showed the newest first
        await Assertions.Expect(names).ToHaveCountAsync(50);
        await Assertions.Expect(page.Locator(".more .hint")).ToHaveTextAsync("350 more wait");
        await page.Locator(".more button").ClickAsync();
        await Assertions.Expect(names).ToHaveCountAsync(100);
        await ShootAsync(page, "long-queue-1440");

        // Jobs that end are counted; of the library only their videos are read again.
        List<IResponse> answers = [];
        page.Response += (_, response) => answers.Add(response);
        _go.Release(3);
        await Assertions.Expect(counts).ToHaveTextAsync("1 running · 396 waiting · 3 done · 0 failed · 0 cancelled");
        await Assertions.Expect(page.Locator("#jobs small", new() { HasTextString = "done" })).ToHaveCountAsync(3);
        await DrawnAsync(page);
        IResponse[] heard = [.. answers];
        heard.Select(answer => answer.Url).Where(url => url.Contains("/api/videos?", StringComparison.Ordinal))
            .ShouldAllBe(url => url.Contains("ids=", StringComparison.Ordinal));
        int bytes = 0;
        foreach (IResponse answer in heard)
        {
            bytes += (await answer.BodyAsync()).Length;
        }

        bytes.ShouldBeInRange(1, 20_000);

        // What fails in the background is said, and shown on request.
        _fails = true;
        _go.Release();
        ILocator failures = page.Locator("#failures");
        await Assertions.Expect(failures).ToBeVisibleAsync();
        (await page.TextContentAsync("#failures-text"))!.ShouldStartWith("The analysis of film 397.mp4 failed: ");
        (await page.GetAttributeAsync("#failures-text", "aria-live")).ShouldBe("polite");
        await ShootAsync(page, "failure-1440");
        await page.Locator("#failures-show").ClickAsync();
        await Assertions.Expect(names).ToHaveTextAsync(["film 397.mp4"]);
        await Assertions.Expect(failures).ToBeHiddenAsync();
        await page.Locator("#failed-only").ClickAsync();
        await Assertions.Expect(names.First).ToHaveTextAsync("film 396.mp4");

        await page.Locator("#cancel-all").ClickAsync();
        await Assertions.Expect(page.Locator("#cancel-title")).ToHaveTextAsync("Cancel 396 jobs?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel all" }).Last.ClickAsync();
        await Assertions.Expect(page.Locator("#queue-label")).ToHaveTextAsync("Queue");
        await Assertions.Expect(counts).ToHaveTextAsync("0 running · 0 waiting · 3 done · 1 failed · 396 cancelled");
        (await Studio.GetAsync<JobRecord[]>("/api/jobs?state=open")).ShouldBeEmpty();
        await Assertions.Expect(page.Locator(".more .hint")).ToHaveTextAsync("Earlier jobs");
        Errors.ShouldBeEmpty();
    }
}
