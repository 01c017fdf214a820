using Evoke.Curves.Export.Markers;

namespace Evoke.Curves.Tests.Markers;

public sealed class TimecodeTests
{
    // After the first minutes one frame in so many; a prime, so that all places of a minute come. All of them under --full.
    private static readonly int s_stride = Environment.GetEnvironmentVariable("EVOKE_TESTS_FULL") == "1" ? 1 : 97;

    /// <summary>Every common rate, exact and as usually written.</summary>
    public static TheoryData<double, long, long> Rates { get; } = new()
    {
        { 24000.0 / 1001, 24000, 1001 }, { 23.976, 24000, 1001 }, { 23.98, 24000, 1001 }, { 24, 24, 1 }, { 25, 25, 1 }, { 30000.0 / 1001, 30000, 1001 },
        { 29.97, 30000, 1001 }, { 30, 30, 1 }, { 48, 48, 1 }, { 50, 50, 1 }, { 60000.0 / 1001, 60000, 1001 }, { 59.94, 60000, 1001 }, { 60, 60, 1 },
        { 120000.0 / 1001, 120000, 1001 }, { 120, 120, 1 }, { 1, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void OverADayAFramesOwnTimeGivesThatFrameAndTheTimeJustBeforeGivesTheOneBefore(double rate, long numerator, long denominator)
    {
        Timecode timecode = Timecode.For(rate);
        foreach (long frame in OfADay(86_400 * numerator / denominator, timecode))
        {
            double its = (double)(frame * denominator) / numerator;
            double divided = frame / ((double)numerator / denominator);
            double before = its - (0.001 * denominator / numerator);
            if (timecode.FrameAt(its) != frame || timecode.FrameAt(divided) != frame || timecode.FrameAt(before) != Math.Max(0, frame - 1))
            {
                Assert.Fail($"frame {frame} at {its:R} s: {timecode.FrameAt(its)}, {timecode.FrameAt(divided)}, just before: {timecode.FrameAt(before)}");
            }
        }
    }

    [Theory]
    [InlineData(30000, true)]
    [InlineData(30000, false)]
    [InlineData(60000, true)]
    [InlineData(24000, null)]
    public void OverADayEveryFrameHasItsOwnTimecodeThatIsReadBack(int numerator, bool? dropFrame)
    {
        Timecode timecode = Timecode.For(numerator / 1001.0, dropFrame);
        long last = timecode.FrameOf(24, 0, 0, 0) - 1;
        string before = "";
        foreach (long frame in OfADay(last, timecode))
        {
            string text = timecode.Text(frame);
            long back = timecode.FrameOf(Part(text, 0), Part(text, 3), Part(text, 6), Part(text, 9));
            if (back != frame || string.CompareOrdinal(text, before) <= 0)
            {
                Assert.Fail($"frame {frame} is {text} after {before}, which is frame {back}");
            }

            before = text;
        }

        static int Part(string text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';
    }

    // Each frame of the first eleven minutes, as many as drop-frame takes to come round; then one in so many to the end of the day.
    private static IEnumerable<long> OfADay(long day, Timecode timecode)
    {
        long first = Math.Min(day, 11 * 60 * timecode.FramesPerSecond);
        for (long frame = 0; frame < day; frame += frame < first ? 1 : s_stride)
        {
            yield return frame;
        }

        yield return day;
    }

    [Theory]
    [InlineData(0, 24, "00:00:00:00")]
    [InlineData(3661.5, 24, "01:01:01:12")]
    [InlineData(1.0 / 3, 30, "00:00:00:10")]
    [InlineData(90_000, 25, "01:00:00:00")]
    public void TimecodesCountFrames(double seconds, int rate, string expected) => Timecode.For(rate).At(seconds).ShouldBe(expected);

    [Fact]
    public void TheExactRateIsCountedAndTheRoundedOneLaidOut()
    {
        Timecode ntsc = Timecode.For(30000.0 / 1001, dropFrame: false);
        ntsc.FrameAt(599.333).ShouldBe(17_962);
        ntsc.At(599.333).ShouldBe("00:09:58:22");
        Timecode.For(24000.0 / 1001).FrameAt(7_000).ShouldBe(167_832);
        Timecode.For(24000.0 / 1001).At(7_000).ShouldBe("01:56:33:00");
    }

    [Theory]
    [InlineData(25.005, 25)] // as the mean of a file's frames may be
    [InlineData(24.995, 25)]
    [InlineData(12.5, 12.5)]
    public void ARateThatIsAlmostWholeIsWhole(double rate, double counted) => Timecode.For(rate).FrameAt(7_200).ShouldBe((long)(7_200 * counted));

    /// <summary>SMPTE ST 12-1: numbers 0 and 1 (0 to 3 at 59.94) are skipped at every minute except every tenth.</summary>
    [Theory]
    [InlineData(29.97, 1799, "00:00:59;29")]
    [InlineData(29.97, 1800, "00:01:00;02")]
    [InlineData(29.97, 17_981, "00:09:59;29")]
    [InlineData(29.97, 17_982, "00:10:00;00")]
    [InlineData(29.97, 107_892, "01:00:00;00")]
    [InlineData(59.94, 3599, "00:00:59;59")]
    [InlineData(59.94, 3600, "00:01:00;04")]
    [InlineData(59.94, 35_964, "00:10:00;00")]
    [InlineData(30, 1800, "00:01:00:00")]
    [InlineData(23.976, 1440, "00:01:00:00")]
    public void DropFrameWhereTheRateWantsIt(double rate, long frame, string expected) => Timecode.For(rate).Text(frame).ShouldBe(expected);

    [Theory]
    [InlineData(29.97, "01:00:00;00", true, 107_892)]
    [InlineData(29.97, "01:00:00:00", false, 108_000)]
    [InlineData(25, "00:59:59:24", false, 89_999)]
    public void TheFilesOwnTimecodeSaysWhetherNumbersAreDropped(double rate, string start, bool dropFrame, long frame)
    {
        Timecode timecode = Timecode.StartingAt(rate, start);
        timecode.IsDropFrame.ShouldBe(dropFrame);
        timecode.StartFrame.ShouldBe(frame);
        timecode.Text(frame).ShouldBe(start);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    [InlineData("01:00:61:00")]
    public void AFileThatDoesNotSayHasNoStart(string? start) => Timecode.StartingAt(25, start).StartFrame.ShouldBeNull();
}
