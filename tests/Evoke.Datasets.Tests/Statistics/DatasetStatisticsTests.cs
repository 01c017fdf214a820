using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Statistics;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Statistics;

public sealed class DatasetStatisticsTests : IDisposable
{
    private static readonly EmotionScheme s_scheme = new(["smooth", "rough", "still"]);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FiguresOfAHandMadeFileAreThoseOneCounts()
    {
        // 1 Hz: a slow wave, a sign that flips each second, and 0.25; then a gap of 10 s.
        DatasetStatistics statistics = Read(1, 50, step => step >= 40 ? (0, 0, 0)
            : ((float)(0.5 + (0.4 * Math.Sin(step / 6.0))), step % 2 == 0 ? 0.01f : 0.02f, 0.25f));

        (statistics.Videos, statistics.Rows, statistics.Rate.Hertz, statistics.Gaps).ShouldBe((2, 100, 1, 2));
        statistics.Hours.ShouldBe(100 / 3600.0, 1e-12);
        statistics.GapShare.ShouldBe(0.2, 1e-12);
        statistics.LongestGapSeconds.ShouldBe(10);
        EmotionStatistics smooth = statistics.Emotions[0], rough = statistics.Emotions[1], still = statistics.Emotions[2];
        smooth.Smoothness!.Value.ShouldBeGreaterThan(0.95);
        rough.Smoothness!.Value.ShouldBe(-1, 0.01);
        still.Smoothness.ShouldBeNull();
        rough.ZeroShare.ShouldBe(0.2, 1e-12);
        (rough.Min, rough.Max).ShouldBe(((double)0.01f, (double)0.02f));
        rough.Mean.ShouldBe(0.015, 1e-7);
        rough.Deviation.ShouldBe(0.005, 1e-7);
        (still.Mean, still.Deviation).ShouldBe((0.25, 0));
        rough.Histogram.Sum().ShouldBe(80);
        rough.Histogram.Count(bin => bin > 0).ShouldBe(2);
        rough.Percentile95.ShouldBe(0.02, 1.0 / 4096);
    }

    [Fact]
    public void SmoothnessIsMeasuredAtOneSecondWhateverTheRate()
    {
        // Six equal rows and then another six: smooth from row to row, not from second to second.
        DatasetStatistics statistics = Read(6, 240, step => (0.1f, step / 6 % 2 == 0 ? 0.2f : 0.3f, 0.25f));

        statistics.Emotions[1].Smoothness!.Value.ShouldBe(-1, 0.01);
    }

    [Fact]
    public void ThePageShowsEveryEmotionAndTakesNamesAsText()
    {
        EmotionScheme odd = new(["<b>joy</b>", "calm"]);
        EmotionCurves curves = new(odd, new TimeGrid(new Rate(6), 3), [0.1f, 0.2f, 0, 0, 0.3f, 0.4f]);
        EevCsv.Write(odd, [new LabelledVideo("<id>", curves)], _folder.File("odd.csv"));

        StatisticsPage.Write(DatasetStatistics.Read(_folder.File("odd.csv")), _folder.File("page.html"));

        string page = File.ReadAllText(_folder.File("page.html"));
        page.ShouldContain("&lt;b&gt;joy&lt;/b&gt;");
        page.ShouldNotContain("<b>joy");
        page.ShouldNotContain("NaN");
        page.Split("<svg").Length.ShouldBe(1 + (2 * 2));
    }

    [Fact]
    public void AFileWithoutRowsIsSaid()
    {
        File.WriteAllText(_folder.File("empty.csv"), "YouTube ID,Timestamp (milliseconds),joy\n");

        Should.Throw<EmptyDatasetException>(() => DatasetStatistics.Read(_folder.File("empty.csv"))).Message.ShouldContain("empty.csv");
    }

    private DatasetStatistics Read(double rate, int rows, Func<int, (float Smooth, float Rough, float Still)> row)
    {
        float[] values = [.. Enumerable.Range(0, rows).Select(row).SelectMany(values => new[] { values.Smooth, values.Rough, values.Still })];
        EmotionCurves curves = new(s_scheme, new TimeGrid(new Rate(rate), rows), values);
        EevCsv.Write(s_scheme, [new LabelledVideo("one", curves), new LabelledVideo("two", curves)], _folder.File("labels.csv"));
        return DatasetStatistics.Read(_folder.File("labels.csv"));
    }
}
