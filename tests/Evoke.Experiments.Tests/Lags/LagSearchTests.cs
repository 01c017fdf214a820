using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Lags;
using Evoke.Testing.Learning;

namespace Evoke.Experiments.Tests.Lags;

public sealed class LagSearchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void TheLagThatLabelsWereMadeWithIsFound(int seconds)
    {
        LabelSet labels = new("late", ToyDataset.Scheme, ToyDataset.Ids("toy", 16).Select(id => Late(ToyDataset.Labels(id), seconds)));
        MemoryFeatureSource features = new("toy", ToyDataset.Ids("toy", 16), ToyDataset.Features);

        LagReport report = LagSearch.Run(
            labels, features, new() { Most = 4, Step = 1, Folds = 4 }, cancellationToken: TestContext.Current.CancellationToken);

        report.Lags.Select(lag => lag.Seconds).ShouldBe([0, 1, 2, 3, 4]);
        report.Best.ShouldBe(seconds);
        report.Chosen.ShouldBe(seconds);
        (report.Videos, report.Groups, report.Folds).ShouldBe((16, 16, 4));
    }

    // What was told at a time is told some seconds later.
    private static LabelledVideo Late(LabelledVideo video, int seconds)
    {
        int shift = seconds * 6 * video.Curves.Scheme.Count;
        float[] values = video.Curves.Values.ToArray();
        return new(video.VideoId, new EmotionCurves(video.Curves.Scheme, video.Curves.Grid, [.. values.Take(shift), .. values.SkipLast(shift)]));
    }
}
