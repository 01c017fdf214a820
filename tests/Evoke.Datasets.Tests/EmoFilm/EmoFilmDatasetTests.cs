using System.Text.Json;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Ratings;
using Evoke.Datasets.EmoFilm;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Ratings;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.EmoFilm;

public sealed class EmoFilmDatasetTests : IAsyncLifetime
{
    private const int Seconds = 40;

    private readonly TemporaryFolder _folder = new();
    private MadeEmoFilm _made = null!;

    public async ValueTask InitializeAsync() => _made = await MadeEmoFilm.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _made.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TheResultIsAnOrdinaryDataSetAtOneHertz()
    {
        AddFilm("Sintel");
        AddFilm("Chatter");

        EmoFilmResult result = await RunAsync();
        RatingFolder.Write(result.Ratings!, RatingDocument.Of(result.Ratings!), _folder.File("out"));

        (result.Downloaded, result.Present).ShouldBe((12, 0));
        LabelSet labels = LabelSet.Read(_folder.File("out/labels.csv"));
        labels.Videos.Select(video => video.VideoId).ShouldBe(["Chatter", "Sintel"]);
        labels.Scheme.Names.ShouldBe(["Sad", "Calm"]); // The order of the items, not of the files.
        labels.Scheme.Ranges.ShouldAllBe(range => range == new CurveRange(0, 100)); // One gauge: the widest scale holds for all.
        (labels.Videos[0].Curves.Grid.Rate, labels.Videos[0].Curves.Grid.Count).ShouldBe((new Rate(1), Seconds));
        labels.Videos[0].Curves[7, 0].ShouldBe((float)((Value(0, 7) + Value(1, 7) + Value(2, 7)) / 3), 1e-3f);
        EevCsv.ReadLabels(_folder.File("out/spread.csv")).First().Curves[7, 0].ShouldBeGreaterThan(0);
        JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("out/import.json"))).RootElement.GetProperty("raters").GetArrayLength().ShouldBe(3);
        File.ReadLines(_folder.File("out/raters.csv")).Count().ShouldBe(1 + (2 * 3 * Seconds));
    }

    [Fact]
    public async Task ACopyUnderTheMisspeltNameIsCountedOnce()
    {
        AddFilm("LessonLearned");
        _made.Add("r0", "LeassonLearned", "Sad", [.. Enumerable.Range(0, Seconds).Select(second => Value(0, second))]);
        _made.Add("r1", "LeassonLearned", "Sad", [.. Enumerable.Range(0, Seconds).Select(second => Value(1, second) / 2)]);
        _made.Add("r9", "LeassonLearned", "Sad", [.. Enumerable.Range(0, Seconds).Select(second => Value(1, second))]);

        ImportedRatings ratings = (await RunAsync()).Ratings!;

        RatedCurve sad = ratings.Find("LessonLearned", "Sad")!.Rated;
        sad.Raters.ShouldBe(["sub-r0", "sub-r1", "sub-r2", "sub-r9"]);
        sad.Of(1)[5].ShouldBe(Value(1, 5)); // The file with the right name.
        ratings.Notes[0].ShouldStartWith("1 of the files named LeassonLearned repeat");
        ratings.Notes[1].ShouldContain("sub-r1/beh/sub-r1_task-LeassonLearned_recording-Sad_stim.tsv.gz");
    }

    [Fact]
    public async Task FilmsOutsideTheConsensusAreLeftOutUnlessAskedFor()
    {
        AddFilm("Sintel");
        AddFilm("RidingTheRails");

        (await RunAsync()).Ratings!.Videos.ShouldBe(["Sintel"]);
        (await RunAsync(options => options with { AllFilms = true })).Ratings!.Videos.ShouldBe(["RidingTheRails", "Sintel"]);
    }

    [Fact]
    public async Task ThePublishedConsensusIsTakenAsItIsWithTheSpreadOfTheRaters()
    {
        AddFilm("Sintel");
        _made.AddConsensus("Sintel", Seconds, (second, column) => Math.Sin(second) + (column / 25.0));

        EmoFilmResult result = await RunAsync(options => options with { Gold = EmoFilmGold.Published });
        RatingDocument document = RatingDocument.Of(result.Ratings!);
        RatingFolder.Write(result.Ratings!, document, _folder.File("out"));

        EmotionCurves curves = LabelSet.Read(_folder.File("out/labels.csv")).Videos.Single().Curves;
        curves[5, 0].ShouldBe((float)(Math.Sin(5) + (49 / 25.0)), 1e-3f); // Sad is the last of the 50 columns.
        curves[5, 1].ShouldBe((float)(Math.Sin(5) + (27 / 25.0)), 1e-3f); // Calm is the 28th.
        curves.Scheme.Ranges[0].Unit.ShouldBe("standard deviations");
        EevCsv.ReadLabels(_folder.File("out/spread.csv")).Single().Curves[5, 0].ShouldBeGreaterThan(0);
        document.Gold.ShouldStartWith("the published consensus");
        (await File.ReadAllTextAsync(_folder.File("out/ratings.html"))).ShouldContain("Labels are the published consensus");
    }

    [Fact]
    public async Task TheConsensusComputedHereIsThatOfTheRulesOverAllFilmsAndIsComparedWithThePublishedOne()
    {
        // The rater of Sintel used another part of the scale in Chatter, which the user does not have: z-scores are over both.
        foreach ((string film, double level) in ((string, double)[])[("Sintel", 20), ("Chatter", 60), ("RidingTheRails", 40)])
        {
            _made.Add("r0", film, "Sad", [.. Enumerable.Range(0, Seconds).Select(second => level + (second % 2 == 0 ? 10 : -10))]);
        }

        _made.AddConsensus("Sintel", Seconds, (second, _) => second % 2 == 0 ? 3 : 1);
        EmoFilmResult result = await RunAsync(options => options with { Gold = EmoFilmGold.Consensus, AllFilms = true });
        RatingFolder.Write(result.Ratings!, RatingDocument.Of(result.Ratings!), _folder.File("out"));

        // 120 values around 40: their squared deviations are 2 * 40 * 20 * 20 of the levels and 120 * 10 * 10 within.
        double deviation = Math.Sqrt(((80 * 400) + (120 * 100)) / 119.0);
        LabelSet labels = LabelSet.Read(_folder.File("out/labels.csv"));
        labels.Videos.Select(video => video.VideoId).ShouldBe(["Chatter", "RidingTheRails", "Sintel"]);
        labels.Find("Sintel")!.Curves[0, 0].ShouldBe((float)(-10 / deviation), 1e-3f);
        labels.Find("Chatter")!.Curves[1, 0].ShouldBe((float)(10 / deviation), 1e-3f);
        labels.Find("RidingTheRails")!.Curves[0, 0].ShouldBe((float)(10 / deviation), 1e-3f);
        result.Ratings!.Notes.ShouldContain("Correlation with the published consensus: mean 1.000 over 1 curve, lowest 1.000 (Sintel, Sad).");
        RatingDocument.Of(result.Ratings!).Gold.ShouldStartWith("the consensus of Emo-FilM, computed from the raters");
    }

    [Fact]
    public async Task ADownloadThatFailsLeavesNoEmptyFoldersAndSaysWhatToDo()
    {
        _made.Add("r0", "Sintel", "Sad", 1, 2, 3);
        EmoFilmOptions options = Options();
        _made.Server.Script = (context, _) =>
        {
            context.Response.StatusCode = 403;
            return Task.FromResult(true);
        };

        (await Should.ThrowAsync<DownloadException>(() => EmoFilmDataset.RunAsync(options, cancellationToken: TestContext.Current.CancellationToken)))
            .Message.ShouldContain("and name it with --ratings.");
        Directory.GetDirectories(_folder.File("ratings")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ARaterFarFromTheConsensusKeepsTheSpreadReadable()
    {
        for (int rater = 0; rater < 3; rater++)
        {
            int own = rater;
            _made.Add($"r{rater}", "Sintel", "Sad", [.. Enumerable.Range(0, Seconds).Select(second => own == 0 && second == 9 ? 100.0 : second % 2)]);
        }

        _made.AddConsensus("Sintel", Seconds, (second, _) => Math.Sin(second));

        ImportedRatings ratings = (await RunAsync(options => options with { Gold = EmoFilmGold.Published })).Ratings!;
        RatingFolder.Write(ratings, RatingDocument.Of(ratings), _folder.File("out"));

        ratings.Scales.Single().High.ShouldBe(1);
        EevCsv.ReadLabels(_folder.File("out/spread.csv")).Single().Curves[9, 0].ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task ABrokenConnectionIsResumedAndFilesThatAreThereAreKept()
    {
        _made.Add("r0", "Sintel", "Sad", [.. Enumerable.Range(0, Seconds).Select(second => Value(0, second))]);
        _made.CutFirst(requests: 1, bytes: 20);

        (await RunAsync()).Downloaded.ShouldBe(1);
        _made.Server.Requests.Count.ShouldBe(2);
        _made.Server.Requests.Last().ShouldContain("bytes=20-");

        EmoFilmResult again = await RunAsync();
        (again.Downloaded, again.Present, _made.Server.Requests.Count).ShouldBe((0, 1, 2));
    }

    [Fact]
    public async Task ADamagedFileIsFetchedAgainAndAnotherOneIsRefused()
    {
        const string path = "sub-r0/beh/sub-r0_task-Sintel_recording-Sad_stim.tsv.gz";
        AddFilm("Sintel");
        await RunAsync();
        string local = _folder.File("ratings/" + path);
        byte[] right = await File.ReadAllBytesAsync(local);
        await File.WriteAllBytesAsync(local, Damaged(right));

        (await RunAsync()).Downloaded.ShouldBe(1);
        (await File.ReadAllBytesAsync(local)).ShouldBe(right);

        EmoFilmOptions options = Options();
        File.Delete(local);
        _made[path] = Damaged(right);
        HashMismatchException error = await Should.ThrowAsync<HashMismatchException>(() => EmoFilmDataset.RunAsync(options));
        error.Message.ShouldContain(path);
        File.Exists(local).ShouldBeFalse();
    }

    [Fact]
    public async Task AFileThatTheServerDoesNotHaveIsNamed()
    {
        AddFilm("Sintel");
        EmoFilmFile gone = new("sub-x/beh/sub-x_task-Sintel_recording-Sad_stim.tsv.gz", 1, new string('0', 64), "Sintel", "sub-x", "Sad");

        (await Should.ThrowAsync<DownloadException>(() => RunAsync(options => options with { Files = [.. options.Files, gone] })))
            .Message.ShouldContain(gone.Path);
    }

    [Fact]
    public async Task MissingValuesAreMissingAndWordsAreMistakes()
    {
        _made.Add("r0", "Sintel", "Sad", 1, double.NaN, 3);
        _made.Add("r1", "Sintel", "Sad", double.NaN, double.NaN, double.NaN);

        ImportedRatings ratings = (await RunAsync()).Ratings!;
        ratings.Curves.Single().Label!.Values.ShouldBe([1, double.NaN, 3]);
        ratings.Curves.Single().Rated.Raters.ShouldBe(["sub-r0"]);

        _made.AddText("sub-r2/beh/sub-r2_task-Sintel_recording-Sad_stim.tsv.gz", "1\nhigh\n");
        RatingMistake mistake = (await Should.ThrowAsync<RatingFilesException>(() => RunAsync())).Mistakes.Single();
        (mistake.Place.Row, mistake.Found).ShouldBe((2, "'high'"));
    }

    [Theory]
    [InlineData("1\n2\0\n", "a number", "'2\0'")]
    [InlineData("1\n{long}\n", "a row of at most 65536 characters", "more")]
    public async Task ANulCharacterAndARowWithoutEndAreMistakes(string text, string expected, string found)
    {
        _made.AddText("sub-r0/beh/sub-r0_task-Sintel_recording-Sad_stim.tsv.gz", text.Replace("{long}", new string('1', 100_000), StringComparison.Ordinal));

        RatingMistake mistake = (await Should.ThrowAsync<RatingFilesException>(() => RunAsync())).Mistakes.Single();

        (mistake.Place.Row, mistake.Expected, mistake.Found).ShouldBe((2, expected, found));
    }

    private static double Value(int rater, int second) => 40 + (10 * rater) + (30 * Math.Sin((second / 5.0) + rater));

    private static byte[] Damaged(byte[] content) => [.. content.Select((one, i) => i == content.Length - 1 ? (byte)(one ^ 1) : one)];

    // Calm stays below 1: on its own it would be taken for a scale from 0 to 1.
    private void AddFilm(string film)
    {
        for (int rater = 0; rater < 3; rater++)
        {
            int own = rater;
            _made.Add($"r{rater}", film, "Calm", [.. Enumerable.Range(0, Seconds).Select(second => Value(own, second) / 1000)]);
            _made.Add($"r{rater}", film, "Sad", [.. Enumerable.Range(0, Seconds).Select(second => Value(own, second))]);
        }
    }

    private EmoFilmOptions Options() => new()
    {
        Files = _made.Files,
        Address = _made.Address,
        Ratings = _folder.File("ratings"),
        Items = ["Sad", "Calm"],
        Download = new DownloadOptions { RetryDelay = TimeSpan.Zero },
    };

    private Task<EmoFilmResult> RunAsync(Func<EmoFilmOptions, EmoFilmOptions>? change = null) =>
        EmoFilmDataset.RunAsync(change is null ? Options() : change(Options()), cancellationToken: TestContext.Current.CancellationToken);
}
