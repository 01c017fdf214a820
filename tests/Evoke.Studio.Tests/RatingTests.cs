using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Evoke.Studio.Api;
using Evoke.Studio.Storage;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>What viewers said of a video: read as by <c>evoke predict --labels</c>, kept with the library, and refused in words.</summary>
public sealed class RatingTests
{
    /// <summary>One file, the folder of a data set, and ratings that know the video by another name: numbers, JSON and page are those of the command
    /// line.</summary>
    [Theory]
    [InlineData("file")]
    [InlineData("folder")]
    [InlineData("data set")]
    [InlineData("another name")]
    public async Task NumbersJsonAndPageAreThoseOfPredictWithLabels(string form)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string film = Path.Combine(studio.Folder, "my cut.mp4"), home = studio.Folder;
        File.Copy(await StudioFilms.EventfulAsync(), film);
        VideoView video = await studio.UploadAsync(film);
        string labels = form == "folder" ? "rated" : "ratings.csv";
        if (form == "folder")
        {
            Directory.CreateDirectory(Path.Combine(home, "rated"));
            foreach (string rater in new[] { "r0", "r1", "r2" })
            {
                string[] rows = [.. FilmRatings.Table("my cut").Split('\n')
                    .Where((row, i) => i == 0 || row.Contains($",{rater},", StringComparison.Ordinal))];
                await File.WriteAllLinesAsync(Path.Combine(home, "rated", $"{rater}.csv"), rows);
            }
        }
        else
        {
            string table = FilmRatings.Table(form == "another name" ? "V1" : "my cut");
            await File.WriteAllTextAsync(Path.Combine(home, labels), table);
        }

        if (form == "data set")
        {
            // Of two videos: this one is found by its name.
            await File.AppendAllTextAsync(Path.Combine(home, labels), string.Join('\n', FilmRatings.Table("other").Split('\n')[1..]));
            await EvokeProgram.RunInAsync(home, "dataset", "import", labels, "--range", "1..9", "--out", "set");
            labels = "set";
        }

        await EvokeProgram.RunInAsync(home, "predict", "my cut.mp4", "--out", "predicted", "--json", "--html", "--labels", labels, "--lag", "1.5");
        (string, byte[])[] files = Directory.Exists(Path.Combine(home, labels))
            ? [.. Directory.GetFiles(Path.Combine(home, labels)).Where(path => !path.EndsWith(".html", StringComparison.Ordinal))
                .Select(path => ($"{labels}/{Path.GetFileName(path)}", File.ReadAllBytes(path)))]
            : [(labels, await File.ReadAllBytesAsync(Path.Combine(home, labels)))];
        (await studio.JobEndAsync(video.Id)).Error.ShouldBeNull();
        RatingsView ratings = await FilmRatings.GiveAsync(studio, video.Id, "?lag=1.5", files);

        ratings.RatedAs.ShouldBe(form == "another name" ? "V1" : "my cut");
        (ratings.Files, ratings.LagSeconds).ShouldBe((files.Length, 1.5));
        byte[] json = await File.ReadAllBytesAsync(Path.Combine(home, "predicted", "my cut.json"));
        JsonElement scores = JsonDocument.Parse(json).RootElement.GetProperty("label_scores");
        ratings.Comparison.ShouldNotBeNull().Scores.Select(score => score.Emotion).ShouldBe(scores.EnumerateObject().Select(score => score.Name));
        ratings.Comparison.Scores.Count.ShouldBe(2);
        foreach (var score in ratings.Comparison.Scores)
        {
            JsonElement expected = scores.GetProperty(score.Emotion);
            score.Pearson.ShouldBe(expected.GetProperty("pearson").GetDouble());
            score.Ccc.ShouldBe(expected.GetProperty("ccc").GetDouble());
            score.Rows.ShouldBe(expected.GetProperty("rows").GetInt32());
            score.Raters.ShouldBe(3);
            (score.CeilingLow, score.CeilingHigh).ShouldBe(
                (expected.GetProperty("ceiling_low").GetDouble(), expected.GetProperty("ceiling_high").GetDouble()));
        }

        ratings.Comparison.Warnings.ShouldBe(form == "another name" ? ["ratings.csv has ratings of one video, 'V1'; they are taken to be of this one."] : []);
        byte[] page = await File.ReadAllBytesAsync(Path.Combine(home, "predicted", "my cut.html"));
        foreach ((string format, byte[] expected) in new[] { ("json", json), ("html", page) })
        {
            byte[] exported = await studio.Client.GetByteArrayAsync($"/api/videos/{video.Id}/export/{format}");
            exported.SequenceEqual(expected).ShouldBeTrue($"{format} at byte {expected.AsSpan().CommonPrefixLength(exported)}");
        }

