using CsCheck;
using Evoke.Curves;
using Evoke.Heads.Affect;

namespace Evoke.Heads.Tests.Affect;

public sealed class KaiserSmootherTests
{
    [Fact]
    public void TheWindowIsKaisers()
    {
        // numpy.kaiser(5, 5) = 0.03671089, 0.55285177, 1, ...
        double[] impulse = new double[11];
        impulse[5] = 1;
        double[] smooth = new KaiserSmoother(5, 5, new Rate(1)).Smooth(impulse);
        double sum = 1 + (2 * 0.55285177) + (2 * 0.03671089);
        smooth[5].ShouldBe(1 / sum, 1e-6);
        smooth[3].ShouldBe(0.03671089 / sum, 1e-6);
    }

    [Fact]
    public void AConstantStaysAndTheRangeIsKept()
        => Gen.Select(Gen.Double[0, 1].Array[1, 60], Gen.Double[0, 30], Gen.Double[0, 12]).Sample((values, seconds, beta) =>
        {
            KaiserSmoother smoother = new(seconds, beta, new Rate(1));
            double[] constant = smoother.Smooth([.. values.Select(_ => 0.37)]);
            double[] smooth = smoother.Smooth(values);
            return constant.All(v => Math.Abs(v - 0.37) < 1e-12) && smooth.All(v => v >= values.Min() - 1e-12 && v <= values.Max() + 1e-12);
        });

    [Fact]
    public void NoLengthIsNoSmoothing() => new KaiserSmoother(0, 5, new Rate(1)).Smooth([1, 5, 2]).ShouldBe([1, 5, 2]);

    [Fact]
    public void WhatHasNoWeightHasNoSay()
    {
        KaiserSmoother smoother = new(9, 5, new Rate(1));
        smoother.Smooth([100, 0.5, 100], [0, 1, 0]).ShouldBe([0.5, 0.5, 0.5], 1e-12);
        smoother.Smooth([100, 50], [0, 0]).ShouldBe([0, 0]);
    }
}
