using System.Globalization;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Curves.Signal;

namespace Evoke.Curves.Tests.Metrics;

public sealed class MissingLabelTests
{
    private const float No = float.NaN;

    private static readonly EmotionScheme s_scheme = new(["joy", "fear"]);

    [Fact]
    public void AMissingLabelDoesNotCountUnderAnyProtocol()
    {
        EmotionCurves labels = Curves([0.1f, No, 0.5f, 0.2f, No, 0.9f, 0.3f, No, No, No]);
        EmotionCurves predictions = Curves([0.2f, 0, 0.6f, 0.1f, 1, 0.2f, 0.1f, 1, 1, 1]);
        foreach (RowProtocol protocol in Enum.GetValues<RowProtocol>())
        {
            VideoScores scores = VideoScores.Of("v", labels, predictions, protocol);
            scores.Rows.ShouldBe(4);
            scores.Pearson[0].ShouldBe(PairedStatistics.Of([0.1f, 0.5f, 0.3f], [0.2f, 0.6f, 0.1f]).Pearson, 1e-12);
            scores.Concordance[1].ShouldBe(PairedStatistics.Of([0.2f, 0.9f], [0.1f, 0.2f]).Concordance, 1e-12);
        }
    }

    [Fact]
    public void AnEmotionWithoutLabelsIsLeftOutOfTheMeans()
    {
        DatasetScores scores = new(s_scheme, RowProtocol.All);
        scores.Add("a", Curves([0.1f, No, 0.5f, No]), Curves([0.1f, 0, 0.5f, 1]));
        scores.Add("b", Curves([0.1f, No, 0.5f, No]), Curves([0.5f, 0, 0.1f, 1]));
        scores.Add("none", Curves([No, No]), Curves([0, 0]));
        scores.Videos.Select(video => video.VideoId).ShouldBe(["a", "b"]);
        scores.PearsonByEmotion[0].ShouldBe(0, 1e-4);
        scores.PearsonByEmotion[1].ShouldBe(double.NaN);
        scores.Videos[0].MeanPearson.ShouldBe(scores.Videos[0].Pearson[0]);
        scores.Pearson.ShouldBe(0, 1e-4);
    }

    [Fact]
    public void ANeutralRowOfZerosCountsUnlessTheSchemeSaysOtherwise()
    {
        EmotionCurves labels = Curves([0, 0, 0.5f, 0.2f]);
        VideoScores.Of("v", labels, labels, RowProtocol.FaceDetected).Rows.ShouldBe(2);
        EmotionCurves ofFaces = new(new EmotionScheme(s_scheme.Names, zeroRowsAreMissing: true), labels.Grid, labels.Values.ToArray());
        VideoScores.Of("v", ofFaces, ofFaces, RowProtocol.FaceDetected).Rows.ShouldBe(1);
    }

    [Fact]
    public void ACurveIsMissingBetweenAKnownAndAMissingPoint()
    {
        EmotionScheme joy = new(["joy"]);
        EmotionCurves sparse = new(joy, new TimeGrid(new Rate(1), 4), [0.2f, No, 0.4f, 0.6f]);
        EmotionCurves dense = SparseToDense.Interpolate(sparse, new TimeGrid(new Rate(2), 8));
        dense.Values.ToArray().ShouldBe([0.2f, No, No, No, 0.4f, 0.5f, 0.6f, 0.6f]);
    }

    [Fact]
    public void FiltersBridgeMissingLabelsAndLeaveThemMissing()
    {
        EmotionScheme joy = new(["joy"]);
        EmotionCurves known = new(joy, new TimeGrid(new Rate(1), 5), [0.1f, 0.3f, 0.5f, 0.7f, 0.2f]);
        EmotionCurves gappy = new(joy, known.Grid, [0.1f, 0.3f, No, 0.7f, 0.2f]);
        float[] expected = LabelFilter.Gaussian.Apply(known).Values.ToArray();
        expected[2] = No;
        LabelFilter.Gaussian.Apply(gappy).Values.ToArray().ShouldBe(expected);
        EmotionCurves none = new(joy, new TimeGrid(new Rate(1), 2), [No, No]);
        LabelFilter.Median.Apply(none).Values.ToArray().ShouldBe([No, No]);
    }

    [Fact]
    public void FiltersWorkOnTheScaleOfTheRange()
    {
        float[] shares = [0.1f, 0.3f, 0.2f, 0.7f, 0.2f, 0.1f];
        EmotionScheme wide = new(["joy"], [new CurveRange(-1, 1)]);
        EmotionCurves plain = new(new EmotionScheme(["joy"]), new TimeGrid(new Rate(1), 6), shares);
        EmotionCurves signed = new(wide, plain.Grid, [.. shares.Select(share => (2 * share) - 1)]);
        float[] expected = [.. LabelFilter.Butterworth.Apply(plain).Values.ToArray().Select(share => (2 * share) - 1)];
        LabelFilter.Butterworth.Apply(signed).Values.ToArray().ShouldBe(expected, 1e-6);
    }

    [Theory]
    [InlineData("_,_,2,_,4,_", "2,2,2,3,4,4")]
    [InlineData("1,_,_,4", "1,2,3,4")]
    [InlineData("5", "5")]
    public void MissingValuesAreBridgedInStraightLines(string before, string after)
    {
        double[] curve = [.. before.Split(',').Select(text => text == "_" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture))];
        MissingValues.Bridge(curve).ShouldBeTrue();
        string.Join(',', curve).ShouldBe(after);
    }

    [Fact]
    public void KnownValuesStayBitForBit()
    {
        double[] curve = [1e9, double.NaN, 0.1];
        MissingValues.Bridge(curve).ShouldBeTrue();
        curve[0].ShouldBe(1e9);
        curve[2].ShouldBe(0.1);
    }

    [Fact]
    public void NothingIsBridgedWhereNothingIsKnown() => MissingValues.Bridge([double.NaN, double.NaN]).ShouldBeFalse();

    private static EmotionCurves Curves(float[] values) => new(s_scheme, new TimeGrid(new Rate(6), values.Length / 2), values);
}
