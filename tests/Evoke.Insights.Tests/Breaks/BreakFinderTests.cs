using Evoke.Curves.Export;
using Evoke.Curves.Films;
using Evoke.Insights.Breaks;

namespace Evoke.Insights.Tests.Breaks;

public sealed class BreakFinderTests
{
    private static readonly BreakOptions s_near = new() { EdgeSeconds = 0, GapSeconds = 0, FallSeconds = 2 };

    // 12 s: high, then a fall at 4 s, a rise at 7 s and a smaller fall at 9 s.
    private static readonly float[] s_arousal = [0.8f, 0.8f, 0.8f, 0.8f, 0.2f, 0.2f, 0.2f, 0.6f, 0.6f, 0.4f, 0.4f, 0.4f];

    [Fact]
    public void APlaceIsACutInAQuietPassageAtWhichArousalFalls()
    {
        FilmTrack film = Predictions.Film([2, 4, 7, 9], -20, -20, -20, -50, -50, -20, -20, -50, -50, -50, -20, -20);

        BreakList found = BreakFinder.Find(Predictions.Arousal(1, s_arousal), film, s_near);

        // 2 does not fall (0.8 to 0.8); 7 rises.
        found.Places.Select(place => place.Seconds).ShouldBe([4, 9]);
        found.Note.ShouldBeNull();
        BreakPlace best = found.Places[0];
        (best.Rank, best.EndSeconds, best.Decibels).ShouldBe((1, 5, -50));
        best.ArousalBefore.ShouldBe(0.8, 1e-6);
        best.ArousalAfter.ShouldBe(0.2, 1e-6);
        // Falls at steps 1 to 11: 0, 0, .3, .6, .3, -.2, -.4, -.1, .2, .1, 0. Ten are smaller and one equal. Of the twelve levels seven are louder
        // than -50 and five equal; none is louder than -20 and seven equal. Steps 3 and 4 have -50, step 5 has -20.
        best.Score.ShouldBe(Math.Sqrt(10.5 / 11 * ((9.5 + 9.5 + 3.5) / 36)), 1e-6);
    }

    [Fact]
    public void ALoudCutIsNoPlace()
    {
        FilmTrack film = Predictions.Film([4], -20, -20, -20, -22, -22, -22, -20, -20, -20, -20, -20, -20);

        BreakList found = BreakFinder.Find(Predictions.Arousal(1, s_arousal), film, s_near);

        found.Places.ShouldBeEmpty();
        found.Note!.ShouldContain("No cut is in a quiet passage");
        BreakFinder.Find(Predictions.Arousal(1, s_arousal), film, s_near with { QuietDecibels = 1 }).Places.Length.ShouldBe(1);
    }

    [Fact]
    public void ASilentFilmIsQuietEverywhere()
    {
        FilmTrack film = Predictions.Film([4, 9], [.. Enumerable.Repeat(-100.0, 12)]);

        BreakFinder.Find(Predictions.Arousal(1, s_arousal), film, s_near).Places.Length.ShouldBe(2);
    }

    [Fact]
    public void WithoutSoundPlacesRestOnCutsAndArousalAndTheNoteSaysSo()
    {
        BreakList found = BreakFinder.Find(Predictions.Arousal(1, s_arousal), Predictions.Film([4, 7, 9]), s_near);

        found.Places.Select(place => place.Seconds).ShouldBe([4, 9]);
        found.Places[0].Decibels.ShouldBeNull();
        found.Places[0].Score.ShouldBe(10.5 / 11, 1e-6);
        found.Note!.ShouldContain("quiet or not");
    }

    [Fact]
    public void PlacesKeepTheirDistanceFromEachOtherAndFromTheEnds()
    {
        FilmTrack film = Predictions.Film([4, 9]);
        PredictionDocument document = Predictions.Arousal(1, s_arousal);

        BreakFinder.Find(document, film, s_near with { GapSeconds = 5 }).Places.Length.ShouldBe(2);
        BreakFinder.Find(document, film, s_near with { GapSeconds = 6 }).Places.Select(place => place.Seconds).ShouldBe([4]);
        BreakFinder.Find(document, film, s_near with { EdgeSeconds = 4.5 }).Places.ShouldBeEmpty();
        BreakFinder.Find(document, film, s_near with { Limit = 1 }).Places.Select(place => place.Seconds).ShouldBe([4]);
    }

    [Fact]
    public void WhyThereIsNoPlaceIsSaid()
    {
        PredictionDocument eev = Predictions.Of(["amusement"], 1, [.. s_arousal]), film = Predictions.Arousal(1, s_arousal);

        BreakFinder.Find(eev, Predictions.Film([4])).Note!.ShouldContain("no curve of arousal");
        BreakFinder.Find(film, null).Note!.ShouldContain("The cuts are not known");
        BreakFinder.Find(film, Predictions.Film(null, -20)).Note!.ShouldContain("The cuts are not known");
        BreakFinder.Find(film, Predictions.Film([])).Note.ShouldBe("No cut was found.");
    }

    [Fact]
    public void ACurveWithoutValuesHasNoPlaces() =>
        BreakFinder.Find(Predictions.Arousal(1, [.. Enumerable.Repeat(float.NaN, 12)]), Predictions.Film([4]), s_near).Places.ShouldBeEmpty();

    [Fact]
    public void AnOptionOutsideItsRangeIsAnError()
    {
        PredictionDocument film = Predictions.Arousal(1, s_arousal);

        Should.Throw<ArgumentOutOfRangeException>(() => BreakFinder.Find(film, null, new BreakOptions { Limit = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => BreakFinder.Find(film, null, new BreakOptions { GapSeconds = double.NaN }));
        Should.Throw<ArgumentOutOfRangeException>(() => BreakFinder.Find(film, null, new BreakOptions { FallSeconds = 0 }));
    }
}
