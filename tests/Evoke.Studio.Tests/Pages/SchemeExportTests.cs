using System.Text.Json;
using Evoke.Studio.Api;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>The export of a CSV file's ranges, which the menu has only where they are not from 0 to 1.</summary>
public sealed class SchemeExportTests : PageTest
{
    [Fact]
    public async Task TheRangesOfACsvThatNeedsThemAreOffered()
    {
        VideoView video = await AnalysedAsync("my cut.mp4");
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        await page.Locator("#take").ClickAsync();
        (await page.GetByRole(AriaRole.Menuitem).CountAsync()).ShouldBe(15);

        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem).Nth(1).ClickAsync());

        download.SuggestedFilename.ShouldBe("my cut.scheme.json");
        string scheme = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        JsonDocument.Parse(scheme).RootElement.GetProperty("curves").GetProperty("amusement").GetProperty("range")[0].GetDouble().ShouldBe(-1);
        Errors.ShouldBeEmpty();
    }

    protected override Task<RunningStudio> StartStudioAsync() => RunningStudio.StartAsync(options =>
    {
        string models = Path.Combine(options.DataFolder, "models");
        TrainedModels.WriteSigned(models);
        return options with { ModelFolders = [models], DefaultModel = "signed" };
    });
}
