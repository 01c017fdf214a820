using System.IO.Compression;
using System.Text;
using Evoke.Curves;
using Evoke.Features.Foreign;
using Evoke.Features.Import;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Features.Tests.Foreign;

/// <summary>Features as video_features, openSMILE and NumPy write them.</summary>
public sealed class ForeignImportTests : IDisposable
{
    private static readonly EncoderIdentity Eye = new("resnet50");

    private readonly TemporaryFolder _folder = new();
    private readonly FeatureStore _store;

    public ForeignImportTests() => _store = FeatureStore.OpenOrCreate(_folder.File("store"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFolderOfVideoFeaturesIsReadByItsTimes()
    {
        // Row n is [n, 10 n, 100 n], at 4 and at 2 rows per second. The frame rate of the film says nothing about the rows.
        foreach ((string id, int rows, double rate) in new[] { ("film", 10, 4.0), ("a_clip_of_mine", 5, 2) })
        {
            Save($"{id}_resnet.npy", [rows, 3], [.. Enumerable.Range(0, rows).SelectMany(n => new double[] { n, 10 * n, 100 * n })]);
            Save($"{id}_timestamps_ms.npy", [rows], [.. Enumerable.Range(0, rows).Select(n => n * 1000 / rate)]);
            Save($"{id}_fps.npy", [], [25]);
        }

        ForeignSource.Describe(Files, null, null).ShouldBe((3, "resnet"));
        FeatureImportReport report = Import(new ForeignSource(Files, Eye));

        (report.Imported, report.Failed.Count, report.Warnings.Count).ShouldBe((2, 0, 0));
        VideoFeatures film = _store.Read("film");
        (film.DurationSeconds, film.Visual!.Encoder, film.Audio).ShouldBe((2.5, Eye, null));
        film.Visual.Values.ShouldBe([0, 0, 0, 4, 40, 400, 8, 80, 800]);
        _store.Read("a_clip_of_mine").Visual!.Values.ShouldBe([0, 0, 0, 2, 20, 200, 4, 40, 400]);
    }

    [Fact]
    public void OfSeveralKindsOneIsChosen()
    {
        foreach (string stream in new[] { "rgb", "flow" })
        {
            Save($"film_{stream}.npy", [2, 1], stream == "rgb" ? [1, 2] : [3, 4]);
        }

        Should.Throw<ForeignFeatureException>(() => Import(new ForeignSource(Files, Eye) { Rate = new Rate(1) })).Message
            .ShouldContain("found names with the endings _flow, _rgb");
        Should.Throw<ForeignFeatureException>(() => Import(new ForeignSource(Files, Eye) { Rate = new Rate(1), Key = "clip" })).Message
            .ShouldContain("expected names that end in '_clip', found film_flow.npy, film_rgb.npy");
        Import(new ForeignSource(Files, Eye) { Rate = new Rate(1), Key = "flow" }).Imported.ShouldBe(1);
        _store.Read("film").Visual!.Values.ShouldBe([3, 4]);
    }

    [Fact]
    public void WithARateNoTimesAreNeededAndNamesAreIds()
    {
        Save("film_one.npy", [4, 1], [0, 1, 2, 3]);
        Save("film_two.npy", [2, 1], [7, 8]);

        Import(new ForeignSource(Files, Eye) { Rate = new Rate(2) }).Imported.ShouldBe(2);

        _store.VideoIds().ShouldBe(["film_one", "film_two"]);
        _store.Read("film_one").Visual!.Values.ShouldBe([0, 2]);
    }

    [Fact]
    public void ARateThatIsGivenReplacesTheTimes()
    {
        Save("film_clip.npy", [3, 1], [5, 6, 7]);
        Save("film_timestamps_ms.npy", [3], [0, 40, 0]); // as OpenCV gives them at the end of some films

        Import(new ForeignSource(Files, Eye) { Rate = new Rate(1) }).Imported.ShouldBe(1);

        _store.Read("film").Visual!.Values.ShouldBe([5, 6, 7]);
    }

    [Fact]
    public void RowsThatAreNotEvenStayAtTheirTimesAndAreTold()
    {
        Save("film.npy", [5, 1], [0, 1, 2, 3, 4]);
        Save("film_timestamps.npy", [5], [0, 0.5, 1.1, 3.0, 3.5]);

        FeatureImportReport report = Import(new ForeignSource(Files, Eye));

        report.Warnings.ShouldHaveSingleItem().ShouldBe(
            ("film", "the picture's features: the rows are not even: 0.5 to 1.9 s apart, most often 0.6 s; the row nearest in time is taken"));
        _store.Read("film").Visual!.Values.ShouldBe([0, 2, 2, 3, 4]); // 2 s is nearer to 1.1 than to 3.0; 4 s is after the last
    }

    [Fact]
    public void AMistakeIsNamedAndFailsItsOwnVideoOnly()
    {
        Save("good.npy", [2, 2], [1, 2, 3, 4]);
        Save("good_timestamps_ms.npy", [2], [0, 500]);
        Save("nan.npy", [2, 2], [1, 2, 3, double.NaN]);
        Save("huge.npy", [2, 2], [1, 2, 1e300, 4]); // No float32 is this large.
        Save("wide.npy", [2, 3], [1, 2, 3, 4, 5, 6]);
        Save("flat.npy", [2], [1, 2]);
        Save("pixels.npy", [1, 2, 2], [1, 2, 3, 4]);
        Save("timeless.npy", [2, 2], [1, 2, 3, 4]);
        Save("short.npy", [2, 2], [1, 2, 3, 4]);
        Save("short_timestamps_ms.npy", [3], [0, 40, 80]);
        Save("back.npy", [3, 2], [1, 2, 3, 4, 5, 6]);
        Save("back_timestamps_ms.npy", [3], [0, 40, 0]);
        Save("unit.npy", [2, 2], [1, 2, 3, 4]);
        Save("unit_timestamps.npy", [2], [0, 40]);
        foreach (string id in new[] { "nan", "huge", "wide" })
        {
            Save($"{id}_timestamps_ms.npy", [2], [0, 500]);
        }

        byte[] cut = File.ReadAllBytes(Path.Combine(Files, "good.npy"));
        File.WriteAllBytes(Path.Combine(Files, "cut.npy"), cut[..^3]);
        File.WriteAllText(Path.Combine(Files, "text.npy"), "not an array");

        FeatureImportReport report = Import(new ForeignSource(Files, Eye));

        report.Imported.ShouldBe(1);
        _store.Read("good").Visual!.Values.ShouldBe([1, 2]);
        Dictionary<string, string> errors = report.Failed.ToDictionary(failure => failure.VideoId, failure => failure.Error.Message);
        errors["nan"].ShouldContain("nan.npy: expected finite numbers for 'nan', found NaN in row 1, column 1.");
        errors["huge"].ShouldContain("in row 1, column 0.");
        errors["wide"].ShouldContain("'wide' has rows of 3 numbers; those of 'good' have 2.");
        errors["flat"].ShouldContain("flat.npy: expected [T, D]");
        errors["pixels"].ShouldContain("found [1, 2, 2].");
        errors["timeless"].ShouldContain("timeless.npy: it does not say when its rows are: give their rate");
        errors["short"].ShouldContain("short_timestamps_ms.npy: expected a time for each of the 2 rows");
        errors["back"].ShouldContain("row 2: expected a time after 0.04 s");
        errors["unit"].ShouldContain("its rows are 40 s apart: the times are not in seconds");
        errors["cut"].ShouldContain("cut.npy");
        errors["text"].ShouldContain("text.npy");
        errors.Count.ShouldBe(11);
    }

    [Fact]
    public void ArchivesHoldOneVideoWithItsTimesOrManyVideos()
    {
        NumpyFile.WriteArchive(
            Path.Combine(Files, "film.npz"), ("features", [4, 1], [1, 2, 3, 4]), ("timestamps_ms", [4], [0, 500, 1000, 1500]), ("fps", [], [30]));
        Import(new ForeignSource(Files, Eye)).Imported.ShouldBe(1);
        _store.Read("film").Visual!.Values.ShouldBe([1, 3]);

        string many = _folder.File("many.npz");
        NumpyFile.WriteArchive(many, ("a", [2, 1], [1, 2]), ("b_c", [1, 1], [3]));
        Import(new ForeignSource(many, Eye) { Rate = new Rate(1) }).Imported.ShouldBe(2);
        _store.Read("a").Visual!.Values.ShouldBe([1, 2]);
        _store.Read("b_c").Visual!.Values.ShouldBe([3]);
    }

    [Fact]
    public void OneArrayOfAFolderIsReadWithItsTimes()
    {
        Save("film_clip.npy", [4, 1], [1, 2, 3, 4]);
        Save("film_timestamps_ms.npy", [4], [0, 500, 1000, 1500]);
        Save("other.npy", [1, 1], [1]);

        Import(new ForeignSource(Path.Combine(Files, "film_clip.npy"), Eye)).Imported.ShouldBe(1);

        _store.Read("film").Visual!.Values.ShouldBe([1, 3]);
    }

    [Theory]
    [InlineData("name;frameTime;F0_sma;loudness_sma\n'unknown';0.000000;1;2.5e+00\n'unknown';0.500000;3;4\n'unknown';1.000000;5;6\n")]
    [InlineData("frameIndex;frameTime;F0_sma;loudness_sma\n0;0.000000;1;2.5\n1;0.500000;3;4\n2;1.000000;5;6\n")]
    [InlineData("timestamp_ms,F0,loudness\r\n0,1,2.5\r\n500,3,4\r\n1000,5,6\r\n")]
    [InlineData("\uFEFFfile\tstart\tend\tF0\tloudness\nwav/film.wav\t0 days\t0 days\t1\t2\n", "line 2, column 'start': expected a time, found '0 days'")]
    [InlineData("file,start,end,F0,loudness\nwav/film.wav,0 days 00:00:00,0 days 00:00:00.020000,1,2.5\n"
        + "wav/film.wav,0 days 00:00:00.500000,0 days 00:00:00.520000,3,4\nwav/film.wav,0 days 00:00:01,0 days 00:00:01.020000,5,6\n")]
    [InlineData("time,a\n0,1\n0.5,\n", "line 3, column 'a': expected a finite number, found an empty cell.")]
    [InlineData("time,a\n0,1\n0.5,nan\n", "line 3, column 'a': expected a finite number, found 'nan'.")]
    [InlineData("time;a\n0;1,5\n", "line 2, column 'a': expected a finite number, found '1,5'.")]
    [InlineData("time,a,b\n0,1,2\n0.5,1\n", "line 3: expected 3 fields, as in the header, found 2.")]
    [InlineData("time,a\n0,1\n0.5,1\n0.5,1\n", "line 4, column 'time': expected a time after 0.5 s")]
    [InlineData("time,a\n-1,1\n0.5,1\n", "line 2, column 'time': expected a time in seconds from the start of the film, found -1 s")]
    [InlineData("0,1\n0.5,2\n", "line 1: expected the names of the columns, found '0, 1'.")]
    [InlineData("a,b\n1,2\n", "it does not say when its rows are: expected a column frameTime")]
    [InlineData("time,a\n", "expected rows of features after the header, found none.")]
    [InlineData("time,a\n0,1\n", "'film': one row does not say how long a row lasts: give the rate.")]
    [InlineData("name;frameTime\n'x';0\n", "expected columns of features, found only name, frameTime.")]
    [InlineData("", "an empty file")]
    public void TablesAreReadByTheirColumnOfTimes(string table, string? mistake = null)
    {
        File.WriteAllText(Path.Combine(Files, "film.csv"), table);
        ForeignSource source = new(Files, Eye);
        if (mistake is not null)
        {
            Should.Throw<ForeignFeatureException>(() => Import(source)).Message.ShouldContain(mistake);
            return;
        }

        Import(source, RowChoice.Mean).Imported.ShouldBe(1);

        FeatureSequence features = _store.Read("film").Visual!;
        (features.Width, features.Steps).ShouldBe((2, 2));
        features.Values.ShouldBe([2, 3.25f, 5, 6]); // The first second is the mean of its two rows.
    }

    [Fact]
    public void ATableOfManyVideosFailsOnlyTheOneWithTheMistake()
    {
        string table = _folder.File("all.csv.gz");
        using (GZipStream packed = new(File.Create(table), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes("Video ID,Timestamp (milliseconds),a\nx.mp4,0,1\ny,0,7\nx.mp4,1000,2\ny,1000,odd\nz,0,3\nz,1000,4\n"));
        }

        FeatureImportReport report = Import(new ForeignSource(table, Eye));

        report.Failed.ShouldHaveSingleItem().Error.Message.ShouldContain("line 5, column 'a': expected a finite number, found 'odd'.");
        _store.VideoIds().ShouldBe(["x", "z"]);
        _store.Read("x").Visual!.Values.ShouldBe([1, 2]);
        _store.Read("z").Visual!.Values.ShouldBe([3, 4]);
    }

    [Fact]
    public void VideosThatOnlyOneModalityHasAreListed()
    {
        Save("film.npy", [1, 1], [1]);
        Save("seen.npy", [1, 1], [1]);
        string sound = _folder.File("sound");
        Directory.CreateDirectory(sound);
        File.WriteAllText(Path.Combine(sound, "film.csv"), "time,a\n0,1\n0.5,1\n");
        File.WriteAllText(Path.Combine(sound, "Seen.csv"), "time,a\n0,1\n0.5,1\n");
        ForeignSource picture = new(Files, Eye) { Rate = new Rate(1) }, ear = new(sound, new EncoderIdentity("egemaps"));

        FeatureImportReport report = FeatureImport.Run(new FeatureImportOptions { Visual = picture, Audio = ear }, _store);
        (report.WithoutVisual.Single(), report.WithoutAudio.Single()).ShouldBe(("Seen", "seen"));

        FeatureStore later = FeatureStore.OpenOrCreate(_folder.File("later"));
        FeatureImport.Run(new FeatureImportOptions { Visual = picture }, later).WithoutAudio.ShouldBeEmpty();
        FeatureImport.Run(new FeatureImportOptions { Audio = ear }, later).WithoutVisual.ShouldBe(["Seen"]);
    }

    [Theory]
    [InlineData("missing", "there is no such file or folder")]
    [InlineData("notes", "expected .npy, .npz, .csv or .tsv files, found notes.txt, the folder resnet50.")]
    [InlineData("notes/notes.txt", "expected a .npy, .npz, .csv or .tsv file, or a folder of them.")]
    [InlineData("twice", "expected one file of 'film', found film.npy and film.csv.")]
    public void WhatIsNotUnderstoodIsNamed(string path, string mistake)
    {
        Directory.CreateDirectory(_folder.File("notes/resnet50"));
        File.WriteAllText(_folder.File("notes/notes.txt"), "");
        Directory.CreateDirectory(_folder.File("twice"));
        NumpyFile.Write(_folder.File("twice/film.npy"), [1, 1], 1);
        File.WriteAllText(_folder.File("twice/film.csv"), "time,a\n0,1\n0.5,1\n");

        Should.Throw<EvokeException>(() => Import(new ForeignSource(_folder.File(path), Eye))).Message.ShouldContain(mistake);
    }

    private string Files => Directory.CreateDirectory(_folder.File("files")).FullName;

    private void Save(string name, int[] shape, double[] values) => NumpyFile.Write(Path.Combine(Files, name), shape, values);

    private FeatureImportReport Import(ForeignSource source, RowChoice rows = RowChoice.Nearest) =>
        FeatureImport.Run(new FeatureImportOptions { Visual = source, Rows = rows }, _store);
}
