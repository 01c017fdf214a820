using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using Evoke.Studio.Api;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>Sends real videos through a real server.</summary>
public sealed class LibraryTests
{
    [Fact]
    public async Task AnUploadedFilmGetsCurvesMomentsAndAllItsFiles()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5), "Größe & <b>.mp4");
        JobRecord job = await studio.JobEndAsync(video.Id);
        job.Error.ShouldBeNull();
        job.State.ShouldBe(JobState.Done);

        ResultView result = await studio.GetAsync<ResultView>($"/api/videos/{video.Id}/result");
        result.Scheme.ShouldBe(["arousal", "pace", "motion", "loudness"]);
        result.Rows.ShouldBe(30);
        result.Details.Summary.Length.ShouldBe(4);
        byte[] curves = await studio.Client.GetByteArrayAsync($"/api/videos/{video.Id}/curves");
        curves.Length.ShouldBe(30 * 4 * sizeof(float));
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(curves).ToArray().ShouldAllBe(v => v >= 0 && v <= 1);

        (await studio.Client.GetByteArrayAsync($"/api/videos/{video.Id}/thumbnail?at=1"))[..2].ShouldBe([0xFF, 0xD8]);
        foreach ((string format, string expected) in new[]
        {
            ("csv", "Video ID,Timestamp (milliseconds),arousal,pace,motion,loudness"), ("json", "\"arousal\""), ("vtt", "WEBVTT"), ("html", "<html"),
            ("edl", "TITLE: Größe & <b>.mp4"), ("markers", "Marker Name"), ("elan", "Tier\t"),
        })
        {
            (await studio.Client.GetStringAsync($"/api/videos/{video.Id}/export/{format}")).ShouldContain(expected);
        }

        (await studio.Client.GetByteArrayAsync($"/api/videos/{video.Id}/export/png"))[1..4].ShouldBe("PNG"u8.ToArray());
        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{video.Id}/export/exe")).Status.ShouldBe(400);
    }

    /// <summary>29.97 frames per second, drop-frame; starts at the timecode of the file's first frame if requested.</summary>
    [Fact]
    public async Task MarkersCanBeginAtTheFilesOwnTimecode()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string film = await TestFilms.MakeAsync(
            "timecode.mov", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=30000/1001:duration=4", "-f", "lavfi", "-i", "sine=duration=4",
            "-c:v", "libx264", "-c:a", "aac", "-timecode", "10:00:00;00");
        VideoView video = await studio.UploadAsync(film, "timecode.mov");
        (await studio.JobEndAsync(video.Id)).State.ShouldBe(JobState.Done);

        string usual = await studio.Client.GetStringAsync($"/api/videos/{video.Id}/export/edl");
        usual.ShouldContain("FCM: DROP FRAME");
        usual.ShouldContain(" 01:00:0");
        string own = await studio.Client.GetStringAsync($"/api/videos/{video.Id}/export/edl?ownTimecode=true");
        own.ShouldBe(usual.Replace(" 01:00:0", " 10:00:0", StringComparison.Ordinal));
        (await studio.Client.GetStringAsync($"/api/videos/{video.Id}/export/markers?ownTimecode=true")).ShouldContain(",10:00:0");
        (await studio.TryAsync(HttpMethod.Patch, $"/api/videos/{video.Id}", JsonContent.Create(new ChangeVideoRequest("Mein \"Film\"")))).Status.ShouldBe(200);
        JsonElement timeline = await studio.GetAsync<JsonElement>($"/api/videos/{video.Id}/export/otio");
        timeline.GetRawText().ShouldContain("\"./timecode.mov\"", customMessage: "another name in the library does not rename the file");
        timeline.GetProperty("global_start_time").GetProperty("value").GetInt64().ShouldBe(1_078_920, "a file's media begins at its timecode");
        XElement asset = XDocument.Parse(await studio.Client.GetStringAsync($"/api/videos/{video.Id}/export/fcpxml")).Descendants("asset").Single();
        asset.Attribute("start")!.Value.ShouldBe("1079998920/30000s");
    }

    [Fact]
    public async Task TheFileIsServedInRanges()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string film = await TestFilms.OrdinaryAsync(seconds: 5);
        VideoView video = await studio.UploadAsync(film);
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/videos/{video.Id}/media");
        request.Headers.Range = new RangeHeaderValue(100, 199);
        using HttpResponseMessage answer = await studio.Client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(206);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe((await File.ReadAllBytesAsync(film))[100..200]);
    }

    [Fact]
    public async Task AnUploadOfAnotherContentTypeIsRefusedWithAReason()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using FormUrlEncodedContent form = new([new("a", "b")]);
        using HttpResponseMessage answer = await studio.Client.PostAsync("/api/uploads?name=a.mp4", form);
        ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).ShouldBe((415, "application/problem+json"));
        (await studio.GetAsync<VideoView[]>("/api/videos")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ABrokenFilmFailsItsOwnJobAndTheNextIsDone()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string broken = Path.Combine(studio.Folder, "broken.mp4");
        await File.WriteAllTextAsync(broken, "this is no film");
        VideoView bad = await studio.UploadAsync(broken);
        VideoView good = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        JobRecord failed = await studio.JobEndAsync(bad.Id);
        failed.State.ShouldBe(JobState.Failed);
        failed.Error.ShouldNotBeNull().ShouldStartWith("'broken.mp4' is not a video");
        failed.Error.ShouldNotContain(studio.Folder);
        failed.Error.ShouldNotContain("@ 0x");
        (await studio.JobEndAsync(good.Id)).State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task AFolderUnderARootIsAddedOnceAndItsFilesAreNeverDeleted()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string film = Path.Combine(studio.Root, "sub", "a.mp4");
        Directory.CreateDirectory(Path.GetDirectoryName(film)!);
        File.Copy(await TestFilms.OrdinaryAsync(seconds: 5), film);
        await File.WriteAllTextAsync(Path.Combine(studio.Root, "notes.txt"), "no film");
        VideoView added = (await studio.AddAsync("sub")).ShouldHaveSingleItem();
        (await studio.AddAsync(studio.Root)).ShouldHaveSingleItem().Id.ShouldBe(added.Id);
        (await studio.TryAsync(HttpMethod.Delete, $"/api/videos/{added.Id}?file=true")).Status.ShouldBe(403);
        (await studio.TryAsync(HttpMethod.Delete, $"/api/videos/{added.Id}")).Status.ShouldBe(204);
        File.Exists(film).ShouldBeTrue();
        (await studio.GetAsync<VideoView[]>("/api/videos")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnUploadIsDeletedOrKeptAsAsked(bool delete)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        VideoView video = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        await studio.JobEndAsync(video.Id);
        (int status, string answer) = await studio.TryAsync(HttpMethod.Delete, $"/api/videos/{video.Id}?file={delete}");
        string data = Path.Combine(studio.Folder, "data");
        string kept = Path.Combine("kept", $"{Path.GetFileNameWithoutExtension(video.Name)} {video.Id}{Path.GetExtension(video.Name)}");
        status.ShouldBe(delete ? 204 : 200);
        if (!delete)
        {
            JsonDocument.Parse(answer).RootElement.GetProperty("keptAt").GetString().ShouldBe(Path.Combine(data, kept));
        }

        Directory.EnumerateFiles(data, $"*{video.Id}*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(data, path))
            .ShouldBe(delete ? [] : [kept]);
    }

    [Fact]
    public async Task TwoCutsAreComparedByTimeAndByContent()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        VideoView first = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5));
        VideoView second = await studio.UploadAsync(await TestFilms.OrdinaryAsync("mkv", seconds: 7));
        await studio.JobEndAsync(first.Id);
        await studio.JobEndAsync(second.Id);
        foreach (string align in new[] { "time", "content" })
        {
            ComparisonView comparison = await studio.GetAsync<ComparisonView>($"/api/compare?first={first.Id}&second={second.Id}&align={align}");
            comparison.SecondSeconds.Length.ShouldBe(30);
            float[] matched = [.. comparison.SecondSeconds.OfType<float>()];
            matched.ShouldBe(matched.Order());
            comparison.Difference.Length.ShouldBe(4);
        }

        ComparisonView same = await studio.GetAsync<ComparisonView>($"/api/compare?first={first.Id}&second={first.Id}&align=content");
        same.MeanDifference.ShouldAllBe(d => Math.Abs(d!.Value) < 1e-6);
        ComparisonView longer = await studio.GetAsync<ComparisonView>($"/api/compare?first={second.Id}&second={first.Id}&align=time");
        longer.SecondSeconds[30..].ShouldAllBe(seconds => seconds == null, "the other cut is over");
        longer.Difference[0][29].ShouldNotBeNull();
        (await studio.TryAsync(HttpMethod.Get, $"/api/compare?first={first.Id}&second={second.Id}&align=smell")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task TheLibraryIsSearchedAndSorted()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        VideoView zebra = await studio.UploadAsync(await TestFilms.OrdinaryAsync(seconds: 5), "zebra.mp4");
        VideoView apple = await studio.UploadAsync(await TestFilms.OrdinaryAsync("mkv", seconds: 7), "apple.mkv");
        await studio.JobEndAsync(zebra.Id);
        await studio.JobEndAsync(apple.Id);
        (await NamesAsync("sort=name&order=asc")).ShouldBe(["apple.mkv", "zebra.mp4"]);
        (await NamesAsync("sort=duration&order=asc")).ShouldBe(["zebra.mp4", "apple.mkv"]);
        (await NamesAsync("search=ZEB")).ShouldBe(["zebra.mp4"]);
        VideoView[] byPeak = await studio.GetAsync<VideoView[]>("/api/videos?sort=peak&emotion=arousal");
        byPeak.Select(v => v.Result!.Peaks[0]).ShouldBe(byPeak.Select(v => v.Result!.Peaks[0]).OrderDescending());
        (await studio.TryAsync(HttpMethod.Get, "/api/videos?sort=peak")).Status.ShouldBe(400);

        async Task<IEnumerable<string>> NamesAsync(string query) => (await studio.GetAsync<VideoView[]>($"/api/videos?{query}")).Select(v => v.Name);
    }

    [Fact]
    public async Task TheApiDescribesItself()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string document = await studio.Client.GetStringAsync("/openapi/v1.json");
        foreach (string path in new[] { "/api/videos", "/api/uploads", "/api/jobs/{id}/cancel", "/api/videos/{id}/curves", "/api/compare", "/api/events" })
        {
            document.ShouldContain($"\"{path}\"");
        }
    }
}
