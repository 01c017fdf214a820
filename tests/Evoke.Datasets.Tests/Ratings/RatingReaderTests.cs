using System.IO.Compression;
using System.Text;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Datasets.Ratings.Tables;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Ratings;

/// <summary>The forms in which people have ratings.</summary>
public sealed class RatingReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ALongTableHasARowForEachTimeAndAColumnForEachCurve()
    {
        RatingReading read = Read(Text(
            "ratings.csv", "Participant ID,Stimulus,Time (ms),Valence,Arousal,Trial\nP1,a.mp4,0,1,2,1\nP1,a.mp4,500,3,,1\nP2,a.mp4,0,5,6,1\n"));

        Found(read, "a", "Valence", "P1").Seconds.ShouldBe([0, 0.5]);
        Found(read, "a", "Valence", "P1").Values.ShouldBe([1, 3]);
        Found(read, "a", "Arousal", "P1").Values.ShouldBe([2, double.NaN]);
        Found(read, "a", "Valence", "P2").Values.ShouldBe([5]);
        read.Files[0].Form.ShouldContain("time from column 'Time (ms)' in ms (by the column's name)");
        read.Files[0].Form.ShouldContain("not read: 'Trial'");
    }

    [Fact]
    public void ALongTableMayHaveOneValuePerRow()
    {
        RatingReading read = Read(Text(
            "ratings.tsv", "video\trater\tonset\temotion\trating\nclip\tx\t0\tjoy\t0,5\nclip\tx\t1\tjoy\t0,75\nclip\tx\t0\tfear\t1\n"));

        Found(read, "clip", "joy", "x").Values.ShouldBe([0.5, 0.75]);
        Found(read, "clip", "fear", "x").Values.ShouldBe([1]);
    }

    [Theory]
    [InlineData("0,40,80,120", "ms (recognised by its steps of 40)", 0.12)]
    [InlineData("0,40000,80000,120000", "us (recognised by its steps of 40000)", 0.12)]
    [InlineData("0,0.5,1,1.5", "s (recognised by its steps of 0.5)", 1.5)]
    [InlineData("0:00.0,0:00.5,0:01.0,1:02:03.5", "hh:mm:ss (recognised by its colons)", 3723.5)]
    public void UnitsOfTimesAreRecognisedAndSaid(string times, string said, double last)
    {
        RatingReading read = Read(Text("r.csv", "video,rater,time,joy\n" + string.Concat(times.Split(',').Select((time, i) => $"v,a,{time},{i}\n"))));

        read.Files[0].Form.ShouldContain($"time from column 'time' in {said}");
        Found(read, "v", "joy", "a").Seconds[^1].ShouldBe(last, 1e-9);
    }

    [Fact]
    public void AUnitThatIsGivenHoldsAndOneThatTheHeaderSaysWronglyIsAMistake()
    {
        string path = Text("r.csv", "video,rater,Timestamp (milliseconds),joy\nv,a,0,1\nv,a,166666,1\nv,a,333333,1\n");

        Should.Throw<RatingFilesException>(() => Read(path)).Message.ShouldContain("expected times in ms, as column 'Timestamp (milliseconds)' says");
        Found(Read(path, new RatingMapping { TimeUnit = TimeUnit.Microseconds }), "v", "joy", "a").Seconds[^1].ShouldBe(0.333333, 1e-9);
    }

    [Fact]
    public void AFilePerRaterAndAFilePerVideoAreNamedByTheirFiles()
    {
        Text("raters/anna.csv", "video,time,joy\nv1,0,1\nv2,0,2\n");
        Text("raters/ben.csv", "video,time,joy\nv1,0,3\n");
        Text("videos/v3.csv", "rater,time,joy\nanna,0,4\n");

        RatingReading read = Read([_folder.File("raters"), _folder.File("videos")]);

        Found(read, "v1", "joy", "ben").Values.ShouldBe([3]);
        Found(read, "v2", "joy", "anna").Values.ShouldBe([2]);
        Found(read, "v3", "joy", "anna").Values.ShouldBe([4]);
        read.Files[0].Form.ShouldBe(read.Files[1].Form);
    }

    [Fact]
    public void NamesOfFilesAreTakenApartByAPattern()
    {
        Text("set/anna/film one_valence.csv", "time,value\n0,1\n1,2\n");
        RatingMapping mapping = new() { Name = "{rater}/{video}_{curve}" };

        Found(Read([_folder.File("set")], mapping), "film one", "valence", "anna").Values.ShouldBe([1, 2]);
        Should.Throw<RatingFilesException>(() => Read([_folder.File("set")], mapping with { Name = "{rater}-{video}" })).Message
            .ShouldContain("expected a name of the form '{rater}-{video}'; found 'film one_valence'");
        Should.Throw<RatingFilesException>(() => Read([_folder.File("set")])).Message.ShouldContain("--name '{rater}_{video}'");
    }

    [Fact]
    public void AWideTableHasAColumnForEachTime()
    {
        RatingReading read = Read(Text("wide.csv", "video,rater,dimension,0,0.5,1.0\nv,a,joy,1,2,3\nv,a,fear,4,,6\n"));

        Found(read, "v", "joy", "a").Seconds.ShouldBe([0, 0.5, 1]);
        Found(read, "v", "joy", "a").Values.ShouldBe([1, 2, 3]);
        Found(read, "v", "fear", "a").Values.ShouldBe([4, double.NaN, 6]);
        read.Files[0].Form.ShouldContain("a column for each of 3 times (0 to 1 s");
    }

    [Fact]
    public void AWideTableMayHaveMillisecondsInItsHeader() =>
        Found(Read(Text("joy.csv", "video;rater;t0ms;t500ms;t1000ms\nv;a;1;2;3\n")), "v", "rating", "a").Seconds.ShouldBe([0, 0.5, 1]);

    [Fact]
    public void ATableMayHaveAColumnForEachRater()
    {
        RatingReading read = Read(Text("film.csv", "seconds,P01,P02\n0,1,2\n1,3,4\n"));

        Found(read, "film", "rating", "P02").Values.ShouldBe([2, 4]);
        Read(_folder.File("film.csv"), new RatingMapping { Curves = [new CurveColumn("joy", "joy")], Layout = TableLayout.Raters })
            .Curves.ShouldHaveSingleItem().Curve.ShouldBe("joy");
    }

    [Fact]
    public void BidsRecordingsAreNamedByTheirJsonNearAndAbove()
    {
        Text("bids/dataset_description.json", "{}");
        Text("bids/participants.tsv", "participant_id\tage\nsub-01\t30\n");
        Text("bids/task-Film_stim.json", """{"SamplingFrequency": 2, "StartTime": 0.5, "Columns": ["wrong"]}""");
        Text("bids/sub-01/beh/sub-01_task-Film_recording-Joy_stim.json", """{"Columns": ["Joy"]}""");
        Gzip("bids/sub-01/beh/sub-01_task-Film_recording-Joy_stim.tsv.gz", "1\n2\nn/a\n4\n");

        RatingReading read = Read([_folder.File("bids")]);

        RaterTrace trace = Found(read, "Film", "Joy", "sub-01");
        trace.Seconds.ShouldBe([0.5, 1, 1.5, 2]);
        trace.Values.ShouldBe([1, 2, double.NaN, 4]);
    }

    [Fact]
    public void OneJsonAtTheTopServesAllRecordingsAlsoOfVideosWithUnderscores()
    {
        Text("bids/stim.json", """{"SamplingFrequency": 1, "StartTime": 0, "Columns": ["Joy"]}""");
        Gzip("bids/sub-01/sub-01_task-trailer_clip1_stim.tsv.gz", "1\n2\n");

        Found(Read([_folder.File("bids")]), "trailer_clip1", "Joy", "sub-01").Values.ShouldBe([1, 2]);
    }

    [Fact]
    public void ARecordingWithoutARateIsAMistakeThatNamesTheFile()
    {
        Text("sub-01_task-Film_stim.json", """{"Columns": ["Joy"]}""");
        Gzip("sub-01_task-Film_stim.tsv.gz", "1\n");

        Should.Throw<RatingFilesException>(() => Read(_folder.File("sub-01_task-Film_stim.tsv.gz"))).Message
            .ShouldBe($"{_folder.File("sub-01_task-Film_stim.tsv.gz")}: expected SamplingFrequency above 0 in the JSON beside it; found none.");
    }

    [Fact]
    public void BidsEventsHoldForTheirDuration()
    {
        RatingReading read = Read(Text(
            "sub-02_task-film_events.tsv", "onset\tduration\ttrial_type\tvalue\n0\t2\tjoy\t3\n2\t1\tjoy\t5\n4\t1\tjoy\t1\n0\tn/a\tfear\t9\n"));

        RaterTrace joy = Found(read, "film", "joy", "sub-02");
        (joy.At(1.9), joy.At(2), joy.At(3.5), joy.At(4.5), joy.At(5.1)).ShouldBe((3, 5, double.NaN, 1, double.NaN));
        Found(read, "film", "fear", "sub-02").Values.ShouldBe([9]);
    }

    [Fact]
    public void ElanTiersOfNumbersAreTracesAndTiersOfWordsAreNamed()
    {
        string path = Text("session.eaf",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ANNOTATION_DOCUMENT><HEADER><MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/films/My%20film.mp4"/></HEADER>
            <TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="1500"/>
            <TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="4000"/></TIME_ORDER>
            <TIER TIER_ID="valence@P01"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
            <ANNOTATION_VALUE>2</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
            <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3">
            <ANNOTATION_VALUE>-1,5</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
            <TIER TIER_ID="remarks"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
            <ANNOTATION_VALUE>laughs</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>
            """);

        RatingReading read = Read(path);

        RaterTrace trace = Found(read, "My film", "valence", "P01");
        (trace.At(1.4), trace.At(1.5), trace.At(3.9), trace.At(4.1)).ShouldBe((2, -1.5, -1.5, double.NaN));
        read.Files[0].Form.ShouldContain("tiers of words are not read: remarks");
        Text("bad.eaf", File.ReadAllText(path).Replace(">-1,5<", ">up<", StringComparison.Ordinal));
        Should.Throw<RatingFilesException>(() => Read(_folder.File("bad.eaf"))).Message
            .ShouldContain("annotation a2 of tier 'valence': expected a number, as in the tier's other annotations; found 'up'");
        Text("bad.eaf", File.ReadAllText(path).Replace("valence@P01", "", StringComparison.Ordinal));
        Should.Throw<RatingFilesException>(() => Read(_folder.File("bad.eaf"))).Message.ShouldContain("expected a name of the curve; found an empty one");
    }

    [Fact]
    public void CompressedTablesJoinedOneAfterTheOtherAreRead()
    {
        Gzip("one.csv.gz", "video,rater,time,joy\nv,a,0,1\n");
        Gzip("two.csv.gz", "v,a,1,2\nv,a,2,3\n");
        File.WriteAllBytes(_folder.File("both.csv.gz"), [.. File.ReadAllBytes(_folder.File("one.csv.gz")), .. File.ReadAllBytes(_folder.File("two.csv.gz"))]);

        Found(Read(_folder.File("both.csv.gz")), "v", "joy", "a").Values.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void SheetsOfAWorkbookAreTablesAndTheirNamesAreNames()
    {
        string path = _folder.File("clip7.xlsx");
        object?[][] anna = [["My ratings"], [], ["time", "joy"], [0, 0.25], [0.5, null], [1.0, 1]];
        Workbook.Write(path, ("anna", anna), ("ben", [["time", "joy"], ["0", "0.5"], [0.5, 1]]), ("notes", [["nothing here"]]));

        RatingReading read = Read(path, new RatingMapping { Name = "{video}/{rater}" });

        Found(read, "clip7", "joy", "anna").Values.ShouldBe([0.25, double.NaN, 1]);
        Found(read, "clip7", "joy", "ben").Values.ShouldBe([0.5, 1]);
        File.WriteAllText(_folder.File("broken.xlsx"), "not a workbook");
        Should.Throw<RatingFilesException>(() => Read(_folder.File("broken.xlsx"))).Message.ShouldContain("broken.xlsx: expected an Excel workbook");
    }

    [Fact]
    public void AnOnlySheetIsNamedByItsFile()
    {
        Directory.CreateDirectory(_folder.File("set"));
        foreach (string rater in (string[])["anna", "ben"])
        {
            Workbook.Write(_folder.File($"set/{rater}.xlsx"), ("Sheet1", [["video", "time", "joy"], ["v", 0, 1], ["v", 1, 2]]));
        }

        Read([_folder.File("set")]).Curves.ShouldHaveSingleItem().Traces.Select(trace => trace.Rater).ShouldBe(["anna", "ben"]);
    }

    // A bare sheet of Excel 2 whose first record is cut off, or whose number is.
    [Theory]
    [InlineData("09000400020010000400010000")]
    [InlineData("09000400020010000300020000000A000000")]
    [InlineData("090004000200100004000C0000000000000000FF")]
    public void ADamagedWorkbookIsRefusedWhateverTheLibraryThrows(string bytes)
    {
        string path = _folder.File("damaged.xls");
        File.WriteAllBytes(path, Convert.FromHexString(bytes));

        string said = Should.Throw<RatingFilesException>(() => Read(path)).Message;

        said.ShouldStartWith($"{path}: expected an Excel workbook; found a damaged file: ");
        said.ShouldNotContain("(Parameter");
    }

    [Fact]
    public void AWorkbookDoesNotHaveBillionsOfCells()
    {
        // A bare sheet of Excel 2: a text in the first cell, another in the last column, and two texts in the last row.
        string path = _folder.File("wide.xls");
        static byte[] Label(ushort row, ushort column) =>
            [4, 0, 9, 0, .. BitConverter.GetBytes(row), .. BitConverter.GetBytes(column), 0, 0, 0, 1, (byte)'a'];
        byte[] start = [9, 0, 4, 0, 2, 0, 0x10, 0], end = [10, 0, 0, 0];
        File.WriteAllBytes(path, [.. start, .. Label(0, 0), .. Label(0, 0xFFFE), .. Label(0xFFFE, 0), .. Label(0xFFFE, 1), .. end]);

        Should.Throw<RatingFilesException>(() => Read(path)).Message.ShouldContain("expected cells with values; found millions of empty cells in a small file");
    }

    [Fact]
    public void AMistakeInAWorkbookNamesSheetAndRow()
    {
        string path = _folder.File("book.xlsx");
        Workbook.Write(path, ("all", [["video", "rater", "time", "joy"], ["v", "a", 0, 1], ["v", "a", 1, "much"], ["v", "a", 2, 3]]));

        Should.Throw<RatingFilesException>(() => Read(path)).Message.ShouldBe($"{path}, sheet 'all', row 3: expected a number in column 'joy'; found 'much'.");
    }

    [Fact]
    public void NoNameHasANulCharacter() => Should.Throw<RatingFilesException>(
        () => Read(Text("r.csv", "video,rater,time,jo\0y\nv,a,0,1\nv,a,1,2\n"))).Message.ShouldContain("expected names without NUL characters; found 'jo\0y'");

    [Fact]
    public void EachMistakeIsNamedWithFileRowExpectedAndFound()
    {
        string path = Text(
            "r.csv",
            "video,rater,time,joy\nv,a,0,1\nv,,1,1\nv,a,soon,1\nv,a,3,lots\nv,a,4\nv,a,-1,1\nv,a,5,11\nv,a,0,2\nv\0,a,6,1\nv,a,7,1\0\nv,a,8\0,1\n");

        RatingMistake[] mistakes = [.. Should.Throw<RatingFilesException>(() =>
            RatingReader.Read([path], new RatingMapping { TimeUnit = TimeUnit.Seconds }, [new RatingRange("Joy", 0, 10)])).Mistakes];

        mistakes.Select(mistake => (mistake.Place.Row, mistake.Expected, mistake.Found)).ShouldBe(
        [
            (3, "a rater in column 'rater'", "an empty cell"),
            (4, "a time (s) in column 'time'", "'soon'"),
            (5, "a number in column 'joy'", "'lots'"),
            (6, "4 columns", "3"),
            (7, "a time of 0 or more", "-1 s"),
            (8, "'joy' from 0 to 10", "11"),
            (10, "a video in column 'video'", "a NUL character"),
            (11, "a number in column 'joy'", "'1\0'"),
            (12, "a time (s) in column 'time'", "'8\0'"),
        ]);
        File.WriteAllText(path, "video,rater,time,joy\nv,a,0,1\nv,a,1,2\nv,a,0,2\n");
        Should.Throw<RatingFilesException>(() => Read(path)).Message.ShouldContain("a second one of 'joy' by 'a' for 'v' at 0 s (the first in row 2)");
    }

    [Fact]
    public void TimesSince1970AreAMistakeUnlessTheyAreCountedFromTheFirst()
    {
        string path = Text("r.csv", "video,rater,timestamp,joy\nv,a,1700000000000,1\nv,a,1700000000100,2\n");

        Should.Throw<RatingFilesException>(() => Read(path)).Message.ShouldContain("--from-first");
        Found(Read(path, new RatingMapping { FromFirst = true }), "v", "joy", "a").Seconds[1].ShouldBe(0.1, 1e-3);
    }

    [Fact]
    public void AClockWithoutANumberIsAMistake() => Should.Throw<RatingFilesException>(
        () => Read(Text("r.csv", "video,rater,time,joy\nv,a,00:NaN:00,1\nv,a,00:00:01,2\n"))).Message
        .ShouldContain("row 2: expected a time (hh:mm:ss.fff) in column 'time'; found '00:NaN:00'");

    [Fact]
    public void AFileWithoutTimesNeedsItsRate()
    {
        string path = Text("r.csv", "video,rater,joy\nv,a,1\nv,b,5\nv,a,2\n");

        Should.Throw<RatingFilesException>(() => Read(path)).Message.ShouldContain("--sampling HZ");
        Found(Read(path, new RatingMapping { SamplingRate = 4 }), "v", "joy", "a").Seconds.ShouldBe([0, 0.25]);
    }

    [Fact]
    public void AMappingMaySayEverything()
    {
        string yaml = Text("map.yaml", "video: where\nrater: who\ntime: when\ntime_unit: ms\ncurves:\n  joy: J\n");
        string path = Text("r.csv", "who,where,when,J,K\na,v,0,1,9\na,v,1000,2,9\n");

        RatingReading read = Read(path, MappingFile.Read(yaml));

        read.Curves.ShouldHaveSingleItem().Curve.ShouldBe("joy");
        Found(read, "v", "joy", "a").Seconds.ShouldBe([0, 1]);
        Should.Throw<RatingFilesException>(() => MappingFile.Read(Text("bad.yaml", "vidio: x\ntime_unit: hours\n"))).Mistakes
            .Select(mistake => (mistake.Place.Row, mistake.Found)).ShouldBe([(1, "'vidio'"), (2, "'hours'")]);
        Should.Throw<RatingFilesException>(() => Read(path, new RatingMapping { Video = "clip" })).Message
            .ShouldContain("expected a column 'clip'; found columns 'who', 'where', 'when', 'J', 'K'");
    }

    [Fact]
    public void CurvesThatDifferInCaseAreOne()
    {
        Text("set/a.csv", "rater,time,Arousal\nx,0,1\n");
        Text("set/b.csv", "rater,time,arousal\nx,0,1\n");

        Read([_folder.File("set")]).Curves.Select(curve => (curve.VideoId, curve.Curve)).ShouldBe([("a", "Arousal"), ("b", "Arousal")]);
    }

    [Fact]
    public void AColumnWithASlipInItsNameIsNamedWithWhatItMayBe()
    {
        Text("set/anna.csv", "video,ratr,time,joy\nv,x,0,1\nv,x,1,2\n");

        RatingReading read = Read([_folder.File("set")]);

        read.Notes.ShouldHaveSingleItem().ShouldBe(
            $"{_folder.File("set/anna.csv")}: column 'ratr' is not read, and the name of the file is taken for the rater. "
            + "If the column is the rater, rename it, or give --column rater=ratr.");
        Read([_folder.File("set")], new RatingMapping { Rater = "ratr" }).Notes.ShouldBeEmpty();
        Should.Throw<RatingFilesException>(() => Read(Text("t.csv", "video,rater,tiem,joy\nv,x,0,1\nv,x,1,2\n"))).Message
            .ShouldContain("did you mean 'tiem'? Then give --column time=tiem");
    }

    [Fact]
    public void ACurveThatHardlyAnyFileHasIsNamed()
    {
        for (int i = 0; i < 6; i++)
        {
            Text($"set/r{i}.csv", $"video,time,valence{(i == 4 ? ",valance" : "")}\nv,0,1{(i == 4 ? ",5" : "")}\nv,1,0.5{(i == 4 ? ",5" : "")}\n");
        }

        Read([_folder.File("set")]).Notes.ShouldHaveSingleItem().ShouldBe(
            $"Curve 'valance' is only in 1 of 6 files: {_folder.File("set/r4.csv")}. If it is 'valence', rename the column.");
    }

    [Fact]
    public void AValueFarFromAllOthersIsNamedWithItsRaterAndRow()
    {
        string path = Text("r.csv", "video,rater,time,joy\n" + string.Concat(
            from rater in (string[])["a", "b", "c"]
            from time in Enumerable.Range(0, 40)
            select $"v,{rater},{time},{(rater == "b" && time == 7 ? "57" : $"0.{(time * 7 % 10)}{rater[0] - 'a'}")}\n"));

        RatingReading read = Read(path);
        read.Notes.ShouldHaveSingleItem().ShouldBe(
            $"Curve 'joy': 1 value of 120 lies outside 0 to 0.92, where all others are: 57 by rater 'b' ({path}, row 49). "
            + "Correct mistakes, or give --range if the scale is wider.");
        RatingReader.Read([path], new RatingMapping(), [new RatingRange(null, 0, 100)]).Notes.ShouldBeEmpty();
    }

    [Fact]
    public void ARaterOnAnotherScaleIsNamed()
    {
        string path = Text("r.csv", "video,rater,time,joy\n" + string.Concat(
            from rater in (string[])["a", "b", "c"]
            from time in Enumerable.Range(0, 40)
            select $"v,{rater},{time},{(rater == "c" ? 100 : 1) * (time * 7 % 10)}\n"));

        Read(path).Notes.ShouldHaveSingleItem().ShouldBe(
            $"Curve 'joy': rater 'c' uses 0 to 900, the others 0 to 9 ({path}, row 82). If that is another scale, convert it first.");
    }

    [Fact]
    public void TextOfOlderProgramsIsReadAsWindows1252AndThatIsSaid()
    {
        string path = Text("r.csv", "");
        File.WriteAllBytes(path, [.. "video,rater,time,joy\nv,J"u8, 0xF6, .. "rg "u8, 0x80, .. ",0,1\nv,J"u8, 0xF6, .. "rg "u8, 0x80, .. ",1,2\n"u8]);

        RatingReading read = Read(path);

        Found(read, "v", "joy", "J\u00F6rg \u20AC").Values.ShouldBe([1, 2]);
        read.Notes.ShouldHaveSingleItem().ShouldBe(
            $"{path}: its text is not in UTF-8 and is read as Windows-1252 (Western European). If names look wrong, save it as UTF-8.");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void AMarkAtTheStartSaysHowTextIsStored(string encoding)
    {
        string path = _folder.File("r.txt");
        File.WriteAllText(path, "video\trater\ttime\tjoy\nv\tJ\u00F6rg\t0\t1\nv\tJ\u00F6rg\t1\t2\n", Encoding.GetEncoding(encoding));

        RatingReading read = Read([_folder.Path]);

        Found(read, "v", "joy", "J\u00F6rg").Values.ShouldBe([1, 2]);
        read.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void BytesThatNoLetterHasAreAMistakeWithTheirRow()
    {
        string path = Text("r.csv", "");
        File.WriteAllBytes(path, [.. "video,rater,time,joy\nv,a,0,1\nv,J"u8, 0x81, .. "rg,0,1\n"u8]);

        Should.Throw<RatingFilesException>(() => Read(path)).Message.ShouldContain("row 3: expected text in UTF-8 (save the file as UTF-8;");
    }

    [Theory]
    [InlineData(false, 1.25)] // half an interval after the last value
    [InlineData(true, 1.5)] // where the last value ceases to hold
    public void BlankCellsAtTheEndOfAWideRowDoNotMakeItsVideoLonger(bool hold, double end)
    {
        RatingReading read = Read(
            Text("wide.csv", "video,rater,0,0.5,1,1.5,2,2.5\nshort,a,1,2,3,,,\nshort,b,1,,3,,,\nlong,a,1,2,3,4,5,6\n"), new RatingMapping { Hold = hold });

        Found(read, "short", "rating", "a").EndSeconds.ShouldBe(end);
        Found(read, "short", "rating", "b").Values[1].ShouldBe(double.NaN);
        Found(read, "long", "rating", "a").Seconds[^1].ShouldBe(2.5);
    }

    [Fact]
    public void MistakesOfOneKindAreCountedAfterTheFirst()
    {
        string rows = string.Concat(Enumerable.Range(0, 50).Select(i => $"v,a,{i},{(i % 5 == 1 ? "high" : i)}\n"));
        string path = Text("r.csv", "video,rater,time,joy\n" + rows);

        RatingFilesException error = Should.Throw<RatingFilesException>(() => RatingReader.Read([path], new RatingMapping(), [new RatingRange(null, 0, 9)]));

        error.Mistakes.Length.ShouldBe(42);
        error.Message.Split(Environment.NewLine).ShouldBe(
        [
            "The ratings have 42 mistakes:",
            $"  {path}, row 3: expected a number in column 'joy'; found 'high'.",
            "    and 9 more",
            $"  {path}, row 12: expected 'joy' from 0 to 9; found 10.",
            "    and 31 more; all are from 10 to 49",
        ]);
    }

    [Fact]
    public void ASecondValueInAnotherFileIsNamedWithBothFiles()
    {
        string first = Text("set/a.csv", "video,rater,time,joy\nv,x,0,1\nv,x,1,1\n"), second = Text("set/b.csv", "video,rater,time,joy\nv,x,2,1\nv,x,1,1\n");

        Should.Throw<RatingFilesException>(() => Read([_folder.File("set")])).Message
            .ShouldBe($"{second}, row 3: expected one value of a curve by each rater for each time of a video; "
                + $"found a second one of 'joy' by 'x' for 'v' at 1 s (the first in {first}, row 3).");
    }

    [Fact]
    public void AFilePerCurveIsReadByItsNameAndTheMistakeWithoutItSaysHow()
    {
        foreach (string curve in (string[])["valence", "arousal"])
        {
            Text($"set/{curve}.csv", "video,rater,0,0.5,1\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"v{i},a,1,2,3\n")));
        }

        Read([_folder.File("set")], new RatingMapping { Name = "{curve}" }).Curves.Select(curve => curve.Curve).Distinct().Order()
            .ShouldBe(["arousal", "valence"]);
        string[] said = Should.Throw<RatingFilesException>(() => Read([_folder.File("set")])).Message.Split(Environment.NewLine);
        said.Length.ShouldBe(5);
        said[1].ShouldContain("(if the names of the files are the curves, give --name '{curve}'); found a second one of 'rating' by 'a' for 'v0' at 0 s");
        said[4].ShouldBe("    and 6 more");
    }

    [Fact]
    public void FoldersOfAnEarlierImportAndRemarksAreLeftOutAndNamed()
    {
        string ratings = Text("set/r.csv", "video,rater,time,joy\nv,x,0,1\nv,x,1,1\n");
        Text("set/data/import.json", "{}");
        Text("set/data/raters.csv", "video,rater,time,joy\nv,x,0,1\nv,x,1,1\n");
        Text("set/notes.txt", "Anna was late.\nBen, on the other hand, was early.\n");
        Text("set/more.txt", "video\trater\ttime\tjoy\nv\ty\t0\t1\nv\ty\t1\t1\n");

        RatingReading read = Read([_folder.File("set")]);

        read.Files.Select(file => file.File).ShouldBe([_folder.File("set/more.txt"), ratings]);
        read.Notes.ShouldBe([$"{_folder.File("set/data")} holds an earlier import and is not read.",
            $"{_folder.File("set/notes.txt")} is not a table and is not read."]);
        Should.Throw<RatingFilesException>(() => Read([_folder.File("set/data")])).Message
            .ShouldContain("found an earlier import (to import its ratings again, name");
    }

    [Fact]
    public void ARecordingWithoutItsJsonAndACutOneAreMistakes()
    {
        Gzip("sub-01_task-Film_stim.tsv.gz", "1\n2\n");
        Should.Throw<RatingFilesException>(() => Read(_folder.File("sub-01_task-Film_stim.tsv.gz"))).Message
            .ShouldContain("expected sub-01_task-Film_stim.json beside it, or stim.json there or above, with SamplingFrequency, StartTime and Columns; "
                + "found none, and no header");

        Text("sub-01_task-Film_stim.json", """{"SamplingFrequency": 1, "StartTime": 0, "Columns": ["Joy"]}""");
        Gzip("sub-01_task-Film_stim.tsv.gz", string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 1000}\n")));
        byte[] whole = File.ReadAllBytes(_folder.File("sub-01_task-Film_stim.tsv.gz"));
        foreach (int length in (int[])[whole.Length / 2, whole.Length - 2])
        {
            File.WriteAllBytes(_folder.File("sub-01_task-Film_stim.tsv.gz"), whole[..length]);
            Should.Throw<RatingFilesException>(() => Read(_folder.File("sub-01_task-Film_stim.tsv.gz"))).Message
                .ShouldContain("expected a whole file, compressed by gzip; found a file that is cut off");
        }
    }

    [Fact]
    public void AUnitThatContradictsTheTimesIsRefusedAndSoIsARateForRowsWithTimes()
    {
        string seconds = Text("s.csv", "video,rater,time,joy\nv,a,0,1\nv,a,0.5,1\nv,a,10,1\nv,a,10.5,1\n");
        Should.Throw<RatingFilesException>(() => Read(seconds, new RatingMapping { TimeUnit = TimeUnit.Milliseconds })).Message
            .ShouldContain("expected times in ms, as --time-unit says; found times from 0 to 10.5, which would be a film of 0.0105 s; they look like s");
        Should.Throw<RatingFilesException>(() => Read(seconds, new RatingMapping { SamplingRate = 2 })).Message
            .ShouldContain("expected rows without times, for which --sampling is; found times in column 'time'");

        string milliseconds = Text("ms.csv", "video,rater,time,joy\nv,a,0,1\nv,a,500,1\nv,a,1000,1\n");
        Should.Throw<RatingFilesException>(() => Read(milliseconds, new RatingMapping { TimeUnit = TimeUnit.Seconds })).Message
            .ShouldContain("found steps of 500, which would be 500 s; they look like ms");
    }

    [Fact]
    public void AMappingMayHaveRanges()
    {
        MappingFile.Read(Text("one.yaml", "range: -1..1\n")).Ranges.ShouldBe([new RatingRange(null, -1, 1)]);
        MappingFile.Read(Text("two.yaml", "range:\n  joy: 0..1\n  fear: 1..9\n")).Ranges
            .ShouldBe([new RatingRange("joy", 0, 1), new RatingRange("fear", 1, 9)]);
        Should.Throw<RatingFilesException>(() => MappingFile.Read(Text("bad.yaml", "range: 1-9\n"))).Message
            .ShouldContain("expected range: LOW..HIGH, such as -1..1");
    }

    private static RaterTrace Found(RatingReading read, string video, string curve, string rater) =>
        read.Curves.Single(found => found.VideoId == video && found.Curve == curve).Traces.Single(trace => trace.Rater == rater);

    private static RatingReading Read(string path, RatingMapping? mapping = null) => Read([path], mapping);

    private static RatingReading Read(string[] paths, RatingMapping? mapping = null) => RatingReader.Read(paths, mapping ?? new RatingMapping(), []);

    private string Text(string name, string text)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private void Gzip(string name, string text)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using StreamWriter writer = new(new GZipStream(File.Create(path), CompressionMode.Compress));
        writer.Write(text);
    }
}
