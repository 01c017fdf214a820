using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Measures;
using Evoke.Insights.Summaries;

namespace Evoke.Insights.Tests.Summaries;

public sealed class VideoSummaryTests
{
    // 20 s at 1 Hz: three lively seconds, a fall, a calm stretch from 8 s to 13 s, a peak at 15 s, an ending.
    private static readonly float[] s_film =
    [
        0.6f, 0.6f, 0.9f, 0.5f, 0.5f, 0.4f, 0.3f, 0.2f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.3f, 0.8f, 1.0f, 0.8f, 0.4f, 0.4f, 0.4f,
    ];

    [Fact]
    public void OpeningsAreMeansOfTheFirstSteps()
    {
        MeasureList list = VideoSummary.Of(Predictions.Arousal(1, s_film));

        Measure three = list.Find("opening_3s.arousal")!;
        three.Value.ShouldBe(0.7, 1e-6); // (0.6 + 0.6 + 0.9) / 3
        (three.StartSeconds, three.EndSeconds).ShouldBe((0, 3));
        three.ComparedTo!.Value.ShouldBe(0.43, 1e-6); // 8.6 / 20
        list.Find("opening_8s.arousal")!.Value.ShouldBe(0.5, 1e-6); // 4.0 / 8
    }

    [Fact]
    public void TheEndingIsTheMeanOfTheLastEightSecondsAndPeakEndIsItsMeanWithThePeak()
    {
        MeasureList list = VideoSummary.Of(Predictions.Arousal(1, s_film));

        Measure ending = list.Find("ending.arousal")!;
        ending.Value.ShouldBe(0.525, 1e-6); // (0.1 + 0.3 + 0.8 + 1 + 0.8 + 0.4 + 0.4 + 0.4) / 8
        (ending.StartSeconds, ending.EndSeconds).ShouldBe((12, 20));
        list.Find("peak_end.arousal")!.Value.ShouldBe(0.7625, 1e-6);
    }

    [Fact]
    public void TheCalmestStretchIsLowAndDoesNotRise()
    {
        // The median is 0.4. At 1 Hz, 1.5 s is two steps: a step rises if the value two steps later is above that two steps before by more than
        // 0.01 * 0.9 * 4. Steps 5 to 10 are low and do not rise; at step 11 the value of step 13 is 0.2 above that of step 9.
        MeasureList list = VideoSummary.Of(Predictions.Arousal(1, s_film));

        Measure length = list.Find("calmest.seconds")!;
        length.Value.ShouldBe(6);
        (length.StartSeconds, length.EndSeconds).ShouldBe((5, 11));
        length.ComparedTo!.Value.ShouldBe(20);
        list.Find("calmest.arousal")!.Value.ShouldBe(0.2, 1e-6); // (0.4 + 0.3 + 0.2 + 0.1 + 0.1 + 0.1) / 6
    }

    [Fact]
    public void TheStrongestMomentIsTheHighestArousalInDeviations()
    {
        MeasureList list = VideoSummary.Of(Predictions.Arousal(1, s_film));

        Measure strongest = list.Find("strongest.deviations")!;
        double deviation = Math.Sqrt(s_film.Average(value => (value - 0.43) * (value - 0.43)));
        strongest.Value.ShouldBe(0.57 / (deviation + 0.005), 1e-5);
        strongest.AtSeconds.ShouldBe(15);
        (strongest.StartSeconds, strongest.EndSeconds).ShouldBe((14, 17)); // at least (0.43 + 1) / 2
        list.Find("peak.arousal")!.Value.ShouldBe(1);
        list.Find("strongest.picture_share").ShouldBeNull();
    }

    [Theory]
    [InlineData(0.3, 0.1, 0.75)]
    [InlineData(0.3, -0.1, 1)]
    [InlineData(-0.3, 0.2, 0)]
    public void SharesCountWhatRaisesTheCurve(double fromPicture, double fromSound, double share)
    {
        PredictionDocument film = Predictions.Arousal(1, s_film) with { StrongestOrigin = new MomentOrigin(fromPicture, fromSound) };

        MeasureList list = VideoSummary.Of(film);

        list.Find("strongest.picture_share")!.Value.ShouldBe(share, 1e-9);
        list.Find("strongest.sound_share")!.Value.ShouldBe(1 - share, 1e-9);
    }

    [Fact]
    public void NoShareIsGivenWhereNeitherRaisesTheCurve()
    {
        PredictionDocument film = Predictions.Arousal(1, s_film) with { StrongestOrigin = new MomentOrigin(-0.2, 0.005) };

        VideoSummary.Of(film).Missing.Single(one => one.Key == "strongest.picture_share").Reason.ShouldContain("neither picture nor sound");
    }

    [Fact]
    public void WithoutArousalTheStrongestMomentIsThatOfTheCurveThatRisesHighestAboveItsMean()
    {
        // amusement 0.1 but for one 0.3; interest swings between 0.2 and 0.8.
        float[] values = [.. Enumerable.Range(0, 40).SelectMany(step => new[] { step == 30 ? 0.3f : 0.1f, step % 2 == 0 ? 0.2f : 0.8f })];

        MeasureList list = VideoSummary.Of(Predictions.Of(["amusement", "interest"], 2, values));

        Measure strongest = list.Find("strongest.deviations")!;
        (strongest.Curve, strongest.AtSeconds).ShouldBe(("amusement", 15));
        list.Find("mean.interest")!.Value.ShouldBe(0.5, 1e-6);
        list.Find("peak.amusement")!.Value.ShouldBe(0.3, 1e-6);
        foreach (string key in new[] { "opening_3s.arousal", "opening_8s.arousal", "calmest.seconds", "ending.arousal", "peak_end.arousal" })
        {
            list.Missing.Single(one => one.Key == key).Reason.ShouldBe("the model has no curve of arousal");
        }
    }

