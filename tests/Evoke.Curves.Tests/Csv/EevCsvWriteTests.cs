using CsCheck;
using Evoke.Curves.Csv;
using Evoke.Curves.Export;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Csv;

public sealed class EevCsvWriteTests : IDisposable
{
    private static readonly EmotionScheme s_scheme = new(["joy", "fear, cold"]);

    private static readonly Gen<float> s_value = Gen.OneOf(
        Gen.Float[0, 1], Gen.Float[-1e9f, 1e9f], Gen.Const(0f), Gen.Const(float.Epsilon), Gen.Const(float.MaxValue));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WrittenFilesReadBackTheSame()
    {
        string path = _folder.File("round.csv");
        Gen<(string Id, double Rate, float[] Values)> video = Gen.Select(
            Gen.OneOf(Gen.String.AlphaNumeric, Gen.String["ab\",\n\r é 'ß"]).Where(id => id.Length > 0),
            Gen.OneOf(Gen.Const(1.0), Gen.Const(6.0), Gen.Const(25.0), Gen.Const(1 / 0.96)),
            s_value.Array[4, 60].Where(values => values.Length % 2 == 0));
        video.Array[0, 5].Sample(
            videos =>
            {
                LabelledVideo[] written =
                [
                    .. videos.DistinctBy(v => v.Id)
                        .Select(v => new LabelledVideo(v.Id, new EmotionCurves(s_scheme, new TimeGrid(new Rate(v.Rate), v.Values.Length / 2), v.Values))),
                ];
                EevCsv.Write(s_scheme, written, path);
                LabelledVideo[] read = [.. EevCsv.ReadPredictions(path, s_scheme)]; // of any size
                read.Select(v => v.VideoId).ShouldBe(written.Select(v => v.VideoId));
                for (int i = 0; i < read.Length; i++)
                {
                    read[i].Curves.Values.SequenceEqual(written[i].Curves.Values).ShouldBeTrue();
                    read[i].Curves.Grid.Rate.Hertz.ShouldBe(written[i].Curves.Grid.Rate.Hertz, 1e-9);
                    EevCsv.ReadScheme(path).ShouldBe(s_scheme);
                }
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void PredictionsHaveTheHeaderAndRowsOfASubmission()
    {
        string path = Write();
        File.ReadAllText(path).ShouldBe("Video ID,Timestamp (milliseconds),joy,\"fear, cold\"\nclip,0,0.1,1E-05\nclip,166666,0.33333334,0\n");
    }

    [Fact]
    public void NumbersArePlainWhateverTheCulture()
    {
        string plain = File.ReadAllText(Write());
        using CommaCulture comma = new();
        File.ReadAllText(Write()).ShouldBe(plain);
    }

    [Fact]
    public void DatasetsKeepTheirFirstHeader()
    {
        string path = _folder.File("train.csv");
        EevCsv.Write(s_scheme, [], path, EevCsv.YouTubeId);
        File.ReadAllText(path).ShouldBe("YouTube ID,Timestamp (milliseconds),joy,\"fear, cold\"\n");
    }

    [Fact]
    public void WhatCannotBeWrittenLeavesNothing()
    {
        string path = _folder.File("bad.csv");
        LabelledVideo good = new("a", new EmotionCurves(s_scheme, new TimeGrid(new Rate(6), 1), [0, 0]));
        LabelledVideo infinite = new("b", new EmotionCurves(s_scheme, new TimeGrid(new Rate(6), 1), [0, float.PositiveInfinity]));
        LabelledVideo other = new("c", new EmotionCurves(EmotionScheme.Affect, new TimeGrid(new Rate(6), 1), [0, 0]));
        Should.Throw<ArgumentException>(() => EevCsv.Write(s_scheme, [good, infinite], path)).Message.ShouldContain("'b', step 0");
        Should.Throw<ArgumentException>(() => EevCsv.Write(s_scheme, [good, other], path)).Message.ShouldContain("arousal");
        Should.Throw<ArgumentException>(() => EevCsv.Write(s_scheme, [good, good], path)).Message.ShouldContain("twice");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void ReadingWhileWritingTheSameFileWorks()
    {
        string path = Write();
        string before = File.ReadAllText(path);
        EevCsv.Write(s_scheme, EevCsv.ReadLabels(path), path);
        File.ReadAllText(path).ShouldBe(before);
    }

    [Fact]
    public void AStreamHasWhatAFileHasAndIsLeftOpen()
    {
        using MemoryStream stream = new();
        EevCsv.Write(Document(), stream);
        stream.CanWrite.ShouldBeTrue();
        stream.ToArray().ShouldBe(File.ReadAllBytes(Write()));
    }

    private string Write()
    {
        string path = _folder.File("clip.csv");
        EevCsv.Write(Document(), path);
        return path;
    }

    private static PredictionDocument Document() => new()
    {
        VideoId = "clip",
        SourceName = "clip.mp4",
        DurationSeconds = 0.3,
        ModelName = "test",
        Curves = new EmotionCurves(s_scheme, new TimeGrid(new Rate(6), 2), [0.1f, 1e-5f, 1 / 3f, 0]),
    };
}
