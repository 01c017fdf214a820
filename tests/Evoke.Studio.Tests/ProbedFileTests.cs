using Evoke.Media;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Tests;

public sealed class ProbedFileTests
{
    [Fact]
    public async Task AFileIsProbedOnceUntilItChanges()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string film = Path.Combine(studio.Root, "film.mp4");
        File.Copy(await StudioFilms.EventfulAsync(seconds: 6), film);
        string id = (await studio.AddAsync(film)).Single().Id;
        (await studio.JobEndAsync(id)).Error.ShouldBeNull();
        VideoAccess access = studio.Service<VideoAccess>();
        VideoRecord video = studio.Service<VideoTable>().Find(id).ShouldNotBeNull();
        Task<MediaInfo> ProbeAsync() => access.ProbeAsync(video, TestContext.Current.CancellationToken);

        MediaInfo first = await ProbeAsync();
        (await ProbeAsync()).ShouldBeSameAs(first);
        File.Copy(await StudioFilms.EventfulAsync(seconds: 12), film, overwrite: true);
        (first.DurationSeconds!.Value, (await ProbeAsync()).DurationSeconds!.Value).ShouldBe((6, 12));
        File.Delete(film);
        (await Should.ThrowAsync<StudioRequestException>(ProbeAsync)).Status.ShouldBe(410);
    }
}
