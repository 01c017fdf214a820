using System.Net.Http.Json;
using System.Text.Json;
using Evoke.Studio.Api;
using Evoke.Studio.Storage;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>Videos are renamed and tagged; every page hears of it.</summary>
public sealed class TagTests
{
    [Fact]
    public async Task TagsSortTheLibraryAndKeepTheirCase()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string[] ids = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 3);
        await PostAsync(studio, new TagVideosRequest(ids, ["Horror", " trailer "]));
        await PostAsync(studio, new TagVideosRequest([ids[0]], ["horror", "best"], ["trailer"]));
        (await studio.GetAsync<VideoView>($"/api/videos/{ids[0]}")).Tags.ShouldBe(["best", "Horror"]);
        (await studio.GetAsync<TagCount[]>("/api/tags")).ShouldBe([new("best", 1), new("Horror", 3), new("trailer", 2)]);
        (await studio.GetAsync<VideoView[]>("/api/videos?tag=TRAILER&sort=name&order=asc")).Select(video => video.Id).ShouldBe(ids[1..]);

        VideoView changed = await PatchAsync(studio, ids[1], new ChangeVideoRequest(Tags: []));
        changed.Tags.ShouldBeEmpty();
        (await studio.TryAsync(HttpMethod.Post, "/api/tags", JsonContent.Create(new TagVideosRequest(ids, ["a,b"])))).Detail
            .ShouldBe("A tag has 1 to 50 characters and no comma; found 'a,b'.");
        (await studio.TryAsync(HttpMethod.Post, "/api/tags", JsonContent.Create(new TagVideosRequest([ids[0], "none"], ["c"])))).Status.ShouldBe(404);
        (await studio.GetAsync<TagCount[]>("/api/tags")).ShouldNotContain(tag => tag.Name == "c", "nothing is changed in part");
    }

    [Fact]
    public async Task AnotherNameKeepsTheKindOfFileAndIsToldToWhoListens()
    {
        TaskCompletionSource started = new(), goesOn = new();
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: services => new ScriptedAnalyzer(async (_, _) =>
        {
            // As the real analyzer does: it stores what it has read, long after it began.
            VideoRecord video = services.GetService(typeof(VideoTable)) is VideoTable all ? all.All()[0] : throw new InvalidOperationException();
            started.TrySetResult();
            await goesOn.Task;
            Store(services, video with { DurationSeconds = 5 });
        }));
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5), "cut.mp4");
        await started.Task;
        using HttpResponseMessage events = await studio.Client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead);
        using StreamReader lines = new(await events.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).ShouldBe("event: listening");
        (await PatchAsync(studio, video.Id, new ChangeVideoRequest("Trailer v1.2"))).Name.ShouldBe("Trailer v1.2");
        while (await lines.ReadLineAsync() != "event: changed")
        {
        }

        JsonDocument.Parse((await lines.ReadLineAsync())![6..]).RootElement.GetProperty("videoId").GetString().ShouldBe(video.Id);
        goesOn.SetResult();
        await studio.JobEndAsync(video.Id);
        (await studio.GetAsync<VideoView>($"/api/videos/{video.Id}")).Name.ShouldBe("Trailer v1.2", "the analysis that ran meanwhile does not change it back");
        using HttpResponseMessage media = await studio.Client.GetAsync($"/api/videos/{video.Id}/media");
        media.Content.Headers.ContentType!.MediaType.ShouldBe("video/mp4");
        VideoRecord record = studio.Service<VideoTable>().Find(video.Id)!;
        (record.Stem, record.NameWithEnding, record.FileName).ShouldBe(("Trailer v1.2", "Trailer v1.2.mp4", "cut.mp4"));
        foreach (string name in new[] { "", "a/b", new string('x', 201) })
        {
            using JsonContent body = JsonContent.Create(new ChangeVideoRequest(name));
            (await studio.TryAsync(HttpMethod.Patch, $"/api/videos/{video.Id}", body)).Detail.ShouldStartWith("A name has 1 to 200 characters and no / or ");
        }

        static void Store(IServiceProvider services, VideoRecord record) => ((VideoTable)services.GetService(typeof(VideoTable))!).Update(record);
    }

    private static async Task PostAsync(RunningStudio studio, TagVideosRequest request) =>
        (await studio.TryAsync(HttpMethod.Post, "/api/tags", JsonContent.Create(request))).Status.ShouldBe(204);

    private static async Task<VideoView> PatchAsync(RunningStudio studio, string id, ChangeVideoRequest request)
    {
        using JsonContent body = JsonContent.Create(request);
        (await studio.TryAsync(HttpMethod.Patch, $"/api/videos/{id}", body)).Status.ShouldBe(200);
        return await studio.GetAsync<VideoView>($"/api/videos/{id}");
    }
}
