using Evoke.Heads.Networks;
using Evoke.Testing;
using TorchSharp;

namespace Evoke.Heads.Tests.Networks;

public sealed class GoldenHeadTests
{
    [Fact]
    public void TheSmallHeadGivesTheAuthorsCurves()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = GoldenHeads.Create(GoldenHeads.Small);
        torch.Tensor curves = head.forward(GoldenHeads.Input("golden.visual", 3, 60, 24), GoldenHeads.Input("golden.audio", 3, 60, 8));
        ShouldHold(curves, GoldenHeads.SmallFile, "forward");
    }

    [Fact]
    public void ThePaperSizedHeadGivesTheAuthorsCurves()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = GoldenHeads.Create(GoldenHeads.Full);
        head.ParameterCount.ShouldBe(13_176_063);
        torch.Tensor curves = head.forward(GoldenHeads.Input("golden.visual", 1, 60, 1536), GoldenHeads.Input("golden.audio", 1, 60, 128));
        ShouldHold(curves, GoldenHeads.FullFile, "forward");
    }

    [Fact]
    public void GradientsOfTheL1LossAreTheAuthors()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = GoldenHeads.Create(GoldenHeads.Small);
        head.train();
        torch.Tensor curves = head.forward(GoldenHeads.Input("golden.visual", 3, 60, 24), GoldenHeads.Input("golden.audio", 3, 60, 8));
        torch.Tensor loss = (curves - GoldenHeads.Labels()).abs().mean();
        loss.backward();

        ShouldHold(loss.reshape(1), GoldenHeads.SmallFile, "l1.loss");
        foreach ((string name, torch.Tensor parameter) in head.state_dict())
        {
            parameter.grad.ShouldNotBeNull(name);
            ShouldHold(parameter.grad, GoldenHeads.SmallFile, $"l1.grad.{name}");
        }
    }

    [Fact]
    public void EmoBaseGivesTheAuthorsDeviationMeanAndSpread()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = GoldenHeads.Create(GoldenHeads.EmoBase);
        HeadOutput output = head.Run(GoldenHeads.Input("golden.visual", 3, 60, 24), GoldenHeads.Input("golden.audio", 3, 60, 8));
        ShouldHold(output.Curves, GoldenHeads.NeighboursFile, "emobase.output");
        ShouldHold(output.Mean!, GoldenHeads.NeighboursFile, "emobase.mean");
        ShouldHold(output.StandardDeviation!, GoldenHeads.NeighboursFile, "emobase.std");
    }

    [Fact]
    public void TheTemporalConvolutionNetworkGivesTheCurvesOfItsAuthors()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = GoldenHeads.Create(GoldenHeads.Tcn, "visual.");
        torch.Tensor curves = head.forward(GoldenHeads.Input("golden.tcn", 2, 50, 9), null);
        ShouldHold(curves, GoldenHeads.NeighboursFile, "tcn");
    }

    [Theory]
    [InlineData("head_keys.txt", "")]
    [InlineData("tcn_keys.txt", "visual.")]
    public void StateDictNamesAndShapesAreTheAuthors(string file, string prefix)
    {
        HeadConfig config = prefix.Length == 0 ? GoldenHeads.Small : GoldenHeads.Tcn;
        string[] expected = [.. File.ReadAllLines(GoldenFile.PathOf(file)).Where(line => line.Length > 0).Order(StringComparer.Ordinal)];
        string[] ours = [.. config.Parameters.Select(spec => spec.ToString()[prefix.Length..]).Order(StringComparer.Ordinal)];
        ours.ShouldBe(expected);
    }

    private static void ShouldHold(torch.Tensor actual, string file, string name)
    {
        (float[] expected, long[] shape) = GoldenFile.ReadFloats(file, name);
        actual.shape.ShouldBe(shape, name);
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(actual), expected, 1e-5, name);
    }
}
