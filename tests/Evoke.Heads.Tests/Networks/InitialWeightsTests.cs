using Evoke.Heads.Networks;
using TorchSharp;

namespace Evoke.Heads.Tests.Networks;

public sealed class InitialWeightsTests
{
    public InitialWeightsTests() => Evoke.Kernels.Torch.TorchRuntime.Start();

    [Fact]
    public void TheyAreUniformWithinTheBoundOfPyTorch()
    {
        const int inputs = 100;
        using torch.Tensor weights = InitialWeights.FromSeed(5).Uniform("weight", inputs, 200, inputs);
        float[] values = GoldenHeads.Values(weights);
        values.ShouldAllBe(value => value >= -0.1f && value < 0.1f);
        values.Min().ShouldBe(-0.1f, 1e-4f);
        values.Max().ShouldBe(0.1f, 1e-4f);
        values.Average().ShouldBe(0, 0.002f);
        values.Average(value => (double)value * value).ShouldBe(0.01 / 3, 1e-4); // the variance of a uniform distribution
        weights.requires_grad.ShouldBeTrue();
    }

    [Fact]
    public void EachTensorIsAFunctionOfTheSeedAndItsWholeName()
    {
        float[] Draw(InitialWeights initial, string name)
        {
            using torch.Tensor weights = initial.Uniform(name, 4, 3, 4);
            return GoldenHeads.Values(weights);
        }

        InitialWeights one = InitialWeights.FromSeed(1);
        float[] first = Draw(one, "gate.weight");
        Draw(one.Under("gate"), "weight").ShouldBe(first);
        Draw(InitialWeights.FromSeed(1), "gate.weight").ShouldBe(first);
        Draw(InitialWeights.FromSeed(2), "gate.weight").ShouldNotBe(first);
        Draw(one, "gate.weighs").ShouldNotBe(first);
        Draw(one, "etag.weight").ShouldNotBe(first);
        Draw(InitialWeights.Zero, "gate.weight").ShouldAllBe(value => value == 0);
        first[..3].ShouldBe([-0.155344796563323f, 0.28382543889833467f, -0.42109056280359636f], 1e-7); // by the same formulas in Python
    }

    [Fact]
    public void AModalityHasTheSameFirstWeightsWithAndWithoutTheOther()
    {
        using ReactionHead both = GoldenHeads.Small.Create(seed: 9);
        using ReactionHead alone = (GoldenHeads.Small with { AudioWidth = 0 }).Create(seed: 9);
        Dictionary<string, float[]> all = both.CopyWeights().ToDictionary(weights => weights.Spec.Name, weights => weights.Values);
        NamedWeights[] visual = [.. alone.CopyWeights().Where(weights => weights.Spec.Name.StartsWith("image_gru", StringComparison.Ordinal))];
        visual.Length.ShouldBe(16);
        visual.ShouldAllBe(weights => weights.Values.SequenceEqual(all[weights.Spec.Name]));
    }
}