    [Fact]
    public void PaceAndLoudnessAreThoseOfTheFilm()
    {
        PredictionDocument film = Predictions.Arousal(1, s_film) with
        {
            Film = Predictions.Film([2, 5, 9, 14], -20, -20, -100, -100) with { CutCount = 5 },
        };

        MeasureList list = VideoSummary.Of(film);

        list.Find("pace.cuts_per_minute")!.Value.ShouldBe(15); // 5 in 20 s
        list.Find("loudness.mean_db")!.Value.ShouldBe(-23.0103, 1e-3); // half of the power of -20 dB
        list.Find("loudness.loudest_db")!.Value.ShouldBe(-20);
        list.Find("loudness.silent_share")!.Value.ShouldBe(0.5);
    }

    [Fact]
    public void ASilentFilmWithoutCutsHasNumbersForBoth()
    {
        MeasureList list = VideoSummary.Of(Predictions.Arousal(1, s_film) with { Film = Predictions.Film([], -100, -100) });

        list.Find("pace.cuts_per_minute")!.Value.ShouldBe(0);
        list.Find("loudness.mean_db")!.Value.ShouldBe(-100, 1e-9);
        list.Find("loudness.silent_share")!.Value.ShouldBe(1);
    }

    [Fact]
    public void WhatIsNotKnownOfTheFilmIsMissingWithAReason()
    {
        MeasureList list = VideoSummary.Of(Predictions.Arousal(1, s_film), Predictions.Film([3]));

        list.Find("pace.cuts_per_minute")!.Value.ShouldBe(3);
        list.Missing.Single(one => one.Key == "loudness.mean_db").Reason.ShouldContain("there is no sound");
        VideoSummary.Of(Predictions.Arousal(1, s_film)).Missing.Single(one => one.Key == "pace.cuts_per_minute").Reason.ShouldContain("not known");
    }

    [Theory]
    [InlineData(2, "opening_3s.arousal", "the video is 2 s long")]
    [InlineData(5, "opening_8s.arousal", "the video is 5 s long")]
    [InlineData(5, "ending.arousal", "the video is 5 s long")]
    [InlineData(5, "peak_end.arousal", "there is no value for the ending")]
    public void AVideoThatIsTooShortSaysSo(int seconds, string key, string reason)
    {
        MeasureList list = VideoSummary.Of(Predictions.Arousal(6, [.. Enumerable.Range(0, 6 * seconds).Select(step => step / 100f)]));

        list.Missing.Single(one => one.Key == key).Reason.ShouldBe(reason);
        list.Find(key).ShouldBeNull();
    }

    [Fact]
    public void AFlatCurveHasNoCalmestStretchAndNoStrongestMoment()
    {
        MeasureList list = VideoSummary.Of(Predictions.Arousal(1, [.. Enumerable.Repeat(0.4f, 30)]));

        list.Missing.Select(one => one.Key).ShouldBe(
            ["calmest.seconds", "calmest.arousal", "strongest.deviations", "strongest.picture_share", "strongest.sound_share",
                "pace.cuts_per_minute", "loudness.mean_db", "loudness.loudest_db", "loudness.silent_share"]);
        list.Find("opening_8s.arousal")!.Value.ShouldBe(0.4, 1e-6);
    }

    [Fact]
    public void MissingStepsAreLeftOutAndAWindowThatIsHalfMissingHasNoNumber()
    {
        float[] values = [.. s_film];
        values[0] = values[16] = float.NaN;
        MeasureList some = VideoSummary.Of(Predictions.Arousal(1, values));
        values[1] = float.NaN;
        MeasureList more = VideoSummary.Of(Predictions.Arousal(1, values));
        MeasureList none = VideoSummary.Of(Predictions.Arousal(1, [.. Enumerable.Repeat(float.NaN, 20)]));

        some.Find("opening_3s.arousal")!.Value.ShouldBe(0.75, 1e-6);
        more.Missing.Single(one => one.Key == "opening_3s.arousal").Reason.ShouldBe("half of its steps or more have no value");
        none.Measures.ShouldBeEmpty();
        none.Missing.Single(one => one.Key == "mean.arousal").Reason.ShouldBe("the curve has no values");
    }

    [Fact]
    public void CurvesKeepTheirScaleAndUnit()
    {
        float[] values = [-0.5f, 0f, 1f, -0.5f];

        MeasureList list = VideoSummary.Of(Predictions.Of(["Felt Valence"], 1, values, ranges: [new CurveRange(-1, 1, "SAM")]));

        Measure mean = list.Find("mean.felt_valence")!;
        (mean.Value, mean.Unit, mean.Curve).ShouldBe((0, "SAM", "Felt Valence"));
        mean.Scale.ShouldBe(new CurveRange(-1, 1, "SAM"));
    }

    [Fact]
    public void CurvesWhoseNamesLookAlikeHaveKeysOfTheirOwn()
    {
        MeasureList list = VideoSummary.Of(Predictions.Of(["a b", "a_b"], 1, [0.1f, 0.2f]));

        list.Find("mean.a_b")!.Value.ShouldBe(0.1, 1e-6);
        list.Find("mean.a_b_2")!.Value.ShouldBe(0.2, 1e-6);
    }

    [Fact]
    public void NoKeyIsThereTwice()
    {
        MeasureList list = VideoSummary.Of(Predictions.Arousal(1, s_film), Predictions.Film([2], -20, -30));
        string[] keys = [.. list.Measures.Select(one => one.Key), .. list.Missing.Select(one => one.Key)];

        keys.Distinct().Count().ShouldBe(keys.Length);
    }
}
