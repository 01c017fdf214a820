using Evoke.Training.Schedules;

namespace Evoke.Training.Tests.Schedules;

/// <summary>Expected values are those of torch's schedulers at base rate 1.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void MultiStepIsTorchsMultiStepLR() =>
        Check(new MultiStepSchedule([3, 6], 0.3), [1, 1, 1, 0.3, 0.3, 0.3, 0.09, 0.09]);

    [Fact]
    public void CosineIsTorchsCosineAnnealingLR() =>
        Check(new CosineSchedule(8, 0.1), [1, 0.9657457896, 0.8681980515, 0.7222075446, 0.55, 0.3777924554, 0.2318019485, 0.1342542104, 0.1]);

    [Fact]
    public void CosineStaysAtItsEnd() => new CosineSchedule(8, 0.1).FactorAt(20).ShouldBe(0.1, 1e-12);

    [Fact]
    public void RestartsAreTorchsCosineAnnealingWarmRestarts() => Check(
        new CosineRestartsSchedule(3, 2, 0.05),
        [1, 0.7625, 0.2875, 1, 0.9363620668, 0.7625, 0.525, 0.2875, 0.1136379332, 1, 0.9838147675, 0.9363620668]);

    [Fact]
    public void WarmUpIsTorchsLinearLR() =>
        Check(new WarmUpSchedule(4, 0.25, new ConstantSchedule()), [0.25, 0.4375, 0.625, 0.8125, 1, 1, 1]);

    [Fact]
    public void WarmUpMultipliesTheScheduleItLeadsInto() =>
        Check(new WarmUpSchedule(2, 0.5, new MultiStepSchedule([1, 3], 0.1)), [0.5, 0.075, 0.1, 0.01]);

    private static void Check(LearningRateSchedule schedule, double[] expected)
    {
        for (int epoch = 0; epoch < expected.Length; epoch++)
        {
            schedule.FactorAt(epoch).ShouldBe(expected[epoch], 1e-9, $"epoch {epoch}");
        }
    }
}
