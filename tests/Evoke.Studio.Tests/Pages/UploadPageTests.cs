using Evoke.Studio.Api;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>Uploads are in the queue: with their progress, cancelled, tried again, recognised, and a page that has some is not left unwarned.</summary>
public sealed class UploadPageTests : PageTest
{
    protected override Task<RunningStudio> StartStudioAsync() =>
        RunningStudio.StartAsync(options => options with { MaxUploadBytes = 1_000_000 }, _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));

    [Fact]
    public async Task UploadsWaitInTheQueueAndAreCancelledAndThePageIsNotLeftUnwarned()
    {
        IPage page = await OpenAsync();
        TaskCompletionSource goesOn = new();
        await page.RouteAsync("**/api/uploads?name=a.mp4**", async route =>
        {
            await goesOn.Task;
            await route.ContinueAsync();
        });
        byte[] film = await File.ReadAllBytesAsync(await StudioFilms.EventfulAsync(6), TestContext.Current.CancellationToken);
        await page.SetInputFilesAsync("#files", [Film("a", film), Film("b", film), Film("c", film)]);
        await Assertions.Expect(page.Locator("#queue-label")).ToHaveTextAsync("Queue 3");
        await page.Locator("#queue-toggle").ClickAsync();
        ILocator uploads = page.Locator("#sending li");
        await Assertions.Expect(uploads.Locator("b")).ToHaveTextAsync(["a.mp4", "b.mp4", "c.mp4"]);
        await Assertions.Expect(uploads.Nth(0).Locator("progress")).ToHaveCountAsync(1);
        await Assertions.Expect(uploads.Nth(1).Locator("small")).ToContainTextAsync("waits to be uploaded");
        await AuditAsync(page, "uploads");
        await ShootAsync(page, "uploads-1440");

        TaskCompletionSource<IDialog> asked = new();
        page.Dialog += (_, dialog) => asked.TrySetResult(dialog);
        await page.CloseAsync(new() { RunBeforeUnload = true });
        IDialog warning = await asked.Task;
        warning.Type.ShouldBe(DialogType.BeforeUnload);
        await warning.DismissAsync();

        await uploads.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await uploads.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        goesOn.SetResult();
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("c.mp4");
        await Assertions.Expect(uploads).ToHaveCountAsync(0);
        (await Studio.GetAsync<VideoView[]>("/api/videos")).ShouldHaveSingleItem().Name.ShouldBe("c.mp4");
    }

    [Fact]
    public async Task AnUploadThatFailsSaysWhyAndTheNextGoesOn()
    {
        IPage page = await OpenAsync();
        byte[] film = await File.ReadAllBytesAsync(await StudioFilms.EventfulAsync(6), TestContext.Current.CancellationToken);
        await page.SetInputFilesAsync("#files", [Film("large", new byte[1_000_001]), Film("b", film)]);
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("b.mp4");
        await page.Locator("#queue-toggle").ClickAsync();
        ILocator failed = page.Locator("#sending li");
        await Assertions.Expect(failed.Locator("small")).ToHaveTextAsync("The file is larger than the upload limit of 1,000,000 bytes.");
        await failed.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Assertions.Expect(failed).ToHaveCountAsync(0);
        Errors.ShouldAllBe(error => error.Contains("413", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFileThatIsThereAlreadyIsSaidAndNotSentUnlessItIsWantedAnyway()
    {
        string path = await StudioFilms.EventfulAsync(6);
        VideoView first = await Studio.UploadAsync(path, "first cut.mp4");
        await Studio.JobEndAsync(first.Id);
        byte[] film = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        IPage page = await OpenAsync();
        List<string> sent = [];
        page.Request += (_, request) => sent.Add(request.Url);
        await page.SetInputFilesAsync("#files", new FilePayload { Name = "copy.mp4", MimeType = "video/mp4", Buffer = film });
        await SaidAsync(page, "copy.mp4 is the same as “first cut.mp4”, which is in the library already.");
        sent.ShouldNotContain(url => url.Contains("/api/uploads", StringComparison.Ordinal));
        await page.Locator("#queue-toggle").ClickAsync();
        await Assertions.Expect(page.Locator("#sending small")).ToHaveTextAsync("The same as “first cut.mp4”, which is in the library already.");
        await ShootAsync(page, "same-1440");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add anyway" }).ClickAsync();
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("copy.mp4");
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(2);
        Errors.ShouldBeEmpty();
    }

    private static FilePayload Film(string name, byte[] bytes) =>
        new() { Name = name + ".mp4", MimeType = "video/mp4", Buffer = StudioFilms.Marked(bytes, name) };
}
