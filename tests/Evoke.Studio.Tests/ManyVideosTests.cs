using System.IO.Compression;
using Evoke.Studio.Api;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Tests;

/// <summary>Many videos at once: one archive of exports, one table of scores.</summary>
public sealed class ManyVideosTests
{
    [Fact]
    public async Task ExportsAreOneArchiveAndWhatIsMissingIsListedInIt()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(analyzer: _ => new ScriptedAnalyzer((_, _) => Task.CompletedTask));
        string[] ids = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 3);
        studio.Service<VideoTable>().Rename(ids[1], "film 001.mp4"); // two of one name
        VideoView fresh = await studio.UploadAsync(await StudioFilms.EventfulAsync(), "fresh.mp4");
        using HttpResponseMessage answer = await studio.Client.GetAsync($"/api/export?videos={string.Join(',', ids)},{fresh.Id}&formats=csv,scheme,png,edl");
        answer.EnsureSuccessStatusCode().Content.Headers.ContentDisposition!.FileName.ShouldBe("evoke-export.zip");
        using ZipArchive archive = new(await answer.Content.ReadAsStreamAsync());
        archive.Entries.Select(entry => entry.FullName).ShouldBe(
        [
            "film 001.csv", "film 001.png", "film 001.edl", "film 001 (2).csv", "film 001 (2).png", "film 001 (2).edl",
            "film 003.csv", "film 003.png", "film 003.edl", "not exported.txt",
        ]);
        Text("not exported.txt").ShouldBe("fresh.mp4: no result yet.\n");
        Text("film 003.csv").ShouldBe(await studio.Client.GetStringAsync($"/api/videos/{ids[2]}/export/csv"), "the same bytes as one by one");

        (await studio.TryAsync(HttpMethod.Get, $"/api/export?videos={fresh.Id}")).ShouldBe((404, "None of these videos has a result yet."));
        (await studio.TryAsync(HttpMethod.Get, "/api/export?formats=csv,exe")).Status.ShouldBe(400);

        string Text(string name)
        {
            using StreamReader reader = new(archive.GetEntry(name)!.Open());
            return reader.ReadToEnd();
        }
    }

    [Fact]
    public async Task ScoresAreATableInTheOrderThatIsAskedFor()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string[] ids = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 400);
        studio.Service<VideoTable>().Rename(ids[3], "=1+1");
        studio.Service<TagTable>().Change([ids[3]], ["a", "b"], []);
        VideoScoreTable table = await studio.GetAsync<VideoScoreTable>("/api/scores");
        (table.Model, table.Rows.Length).ShouldBe(("affect", 400));
        table.Columns.Where(column => column.Group != "Summary").Select(column => column.Key).ShouldBe(
            ["mean.arousal", "mean.pace", "mean.motion", "mean.loudness", "peak.arousal", "peak.pace", "peak.motion", "peak.loudness"]);
        ScoreRow last = table.Rows[0];
        (last.Name, last.Values[0]!.Value, last.Values[4]!.Value).ShouldBe(("film 400.mp4", 0.5f, 1f), "the newest first");

        // All ids are one address.
        string[] lines = (await studio.Client.GetStringAsync($"/api/scores.csv?model=affect&videos={string.Join(',', ids)}")).TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(401);
        lines[0].ShouldStartWith("video,id,tags,seconds,arousal mean,pace mean,motion mean,loudness mean,arousal peak,pace peak,motion peak,loudness peak");
        lines[4].ShouldStartWith($"'=1+1,{ids[3]},\"a, b\",24,0.005");
        (await studio.TryAsync(HttpMethod.Get, "/api/scores?model=gone")).ShouldBe((404, "There is no model 'gone'."));
        (await studio.TryAsync(HttpMethod.Get, "/api/scores?videos=none")).Status.ShouldBe(404);
    }
}
