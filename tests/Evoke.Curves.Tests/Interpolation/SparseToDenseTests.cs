using CsCheck;
using Evoke.Curves.Interpolation;

namespace Evoke.Curves.Tests.Interpolation;

public sealed class SparseToDenseTests
{
    private static readonly EmotionScheme s_one = new(["joy"]);

    private static readonly Gen<float[]> s_points = Gen.Float[-1e6f, 1e6f].Array[1, 60];

    [Fact]
    public void GoldenCurveAt6HzIsReproduced()
    {
        double[] dense = new double[583 * GoldenSignal.Emotions];
        SparseToDense.Interpolate<double>(GoldenSignal.Read("curve_1hz"), GoldenSignal.Emotions, new Rate(1), dense, new Rate(6));
        dense.ShouldBe(GoldenSignal.Read("interpolated_6hz"), GoldenSignal.Tolerance);
    }

    [Fact]
    public void InterpolationKeepsEverySparsePoint() => Gen.Select(s_points, Gen.Int[1, 12], Gen.Double[0.05, 50]).Sample((points, ratio, rate) =>
    {
        EmotionCurves dense = SparseToDense.Interpolate(Curve(points, rate), new TimeGrid(new Rate(rate * ratio), points.Length * ratio));
        for (int k = 0; k < points.Length; k++)
        {
            dense[k * ratio, 0].ShouldBe(points[k]);
        }
    });

    [Fact]
    public void InterpolationIsMonotoneBetweenSparsePoints() => Gen.Select(
        s_points, Gen.Double[0.05, 50], Gen.Double[0.05, 50]).Sample((points, sparse, dense) =>
    {
        TimeGrid grid = TimeGrid.ForDuration(Math.Min(points.Length / sparse, 200 / dense), new Rate(dense));
        EmotionCurves result = SparseToDense.Interpolate(Curve(points, sparse), grid);
        for (int step = 1; step < result.Grid.Count; step++)
        {
            double from = result.Grid.SecondsAt(step - 1) * sparse;
            double to = result.Grid.SecondsAt(step) * sparse;
            int before = (int)(from + 1e-6);
            if (before + 1 >= points.Length || to > before + 1)
            {
                continue;
            }

            int direction = points[before + 1].CompareTo(points[before]);
            (result[step, 0].CompareTo(result[step - 1, 0]) * direction).ShouldBeGreaterThanOrEqualTo(0);
            result[step, 0].ShouldBeInRange(Math.Min(points[before], points[before + 1]), Math.Max(points[before], points[before + 1]));
        }
    });

    [Fact]
    public void TheLastValueIsHeld()
    {
        EmotionCurves dense = SparseToDense.Interpolate(Curve([0.25f, 0.75f], 1), new TimeGrid(new Rate(6), 20));
        dense.Column(0)[6..].ShouldAllBe(value => value == 0.75f);
    }

    [Fact]
    public void ClocksThatDoNotDivideMeetByTime()
    {
        // VGGish's step of 0.96 s against 6 Hz: the times coincide every 24 s, at sparse step 25 and dense step 144.
        float[] ramp = [.. Enumerable.Range(0, 60).Select(k => k * 0.96f)];
        EmotionCurves dense = SparseToDense.Interpolate(Curve(ramp, 1 / 0.96), new TimeGrid(new Rate(6), 300));
        dense[144, 0].ShouldBe(ramp[25]);
        dense[288, 0].ShouldBe(ramp[50]);
        dense[7, 0].ShouldBe(7 / 6f, 1e-5f);
    }

    [Fact]
    public void OneClockGivesTheSameCurve() =>
        SparseToDense.Interpolate(Curve([1, 2, 3], 6), new TimeGrid(new Rate(6), 3)).Column(0).ShouldBe([1f, 2f, 3f]);

    [Fact]
    public void EachEmotionIsInterpolatedByItself()
    {
        EmotionCurves sparse = new(new EmotionScheme(["joy", "fear"]), new TimeGrid(new Rate(1), 2), [0, 8, 1, 4]);
        SparseToDense.Interpolate(sparse, new TimeGrid(new Rate(4), 5)).Values.ToArray().ShouldBe([0, 8, 0.25f, 7, 0.5f, 6, 0.75f, 5, 1, 4]);
    }

    /// <summary>The ratio of two rates is rounded by up to an ulp, which far from the start is more than a billionth of a step.</summary>
    [Fact]
    public void FarFromTheStartASparsePointIsKeptToo()
    {
        const double Sparse = 1 / 0.96;
        int far = Enumerable.Range(8_400_000, 1_000_000).First(n => Math.Abs((Sparse / (Sparse / n)) - n) > 1e-9);
        float[] points = new float[far + 2];
        (points[far - 1], points[far], points[far + 1]) = (1e9f, 1, 1e9f);
        float[] dense = new float[2];
        SparseToDense.Interpolate<float>(points, 1, new Rate(Sparse), dense, new Rate(Sparse / far));
        dense.ShouldBe([0, 1]);
    }

    [Fact]
    public void NoPointIsAnError()
    {
        Should.Throw<ArgumentException>(() => SparseToDense.Interpolate(Curve([], 1), new TimeGrid(new Rate(6), 1)));
        SparseToDense.Interpolate(Curve([], 1), new TimeGrid(new Rate(6), 0)).Grid.Count.ShouldBe(0);
    }

    private static EmotionCurves Curve(float[] points, double rate) => new(s_one, new TimeGrid(new Rate(rate), points.Length), points);
}
