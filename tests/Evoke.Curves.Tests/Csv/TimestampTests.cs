using CsCheck;
using Evoke.Curves.Csv;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Csv;

public sealed class TimestampTests
{
    [Fact]
    public void TimestampsAreThoseOfEev()
    {
        TimeGrid grid = new(new Rate(6), 13);
        Enumerable.Range(0, 13).Select(grid.MicrosecondsAt)
            .ShouldBe([0, 166666, 333333, 500000, 666666, 833333, 1000000, 1166666, 1333333, 1500000, 1666666, 1833333, 2000000]);
        for (int step = 0; step < 1_000_000; step++)
        {
            grid.MicrosecondsAt(step).ShouldBe(step * 1_000_000L / 6);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(25)]
    [InlineData(30)]
    [InlineData(30000 / 1001.0)]
    [InlineData(24000 / 1001.0)]
    [InlineData(1 / 0.96)]
    [InlineData(0.5)]
    [InlineData(0.1)]
    [InlineData(1000)]
    public void TheRateIsReadFromTimestamps(double rate)
    {
        foreach (int count in (int[])[2, 3, 10, 1000, 100_000])
        {
            TimeGrid grid = new(new Rate(rate), count);
            RateOf([.. Enumerable.Range(0, count).Select(grid.MicrosecondsAt)]).ShouldBe(rate, rate * 1e-12);
        }
    }

    [Fact]
    public void AnyRateIsExplainedByWhatIsRead() => Gen.Select(Gen.Double[0.05, 1000], Gen.Int[2, 300]).Sample((rate, count) =>
    {
        TimeGrid grid = new(new Rate(rate), count);
        double read = RateOf([.. Enumerable.Range(0, count).Select(grid.MicrosecondsAt)]);
        new TimeGrid(new Rate(read), count).SecondsAt(count - 1).ShouldBe(grid.SecondsAt(count - 1), 3e-6);
    });

    [Fact]
    public void RoundedAndJitteredTimestampsKeepTheirRate()
    {
        RateOf([0, 166667, 333333, 500000, 666667]).ShouldBe(6);
        RateOf([0, 166000, 333000, 500000, 666000, 833000]).ShouldBe(6);
        RateOf([0, 167000, 334000, 501000]).ShouldBe(1e6 / 167000, 1e-9);
    }

    [Fact]
    public void AVideoOfOneRowHasTheRateOfTheOneBefore()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("times.csv");
        File.WriteAllText(path, "Video ID,Timestamp (milliseconds)\na,0\nb,0\nb,500000\nc,0\n");
        EevCsv.ReadTimes(path).Select(video => video.Grid.Rate.Hertz).ShouldBe([6, 2, 2]);
    }

    [Fact]
    public void OddTimestampsAreKeptAsTheyAre()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("times.csv");
        const string Text = "Video ID,Timestamp (milliseconds)\na,0\na,166667\na,333333\na,500000\n";
        File.WriteAllText(path, Text);
        EevCsv.WriteTimes([.. EevCsv.ReadTimes(path)], path);
        File.ReadAllText(path).ShouldBe(Text);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    [InlineData(25)]
    [InlineData(30000 / 1001.0)]
    [InlineData(1 / 0.96)]
    [InlineData(119)]
    public void TimestampsTrulyInMillisecondsAreTakenAsSuch(double rate)
    {
        TimeGrid grid = new(new Rate(rate), 500);
        foreach (bool down in (bool[])[true, false])
        {
            double[] exact = [.. Enumerable.Range(0, 500).Select(step => grid.SecondsAt(step) * 1e3)];
            long[] milliseconds = [.. exact.Select(time => (long)(down ? Math.Floor(time) : Math.Round(time)))];
            VideoTimes video = TimesOf(milliseconds);
            video.Unit.ShouldBe(TimestampUnit.Milliseconds);
            video.Grid.Rate.Hertz.ShouldBe(rate, rate * 1e-3);
            video.TimestampAt(499).ShouldBe(milliseconds[499]);
            video.MicrosecondsAt(499).ShouldBe(1000 * milliseconds[499]);
        }
    }

