using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using TorchSharp;

namespace Evoke.Heads.Tests.Networks;

public sealed class ReactionHeadTests
{
    [Fact]
    public void Bfloat16StaysNearFloat32AndItsGradientsLandOnTheFloat32Weights()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = GoldenHeads.Create(GoldenHeads.Small);
        torch.Tensor visual = GoldenHeads.Input("golden.visual", 3, 60, 24);
        torch.Tensor audio = GoldenHeads.Input("golden.audio", 3, 60, 8);
        (float[] exactCurves, Dictionary<string, float[]> exact) = CurvesAndGradients(head, visual, audio);

        head.Precision = Precision.BFloat16;
        (float[] curves, Dictionary<string, float[]> gradients) = CurvesAndGradients(head, visual, audio);

        GoldenHeads.ShouldBeCloseTo(curves, exactCurves, 0.02);
        foreach ((string name, torch.Tensor parameter) in head.state_dict())
        {
            parameter.dtype.ShouldBe(torch.ScalarType.Float32, name);
            parameter.grad!.dtype.ShouldBe(torch.ScalarType.Float32, name);
            Cosine(gradients[name], exact[name]).ShouldBeGreaterThan(0.98, name);
        }
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void AForwardPassLeavesNothingBehind(Precision precision)
    {
        using DisposeScope outer = torch.NewDisposeScope();
        using ReactionHead head = GoldenHeads.Create(GoldenHeads.Small);
        head.Precision = precision;
        torch.Tensor visual = GoldenHeads.Input("golden.visual", 3, 60, 24);
        torch.Tensor audio = GoldenHeads.Input("golden.audio", 3, 60, 8);
        using (torch.no_grad())
        {
            head.forward(visual, audio).Dispose();
            long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (int i = 0; i < 5; i++)
            {
                head.forward(visual, audio).Dispose();
            }

            DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(before);
        }
    }

    [Fact]
    public void AHeadThatKnowsNothingGivesTheLevelsItIsStartedAt()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using GruHead head = (GruHead)GoldenHeads.Small.Create(seed: 1);
        double[] levels = [.. Enumerable.Range(1, head.Config.Emotions).Select(i => 0.003 * i * i)];
        head.StartAt(levels);
        using IDisposable quiet = torch.no_grad();
        foreach ((string name, torch.Tensor parameter) in head.state_dict())
        {
            if (name.Contains("gru", StringComparison.Ordinal))
            {
                parameter.zero_(); // the weights are zero, so the input is ignored
            }
        }

        float[] curves = GoldenHeads.Values(head.forward(GoldenHeads.Input("any.visual", 1, 2, 24), GoldenHeads.Input("any.audio", 1, 2, 8)));
        curves.ShouldBe([.. levels.Concat(levels).Select(level => (float)level)], 1e-5);
        Should.Throw<ArgumentException>(() => head.StartAt([0.5])).Message.ShouldContain("levels in (0, 1); found 0.5");
        levels[1] = 0;
        Should.Throw<ArgumentException>(() => head.StartAt(levels));
    }

    [Fact]
    public void InputsOfAnotherShapeAreRefused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = (GoldenHeads.Small with { AudioWidth = 0 }).Create(seed: 1);
        torch.Tensor fits = torch.zeros(2, 5, 24);
        Should.Throw<ArgumentException>(() => head.forward(null, null)).Message.ShouldContain("visual input [clips, steps, 24]; found none");
        Should.Throw<ArgumentException>(() => head.forward(torch.zeros(2, 5, 23), null)).Message.ShouldContain("found [2, 5, 23]");
        Should.Throw<ArgumentException>(() => head.forward(fits, torch.zeros(2, 5, 8))).Message.ShouldContain("takes no audio input");

        using ReactionHead both = GoldenHeads.Small.Create(seed: 1);
        Should.Throw<ArgumentException>(() => both.forward(fits, torch.zeros(2, 6, 8))).Message.ShouldContain("the same clips and steps");
    }

    [Fact]
    public void StatesOfEachModalityAreThereForAuxiliaryLosses()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = GoldenHeads.Small.Create(seed: 1);
        HeadOutput output = head.Run(GoldenHeads.Input("any.visual", 2, 5, 24), GoldenHeads.Input("any.audio", 2, 5, 8));
        output.VisualStates!.shape.ShouldBe([2, 5, 32]);
        output.AudioStates!.shape.ShouldBe([2, 5, 16]);
        output.Mean.ShouldBeNull();
    }

    [Fact]
    public void WeightsCopiedOutAreThoseReadIn()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = GoldenHeads.Create(GoldenHeads.Small);
        foreach (NamedWeights weights in head.CopyWeights())
        {
            weights.Values.ShouldBe(Evoke.Testing.GoldenTensor.Weight(weights.Spec.Name, weights.Spec.Shape), weights.Spec.Name);
        }
    }

    private static (float[] Curves, Dictionary<string, float[]> Gradients) CurvesAndGradients(ReactionHead head, torch.Tensor visual, torch.Tensor audio)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        head.zero_grad();
        torch.Tensor curves = head.forward(visual, audio);
        (curves - GoldenHeads.Labels()).square().mean().backward();
        return (GoldenHeads.Values(curves), head.state_dict().ToDictionary(entry => entry.Key, entry => GoldenHeads.Values(entry.Value.grad!)));
    }

    private static double Cosine(float[] a, float[] b)
    {
        double dot = a.Zip(b, (x, y) => (double)x * y).Sum();
        return dot / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));
    }
}
