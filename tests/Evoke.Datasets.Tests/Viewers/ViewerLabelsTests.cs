using System.Globalization;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Export;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Viewers;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Viewers;

public sealed class ViewerLabelsTests : IDisposable
{
    private const int Seconds = 30;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LabelsAtTwoHertzScoreAPredictionAtSixAtTheirOwnTimes()
    {
        EevCsv.Write(Scheme("arousal"), [Labelled("film", Scheme("arousal"), 2, Seconds, (t, _) => Wave(t))], _folder.File("labels.csv"));
        PredictionDocument document = Predicted("film", Scheme("arousal"), 6, Seconds, (t, _) => Wave(t) * 0.5);

        PredictionDocument found = ViewerLabels.Read(_folder.File("labels.csv")).AddTo(document);

        LabelScore score = found.LabelComparison!.Scores.Single();
        score.Emotion.ShouldBe("arousal");
        score.Rows.ShouldBe(2 * Seconds);
        score.Pearson!.Value.ShouldBe(1, 1e-6);
        double[] labels = [.. Enumerable.Range(0, 2 * Seconds).Select(row => (double)(float)Wave(row / 2.0))];
        score.Ccc!.Value.ShouldBe(PairedStatistics.Of(labels, [.. labels.Select(value => value * 0.5)]).Concordance, 1e-6);
        found.Labels!.Grid.ShouldBe(document.Curves.Grid);
        found.Labels[3, 0].ShouldBe((float)Wave(0.5), 1e-6f);
        (score.Raters, score.CeilingLow, found.LabelComparison.Spread, found.LabelComparison.Source).ShouldBe((null, null, null, "labels.csv"));
        found.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void CurvesAreFoundByTheirNamesInAnyCaseAndOthersAreLeftOut()
    {
        EmotionScheme labelled = Scheme("Valence", "disgust", "AROUSAL");
        EevCsv.Write(labelled, [Labelled("film", labelled, 2, Seconds, (t, column) => column == 2 ? Wave(t) : 1 - Wave(t))], _folder.File("labels.csv"));
        PredictionDocument document = Predicted("film", Scheme("arousal", "pace", "valence"), 6, Seconds, (t, _) => Wave(t));

        PredictionDocument found = ViewerLabels.Read(_folder.File("labels.csv")).AddTo(document);

        found.LabelComparison!.Scores.ToDictionary(score => score.Emotion, score => Math.Round(score.Pearson!.Value, 6))
            .ShouldBe(new Dictionary<string, double> { ["arousal"] = 1, ["valence"] = -1 }, ignoreOrder: true);
        found.Labels!.Scheme.ShouldBe(document.Curves.Scheme);
        found.Labels.Column(1).ShouldAllBe(value => float.IsNaN(value));
    }

    [Fact]
    public void LabelsFromMinusOneToOneAreComparedOnTheirScaleAndShownOnThatOfTheModel()
    {
        EmotionScheme labelled = new(["valence"], [new CurveRange(-1, 1)], zeroRowsAreMissing: false);
        EevCsv.Write(labelled, [Labelled("film", labelled, 2, Seconds, (t, _) => (2 * Wave(t)) - 1)], _folder.File("labels.csv"));

        PredictionDocument found = ViewerLabels.Read(_folder.File("labels.csv")).AddTo(Predicted("film", Scheme("valence"), 6, Seconds, (t, _) => Wave(t)));

        found.LabelComparison!.Scores.Single().Ccc!.Value.ShouldBe(1, 1e-6);
        found.Labels![6, 0].ShouldBe((float)Wave(1), 1e-6f);
        PredictionDocument same = ViewerLabels.Read(_folder.File("labels.csv"))
            .AddTo(Predicted("film", new EmotionScheme(["valence"], [new CurveRange(-1, 1)]), 6, Seconds, (t, _) => (2 * Wave(t)) - 1));
        same.Labels![6, 0].ShouldBe((float)((2 * Wave(1)) - 1), 1e-6f);
    }

    [Fact]
    public void WhatIsMissingIsNeitherScoredNorShown()
    {
        EmotionScheme labelled = new(["arousal"], null, zeroRowsAreMissing: false);
        EevCsv.Write(
            labelled,
            [Labelled("film", labelled, 2, Seconds, (t, _) => t < 10 ? double.NaN : Wave(t))],
            _folder.File("labels.csv"));

        PredictionDocument found = ViewerLabels.Read(_folder.File("labels.csv"))
            .AddTo(Predicted("film", Scheme("arousal"), 6, Seconds, (t, _) => t < 10 ? 1 : Wave(t)));

        found.LabelComparison!.Scores.Single().Rows.ShouldBe(2 * (Seconds - 10));
        found.LabelComparison.Scores.Single().Pearson!.Value.ShouldBe(1, 1e-6);
        found.Labels!.Column(0)[..60].ShouldAllBe(value => float.IsNaN(value));
        found.Labels[60, 0].ShouldBe((float)Wave(10), 1e-6f);
    }

    [Fact]
    public void RowsOfZerosOfEevAreScoredAsInTheChallengeAndNotShown()
    {
        EevCsv.Write(
            EmotionScheme.Eev, [Labelled("film", EmotionScheme.Eev, 6, Seconds, (t, _) => t < 10 ? 0 : Wave(t))], _folder.File("labels.csv"));

        PredictionDocument found = ViewerLabels.Read(_folder.File("labels.csv")).AddTo(Predicted("film", EmotionScheme.Eev, 6, Seconds, (t, _) => Wave(t)));

        LabelScore score = found.LabelComparison!.Scores[0];
        score.Rows.ShouldBe(6 * Seconds);
        score.Pearson!.Value.ShouldBeLessThan(0.99);
        score.PearsonDetectedOnly!.Value.ShouldBe(1, 1e-6);
        found.Labels!.Column(0)[..60].ShouldAllBe(value => float.IsNaN(value));
    }

    [Theory]
    [InlineData(40, "the labels cover 40.0 s, the video has 30.0 s", 60)]
    [InlineData(20, "the labels cover 20.0 s of 30.0 s", 40)]
    [InlineData(29, null, 58)]
    public void LabelsOfAnotherLengthAreComparedWhereBothAreAndThatIsSaid(int labelledSeconds, string? said, int rows)
    {
        EevCsv.Write(Scheme("arousal"), [Labelled("film", Scheme("arousal"), 2, labelledSeconds, (t, _) => Wave(t))], _folder.File("labels.csv"));

        PredictionDocument found = ViewerLabels.Read(_folder.File("labels.csv")).AddTo(Predicted("film", Scheme("arousal"), 6, Seconds, (t, _) => Wave(t)));

        found.LabelComparison!.Scores.Single().Rows.ShouldBe(rows);
        found.LabelComparison.Scores.Single().Pearson!.Value.ShouldBe(1, 1e-3);
        found.Warnings.Count.ShouldBe(said is null ? 0 : 1);
        found.Warnings.ShouldAllBe(warning => warning.Contains(said!, StringComparison.Ordinal));
        float.IsNaN(found.Labels!.Column(0)[^1]).ShouldBe(labelledSeconds < Seconds);
    }

    [Fact]
    public void ALagMovesLabelsEarlier()
    {
        EevCsv.Write(Scheme("arousal"), [Labelled("film", Scheme("arousal"), 2, Seconds, (t, _) => Wave(t - 3))], _folder.File("labels.csv"));

        PredictionDocument found = ViewerLabels.Read(_folder.File("labels.csv"), lagSeconds: 3)
            .AddTo(Predicted("film", Scheme("arousal"), 6, Seconds, (t, _) => Wave(t)));

        found.LabelComparison!.Scores.Single().Pearson!.Value.ShouldBe(1, 1e-6);
        found.LabelComparison.Scores.Single().Rows.ShouldBe(2 * (Seconds - 3));
    }

    [Fact]
    public void RatingsOfSeveralRatersHaveSpreadAndANoiseCeiling()
    {
        string path = WriteRatings("film");

        PredictionDocument found = ViewerLabels.Read(path).AddTo(Predicted("film", Scheme("arousal"), 6, Seconds, (t, _) => Wave(t)));

        LabelComparison comparison = found.LabelComparison!;
        comparison.Source.ShouldBe("ratings.csv: 3 raters, joined by mean");
        LabelScore score = comparison.Scores.Single();
        score.Raters.ShouldBe(3);
        score.CeilingLow!.Value.ShouldBeInRange(0.5, 1);
        score.CeilingHigh!.Value.ShouldBeGreaterThanOrEqualTo(score.CeilingLow.Value);
        comparison.Spread![60, 0].ShouldBe(0.1f, 1e-3f); // sample deviation of −0.1, 0 and 0.1
        found.Labels![60, 0].ShouldBe((float)Scaled(10), 1e-3f);
    }

    [Theory]
    [InlineData("film.mp4")]
    [InlineData("clip_07")]
    public void RatingsOfOneVideoAreUsedWhateverItIsNamedAndThatIsSaid(string id)
    {
        string path = WriteRatings(id);

        PredictionDocument found = ViewerLabels.Read(path).AddTo(Predicted("film", Scheme("arousal"), 6, Seconds, (t, _) => Wave(t)));

        found.Labels.ShouldNotBeNull();
        found.Warnings.Count(warning => warning.Contains($"'{id}'; they are taken to be of this one", StringComparison.Ordinal))
            .ShouldBe(id == "clip_07" ? 1 : 0);
    }

    [Fact]
    public void LabelsOfOtherVideosAreAWarningForOneVideoAndAnErrorForAll()
    {
        EevCsv.Write(Scheme("arousal"), [Labelled("other", Scheme("arousal"), 2, Seconds, (t, _) => Wave(t))], _folder.File("labels.csv"));
        ViewerLabels labels = ViewerLabels.Read(_folder.File("labels.csv"));

        PredictionDocument found = labels.AddTo(Predicted("film", Scheme("arousal"), 6, Seconds, (t, _) => Wave(t)));

        found.Labels.ShouldBeNull();
        found.Warnings.Single().ShouldEndWith("has no labels of this video.");
        Should.Throw<DatasetException>(() => labels.ThrowIfOfOthers([("film", "film.mp4")])).Message
            .ShouldContain("expected labels of 'film'; found those of 'other'");
        Should.NotThrow(() => labels.ThrowIfOfOthers([("film", "film.mp4"), ("other", "other.mp4")]));
        Should.Throw<DatasetException>(() => labels.ThrowIfNothingIsPredicted(Scheme("joy"))).Message.ShouldContain("no curve in common");
    }

    [Fact]
    public void TheLabelsOfAChosenVideoAreUsedWhateverThePredictedOneIsNamed()
    {
        EmotionScheme scheme = Scheme("arousal");
        EevCsv.Write(
            scheme,
            [Labelled("one", scheme, 2, Seconds, (t, _) => 1 - Wave(t)), Labelled("two", scheme, 2, Seconds, (t, _) => Wave(t))],
            _folder.File("labels.csv"));
        ViewerLabels labels = ViewerLabels.Read(_folder.File("labels.csv"));
        (labels.IdOf("two", "two.mp4"), labels.IdOf("film", "film.mp4")).ShouldBe(("two", null));

        ViewerLabels two = labels.Only("two", "shown.csv");

        PredictionDocument found = two.AddTo(Predicted("film", scheme, 6, Seconds, (t, _) => Wave(t)));
        found.LabelComparison!.Source.ShouldBe("shown.csv");
        found.LabelComparison.Scores.Single().Pearson!.Value.ShouldBe(1, 1e-6);
        found.Warnings.ShouldBe(["shown.csv: the ratings of 'two' are taken to be of this video."]);
        two.AddTo(Predicted("two", scheme, 6, Seconds, (t, _) => Wave(t))).Warnings.ShouldBeEmpty();
        (two.HasAnyOf(Scheme("Arousal")), two.HasAnyOf(Scheme("joy"))).ShouldBe((true, false));
        Should.Throw<DatasetException>(() => labels.Only("three", "shown.csv")).Message
            .ShouldBe("shown.csv: expected labels of 'three'; found those of 'one', 'two'.");
    }

    private static double Wave(double seconds) => 0.5 + (0.4 * Math.Sin(seconds / 2));

    // Ratings from 1 to 9, shown on a scale from 0 to 1.
    private static double Scaled(double seconds) => Math.Round(1 + (8 * Wave(seconds)), 2) is var rated ? (rated - 1) / 8 : 0;

    private string WriteRatings(string id)
    {
        string path = _folder.File("ratings.csv");
        IEnumerable<string> rows = from rater in Enumerable.Range(0, 3)
                                   from second in Enumerable.Range(0, Seconds)
                                   let value = 1 + (8 * Wave(second)) + (0.8 * (rater - 1))
                                   select string.Create(CultureInfo.InvariantCulture, $"{id},r{rater},{second},{value:0.00}");
        File.WriteAllLines(path, ["video,rater,seconds,arousal", .. rows]);
        return path;
    }

    private static EmotionScheme Scheme(params string[] names) => new(names);

    private static LabelledVideo Labelled(string id, EmotionScheme scheme, double rate, double seconds, Func<double, int, double> value) =>
        new(id, CurvesOf(scheme, rate, seconds, value));

    private static PredictionDocument Predicted(string id, EmotionScheme scheme, double rate, double seconds, Func<double, int, double> value) => new()
    {
        VideoId = id,
        SourceName = $"{id}.mp4",
        DurationSeconds = seconds,
        ModelName = "made",
        Curves = CurvesOf(scheme, rate, seconds, value),
    };

    private static EmotionCurves CurvesOf(EmotionScheme scheme, double rate, double seconds, Func<double, int, double> value)
    {
        TimeGrid grid = TimeGrid.ForDuration(seconds, new Rate(rate));
        return new EmotionCurves(scheme, grid, [.. from step in Enumerable.Range(0, grid.Count)
                                                   from column in Enumerable.Range(0, scheme.Count)
                                                   select (float)value(grid.SecondsAt(step), column)]);
    }
}