        byte[] curves = await studio.Client.GetByteArrayAsync($"/api/videos/{video.Id}/ratings/curves");
        curves.Length.ShouldBe(2 * 4 * sizeof(float) * 6 * 24, "mean and standard deviation, as the curves of the result");
        JsonElement mean = JsonDocument.Parse(json).RootElement.GetProperty("labels").GetProperty("arousal");
        BitConverter.ToSingle(curves, 0).ShouldBe(mean[0].GetSingle(), 1e-4f);
    }

    [Fact]
    public async Task RatingsStayThroughARestartAndComeBackWithTheirVideoAndGoWithIt()
    {
        using TemporaryFolder home = new();
        string id;
        await using (RunningStudio first = await RunningStudio.StartAsync(folder: home.Path))
        {
            id = ManyFilms.Add(first, await StudioFilms.EventfulAsync(), 1)[0];
            (await first.GetAsync<VideoView>($"/api/videos/{id}")).HasRatings.ShouldBeFalse();
            await FilmRatings.GiveAsync(first, id, FilmRatings.Table("film 001"));
            (await first.TryAsync(HttpMethod.Post, "/api/removed", JsonContent.Create(new RemoveVideosRequest([id])))).Status.ShouldBe(200);
            (await first.TryAsync(HttpMethod.Get, $"/api/videos/{id}/ratings")).Status.ShouldBe(404);
        }

        string folder = Path.Combine(home.Path, "data", "ratings"), lost = Path.Combine(folder, id, "0123456789abcdef");
        Directory.CreateDirectory(lost); // as if Studio had ended while it wrote others
        await using RunningStudio second = await RunningStudio.StartAsync(folder: home.Path);
        Directory.Exists(lost).ShouldBeFalse();
        (await second.TryAsync(HttpMethod.Post, "/api/removed/restore", JsonContent.Create(new PutBackRequest([id])))).Status.ShouldBe(200);
        (await second.GetAsync<VideoView>($"/api/videos/{id}")).HasRatings.ShouldBeTrue();
        (await second.GetAsync<RatingsView>($"/api/videos/{id}/ratings")).Comparison!.Source.ShouldBe("ratings.csv: 3 raters, joined by mean");
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length.ShouldBe(1);
        (await second.TryAsync(HttpMethod.Delete, $"/api/videos/{id}")).Status.ShouldBe(204);
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
        (await second.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(0);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task RatingsAreReplacedMovedAndRemovedAndCountTowardsTheQuota()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string id = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 1)[0];
        RatingsView one = await FilmRatings.GiveAsync(studio, id, FilmRatings.Table("film 001", raters: 1), "alone.csv");
        one.Comparison!.Scores.ShouldAllBe(score => score.Raters == 1 && score.CeilingLow == null && score.CeilingHigh == null);
        one.Comparison.HasSpread.ShouldBeFalse();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(one.Bytes);

        RatingsView two = await FilmRatings.GiveAsync(studio, id, FilmRatings.Table("film 001", raters: 2));
        (two.Name, two.Comparison!.Source).ShouldBe(("ratings.csv", "ratings.csv: 2 raters, joined by mean"));
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(two.Bytes);
        Directory.GetFiles(Path.Combine(studio.Data, "ratings"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["ratings.csv"]);

        (await FilmRatings.LagAsync(studio, id, 3)).Status.ShouldBe(200);
        RatingsView later = await studio.GetAsync<RatingsView>($"/api/videos/{id}/ratings");
        later.LagSeconds.ShouldBe(3);
        later.Comparison!.Scores[0].Pearson.ShouldNotBe(two.Comparison.Scores[0].Pearson);
        (await FilmRatings.LagAsync(studio, id, 30)).ShouldBe((422,
            "No labels are left: all videos are shorter than the lag of 30 s by which they are moved."));
        (await FilmRatings.LagAsync(studio, id, -1)).ShouldBe((400, "A lag is from 0 to 60 seconds; found -1."));
        (await FilmRatings.LagAsync(studio, id, null)).Detail.ShouldStartWith("The lag is missing");
        (await studio.GetAsync<RatingsView>($"/api/videos/{id}/ratings")).LagSeconds.ShouldBe(3, "what was refused changes nothing");

        (await studio.TryAsync(HttpMethod.Delete, $"/api/videos/{id}/ratings")).Status.ShouldBe(204);
        (await studio.TryAsync(HttpMethod.Delete, $"/api/videos/{id}/ratings")).ShouldBe((404, "'film 001.mp4' has no ratings."));
        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{id}/ratings")).Status.ShouldBe(404);
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(0);
        Directory.GetFiles(Path.Combine(studio.Data, "ratings"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task CurvesWithoutACounterpartAreNamedAndAVideoOfAnotherNameIsChosen()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string id = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 1)[0];
        RatingsView some = await FilmRatings.GiveAsync(studio, id, FilmRatings.Table("film 001", curves: "Arousal,boredom"));
        some.Comparison!.Scores.ShouldHaveSingleItem().Emotion.ShouldBe("arousal");
        some.Comparison.OnlyRated.ShouldBe(["boredom"]);
        some.Comparison.OnlyPredicted.ShouldContain("pace");

        RatingsView none = await FilmRatings.GiveAsync(studio, id, FilmRatings.Table("film 001", curves: "boredom,joy"));
        none.Comparison!.Scores.ShouldBeEmpty();
        none.Comparison.OnlyRated.ShouldBe(["boredom", "joy"]);
        (await studio.TryAsync(HttpMethod.Get, $"/api/videos/{id}/ratings/curves")).Status.ShouldBe(422);
        JsonDocument.Parse(await studio.Client.GetStringAsync($"/api/videos/{id}/export/json")).RootElement.GetProperty("warnings").EnumerateArray()
            .ShouldContain(warning => warning.GetString()!.StartsWith("ratings.csv has no curve that is predicted: ", StringComparison.Ordinal));

        byte[] two = Encoding.UTF8.GetBytes(FilmRatings.Table("V1") + string.Join('\n', FilmRatings.Table("V2").Split('\n')[1..]));
        (await FilmRatings.TryAsync(studio, id, "", ("two.csv", two))).ShouldBe((422,
            "two.csv: expected labels of 'film 001'; found those of 'V1', 'V2'. The id of a video is the name of its file without extension."));
        (await FilmRatings.TryAsync(studio, id, "?ratedAs=V3", ("two.csv", two))).ShouldBe((422,
            "two.csv: expected labels of 'V3'; found those of 'V1', 'V2'."));
        RatingsView chosen = await FilmRatings.GiveAsync(studio, id, "?ratedAs=V2", ("two.csv", two));
        chosen.Comparison!.Warnings.ShouldBe(["two.csv: the ratings of 'V2' are taken to be of this video."]);
        (await studio.TryAsync(HttpMethod.Patch, $"/api/videos/{id}", JsonContent.Create(new ChangeVideoRequest("V1")))).Status.ShouldBe(200);
        (await studio.GetAsync<RatingsView>($"/api/videos/{id}/ratings")).RatedAs.ShouldBe("V2", "another name of the video changes nothing");
    }

    private static string Wrong => FilmRatings.Table("film 001").Replace(",r0,0.5,", ",r0,0.5,much", StringComparison.Ordinal);

    public static TheoryData<string, string, int, string> Hostile => new()
    {
        { "../../../up.csv", "", 400, "found '../../../up.csv'" },
        { "..\\up.csv", "", 400, "begins with no dot" },
        { ".hidden.csv", "", 400, "begins with no dot" },
        { new string('x', 300) + ".csv", "", 400, "at most 200 bytes" },
        { "a/b/c/d/e/f/g/h/i.csv", "", 400, "1 to 8 parts" },
        { "ratings.csv", "", 422, "ratings.csv: " },
        { "ratings.csv", Wrong, 422, "ratings.csv, row 3: expected " },
        { "/etc/passwd.csv", Wrong, 422, "etc/passwd.csv, row 3: expected " },
        { "ratings.xlsx", "PK\u0003\u0004 and no more", 422, "ratings.xlsx" },
        { "ratings.csv.gz", "\u001f\u008b\u0008 and no more", 422, "ratings.csv.gz" },
        { "film.mp4", "\0\0\0\u0018ftyp", 422, "film.mp4" },
        { "ratings.eaf", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", 422, "ratings.eaf" },
        { "<img src=x onerror=alert(1)>.csv", "a\n", 422, "<img src=x onerror=alert(1)>.csv" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task WhatCannotBeReadIsRefusedInWordsAndLeavesNothing(string name, string content, int status, string said)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string id = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 1)[0];
        (int found, string detail) = await FilmRatings.TryAsync(studio, id, "", (name, Encoding.Latin1.GetBytes(content)));
        found.ShouldBe(status, detail);
        detail.ShouldContain(said);
        detail.ShouldNotContain(studio.Folder, Case.Sensitive, "paths of the server are not told");
        Directory.GetFiles(Path.Combine(studio.Data, "ratings"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await studio.GetAsync<VideoView>($"/api/videos/{id}")).HasRatings.ShouldBeFalse();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(0);
    }

    [Fact]
    public async Task TooMuchIsRefused()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => options with { QuotaBytes = 1_000_000 });
        string id = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 1)[0];
        byte[] table = Encoding.UTF8.GetBytes(FilmRatings.Table("film 001"));
        (await FilmRatings.TryAsync(studio, id, "", ("a.csv", new byte[40 << 20]))).Detail
            .ShouldStartWith("The ratings of a video may have 33,554,432 bytes; found ");
        (await FilmRatings.TryAsync(studio, id, "", ("a.csv", new byte[1 << 20]))).Status.ShouldBe(507);
        (await FilmRatings.TryAsync(studio, id, "", ("bomb.csv.gz", Zipped(100)))).ShouldBe((413,
            "bomb.csv.gz: expected at most 67,108,864 bytes in all files once they are unpacked; found more."));
        (await FilmRatings.TryAsync(studio, id, "", [.. Enumerable.Range(0, 250).Select(i => ($"{i}.csv", table[..10]))])).Status.ShouldBe(400);
        (await FilmRatings.TryAsync(studio, id, "", ("a.csv", table), ("A.CSV", table))).ShouldBe((400,
            "Each file needs a name of its own; found 'ratings/a.csv' twice."));
        (await FilmRatings.TryAsync(studio, id, "?lag=NaN", ("a.csv", table))).ShouldBe((400, "A lag is from 0 to 60 seconds; found NaN."));
        (await FilmRatings.TryAsync(studio, "none", "", ("a.csv", table))).Status.ShouldBe(404);

        using ByteArrayContent plain = new(table);
        (await studio.TryAsync(HttpMethod.Put, $"/api/videos/{id}/ratings", plain)).ShouldBe((415,
            "The body of this call must be multipart/form-data, with a file of ratings or several."));
        using StringContent cut = new("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\nvideo,ra");
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        (int status, string detail) = await studio.TryAsync(HttpMethod.Put, $"/api/videos/{id}/ratings", cut);
        (status, detail[..58]).ShouldBe((400, "The body of this call is not a complete form with files: U"), detail);
        Directory.GetFiles(Path.Combine(studio.Data, "ratings"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await studio.GetAsync<StatusView>("/api/status")).UsedBytes.ShouldBe(0);
    }

    [Fact]
    public async Task RatingsOfAVideoThatIsRemovedMeanwhileAreNotKept()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string id = ManyFilms.Add(studio, await StudioFilms.EventfulAsync(), 1)[0];
        RatingRecord record = new()
        {
            VideoId = id,
            Folder = "f",
            Name = "a.csv",
            Files = 1,
            Bytes = 1,
            RatedAs = "a",
            LagSeconds = 0,
            Given = DateTimeOffset.UnixEpoch,
        };
        studio.Service<VideoTable>().Remove(id, DateTimeOffset.UtcNow, fileGoes: false);
        studio.Service<RatingTable>().Set(record).IsStored.ShouldBeFalse();
        studio.Service<RatingTable>().Find(id).ShouldBeNull();
    }

    [Fact]
    public async Task TheDescriptionSaysThatFilesAreSentAsAForm()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using JsonDocument served = JsonDocument.Parse(await studio.Client.GetStringAsync("/openapi/v1.json"));
        JsonElement call = served.RootElement.GetProperty("paths").GetProperty("/api/videos/{id}/ratings");
        call.EnumerateObject().Select(method => method.Name).Order().ShouldBe(["delete", "get", "patch", "put"]);
        JsonElement put = call.GetProperty("put");
        put.GetProperty("operationId").GetString().ShouldBe("GiveRatings");
        JsonElement files = put.GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data").GetProperty("schema")
            .GetProperty("properties").GetProperty("files");
        (files.GetProperty("type").GetString(), files.GetProperty("items").GetProperty("format").GetString()).ShouldBe(("array", "binary"));
        put.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())
            .ShouldBe(["id", "lag", "ratedAs", "model"]);
    }

    private static byte[] Zipped(int megabytes)
    {
        using MemoryStream stream = new();
        using (GZipStream zip = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int i = 0; i < megabytes; i++)
            {
                zip.Write(new byte[1 << 20]);
            }
        }

        return stream.ToArray();
    }
}
