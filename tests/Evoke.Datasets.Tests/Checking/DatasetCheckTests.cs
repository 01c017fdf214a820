using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Checking;
using Evoke.Datasets.Fetching;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Checking;

public sealed class DatasetCheckTests : IDisposable
{
    private static readonly EmotionScheme s_scheme = new(["joy"]);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ADatasetWhosePartsGoTogetherHasNothingToSay()
    {
        Label("train.csv", ("one", 3), ("two", 4));
        await FilmAsync("one", "two");
        Features("one", 3);
        Features("two", 3);

        DatasetCheckReport report = await CheckAsync("train.csv");

        report.Disagreements.ShouldBeEmpty();
        (report.Labelled, report.Files, report.Features).ShouldBe((2, 2, 2));
    }

    [Fact]
    public async Task TimestampsThatAreTakenToBeInMillisecondsAreSaid()
    {
        Label("train.csv", ("one", 3));
        await File.WriteAllTextAsync(
            _folder.File("val.csv"),
            "Video ID,Timestamp (milliseconds),joy\n" + string.Concat(Enumerable.Range(0, 18).Select(row => $"two,{row * 1000 / 6},0.5\n")));
        await File.WriteAllTextAsync(_folder.File("test.csv"), "Video ID,Timestamp (milliseconds)\nthree,0\nthree,500\n");

        DatasetCheckReport report = await DatasetCheck.RunAsync(
            new DatasetCheckOptions { LabelFiles = [_folder.File("train.csv"), _folder.File("val.csv"), _folder.File("test.csv")] },
            cancellationToken: TestContext.Current.CancellationToken);

        report.Notes.ShouldBe(
        [
            $"The timestamps of {_folder.File("val.csv")} are taken to be in milliseconds.",
            $"The timestamps of {_folder.File("test.csv")} are taken to be in milliseconds.",
        ]);
    }

    [Fact]
    public async Task ADamagedListOfMissingVideosIsToldAndTheRowsAboveCount()
    {
        Label("train.csv", ("one", 3), ("lost", 3), ("late", 3));
        await FilmAsync("one");
        await File.WriteAllTextAsync(Path.Combine(Videos, "gone.csv"), "video_id,kind,message\nlost,removed,gone\nlate,x\"y,gone\n");
        Features("one", 3);

        DatasetCheckReport report = await CheckAsync("train.csv");

        report.DamagedList!.Message.ShouldContain("gone.csv, line 3: ");
        report.Gone.ShouldBe([new VideoAbsence("lost", AbsenceKind.Removed, "gone")]);
        report.Disagreements.ShouldContain(found => found.VideoId == "late" && found.Kind == DisagreementKind.FileMissing);
    }

    [Fact]
    public async Task EachDisagreementIsNamedOnce()
    {
        Label("train.csv", ("one", 3), ("long", 9), ("broken", 3), ("nofile", 3), ("lost", 3));
        Label("val.csv", ("one", 3));
        await FilmAsync("one", "long", "stray");
        await File.WriteAllTextAsync(Path.Combine(Videos, "broken.mp4"), "no film");
        await File.WriteAllTextAsync(Path.Combine(Videos, "gone.csv"), "video_id,kind,message\nlost,removed,Video unavailable\n");
        Features("one", 9);
        Features("long", 9);
        Features("nofile", 3);
        await File.WriteAllTextAsync(Path.Combine(FeatureFolder, "broken.safetensors"), "no tensors");

        DatasetCheckReport report = await CheckAsync("train.csv", "val.csv");

        report.Disagreements.Select(found => (found.Kind, found.VideoId)).ShouldBe(
            [
                (DisagreementKind.FileMissing, "nofile"), (DisagreementKind.LabelsMissing, "stray"), (DisagreementKind.Shared, "one"),
                (DisagreementKind.Unreadable, "broken"), (DisagreementKind.Unreadable, "broken"), (DisagreementKind.FileLength, "long"),
                (DisagreementKind.FeatureLength, "one"),
            ]);
        report.Disagreements.Single(found => found.Kind == DisagreementKind.FileLength).Message.ShouldContain("9 s of labels");
        report.Gone.ShouldBe([new VideoAbsence("lost", AbsenceKind.Removed, "Video unavailable")]);
    }

    [Fact]
    public async Task FeaturesThatAreNotThereAreNamed()
    {
        Label("train.csv", ("one", 3));
        await FilmAsync("one");
        Directory.CreateDirectory(FeatureFolder);

        (await CheckAsync("train.csv")).Disagreements.Single().Kind.ShouldBe(DisagreementKind.FeaturesMissing);
    }

    [Fact]
    public async Task AFolderThatIsNotThereIsAnError()
    {
        Label("train.csv", ("one", 3));

        await Should.ThrowAsync<DatasetFolderMissingException>(() => CheckAsync("train.csv"));
    }

    private string Videos => _folder.File("videos");

    private string FeatureFolder => _folder.File("features");

    private Task<DatasetCheckReport> CheckAsync(params string[] files) =>
        DatasetCheck.RunAsync(new DatasetCheckOptions { LabelFiles = [.. files.Select(_folder.File)], Videos = Videos, Features = FeatureFolder });

    [Fact]
    public async Task ALabelOutsideItsRangeEndsTheCheckWithItsLine()
    {
        string file = _folder.File("labels.csv");
        await File.WriteAllTextAsync(file, "Video ID,Timestamp (milliseconds),joy\na,0,25.0\n", TestContext.Current.CancellationToken);
        EevCsvException error = await Should.ThrowAsync<EevCsvException>(
            DatasetCheck.RunAsync(new DatasetCheckOptions { LabelFiles = [file] }, cancellationToken: TestContext.Current.CancellationToken));
        error.Line.ShouldBe(2);
    }

    private void Label(string file, params (string Id, int Seconds)[] videos) => EevCsv.Write(
        s_scheme,
        videos.Select(video => new LabelledVideo(
            video.Id, new EmotionCurves(s_scheme, new TimeGrid(new Rate(6), 6 * video.Seconds), new float[6 * video.Seconds]))),
        _folder.File(file));

    private async Task FilmAsync(params string[] ids)
    {
        Directory.CreateDirectory(Videos);
        string film = await TestFilms.OrdinaryAsync();
        foreach (string id in ids)
        {
            File.Copy(film, Path.Combine(Videos, id + ".mp4"));
        }
    }

    private void Features(string id, int seconds) => FeatureStore.OpenOrCreate(FeatureFolder).Write(new VideoFeatures
    {
        VideoId = id,
        SourceName = id + ".mp4",
        SourceBytes = 1,
        DurationSeconds = seconds,
        Visual = new FeatureSequence(new EncoderIdentity("visual-lld", ""), new Rate(1), 2, new float[2 * seconds]),
    });
}
