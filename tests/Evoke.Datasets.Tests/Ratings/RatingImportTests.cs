using System.Globalization;
using System.Text.Json;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Datasets.Splits;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Ratings;

public sealed class RatingImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFolderIsAnOrdinaryDataSetWithItsRatersBesideIt()
    {
        ImportedRatings ratings = RatingImport.Run(new RatingImportOptions { Files = [Made(5)], Rate = new Rate(2) });

        RatingFolder.Write(ratings, RatingDocument.Of(ratings), _folder.File("out"));

        LabelSet labels = LabelSet.Read(_folder.File("out/labels.csv"));
        LabelSet train = LabelSet.Read(_folder.File("out/train.csv")), validation = LabelSet.Read(_folder.File("out/val.csv"));
        (labels.Videos.Count, train.Videos.Count, validation.Videos.Count).ShouldBe((5, 4, 1));
        labels.Scheme.Names.ShouldBe(["valence", "arousal"]);
        labels.Scheme.Ranges.ShouldBe([new CurveRange(-1, 1), new CurveRange(-1, 1)]);
        labels.Scheme.ZeroRowsAreMissing.ShouldBeFalse();
        labels.Videos[0].Curves.Grid.Rate.ShouldBe(new Rate(2));
        labels.Videos[0].Curves[6, 0].ShouldBe((Value("v0", 0, 3) + Value("v0", 1, 3) + Value("v0", 2, 3)) / 3, 1e-5f);
        EevCsv.ReadLabels(_folder.File("out/spread.csv")).First().Curves[6, 0].ShouldBeGreaterThan(0);
        JsonDocument.Parse(File.ReadAllText(_folder.File("out/import.json"))).RootElement.GetProperty("agreement").GetProperty("v3").GetProperty("arousal")
            .GetProperty("raters").GetInt32().ShouldBe(3);
    }

    [Fact]
    public void WhatTheRatersSaidCanBeImportedAgainAndGivesTheSameLabels()
    {
        ImportedRatings first = RatingImport.Run(new RatingImportOptions { Files = [Made(2)], Rate = new Rate(2), Gold = GoldStandardKind.Ewe });
        RatingFolder.Write(first, RatingDocument.Of(first), _folder.File("one"));

        ImportedRatings second = RatingImport.Run(
            new RatingImportOptions { Files = [_folder.File("one/raters.csv")], Rate = new Rate(2), Gold = GoldStandardKind.Ewe });
        RatingFolder.Write(second, RatingDocument.Of(second), _folder.File("two"));

        LabelSet one = LabelSet.Read(_folder.File("one/labels.csv")), two = LabelSet.Read(_folder.File("two/labels.csv"));
        float[] before = one.Videos[1].Curves.Values.ToArray(), after = two.Videos[1].Curves.Values.ToArray();
        after.Length.ShouldBe(before.Length);
        before.Zip(after, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-5f);
    }

    [Theory]
    [InlineData("v,a,0,1\nv,a,1e300,2\n", "row 3: expected times within 24 hours of the start of the video")]
    [InlineData("v,a,0,1\nv,a,1e7,2\n", "row 3: expected times within 24 hours of the start of the video")]
    [InlineData("v,a,0,1e308\nv,a,1,-1e308\n", "row 2: expected a value between -1e9 and 1e9")]
    public void NumbersThatCannotBeRatingsAreRefusedWithTheirRow(string rows, string said)
    {
        File.WriteAllText(_folder.File("odd.csv"), "video,rater,time,joy\n" + rows);
        Should.Throw<RatingFilesException>(() => RatingImport.Run(new RatingImportOptions { Files = [_folder.File("odd.csv")], Rate = new Rate(2) }))
            .Message.ShouldContain(said);
    }

    [Fact]
    public void ALagThatLeavesNothingAndARangeForNothingAreRefused()
    {
        RatingImportOptions options = new() { Files = [Made(1)], Rate = new Rate(2) };
        Should.Throw<DatasetException>(() => RatingImport.Run(options with { LagSeconds = 1000 })).Message.ShouldContain("lag of 1000 s");
        Should.Throw<DatasetException>(() => RatingImport.Run(options with { Ranges = [new RatingRange("valance", -1, 1)] }))
            .Message.ShouldBe("There is no curve 'valance', for which a range was given; the curves are: valence, arousal.");
    }

    [Fact]
    public void TablesOfAnEarlierImportDoNotStayBesideThoseOfALaterOne()
    {
        foreach (int videos in (int[])[5, 1])
        {
            ImportedRatings ratings = RatingImport.Run(new RatingImportOptions { Files = [Made(videos)], Rate = new Rate(2) });
            RatingFolder.Write(ratings, RatingDocument.Of(ratings), _folder.File("out"));
        }

        Directory.GetFiles(_folder.File("out"), "*.csv").Select(path => Path.GetFileName(path)).Order().ShouldBe(["labels.csv", "raters.csv", "spread.csv"]);
        File.Exists(_folder.File("out/train.scheme.json")).ShouldBeFalse();
    }

    [Fact]
    public void NamesThatASpreadsheetWouldRunAreWrittenWithAnApostropheAndReadBackWithoutIt()
    {
        File.WriteAllText(_folder.File("odd.csv"), "video,rater,time,joy\n=v,@r,0,1\n=v,@r,1,2\n=v,@r,2,3\n");
        ImportedRatings first = RatingImport.Run(new RatingImportOptions { Files = [_folder.File("odd.csv")], Rate = new Rate(1) });
        RatingFolder.Write(first, RatingDocument.Of(first), _folder.File("out"));
        File.ReadAllLines(_folder.File("out/raters.csv"))[1].ShouldStartWith("'=v,'@r,0,");

        ImportedRatings second = RatingImport.Run(new RatingImportOptions { Files = [_folder.File("out/raters.csv")], Rate = new Rate(1) });
        second.Videos.ShouldBe(["=v"]);
        second.Curves[0].Rated.Raters.ShouldBe(["@r"]);
    }

    [Fact]
    public void ALagMovesLabelsEarlierAndTheLastOnesAreMissing()
    {
        ImportedRatings prompt = RatingImport.Run(new RatingImportOptions { Files = [Made(1)], Rate = new Rate(2) });
        ImportedRatings late = RatingImport.Run(new RatingImportOptions { Files = [Made(1)], Rate = new Rate(2), LagSeconds = 3 });

        late.Curves[0].Label!.Values[4].ShouldBe(prompt.Curves[0].Label!.Values[10], 1e-9);
        late.Curves[0].Label!.Values.Length.ShouldBe(prompt.Curves[0].Label!.Values.Length);
        late.Curves[0].Label!.Values.Count(double.IsNaN).ShouldBe(6);
        late.Notes.ShouldNotContain(note => note.Contains("lag"));
    }

    [Fact]
    public void AShortVideoThatALagTakesMuchOfIsNamed()
    {
        ImportedRatings ratings = RatingImport.Run(new RatingImportOptions { Files = [Made(1)], Rate = new Rate(2), LagSeconds = 10 });
        string id = ratings.Videos.ShouldHaveSingleItem();
        ratings.Notes.ShouldContain($"The lag takes the labels of the last 10 s of each video: more than a quarter of '{id}'.");
    }

    [Fact]
    public void ALateRaterIsMovedWhereRatersAreAligned()
    {
        ImportedRatings ratings = RatingImport.Run(new RatingImportOptions { Files = [Made(3, lateBy: 1.5)], Rate = new Rate(5), AlignRaters = true });

        ratings.RaterLags["r2"].ShouldBe(1.5, 0.15);
        ratings.Curves[0].Agreement.Pearson.ShouldNotBeNull().ShouldBeGreaterThan(
            RatingImport.Run(new RatingImportOptions { Files = [Made(3, lateBy: 1.5)], Rate = new Rate(5) }).Curves[0].Agreement.Pearson!.Value);
    }

    [Fact]
    public void ScalesAreAsGivenOrTheNarrowestCommonOnes()
    {
        RatingImport.Run(new RatingImportOptions { Files = [Made(1)] }).Scales[0].ShouldBe(new CurveScale(-1, 1, IsGiven: false));
        ImportedRatings given = RatingImport.Run(
            new RatingImportOptions { Files = [Made(1)], Ranges = [new RatingRange("VALENCE", -2, 2), new RatingRange(null, -3, 3)] });
        given.Scales.ShouldBe([new CurveScale(-2, 2, IsGiven: true), new CurveScale(-3, 3, IsGiven: true)]);
        RatingImport.Run(new RatingImportOptions { Files = [Made(2)], ZScores = true }).Scales[0].ShouldBe(new CurveScale(-2, 2, IsGiven: false));
    }

    [Fact]
    public void ConstantTracesAndOddRatersAreNamedOnThePage()
    {
        string path = _folder.File("r.csv");
        File.WriteAllText(path, "video,rater,time,joy\n" + string.Concat(
            from rater in (string[])["a", "b", "c", "d", "<still>"]
            from t in Enumerable.Range(0, 40)
            select string.Create(CultureInfo.InvariantCulture, $"v,{rater},{t},{(rater == "<still>" ? 0.5 : 0.5 + (0.4 * Math.Sin(t / 5.0)))}\n")));

        ImportedRatings ratings = RatingImport.Run(new RatingImportOptions { Files = [path] });
        string page = RatingPage.Render(ratings);

        ratings.Notes.ShouldHaveSingleItem().ShouldBe("Video 'v', joy: a constant trace by <still>.");
        ratings.Raters.Single(rater => rater.IsOdd).Rater.ShouldBe("<still>");
        page.ShouldContain("<title>&lt;still&gt;</title>");
        page.ShouldNotContain("<still>");
        page.ShouldContain("class=\"rater odd\"");
        page.ShouldContain("class=\"spread\" d=\"M");
    }

    [Fact]
    public void TheDivisionOfAVideoDoesNotDependOnTheOthersOrder()
    {
        string[] validation = [.. RatingImport.Run(new RatingImportOptions { Files = [Made(10)], ValidationShare = 0.3 }).Validation];

        validation.Length.ShouldBe(3);
        RatingImport.Run(new RatingImportOptions { Files = [Made(10, reversed: true)], ValidationShare = 0.3 }).Validation.Order().ShouldBe(validation.Order());
        RatingImport.Run(new RatingImportOptions { Files = [Made(10)], ValidationShare = 0 }).Validation.ShouldBeEmpty();
    }

    [Fact]
    public void VideosOfAGroupStayTogether()
    {
        string path = Rated([.. Enumerable.Range(0, 12).Select(i => $"film{i / 3}_clip{i % 3}")]);

        ImportedRatings ratings = RatingImport.Run(
            new RatingImportOptions { Files = [path], ValidationShare = 0.25, Groups = VideoGroups.ByPattern("(.*)_clip") });

        ratings.Validation.Length.ShouldBe(3);
        ratings.Validation.Select(video => video.Split('_')[0]).Distinct().ShouldHaveSingleItem();
        ratings.Notes.ShouldBeEmpty();
        RatingDocument.Of(ratings).Groups.ShouldBe("by the pattern (.*)_clip");
        RatingImport.Run(new RatingImportOptions { Files = [path], Groups = VideoGroups.ByPattern("film") }).Validation.ShouldBeEmpty();
    }

    [Fact]
    public void PartsOfOneFilmOnBothSidesOfTheDivisionAreNamed()
    {
        ImportedRatings ratings = RatingImport.Run(new RatingImportOptions
        {
            Files = [Rated([.. Enumerable.Range(0, 12).Select(i => $"{(i < 6 ? "heat" : "alien")}_clip{i}")])],
            ValidationShare = 0.5,
        });
        ratings.Notes.ShouldHaveSingleItem().ShouldStartWith(
            "Videos whose names look like parts of one film are both in train.csv and in val.csv ('heat', 'alien'): ");
        RatingDocument.Of(ratings).Groups.ShouldBeNull();
    }

    [Theory]
    [InlineData("clip_", "clip_")] // the numbers of a list
    [InlineData("v", "v")]
    [InlineData("heat_", "heat_")] // one name: a list too
    [InlineData("heat", "alien")] // sequels have no separator
    public void OtherNumbersAreNotThoseOfParts(string first, string second) => RatingImport.Run(new RatingImportOptions
    {
        Files = [Rated([.. Enumerable.Range(0, 12).Select(i => $"{(i < 6 ? first : second)}{i}")])],
        ValidationShare = 0.5,
    }).Notes.ShouldBeEmpty();

    [Fact]
    public void AnEndThatNobodyRatedIsNamed()
    {
        string path = Made(1);
        File.AppendAllText(path, "v0,r0,60,,\n");

        ImportedRatings ratings = RatingImport.Run(new RatingImportOptions { Files = [path], LagSeconds = 1 });

        ratings.Notes[0].ShouldBe("No rater has a value at the end of 'v0', where cells are blank: there are no labels for it.");
        RatingImport.Run(new RatingImportOptions { Files = [Made(1)], LagSeconds = 7 }).Notes.ShouldBeEmpty();
    }

    [Fact]
    public void ASingleValueIsLeftOutOfAgreementAndLabelAndNamed()
    {
        string path = Made(1);
        ImportedRatings without = RatingImport.Run(new RatingImportOptions { Files = [path] });
        File.AppendAllText(path, "v0,lazy,4,1,1\n");

        ImportedRatings with = RatingImport.Run(new RatingImportOptions { Files = [path] });

        with.Curves[0].Agreement.ShouldBe(without.Curves[0].Agreement);
        with.Curves[0].Label!.Values.ShouldBe(without.Curves[0].Label!.Values);
        with.Raters.Select(rater => rater.Rater).ShouldNotContain("lazy");
        with.Notes[0].ShouldBe("Video 'v0', valence: a single value by 'lazy' (at 4 s) is left out, also of agreement.");
    }

    [Fact]
    public void VideosThatWereRatedAsAWholeKeepTheirSingleValues()
    {
        File.WriteAllText(_folder.File("whole.csv"), "video,rater,time,joy\nv,a,0,1\nv,b,0,0\n");
        RatingImport.Run(new RatingImportOptions { Files = [_folder.File("whole.csv")] }).Curves.Single().Label!.Values.ShouldBe([0.5]);
    }

    [Fact]
    public void ThePageSaysWhereACurveEnds() =>
        RatingPage.Render(RatingImport.Run(new RatingImportOptions { Files = [Made(1)] })).ShouldContain("· 0 to 30 s</fig");

    private string Rated(string[] videos)
    {
        string path = _folder.File("rated.csv");
        File.WriteAllText(path, "video,rater,time,joy\n" + string.Concat(
            from video in videos
            from rater in (string[])["a", "b"]
            from t in Enumerable.Range(0, 10)
            select $"{video},{rater},{t},0.{t}\n"));
        return path;
    }

    private string Made(int videos, double lateBy = 0, bool reversed = false)
    {
        IEnumerable<int> order = reversed ? Enumerable.Range(0, videos).Reverse() : Enumerable.Range(0, videos);
        string path = _folder.File("made.csv");
        File.WriteAllText(path, "video,rater,time,valence,arousal\n" + string.Concat(
            from video in order
            from rater in Enumerable.Range(0, 3)
            from step in Enumerable.Range(0, 151)
            let t = step / 5.0
            let late = rater == 2 ? t - lateBy : t
            select string.Create(
                CultureInfo.InvariantCulture, $"v{video},r{rater},{t},{Value($"v{video}", rater, late)},{-Value($"v{video}", rater, late)}\n")));
        return path;
    }

    private static float Value(string video, int rater, double t) => (float)((0.8 * Math.Sin((t / 2.5) + video[1])) + (0.05 * Math.Sin((rater + 2) * t)));
}
