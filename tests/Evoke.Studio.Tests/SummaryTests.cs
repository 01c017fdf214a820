using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Evoke.Curves.Measures;
using Evoke.Pages.Predictions;
using Evoke.Studio.Api;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Tests;

/// <summary>Summaries, norms and places for breaks, over HTTP.</summary>
public sealed class SummaryTests
{
    private const string Opening = "opening_3s.arousal";

    [Fact]
    public async Task ASummaryAndItsBreaksAreThoseOfTheCommandLine()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string film = Path.Combine(studio.Root, "scenes.mp4"), csv = Path.Combine(studio.Folder, "breaks.csv"), folder = Path.Combine(studio.Folder, "out");
        await StudioFilms.WriteScenesAsync(film);
        string id = (await studio.AddAsync(film)).Single().Id;
        (await studio.JobEndAsync(id)).Error.ShouldBeNull();
        await EvokeProgram.RunAsync("predict", film, "--json", "--out", folder);
        await EvokeProgram.RunAsync("breaks", film, "--csv", csv);

        ShownSummary summary = await studio.GetAsync<ShownSummary>($"/api/videos/{id}/summary");
        using JsonDocument predicted = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(folder, "scenes.json"), TestContext.Current.CancellationToken));
        JsonElement expected = predicted.RootElement.GetProperty("measures");
        summary.Measures.Select(measure => measure.Key).ShouldBe(expected.EnumerateObject().Select(measure => measure.Name));
        foreach (ShownMeasure measure in summary.Measures)
        {
            measure.Value.ShouldBe(expected.GetProperty(measure.Key).GetProperty("value").GetDouble(), measure.Key);
        }

        (summary.Norm, summary.Missing.Length).ShouldBe((null, 0));
        string[] rows = await File.ReadAllLinesAsync(csv, TestContext.Current.CancellationToken);
        string[] exported = (await studio.Client.GetStringAsync($"/api/videos/{id}/breaks/file", TestContext.Current.CancellationToken)).TrimEnd().Split('\n');
        exported.ShouldBe(rows);
        BreaksView breaks = await studio.GetAsync<BreaksView>($"/api/videos/{id}/breaks");
        double[] seconds = [.. breaks.Places.Select(place => place.Seconds).Order()];
        seconds.Length.ShouldBe(2);
        (seconds[0], seconds[1]).ShouldSatisfyAllConditions(
            pair => pair.Item1.ShouldBeInRange(39, 40), pair => pair.Item2.ShouldBeInRange(109, 110)); // a step is a second
        (await studio.GetAsync<BreaksView>($"/api/videos/{id}/breaks?gap=100")).Places.ShouldHaveSingleItem().Seconds.ShouldBe(breaks.Places[0].Seconds);
        (await studio.GetAsync<BreaksView>($"/api/videos/{id}/breaks?count=1")).Places.ShouldHaveSingleItem();

        // Chapters from one place to the next.
        (await studio.Client.GetStringAsync($"/api/videos/{id}/breaks/file?format=youtube", TestContext.Current.CancellationToken))
            .ShouldBe($"0:00 Chapter 1\n0:{seconds[0]} Chapter 2\n1:{seconds[1] - 60} Chapter 3\n");
        (await studio.Client.GetStringAsync($"/api/videos/{id}/breaks/file?format=chapters", TestContext.Current.CancellationToken))
            .ShouldContain($"chapter-2\n00:00:{seconds[0]}.000 --> 00:01:{seconds[1] - 60}.000\nChapter 2\n");
        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{id}/breaks/file?format=exe"))
            .ShouldBe((400, "format must be csv, chapters or youtube; found 'exe'."));
        (int status, string detail) = await studio.TryAsync(HttpMethod.Get, $"/api/videos/{id}/breaks/file?format=youtube&count=1");
        (status, detail.Contains("at least 3", StringComparison.Ordinal)).ShouldBe((422, true), detail);
        foreach (string wrong in new[] { "gap=-1", "gap=NaN", "count=0", "gap=1e9" })
        {
            (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{id}/breaks?{wrong}")).Status.ShouldBe(400, wrong);
        }
    }

    [Fact]
    public async Task PercentilesAreAmongTheOtherVideosOfTheLibraryOrOfATag()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string[] ids = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 25);
        studio.Service<TagTable>().Change(ids[..21], ["trailer"], []);
        studio.Service<TagTable>().Change(ids[..20], ["short"], []);

        // Film 5 of 25: four have a lower arousal, 24 are others.
        ShownMeasure among = await MeasureAsync(studio, ids[4], "library");
        (among.NormVideos, among.NoStanding).ShouldBe((24, null));
        among.Percentile!.Value.ShouldBe(100 * 4 / 24.0, 1e-9);
        (await MeasureAsync(studio, ids[4], "tag:trailer")).Percentile!.Value.ShouldBe(100 * 4 / 20.0, 1e-9);
        (await MeasureAsync(studio, ids[24], "tag:Trailer")).Percentile.ShouldBe(100, "it is not one of them; case makes no difference");
        (await MeasureAsync(studio, ids[4], "tag:short")).NoStanding
            .ShouldBe("a percentile needs 20 other videos with this number; the norm has 19");
        (await MeasureAsync(studio, ids[4], "tag:none")).NoStanding.ShouldBe("a percentile needs 20 other videos with this number; the norm has 0");
        (await studio.GetAsync<ShownSummary>($"/api/videos/{ids[4]}/summary?norm=tag:short")).Norm.ShouldBe("the videos tagged “short”");
        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{ids[4]}/summary?norm=all"))
            .ShouldBe((400, "norm must be library, tag:NAME or file:ID; found 'all'."));

        // A removed video does not count, and counts again when it is back.
        using StringContent body = new($"{{\"videos\": [\"{ids[0]}\"]}}", Encoding.UTF8, "application/json");
        (await studio.TryAsync(HttpMethod.Post, "/api/removed", body)).Status.ShouldBe(200);
        (await MeasureAsync(studio, ids[4], "library")).NormVideos.ShouldBe(23);
    }

    [Fact]
    public async Task ANormsFileOfTheCommandLineGivesTheSamePercentiles()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string[] ids = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 25);
        string folder = Path.Combine(studio.Folder, "curves"), file = Path.Combine(studio.Folder, "trailers.norms.json");
        await using (Stream zip = await studio.Client.GetStreamAsync("/api/export?formats=json", TestContext.Current.CancellationToken))
        {
            await ZipFile.ExtractToDirectoryAsync(zip, folder, TestContext.Current.CancellationToken);
        }

        await EvokeProgram.RunAsync("norms", "make", folder, "--out", file, "--name", "trailers");
        byte[] norm = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        (int status, string text) = await studio.AddNormAsync(norm);
        status.ShouldBe(201, text);
        (await studio.AddNormAsync(norm, "again.json")).ShouldBe((201, text), "the same file once more is the same one");
        NormView kept = (await studio.GetAsync<NormView[]>("/api/norms")).ShouldHaveSingleItem();
        (kept.Name, kept.Model, kept.Videos).ShouldBe(("trailers", "affect", 25));

        ShownSummary byFile = await studio.GetAsync<ShownSummary>($"/api/videos/{ids[4]}/summary?norm=file:{kept.Id}");
        ShownSummary byLibrary = await studio.GetAsync<ShownSummary>($"/api/videos/{ids[4]}/summary?norm=library");
        byFile.Norm.ShouldBe("trailers");
        byFile.Measures.ShouldBe(byLibrary.Measures);
        byFile.Measures.ShouldContain(measure => measure.Percentile != null);

        // An export has the percentiles that predict --norms writes.
        using JsonDocument export = JsonDocument.Parse(await studio.Client.GetStringAsync(
            $"/api/videos/{ids[4]}/export/json?norm=file:{kept.Id}", TestContext.Current.CancellationToken));
        export.RootElement.GetProperty("norm").GetString().ShouldBe("trailers");
        export.RootElement.GetProperty("measures").GetProperty(Opening).GetProperty("percentile").GetDouble().ShouldBe(100 * 4 / 24.0, 1e-9);

        // Of another model there is none, and the reason is said.
        byte[] other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(norm).Replace("\"affect\"", "\"other\"", StringComparison.Ordinal));
        string id = JsonDocument.Parse((await studio.AddNormAsync(other)).Detail).RootElement.GetProperty("id").GetString()!;
        (await MeasureAsync(studio, ids[4], $"file:{id}")).NoStanding.ShouldBe("the norm was made with the model other, and these curves are by affect");

        (await studio.TryAsync(HttpMethod.Delete, $"/api/norms/{id}")).Status.ShouldBe(204);
        (await studio.TryAsync(HttpMethod.Delete, $"/api/norms/{id}")).ShouldBe((404, $"There is no norms file '{id}'."));
        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{ids[4]}/summary?norm=file:{id}")).Status.ShouldBe(404);
        (await studio.GetAsync<NormView[]>("/api/norms")).ShouldHaveSingleItem().Id.ShouldBe(kept.Id);
        Directory.GetFiles(Path.Combine(studio.Data, "norms")).ShouldHaveSingleItem();

        // A file that was damaged on the disk is listed, can be deleted, and hides no other.
        await File.WriteAllTextAsync(Path.Combine(studio.Data, "norms", "0123456789abcdef.norms.json"), "{", TestContext.Current.CancellationToken);
        NormView damaged = (await studio.GetAsync<NormView[]>("/api/norms")).Single(norm => norm.Id != kept.Id);
        damaged.Name.ShouldBe("0123456789abcdef");
        damaged.Error!.ShouldContain("0123456789abcdef.norms.json");
        (await studio.TryAsync(HttpMethod.Delete, "/api/norms/0123456789abcdef")).Status.ShouldBe(204);
    }

    [Theory]
    [InlineData("{}", "expected the format 'evoke.norms'; found ''")]
    [InlineData("not JSON", "line 1, column 2: expected a value; found 'not JSON'.")]
    [InlineData("", "line 1, column 1: expected a value; found nothing.")]
    [InlineData("""{"format":"evoke.prediction","version":1}""", "expected the format 'evoke.norms'; found 'evoke.prediction'")]
    [InlineData("""{"format":"evoke.norms","version":99}""", "its version is 99")]
    [InlineData("""{"format":"evoke.norms","version":1,"name":"\ud800","videos":[]}""", "'name' has a text that is not valid Unicode")]
    [InlineData(
        """
        {"format":"evoke.norms","version":1,"name":"n","evoke":"1","model":{"name":"m","encoders":[],"curves":[{"name":"joy","low":0,"high":1}]},
        "videos":[],"measures":{"\ud800":{"values":[],"videos":[]}}}
        """,
        "not valid Unicode")]
    public async Task ABadNormsFileIsRefusedByNameAndNothingStays(string file, string problem)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        (int status, string detail) = await studio.AddNormAsync(Encoding.UTF8.GetBytes(file), "mine.json");
        (status, detail.StartsWith("mine.json is not a norm of 'evoke norms make': ", StringComparison.Ordinal)).ShouldBe((422, true), detail);
        detail.ShouldContain(problem);
        Directory.GetFiles(Path.Combine(studio.Data, "norms")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ANormsFileIsLimitedAndItsIdIsNoPath()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { MaxUploadBytes = 1000 });
        (await studio.AddNormAsync(new byte[1001])).ShouldBe((413, "A norms file may have 1,000 bytes."));
        (await studio.TryAsync(HttpMethod.Delete, "/api/norms/..%2Fstudio.db")).Status.ShouldBe(404);
        (await studio.TryAsync(HttpMethod.Delete, "/api/norms/..%2f..%2f..%2f..%2f..")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task TheTableOfScoresHasMeasuresAndPercentiles()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string[] ids = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 25);
        VideoScoreTable plain = await studio.GetAsync<VideoScoreTable>("/api/scores");
        plain.Columns.Select(column => column.Group).Distinct().ShouldBe(["Mean", "Peak", "Summary"]);
        VideoScoreTable table = await studio.GetAsync<VideoScoreTable>("/api/scores?norm=library");
        table.Columns.Select(column => column.Group).Distinct().ShouldBe(["Mean", "Peak", "Summary", "Percentile"]);
        int opening = Column(Opening), place = Column(Opening + ".percentile");
        ScoreRow row = table.Rows.Single(row => row.Id == ids[4]);
        ShownMeasure measure = await MeasureAsync(studio, ids[4], "library");
        row.Values[opening].ShouldBe((float)measure.Value);
        row.Values[place]!.Value.ShouldBe(100 * 4 / 24f, 1e-4f);
        Column("mean.arousal.percentile").ShouldBeGreaterThan(0);
        table.Rows.ShouldAllBe(one => one.Values.Length == table.Columns.Length);

        string[] lines = (await studio.Client.GetStringAsync($"/api/scores.csv?norm=library&videos={ids[4]}", TestContext.Current.CancellationToken))
            .TrimEnd().Split('\n');
        string[] header = lines[0].Split(',');
        header.ShouldContain("arousal mean");
        int at = Array.IndexOf(header, Opening + ".percentile");
        float.Parse(lines[1].Split(',')[at], CultureInfo.InvariantCulture).ShouldBe(100 * 4 / 24f, 1e-4f);

        int Column(string key) => table.Columns.Select(column => column.Key).ToList().IndexOf(key);
    }

    [Fact]
    public async Task MeasuresAreKeptWithTheirResultAndComputedAgainForAnother()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string[] ids = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 2);
        MeasureTable table = studio.Service<MeasureTable>();
        table.All("affect").ShouldAllBe(result => result.Measures == null);
        studio.Service<MeasureShelf>().Members("affect").Count.ShouldBe(2);
        MeasuredResult first = table.All("affect").Single(result => result.VideoId == ids[0]);
        Measure kept = first.Measures.ShouldNotBeNull().Find(Opening).ShouldNotBeNull();
        (await MeasureAsync(studio, ids[0], "")).Value.ShouldBe(kept.Value);
        (kept.Scale, kept.ComparedTo?.Name).ShouldBe((Evoke.Curves.CurveRange.ZeroToOne, "mean of the video"));

        ResultTable results = studio.Service<ResultTable>();
        results.Save(results.Find(ids[0], "affect")! with { Created = DateTimeOffset.UnixEpoch });
        table.All("affect").Single(result => result.VideoId == ids[0]).Measures.ShouldBeNull("they were those of another result");
        table.Save("affect", first);
        table.All("affect").Single(result => result.VideoId == ids[0]).Measures.ShouldBeNull("and are not kept for this one");

        studio.Service<StudioDatabase>().Use(connection =>
        {
            using Microsoft.Data.Sqlite.SqliteCommand damage = connection.CreateCommand();
            damage.CommandText = "UPDATE result_measures SET measures = 'null'";
            damage.ExecuteNonQuery();
        });
        Should.Throw<StudioDatabaseException>(table.ThrowIfDamaged);
    }

    private static async Task<ShownMeasure> MeasureAsync(RunningStudio studio, string id, string norm) =>
        (await studio.GetAsync<ShownSummary>($"/api/videos/{id}/summary?norm={Uri.EscapeDataString(norm)}")).Measures.Single(measure => measure.Key == Opening);
}
