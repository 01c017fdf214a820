using Evoke.Curves.Export.Chapters;
using Evoke.Curves.Moments;
using Evoke.Curves.Tests.Markers;

namespace Evoke.Curves.Tests.Chapters;

public sealed class MomentChaptersTests
{
    [Fact]
    public void AChapterBeginsWithEachMoment() =>
        Of((20, 1), (61.5, 2)).ShouldBe([new(0, "opening"), new(20, "elation peak"), new(61.5, "elation peak")]);

    [Fact]
    public void OfMomentsThatAreNearTheStrongestCounts() =>
        Of((20, 1), (25, 3), (33, 2), (41, 1)).Select(chapter => chapter.StartSeconds).ShouldBe([0, 25, 41]);

    [Fact]
    public void MomentsAtTheEndsBeginNone() =>
        Of((0, 9), (9.5, 9), (90.5, 9), (10, 1), (90, 1)).Select(chapter => chapter.StartSeconds).ShouldBe([0, 10, 90]);

    private static IReadOnlyList<Chapter> Of(params (double Start, double Strength)[] moments)
    {
        Moment At((double Start, double Strength) moment)
        {
            int step = (int)(moment.Start * 6);
            return new Moment(0, MomentKind.Peak, step, step, 599, 0.5f, 0.1f) { Strength = moment.Strength };
        }

        return MomentChapters.Of(MarkedFilms.Document with { Moments = [.. moments.Select(At)] });
    }
}
