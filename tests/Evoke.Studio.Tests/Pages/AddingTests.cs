using Evoke.Studio.Api;
using Evoke.Testing;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>Videos are dropped on the page or chosen from a folder on this machine, searched, sorted and deleted.</summary>
public sealed class AddingTests : PageTest
{
    // A browser passes dropped files as a list; this creates the same list with the bytes of a real video.
    private const string Drop = """
        async (names) => {
          const bytes = await (await fetch('/film-to-drop')).blob();
          const transfer = new DataTransfer();
          // Each with an unused box of its own at the end: the same film, but not the same file.
          const box = (name) => [new Uint8Array([0, 0, 0, 8 + name.length]), 'free', name];
          for (const name of names) transfer.items.add(new File([bytes, ...box(name)], name, { type: 'video/mp4' }));
          const options = { bubbles: true, cancelable: true, dataTransfer: transfer };
          const fire = (type) => document.querySelector('#work').dispatchEvent(new DragEvent(type, options));
          fire('dragenter'); fire('dragover');
          const shown = !document.getElementById('drop').hidden;
          fire('drop');
          return shown;
        }
        """;

    [Fact]
    public async Task SeveralFilmsAreDroppedAtOnce()
    {
        IPage page = await OpenAsync();
        byte[] film = await File.ReadAllBytesAsync(await StudioFilms.EventfulAsync(), TestContext.Current.CancellationToken);
        await page.RouteAsync("**/film-to-drop", route => route.FulfillAsync(new() { BodyBytes = film, ContentType = "video/mp4" }));
        (await page.EvaluateAsync<bool>(Drop, new[] { "rough cut.mp4", "final cut.mp4" })).ShouldBeTrue("the page says that it takes what hovers over it");
        await Assertions.Expect(page.Locator(".video svg")).ToHaveCountAsync(2);
        (await page.Locator(".video b").AllInnerTextsAsync()).ShouldBe(["final cut.mp4", "rough cut.mp4"], ignoreOrder: true);
        (await page.Locator("#drop").IsHiddenAsync()).ShouldBeTrue();
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("rough cut.mp4"); // the first one is opened
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task OfSeveralFilmsTheFirstThatIsTakenIsOpened()
    {
        await AnalysedAsync("already there.mp4");
        IPage page = await OpenAsync();
        string film = await StudioFilms.EventfulAsync();
        byte[] bytes = await File.ReadAllBytesAsync(film, TestContext.Current.CancellationToken);
        await page.SetInputFilesAsync("#files", (FilePayload[])
        [
            new() { Name = "  ", MimeType = "video/mp4", Buffer = StudioFilms.Marked(bytes, "first") }, // rejected: it has no name
            new() { Name = "second.mp4", MimeType = "video/mp4", Buffer = StudioFilms.Marked(bytes, "second") },
            new() { Name = "third.mp4", MimeType = "video/mp4", Buffer = StudioFilms.Marked(bytes, "third") },
        ]);
        await Assertions.Expect(page.Locator(".video svg")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("second.mp4");
    }

    [Fact]
    public async Task WithoutAnAddressTheNewestFinishedFilmIsOpenedAndTheWelcomeIsForAnEmptyLibrary()
    {
        IPage empty = await OpenAsync();
        await Assertions.Expect(empty.Locator("#welcome")).ToBeVisibleAsync();
        await AnalysedAsync("older.mp4");
        await AnalysedAsync("newer.mp4", 12);
        await Studio.UploadAsync(BrokenFile(), "broken.mp4"); // even newer, and without a result
        await Assertions.Expect(empty.Locator("#welcome")).ToBeHiddenAsync(); // a video added elsewhere appears on an empty page

        foreach (string place in new[] { "", "#not-an-id" })
        {
            IPage page = await OpenAsync(place: place);
            await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("newer.mp4");
            await page.WaitForSelectorAsync("#timeline:not([hidden])");
            await Assertions.Expect(page.Locator("#welcome")).ToBeHiddenAsync();
            const string Unknown = "The video of this link is not in the library: it was removed, or the link is from another Studio.";
            (await page.EvaluateAsync<string[]>("saidTexts")).Contains(Unknown).ShouldBe(place.Length > 0);
        }
    }

    [Fact]
    public async Task TheBrowsersWayBackLeadsToTheFilmBeforeAndADeletedFilmMakesRoomForTheNext()
    {
        (IPage page, ILocator name) = await OpenTwoThenOneAsync();
        await page.GoBackAsync();
        await Assertions.Expect(name).ToHaveTextAsync("two.mp4");
        await page.Locator("#delete").ClickAsync();
        await page.Locator("#delete-file").ClickAsync();
        await Assertions.Expect(name).ToHaveTextAsync("one.mp4");
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheWayBackIsTakenThoughTheAddressWasAboutToBeWritten()
    {
        (IPage page, ILocator name) = await OpenTwoThenOneAsync();
        await page.WaitForSelectorAsync("#timeline:not([hidden])");

        // On a busy machine the timer of the address runs after the browser has gone back and before the page is told (hashchange). Here it always does.
        await page.EvaluateAsync("""
            () => {
              const { setTimeout } = window;
              let held;
              window.setTimeout = (act, delay) => {
                if (delay !== 250) return setTimeout(act, delay);
                held = act;
                document.documentElement.dataset.held = 'true';
                return 0;
              };
              addEventListener('popstate', () => held());
            }
            """);
        await page.Locator("#zoom-in").ClickAsync();
        await page.WaitForSelectorAsync("html[data-held]");
        await page.GoBackAsync();
        await Assertions.Expect(name).ToHaveTextAsync("two.mp4");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task AFolderOfThisMachineIsBrowsedAndAdded()
    {
        string reel = Path.Combine(Studio.Root, "reel one");
        Directory.CreateDirectory(reel);
        string film = await StudioFilms.EventfulAsync();
        File.Copy(film, Path.Combine(reel, "a.mp4"));
        await File.WriteAllBytesAsync(Path.Combine(reel, "b.mp4"), StudioFilms.Marked(await File.ReadAllBytesAsync(film), "b"));
        await File.WriteAllTextAsync(Path.Combine(reel, "notes.txt"), "not a film", TestContext.Current.CancellationToken);
        IPage page = await OpenAsync();
        await page.Locator("#add").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Studio.Root + "/" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "reel one/" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "a.mp4" }).WaitForAsync();
        (await page.Locator("#folder button").AllInnerTextsAsync()).ShouldBe(["← up", "a.mp4", "b.mp4"]);
        await ShootAsync(page, "folder-1440");
        await page.Locator("#add-folder").ClickAsync();
        await Assertions.Expect(page.Locator(".video svg")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("a.mp4");
        File.Exists(Path.Combine(reel, "a.mp4")).ShouldBeTrue();
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheLibraryIsSearchedAndSorted()
    {
        await AnalysedAsync("long.mp4", 24);
        await AnalysedAsync("short.mp4", 12);
        IPage page = await OpenAsync();
        ILocator names = page.Locator(".video b");
        await page.Locator("#sort").SelectOptionAsync(new SelectOptionValue { Label = "Longest" });
        await Assertions.Expect(names).ToHaveTextAsync(["long.mp4", "short.mp4"]);
        await page.Locator("#sort").SelectOptionAsync(new SelectOptionValue { Label = "Name" });
        await Assertions.Expect(names).ToHaveTextAsync(["long.mp4", "short.mp4"]);
        (await page.Locator("#sort option").AllInnerTextsAsync()).ShouldContain("Peak arousal");
        await page.Locator("#search").FillAsync("hor");
        await Assertions.Expect(names).ToHaveTextAsync(["short.mp4"]);
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheLibraryIsSortedByAnEmotionsMean()
    {
        await AnalysedAsync("eventful.mp4");
        string still = await TestFilms.MakeAsync("still.mp4", "-f", "lavfi", "-i", "color=0x304050:size=320x180:rate=25:duration=12",
            "-f", "lavfi", "-i", "anullsrc=r=44100:cl=mono", "-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac");
        (await Studio.JobEndAsync((await Studio.UploadAsync(still, "still.mp4")).Id)).Error.ShouldBeNull();
        IPage page = await OpenAsync();
        ILocator names = page.Locator(".video b");
        VideoView[] videos = await Studio.GetAsync<VideoView[]>("/api/videos");
        foreach (string emotion in new[] { "arousal", "motion" })
        {
            float MeanOf(VideoView video) => video.Result!.Means[video.Result.Scheme.IndexOf(emotion)];
            videos.Select(MeanOf).Distinct().Count().ShouldBe(2);
            await page.Locator("#sort").SelectOptionAsync(new SelectOptionValue { Label = $"Most {emotion}" });
            await Assertions.Expect(names).ToHaveTextAsync([.. videos.OrderByDescending(MeanOf).Select(video => video.Name)]);
            VideoView[] upwards = await Studio.GetAsync<VideoView[]>($"/api/videos?sort=mean&emotion={emotion}&order=asc");
            upwards.Select(MeanOf).ShouldBeInOrder();
        }

        // The small curves are of the chosen emotion by the chosen model, on one scale for all videos, beside a picture.
        await UntilAsync(page, "[...document.querySelectorAll('.video .still')].every((picture) => picture.naturalWidth > 0)");
        string arousal = (await page.Locator(".video path:not(.area)").First.GetAttributeAsync("d"))!;
        IRequest asked = await page.RunAndWaitForRequestAsync(
            () => page.Locator("#line").SelectOptionAsync("loudness"), request => request.Url.Contains("/api/videos?", StringComparison.Ordinal));
        asked.Url.ShouldContain("model=affect");
        asked.Url.ShouldContain("line=loudness");
        await Assertions.Expect(page.Locator(".video path:not(.area)").First).Not.ToHaveAttributeAsync("d", arousal);
        VideoView[] loud = await Studio.GetAsync<VideoView[]>("/api/videos?model=affect&line=loudness");
        loud.Select(video => video.Result!.Sparkline.Max()).ShouldBe(loud.Select(video => video.Result!.Peaks[video.Result.Scheme.IndexOf("loudness")]), 1e-4);
        (await Studio.GetAsync<VideoView[]>("/api/videos?model=other")).ShouldAllBe(video => video.Result == null);

        Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("#delete-file", false)]
    [InlineData("#delete-keep", true)]
    public async Task DeletingAsksFirst(string answer, bool kept)
    {
        await AnalysedAsync("cut.mp4");
        string[] Uploads() => FilesIn("uploads");
        Uploads().ShouldHaveSingleItem();
        IPage page = await OpenAsync();
        await page.Locator(".video").ClickAsync();
        await page.Locator("#delete").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(1);
        await page.Locator("#delete").ClickAsync();
        await page.Locator(answer).ClickAsync();
        await page.WaitForSelectorAsync("#library-empty:not([hidden])");
        (await Studio.GetAsync<VideoView[]>("/api/videos")).ShouldBeEmpty();
        Uploads().ShouldHaveSingleItem("it can still be put back");

        await page.Locator("#removed-open").ClickAsync();
        await page.Locator("#removed-all").ClickAsync();
        await Assertions.Expect(page.Locator("#removed-open")).ToBeHiddenAsync();
        Uploads().ShouldBeEmpty();
        FilesIn("kept").Length.ShouldBe(kept ? 1 : 0);
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task NothingOfAFilmIsAskedForWhileItIsDeleted()
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync();
        TaskCompletionSource asked = new(), goesOn = new(), givenUp = new();
        List<string> late = [];
        await page.RouteAsync($"**/api/videos/{video.Id}/curves**", async route =>
        {
            asked.TrySetResult();
            await goesOn.Task;
            await route.ContinueAsync();
        });
        page.RequestFailed += (_, request) =>
        {
            if (request.Url.Contains("/curves", StringComparison.Ordinal))
            {
                givenUp.TrySetResult();
            }
        };
        await page.RouteAsync("**/api/removed", async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.ContinueAsync();
                return;
            }

            // What is on its way is given up before the film is deleted: its answer would be that there is no such film.
            await givenUp.Task;
            page.Request += (_, request) => late.Add(request.Url);
            goesOn.SetResult();
            await DrawnAsync(page);
            await route.ContinueAsync();
        });
        await page.ReloadAsync();
        await asked.Task;
        await page.Locator("#delete").ClickAsync();
        await page.Locator("#delete-file").ClickAsync();
        await page.WaitForSelectorAsync("#library-empty:not([hidden])");

        late.ShouldNotContain(url => url.Contains($"/videos/{video.Id}/", StringComparison.Ordinal));
        Errors.ShouldBeEmpty();
    }

    /// <summary>The list of videos, asked for before one was removed, comes after it.</summary>
    [Fact]
    public async Task AListOfBeforeARemovalDoesNotBringTheVideoBack()
    {
        (IPage page, ILocator name) = await OpenTwoThenOneAsync();
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        TaskCompletionSource<IRequest> asked = new();
        TaskCompletionSource goesOn = new();
        await page.RouteAsync(
            "**/api/videos?**",
            async route =>
            {
                IAPIResponse list = await route.FetchAsync();
                asked.SetResult(route.Request);
                await goesOn.Task;
                await route.FulfillAsync(new() { Response = list });
            },
            new() { Times = 1 });
        await page.Locator("#line").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        IRequest held = await asked.Task;
        await page.Locator("#delete").ClickAsync();
        await page.Locator("#delete-file").ClickAsync();
        await Assertions.Expect(name).ToHaveTextAsync("two.mp4");
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(1);

        await page.RunAndWaitForRequestFinishedAsync(
            () =>
            {
                goesOn.SetResult();
                return Task.CompletedTask;
            },
            new() { Predicate = request => request == held });
        await DrawnAsync(page);
        (await page.Locator(".video").AllInnerTextsAsync()).ShouldHaveSingleItem().ShouldContain("two.mp4");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ALinkToNoVideoThatIsPutInByHandIsSaidAndReplaced()
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync();
        const string Unknown = "The video of this link is not in the library: it was removed, or the link is from another Studio.";
        await page.WaitForFunctionAsync("id => location.hash.startsWith('#' + id)", video.Id);
        await page.EvaluateAsync("() => { location.hash = '#nobody'; }");
        await page.WaitForFunctionAsync("text => saidTexts.includes(text)", Unknown);
        await page.WaitForFunctionAsync("id => location.hash.startsWith('#' + id)", video.Id);
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("cut.mp4");
        Errors.ShouldBeEmpty();
    }

    private string BrokenFile()
    {
        string path = Path.Combine(Studio.Folder, "broken.mp4");
        File.WriteAllText(path, "It was a dark and stormy night.");
        return path;
    }

    private string[] FilesIn(string folder) => Path.Combine(Studio.Data, folder) is var path && Directory.Exists(path) ? Directory.GetFiles(path) : [];

    // The page, which has opened two.mp4 and then one.mp4, and the name that it shows.
    private async Task<(IPage Page, ILocator Name)> OpenTwoThenOneAsync()
    {
        await AnalysedAsync("one.mp4", 12);
        await AnalysedAsync("two.mp4", 12);
        IPage page = await OpenAsync();
        ILocator name = page.Locator("#video-name");
        await Assertions.Expect(name).ToHaveTextAsync("two.mp4");
        await page.Locator(".video", new() { HasText = "one.mp4" }).ClickAsync();
        await Assertions.Expect(name).ToHaveTextAsync("one.mp4");
        return (page, name);
    }
}
