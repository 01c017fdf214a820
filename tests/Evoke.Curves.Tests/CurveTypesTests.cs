using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Testing;

namespace Evoke.Curves.Tests;

/// <summary>Grids, curves and names: what they are and what they refuse.</summary>
public sealed class CurveTypesTests
{
    [Theory]
    [InlineData(0, 6, 1)] // at least one
    [InlineData(0.1, 6, 1)]
    [InlineData(1, 6, 6)]
    [InlineData(1.000009, 6, 6)] // ten microseconds are rounding
    [InlineData(1.00002, 6, 7)]
    [InlineData(10.01, 1, 11)]
    [InlineData(96, 1 / 0.96, 100)]
    public void AGridCoversAVideo(double seconds, double hertz, int steps) =>
        TimeGrid.ForDuration(seconds, Made.Grid(hertz, 0).Rate).ShouldBe(Made.Grid(hertz, steps));

    [Fact]
    public void RowsOfZerosAreMissingOnlyWhereTheSchemeSaysSo()
    {
        float[] values = new float[2 * EmotionScheme.Eev.Count];
        values[^1] = 0.5f;
        float[] shown = new EmotionCurves(EmotionScheme.Eev, Made.Grid(6, 2), values).WithMissingGaps().Values.ToArray();
        shown[..EmotionScheme.Eev.Count].ShouldAllBe(value => float.IsNaN(value));
        shown[EmotionScheme.Eev.Count..].ShouldBe(values[EmotionScheme.Eev.Count..]);
        new EmotionCurves(EmotionScheme.Affect, Made.Grid(6, 1), [0, 0]).WithMissingGaps().Values.ToArray().ShouldBe([0, 0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ADurationIsAFiniteNumberOfSeconds(double seconds)
    {
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => TimeGrid.ForDuration(seconds, Made.Grid(6, 0).Rate));
        error.ParamName.ShouldBe("seconds");
        error.Message.ShouldStartWith("A duration must be a finite number of seconds, 0 or more.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ARateIsAFiniteNumberAboveZero(double hertz) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Made.Grid(hertz, 1)).Message
            .ShouldStartWith("A rate must be a finite number of steps per second above 0.");

    [Fact]
    public void StepsAreEvenlySpaced()
    {
        TimeGrid grid = Made.Grid(6, 10);
        (grid.SecondsAt(0), grid.SecondsAt(9)).ShouldBe((0, 1.5));
        Enumerable.Range(0, 7).Select(grid.MicrosecondsAt).ShouldBe([0, 166666, 333333, 500000, 666666, 833333, 1000000]);
        Made.Grid(1 / 0.96, 10).MicrosecondsAt(3).ShouldBe(2_880_000);
        Made.Grid(30000 / 1001.0, 10).MicrosecondsAt(3).ShouldBe(100_100);
        grid.ToString().ShouldBe("10 steps at 6 Hz");
        Should.Throw<ArgumentOutOfRangeException>(() => Made.Grid(6, -1)).ParamName.ShouldBe("count");
    }

    [Fact]
    public void CurvesAreRowsOfEmotions()
    {
        EmotionCurves curves = Made.Curves(1, ("a", [1, 2, 3]), ("b", [4, 5, 6]));
        curves.Values.ToArray().ShouldBe([1, 4, 2, 5, 3, 6]);
        curves[2, 1].ShouldBe(6);
        curves.Row(1).ToArray().ShouldBe([2, 5]);
        curves.Column(1).ShouldBe([4, 5, 6]);
        Should.Throw<ArgumentOutOfRangeException>(() => curves.Column(-1)).ParamName.ShouldBe("emotion");
        Should.Throw<ArgumentOutOfRangeException>(() => curves.Column(2)).ParamName.ShouldBe("emotion");
    }

    [Fact]
    public void CurvesThatDoNotFitAreRefused()
    {
        EmotionScheme scheme = new(["a", "b"]);
        Should.Throw<ArgumentException>(() => new EmotionCurves(scheme, Made.Grid(1, 3), new float[5])).Message
            .ShouldStartWith("3 steps of 2 emotions need 6 values; found 5.");
        Should.Throw<ArgumentNullException>(() => new EmotionCurves(null!, Made.Grid(1, 3), new float[6])).ParamName.ShouldBe("scheme");
        Should.Throw<ArgumentNullException>(() => new EmotionCurves(scheme, Made.Grid(1, 3), null!)).ParamName.ShouldBe("values");
    }

    [Fact]
    public void ASchemeHasNamesThatDiffer()
    {
        EmotionScheme scheme = new(["a", "b"]);
        (scheme.Count, scheme.IndexOf("b"), scheme.IndexOf("c"), scheme.ToString()).ShouldBe((2, 1, -1, "a, b"));
        Should.Throw<ArgumentException>(() => new EmotionScheme([])).Message.ShouldStartWith("A scheme needs at least one emotion name; found none.");
        Should.Throw<ArgumentException>(() => new EmotionScheme(["a", " "])).Message.ShouldStartWith("An emotion name is empty; the names are: a,  .");
        Should.Throw<ArgumentException>(() => new EmotionScheme(["a", "a"])).Message.ShouldStartWith("The emotion name 'a' appears twice.");
        Should.Throw<ArgumentNullException>(() => new EmotionScheme(null!)).ParamName.ShouldBe("names");
    }

    [Fact]
    public void SchemesAreEqualIfTheirNamesAre()
    {
        EmotionScheme scheme = new(["a", "b"]);
        scheme.Equals(new EmotionScheme(["a", "b"])).ShouldBeTrue();
        scheme.Equals((object)new EmotionScheme(["a", "b"])).ShouldBeTrue();
        scheme.GetHashCode().ShouldBe(new EmotionScheme(["a", "b"]).GetHashCode());
        scheme.GetHashCode().ShouldNotBe(new EmotionScheme(["a", "c"]).GetHashCode());
        scheme.Equals(new EmotionScheme(["b", "a"])).ShouldBeFalse();
        scheme.Equals(new EmotionScheme(["a"])).ShouldBeFalse();
        scheme.Equals(null).ShouldBeFalse();
        scheme.Equals((object)"a, b").ShouldBeFalse();
    }

    [Fact]
    public void TheExpressionsOfEevAreThoseOfItsPaper()
    {
        EmotionScheme.Eev.ToString().ShouldBe(
            "amusement, anger, awe, concentration, confusion, contempt, contentment, disappointment, "
            + "doubt, elation, interest, pain, sadness, surprise, triumph");
        EmotionScheme.Affect.ToString().ShouldBe("arousal, valence");
    }

    [Theory]
    [InlineData(EmotionGroup.Pleasant, "amusement awe contentment elation triumph valence")]
    [InlineData(EmotionGroup.Unpleasant, "anger contempt disappointment pain sadness")]
    [InlineData(EmotionGroup.Engaged, "concentration confusion doubt interest surprise arousal")]
    [InlineData(EmotionGroup.Other, "hunger joyful unknown")]
    public void AnEmotionHasAGroup(EmotionGroup group, string emotions)
    {
        foreach (string emotion in emotions.Split(' '))
        {
            EmotionGroups.Of(emotion).ShouldBe(group, emotion);
        }
    }

    [Fact]
    public void TheVersionIsSemanticAndHasNoCommit() => EvokeVersion.Text.ShouldMatch(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$");

    [Fact]
    public void WhatCannotBeInterpolatedIsSaid()
    {
        Should.Throw<ArgumentNullException>(() => SparseToDense.Interpolate(null!, Made.Grid(1, 1))).ParamName.ShouldBe("sparse");
        Should.Throw<ArgumentException>(() => SparseToDense.Interpolate(Made.Joy(1), Made.Grid(1, 1))).Message
            .ShouldStartWith("Interpolation needs at least one point; found none.");
        Should.Throw<ArgumentOutOfRangeException>(() => Interpolate([1], 0, 1)).ParamName.ShouldBe("width");
        Should.Throw<ArgumentException>(() => Interpolate([1, 2, 3], 2, 2)).Message
            .ShouldStartWith("Rows of 2 numbers are expected; found 3 sparse and 2 dense numbers.");
        Should.Throw<ArgumentException>(() => Interpolate([1, 2], 2, 3)).Message
            .ShouldStartWith("Rows of 2 numbers are expected; found 2 sparse and 3 dense numbers.");
    }

    [Fact]
    public void EveryNumberOfARowIsInterpolated()
    {
        double[] dense = new double[8];
        SparseToDense.Interpolate<double>([0, 10, 4, 20], 2, Made.Grid(1, 0).Rate, dense, Made.Grid(4, 0).Rate);
        dense.ShouldBe([0, 10, 1, 12.5, 2, 15, 3, 17.5]);
    }

    [Fact]
    public void AVideoHasAnIdAndTheTimesOfItsRows()
    {
        VideoTimes times = new("v", Made.Grid(6, 3));
        (times.VideoId, times.FirstLine, times.MicrosecondsAt(2)).ShouldBe(("v", 0, 333333));
        Should.Throw<ArgumentOutOfRangeException>(() => times.MicrosecondsAt(-1)).ParamName.ShouldBe("step");
        Should.Throw<ArgumentOutOfRangeException>(() => times.MicrosecondsAt(3)).ParamName.ShouldBe("step");
        Should.Throw<ArgumentException>(() => new VideoTimes("", Made.Grid(6, 3))).ParamName.ShouldBe("videoId");
        LabelledVideo video = new("v", Made.Joy(6, 1, 2));
        (video.VideoId, video.Times.Grid, video.Curves.Grid).ShouldBe(("v", Made.Grid(6, 2), Made.Grid(6, 2)));
        Should.Throw<ArgumentException>(() => new LabelledVideo(times, Made.Joy(6, 1, 2))).Message
            .ShouldStartWith("Video 'v': rows and curves must be on the same grid; found 3 steps at 6 Hz and 2 steps at 6 Hz.");
        Should.Throw<ArgumentNullException>(() => new LabelledVideo((VideoTimes)null!, Made.Joy(6, 1))).ParamName.ShouldBe("times");
        Should.Throw<ArgumentNullException>(() => new LabelledVideo(times, null!)).ParamName.ShouldBe("curves");
        Should.Throw<ArgumentNullException>(() => new LabelledVideo("v", null!)).ParamName.ShouldBe("curves");
    }

    [Fact]
    public void AMissingPathOrVideoIsNamed()
    {
        using TemporaryFolder folder = new();
        Should.Throw<ArgumentException>(() => EevCsv.ReadScheme("")).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => EevCsv.ReadLabels("")).ParamName.ShouldBe("path");
        Should.Throw<ArgumentException>(() => EevCsv.ReadTimes("")).ParamName.ShouldBe("path");
        Should.Throw<ArgumentNullException>(() => EevCsv.Write(null!, folder.File("a"))).ParamName.ShouldBe("document");
        Should.Throw<ArgumentNullException>(() => EevCsv.Write(null!, new MemoryStream())).ParamName.ShouldBe("document");
        Should.Throw<ArgumentNullException>(() => EevCsv.Write(null!, [], folder.File("a"))).ParamName.ShouldBe("scheme");
        Should.Throw<ArgumentNullException>(() => EevCsv.Write(EmotionScheme.Affect, null!, folder.File("a"))).ParamName.ShouldBe("videos");
        Should.Throw<ArgumentNullException>(() => EevCsv.WriteTimes(null!, folder.File("a"))).ParamName.ShouldBe("videos");
    }

    private static void Interpolate(float[] sparse, int width, int dense) =>
        SparseToDense.Interpolate<float>(sparse, width, Made.Grid(1, 0).Rate, new float[dense], Made.Grid(1, 0).Rate);
}
