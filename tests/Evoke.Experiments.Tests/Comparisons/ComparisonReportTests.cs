using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Randomness;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Experiments.Comparisons;
using Evoke.Testing;

namespace Evoke.Experiments.Tests.Comparisons;

public sealed class ComparisonReportTests : IDisposable
{
    private const int Steps = 20;
    private static readonly EmotionScheme s_scheme = new(["joy", "awe", "pain"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AMadeDifferenceIsFoundOnTheCurveThatHasIt()
    {
        LabelSet labels = Labels(12);
        ModelCurves worse = Model("worse", labels, 1, noise: 0.6f, noiseOfJoy: 0.6f), better = Model("better", labels, 2, noise: 0.6f, noiseOfJoy: 0.05f);

        ComparisonReport report = ComparisonReport.Of(new() { Labels = labels, Models = [worse, better] });

        ModelComparison pair = report.Comparisons.ShouldHaveSingleItem();
        (pair.A, pair.B, report.IsExact, report.Groups).ShouldBe(("worse", "better", true, 12));
        pair.All.IsFound.ShouldBeTrue();
        pair.All.Difference.ShouldBe(pair.All.B - pair.All.A, 1e-12);
        pair.All.Interval!.Low.ShouldBeGreaterThan(0);
        pair.Curves.Where(curve => curve.IsFound).Select(curve => curve.Curve).ShouldBe(["joy"]);
        pair.Curves.ShouldAllBe(curve => curve.HolmP >= curve.P);
    }

    // 100 pairs of models that differ by chance only: 5 are expected to be found on the mean, and at most 5 on any curve after Holm's correction;
    // more than 12 with a chance of 0.002.
    [Fact]
    public void ModelsThatAreTheSameAreFoundToDifferAsOftenAsTheLevelSays()
    {
        LabelSet labels = Labels(12);
        int onMean = 0, onCurves = 0;
        for (int pair = 0; pair < 100; pair++)
        {
            ModelCurves a = Model("a", labels, 1000 + (2 * pair), 0.5f, 0.5f), b = Model("b", labels, 1001 + (2 * pair), 0.5f, 0.5f);
            ModelComparison found = ComparisonReport.Of(new() { Labels = labels, Models = [a, b] }).Comparisons[0];
            onMean += found.All.IsFound ? 1 : 0;
            onCurves += found.Curves.Any(curve => curve.IsFound) ? 1 : 0;
        }

        onMean.ShouldBeInRange(1, 12);
        onCurves.ShouldBeLessThanOrEqualTo(12);
    }

    [Fact]
    public void EveryModelIsComparedWithTheFirstAndWithTheBaselines()
    {
        LabelSet labels = Labels(4);
        ModelCurves[] made = [.. new[] { "a", "b", "c", "clock" }.Select((name, i) => Model(name, labels, i, 0.3f, 0.3f))];

        ComparisonReport report = ComparisonReport.Of(new() { Labels = labels, Models = [made[0], made[1], made[2]], Baselines = [made[3]] });

        report.Comparisons.Select(pair => $"{pair.B}-{pair.A}").ShouldBe(["b-a", "c-a", "a-clock", "b-clock", "c-clock"]);
        report.SmallestP.ShouldBe(1.0 / 8);
    }

    [Fact]
    public void VideosThatOneModelLacksAreLeftOutAndTold()
    {
        LabelSet labels = Labels(5);
        ModelCurves a = Model("a", labels, 1, 0.3f, 0.3f), b = Model("b", labels, 2, 0.3f, 0.3f);
        ModelCurves less = b with { Videos = b.Videos.Where(video => video.Key != "v3").ToDictionary() };

        ComparisonReport.Of(new() { Labels = labels, Models = [a, less] }).LeftOut.ShouldBe(["v3"]);
        ModelCurves none = b with { Videos = new Dictionary<string, EmotionCurves>() };
        Should.Throw<DatasetException>(() => ComparisonReport.Of(new() { Labels = labels, Models = [a, none] })).Message.ShouldContain("b (0 videos)");
    }

    [Fact]
    public void WithinTheRatersNoiseIsToldFromBeyondIt()
    {
        LabelSet labels = Labels(8);
        WriteRaters(labels, raters: 5, noise: 0.25f);
        RaterPanel raters = RaterPanel.Read(_folder.File("raters.csv"), labels);
        ModelCurves good = Model("good", labels, 1, 0.02f, 0.02f), asGood = Model("as good", labels, 2, 0.025f, 0.025f), bad = Model("bad", labels, 3, 3, 3);

        ComparisonReport report = ComparisonReport.Of(new() { Labels = labels, Models = [good, asGood, bad], Raters = raters });

        raters.Raters.ShouldBe(5);
        report.Comparisons[0].All.IsWithinRatersNoise.ShouldBe(true);
        report.Comparisons[1].All.IsWithinRatersNoise.ShouldBe(false);
        Reaches("good").ShouldBe(true);
        Reaches("bad").ShouldBe(false);
        Should.Throw<DatasetException>(() => RaterPanel.Read(_folder.File("raters.csv"), Labels(2, "other"))).Message.ShouldContain("at least two raters");

        bool? Reaches(string model) => report.Ceiling.Single(row => row.Model == model && row.Curve is null).ReachesRaters;
    }

    private void WriteRaters(LabelSet labels, int raters, float noise)
    {
        List<string> lines = ["video,rater,time,joy,awe,pain"];
        for (int rater = 0; rater < raters; rater++)
        {
            ModelCurves said = Model($"r{rater}", labels, 100 + rater, noise, noise);
            lines.AddRange(
                from video in labels.Videos
                from step in Enumerable.Range(0, Steps)
                let values = said.Videos[video.VideoId].Row(step).ToArray().Select(value => FormattableString.Invariant($"{value:0.0000}"))
                select FormattableString.Invariant($"{video.VideoId},r{rater},{step},{string.Join(',', values)}"));
        }

        File.WriteAllLines(_folder.File("raters.csv"), lines);
    }

    private static LabelSet Labels(int videos, string prefix = "v") => new(
        "labels", s_scheme, Enumerable.Range(0, videos).Select(video => new LabelledVideo($"{prefix}{video}", Curves(video, seed: 0, 0.5f, 0.5f))));

    private static ModelCurves Model(string name, LabelSet labels, int seed, float noise, float noiseOfJoy) => new(
        name,
        labels.Videos.Select((video, i) => (video.VideoId, Curves: Noisy(video.Curves, Curves(i, seed + 1, noise, noiseOfJoy))))
            .ToDictionary(video => video.VideoId, video => video.Curves, StringComparer.Ordinal));

    private static EmotionCurves Noisy(EmotionCurves labels, EmotionCurves noise) =>
        new(labels.Scheme, labels.Grid, [.. labels.Values.ToArray().Zip(noise.Values.ToArray(), (label, other) => label + other)]);

    private static EmotionCurves Curves(int video, int seed, float size, float sizeOfFirst)
    {
        var random = CounterRandom.For(seed, RandomPurpose.Demo, video);
        float[] values = [.. Enumerable.Range(0, Steps * 3).Select(i => (i % 3 == 0 ? sizeOfFirst : size) * (float)random.NextDouble())];
        return new(s_scheme, new TimeGrid(new Rate(1), Steps), values);
    }
}