    [Fact]
    public void MillisecondsAreWrittenBackAsTheyAre()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("times.csv");
        const string Text = "Video ID,Timestamp (milliseconds)\na,0\na,166\na,333\na,500\nb,0\nb,166\n";
        File.WriteAllText(path, Text);
        EevCsv.ReadTimes(path).Select(video => video.Grid.Rate.Hertz).ShouldBe([6, 6]);
        EevCsv.WriteTimes([.. EevCsv.ReadTimes(path)], path);
        File.ReadAllText(path).ShouldBe(Text);
    }

    [Theory]
    [InlineData("0,1,2,3", "timestamps in milliseconds would be 1000 rows per second")]
    [InlineData("0,5,10", "timestamps in milliseconds would be 200 rows per second")]
    public void MoreThan120RowsPerSecondAreRefused(string timestamps, string problem) =>
        Should.Throw<EevCsvException>(() => TimesOf([.. timestamps.Split(',').Select(long.Parse)])).Message.ShouldContain(problem);

    [Fact]
    public void OneHundredAndTwentyRowsPerSecondAreMicroseconds()
    {
        VideoTimes video = TimesOf([0, 8333, 16666, 25000]);
        (video.Unit, video.Grid.Rate.Hertz).ShouldBe((TimestampUnit.Microseconds, 120));
    }

    [Fact]
    public void AStepOfWholeMillisecondsIsSimplerThanWhatIsMeasured()
    {
        TimestampClock.TryReadRate([0, 960, 1920, 2881], TimestampUnit.Milliseconds, out Rate rate).ShouldBeTrue();
        rate.Hertz.ShouldBe(1000 / 960.0);
    }

    [Fact]
    public void RowsAreWrittenWithTheTimestampsOfTheirGrid()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("times.csv");
        EevCsv.WriteTimes([new VideoTimes("a", new TimeGrid(new Rate(6), 3)), new VideoTimes("b", new TimeGrid(new Rate(1), 1))], path);
        File.ReadAllText(path).ShouldBe("Video ID,Timestamp (milliseconds)\na,0\na,166666\na,333333\nb,0\n");
    }

    [Fact]
    public void OneFileHasOneUnit()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("times.csv");
        File.WriteAllText(path, "Video ID,Timestamp (milliseconds)\na,0\na,166666\nb,0\nb,166\n");
        EevCsvException error = Should.Throw<EevCsvException>(() => EevCsv.ReadTimes(path).ToList());
        error.Line.ShouldBe(5);
        error.Message.ShouldContain("video 'b'");
    }

    [Fact]
    public void TheDescriptionDecidesWhatTimestampsAloneLeaveOpen()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("times.csv");
        File.WriteAllText(path, "Video ID,Timestamp (milliseconds)\na,0\na,10000\na,20000\n");
        EevCsv.ReadTimes(path).Single().Grid.Rate.Hertz.ShouldBe(100);
        File.WriteAllText(folder.File("times.scheme.json"), """{ "timestamps": "milliseconds" }""");
        EevCsv.ReadTimes(path).Single().Grid.Rate.Hertz.ShouldBe(0.1);
    }

    private static VideoTimes TimesOf(long[] timestamps)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("times.csv");
        File.WriteAllLines(path, timestamps.Select(timestamp => FormattableString.Invariant($"a,{timestamp}")).Prepend("Video ID,Timestamp (milliseconds)"));
        return EevCsv.ReadTimes(path).Single();
    }

    private static double RateOf(long[] microseconds)
    {
        TimestampClock.TryReadRate(microseconds, TimestampUnit.Microseconds, out Rate rate).ShouldBeTrue();
        return rate.Hertz;
    }
}
