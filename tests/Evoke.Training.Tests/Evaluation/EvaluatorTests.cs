using System.Text.Json;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Heads.Reactions;
using Evoke.Testing;
using Evoke.Training.Evaluation;

namespace Evoke.Training.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly EmotionScheme Scheme = new(["joy", "awe"], zeroRowsAreMissing: true);

    [Fact]
    public void TheChallengesProtocolOnACaseByHand()
    {
        // Video a: joy 0 1 2 3 against 0 2 4 6 scores 1; awe has constant labels and scores 0. Video b: joy is reversed and scores -1, awe scores 1.
        LabelSet labels = Set("labels", Video("a", [0, 5, 1, 5, 2, 5, 3, 5]), Video("b", [1, 1, 2, 2, 3, 3]));
        LabelSet predicted = Set("predicted", Video("b", [3, 1, 2, 2, 1, 3]), Video("a", [0, 1, 2, 0, 4, 1, 6, 0]));
        EvaluationReport report = Evaluator.Score(labels, predicted);
        report.Emotions["joy"].Pearson.ShouldBe(0, 1e-5);
        report.Emotions["awe"].Pearson.ShouldBe(0.5, 1e-5);
        report.Pearson.ShouldBe(0.25, 1e-5);
        report.PerVideo.Select(v => (v.Id, Math.Round(v.Pearson, 4))).ShouldBe([("a", 0.5), ("b", 0)]);
        (report.Videos, report.Rows).ShouldBe((2, 7L));
        (report.PearsonInterval!.Low, report.PearsonInterval.High).ShouldBe((0, report.PerVideo[0].Pearson));
    }

    [Fact]
    public void AGainIsDrawnOverTheSameVideosOfBoth()
    {
        // 1 and 0, against 0.5 and -0.5: a score that depends on the resampled videos, and a gain that does not.
        LabelSet labels = Set("labels", Video("a", [1, 1, 2, 2, 3, 3]), Video("b", [1, 1, 2, 2, 3, 3]));
        EvaluationReport better = Evaluator.Score(labels, Set("better", Video("a", [1, 1, 2, 2, 3, 3]), Video("b", [1, 3, 2, 2, 3, 1])));
        EvaluationReport worse = Evaluator.Score(labels, Set("worse", Video("a", [1, 0, 2, 0, 3, 0]), Video("b", [0, 3, 0, 2, 0, 1])));
        (better.PearsonInterval!.High - better.PearsonInterval.Low).ShouldBe(1, 1e-4);
        ScoreInterval gain = better.GainIntervalOver(worse)!;
        (gain.Low, gain.High).ShouldSatisfyAllConditions(g => g.Low.ShouldBe(0.5, 1e-4), g => g.High.ShouldBe(0.5, 1e-4));
        Should.Throw<ArgumentException>(
            () => better.GainIntervalOver(Evaluator.Score(Set("one", Video("a", [1, 1, 2, 2])), Set("one", Video("a", [1, 1, 2, 2])))));
    }

    [Fact]
    public void RowsWithoutAFaceCountInOneProtocolOnly()
    {
        LabelSet labels = Set("labels", Video("a", [1, 1, 2, 2, 0, 0, 3, 3]));
        EvaluationReport report = Evaluator.Score(labels, Set("predicted", Video("a", [1, 1, 2, 2, 9, 9, 3, 3])));
        report.PearsonDetectedOnly.ShouldBe(1, 1e-5);
        report.Pearson.ShouldBeLessThan(0);
        report.PearsonInterval.ShouldBeNull(); // One video says nothing about others.
    }

    [Fact]
    public void WhatIsMissingOrExtraIsNamed()
    {
        LabelSet labels = Set("labels.csv", Video("a", [1, 1, 2, 2]), Video("b", [1, 1, 2, 2]));
        Should.Throw<DatasetException>(() => Evaluator.Score(labels, Set("p.csv", Video("a", [1, 1, 2, 2]), Video("c", [1, 1, 2, 2])))).Message
            .ShouldBe("p.csv does not have the videos of labels.csv: 1 missing (b); 1 extra (c).");
        Should.Throw<DatasetException>(() => Evaluator.Score(labels, Set("p.csv", Video("a", [1, 1]), Video("b", [1, 1, 2, 2])))).Message
            .ShouldBe("p.csv: the rows of video 'a' do not match its labels: 1 row is missing, the first at 166666.");
        Evaluator.Score(labels, Set("p.csv", Video("a", [1, 1, 2, 2])), missingAsZeros: true).MissingVideos.ShouldBe(["b"]);
    }

    [Fact]
    public void JsonHasTheKeysOfTheProtocol()
    {
        LabelSet labels = Set("labels", Video("a", [1, 1, 2, 2, 4, 3]));
        JsonElement json = JsonDocument.Parse(Evaluator.Score(labels, labels).ToJson()).RootElement;
        json.GetProperty("pearson").GetDouble().ShouldBe(1, 1e-5);
        json.GetProperty("pearson_detected_only").GetDouble().ShouldBe(1, 1e-5);
        json.GetProperty("videos").GetInt32().ShouldBe(1);
        json.GetProperty("emotions").GetProperty("awe").GetProperty("pearson").GetDouble().ShouldBe(1, 1e-5);
    }

    [Fact]
    public void ASubmissionHasEveryRowInItsOrderAndZerosForTheMissing()
    {
        using TemporaryFolder folder = new();
        EevCsv.WriteTimes(
            [
                new VideoTimes("z", new TimeGrid(new Rate(6), 7)),
                new VideoTimes("gone", new TimeGrid(new Rate(6), 2)),
                new VideoTimes("a", new TimeGrid(new Rate(6), 8)),
            ],
            folder.File("test.csv"));
        MemoryFeatureSource features = new(
            "features", ["a", "z"], id => new VideoFeatures { VideoId = id, SourceName = id, SourceBytes = 1, DurationSeconds = 2 });
        using Ramp model = new();
        Submission.Write(
            folder.File("test.csv"),
            model,
            features,
            folder.File("out.csv"),
            cancellationToken: TestContext.Current.CancellationToken).MissingVideos.ShouldBe(["gone"]);
        LabelledVideo[] written = [.. EevCsv.ReadLabels(folder.File("out.csv"))];
        written.Select(v => (v.VideoId, v.Curves.Grid.Count)).ShouldBe([("z", 7), ("gone", 2), ("a", 8)]);
        File.ReadLines(folder.File("out.csv")).First().ShouldBe("Video ID,Timestamp (milliseconds),joy,awe");
        written[1].Curves.Values.ToArray().ShouldAllBe(v => v == 0);
        written[0].Curves.Column(0).Select(v => Math.Round(v, 4)).ShouldBe([0, 0.1667, 0.3333, 0.5, 0.6667, 0.8333, 1]);
        written[2].Curves.Column(0)[7].ShouldBe(1);
    }

    [Fact]
    public void LabelsAtTwoHertzScorePredictionsAtSix()
    {
        float[] slow = [0.1f, 0.4f, 0.2f, 0.8f, 0.3f, 0.1f, 0.6f, 0.5f];
        EmotionCurves labels = new(Scheme, new TimeGrid(new Rate(2), 4), slow);
        EmotionCurves dense = SparseToDense.Interpolate(labels, new TimeGrid(new Rate(6), 12));
        LabelSet set = Set("labels", new LabelledVideo("a", labels));
        EvaluationReport report = Evaluator.Score(set, Set("predicted", new LabelledVideo("a", dense)));
        (report.Rows, Math.Round(report.Pearson, 4), Math.Round(report.Ccc, 6)).ShouldBe((4L, 1, 1));

        EmotionCurves tooShort = new(Scheme, new TimeGrid(new Rate(6), 6), dense.Values[..12].ToArray());
        Should.Throw<DatasetException>(() => Evaluator.Score(set, Set("p.csv", new LabelledVideo("a", tooShort)))).Message
            .ShouldBe("p.csv: the rows of video 'a' do not match its labels: expected 4 steps at 2 Hz, found 6 steps at 6 Hz.");
    }

    [Fact]
    public void CurvesAreMatchedByNameInAnyCaseAndOrderAndOnTheLabelsScale()
    {
        EmotionScheme signed = new(["joy", "awe"], [new CurveRange(-1, 1), CurveRange.ZeroToOne]);
        TimeGrid grid = new(new Rate(6), 3);
        LabelSet labels = new("labels", signed, [new LabelledVideo("a", new EmotionCurves(signed, grid, [-1, 0.1f, 0, 0.5f, 1, 0.2f]))]);
        EmotionScheme plain = new(["AWE", "Joy"]);
        LabelSet predicted = new("predicted", plain, [new LabelledVideo("a", new EmotionCurves(plain, grid, [0.1f, 0, 0.5f, 0.5f, 0.2f, 1]))]);
        EvaluationReport report = Evaluator.Score(labels, predicted);
        report.Emotions["joy"].Ccc.ShouldBe(1, 1e-6);
        report.Emotions["awe"].Ccc.ShouldBe(1, 1e-6);
    }

    [Fact]
    public void ASubsetOfCurvesIsScoredOnRequest()
    {
        EmotionScheme other = new(["Awe", "fear"]);
        LabelSet labels = new("labels", other, [new LabelledVideo("a", new EmotionCurves(other, new TimeGrid(new Rate(6), 3), [0.1f, 1, 0.5f, 1, 0.2f, 0]))]);
        LabelSet predicted = Set("p.csv", Video("a", [0, 0.1f, 0, 0.5f, 1, 0.2f]));
        DatasetException error = Should.Throw<DatasetException>(() => Evaluator.Score(labels, predicted));
        error.Message.ShouldBe(
            "Labels and predictions must have the same curves: labels has Awe, fear; p.csv has joy, awe; rows of zeros are missing. "
            + "To score those that both have: --emotions Awe.");
        EvaluationReport report = Evaluator.Score(labels, predicted, emotions: ["awe"]);
        report.Emotions.Keys.ShouldBe(["Awe"]);
        report.Emotions["Awe"].Pearson.ShouldBe(1, 1e-4);
        Should.Throw<DatasetException>(() => Evaluator.Score(labels, predicted, emotions: ["fear"])).Message.ShouldContain("p.csv has no fear");

        MemoryFeatureSource features = new("features", ["a"], id => new VideoFeatures { VideoId = id, SourceName = id, SourceBytes = 1, DurationSeconds = 1 });
        using Ramp model = new();
        Should.Throw<DatasetException>(() => Evaluator.Score(labels, model, features)).Message.ShouldContain("--emotions Awe");
        Evaluator.Score(labels, model, features, emotions: ["AWE"], cancellationToken: TestContext.Current.CancellationToken).Emotions.Keys.ShouldBe(["Awe"]);
    }

    [Fact]
    public void MissingLabelsAreNotScoredAndMissingPredictionsAreAnError()
    {
        LabelSet labels = Set("labels", Video("a", [0.1f, float.NaN, 0.5f, float.NaN, float.NaN, float.NaN, 0.3f, float.NaN]));
        EvaluationReport report = Evaluator.Score(labels, Set("p.csv", Video("a", [0.1f, 0, 0.5f, 1, 9, 9, 0.3f, 0])));
        report.Pearson.ShouldBe(1, 1e-4);
        report.Emotions.Keys.ShouldBe(["joy"]);
        report.ToJson().ShouldNotContain("NaN");
        Should.Throw<DatasetException>(() => Evaluator.Score(labels, Set("p.csv", Video("a", [0.1f, 0, 0.5f, float.NaN, 0, 0, 0, 0])))).Message
            .ShouldBe("p.csv: video 'a' has no prediction of awe at timestamp 166666; only labels may be missing.");
    }

    private static LabelledVideo Video(string id, float[] values) => new(id, new EmotionCurves(Scheme, new TimeGrid(new Rate(6), values.Length / 2), values));

    private static LabelSet Set(string name, params LabelledVideo[] videos) => new(name, Scheme, videos);

    /// <summary>Gives 0, then 1, at 1 Hz.</summary>
    private sealed class Ramp : IReactionModel
    {
        public string Name => "ramp";

        public EmotionScheme Scheme => EvaluatorTests.Scheme;

        public Rate Rate => new(1);

        public EncoderIdentity? VisualEncoder => null;

        public EncoderIdentity? AudioEncoder => null;

        public SparsePrediction Predict(VideoFeatures features) => new(new EmotionCurves(Scheme, new TimeGrid(new Rate(1), 2), [0, 0, 1, 1]), null);

        public void Dispose()
        {
        }
    }
}
