using Evoke.Heads.Networks;
using Evoke.Training.Losses;
using Evoke.Training.Optimizers;
using static TorchSharp.torch;

namespace Evoke.Training.Tests;

public sealed class GoldenTrainingTests
{
    [Theory]
    [InlineData("l1")]
    [InlineData("kl")]
    [InlineData("ccc")]
    public void LossesAndTheirGradientsAreTheReferences(string name)
    {
        using var scope = NewDisposeScope();
        using ReactionHead head = GoldenHead.Create();
        head.train();
        Tensor loss = LossCatalog.Default.Create(name).Forward(head.forward(GoldenHead.Visual(), GoldenHead.Audio()), GoldenHead.Labels());
        loss.backward();
        GoldenHead.ShouldHold(loss, $"{name}.loss");
        foreach (NamedParameter parameter in GoldenHead.ParametersOf(head))
        {
            GoldenHead.ShouldHold(parameter.Value.grad!, $"{name}.grad.{parameter.Name}");
        }
    }

    [Fact]
    public void TwentyStepsOfAdamAreTheReferences()
    {
        using var scope = NewDisposeScope();
        using ReactionHead head = GoldenHead.Create();
        head.train();
        NamedParameter[] parameters = GoldenHead.ParametersOf(head);
        using Adam adam = new(parameters, 2e-3, new AdamOptions { WeightDecay = 1e-5 });
        float[] losses = new float[20];
        for (int step = 0; step < losses.Length; step++)
        {
            using var stepScope = NewDisposeScope();
            adam.ZeroGradients();
            Tensor loss = new L1Loss().Forward(head.forward(GoldenHead.Visual(), GoldenHead.Audio()), GoldenHead.Labels());
            loss.backward();
            adam.Step();
            losses[step] = loss.item<float>();
        }

        GoldenHead.ShouldHold(tensor(losses), "adam.losses");
        foreach (NamedParameter parameter in parameters.Where(p => p.Name is "image_gru.weight_hh_l1_reverse" or "contextGate1.linear.weight" or "linear.bias"))
        {
            GoldenHead.ShouldHold(parameter.Value, $"adam.after20.{parameter.Name}");
        }
    }
}
