using Evoke.Testing;
using Evoke.Training.Losses;
using static TorchSharp.torch;

namespace Evoke.Training.Tests.Losses;

public sealed class CrossModalLossTests
{
    private const int B = 5, D = 6, Videos = 8;

    private static readonly float[] V = GoldenTensor.SymmetricUnits("clip.v", B * D);
    private static readonly float[] A = GoldenTensor.SymmetricUnits("clip.a", B * D);
    private static readonly float[] W = GoldenTensor.SymmetricUnits("instance.w", Videos * D);

    [Fact]
    public void ClipIsTheMeanOfBothCrossEntropies()
    {
        using var scope = NewDisposeScope();
        double[,] logits = new double[B, B];
        for (int i = 0; i < B; i++)
        {
            for (int j = 0; j < B; j++)
            {
                logits[i, j] = Math.Exp(1.5) * Dot(V, i, A, j) / Math.Sqrt(Dot(V, i, V, i) * Dot(A, j, A, j));
            }
        }

        double expected = Enumerable.Range(0, B).Average(i =>
            (LogSumExp(Enumerable.Range(0, B).Select(j => logits[i, j]))
                + LogSumExp(Enumerable.Range(0, B).Select(j => logits[j, i]))
                - (2 * logits[i, i])) / 2);
        ClipLoss.Forward(tensor(V, [B, D]), tensor(A, [B, D]), tensor(1.5f)).item<float>().ShouldBe((float)expected, 1e-5f);
    }

    [Fact]
    public void ClipOfEmbeddingsThatTellNothingIsLogB()
    {
        using var scope = NewDisposeScope();
        ClipLoss.Forward(ones(B, D), ones(B, D), tensor(2f)).item<float>().ShouldBe((float)Math.Log(B), 1e-6f);
    }

    [Fact]
    public void ClipScaleIsBounded()
    {
        using var scope = NewDisposeScope();
        float bounded = ClipLoss.Forward(tensor(V, [B, D]), tensor(A, [B, D]), tensor((float)ClipLoss.MaximalLogScale)).item<float>();
        ClipLoss.Forward(tensor(V, [B, D]), tensor(A, [B, D]), tensor(20f)).item<float>().ShouldBe(bounded, 1e-4f);
    }

    [Fact]
    public void InstanceIsOneClassifierForBothModalities()
    {
        using var scope = NewDisposeScope();
        long[] videos = [7, 0, 3, 3, 1];
        double expected = Enumerable.Range(0, B).Average(i => (CrossEntropy(V, i, videos[i]) + CrossEntropy(A, i, videos[i])) / 2);
        Tensor classifier = tensor(W, [Videos, D]).requires_grad_();
        Tensor loss = InstanceLoss.Forward(tensor(V, [B, D]), tensor(A, [B, D]), classifier, tensor(videos));
        loss.item<float>().ShouldBe((float)expected, 1e-5f);
        loss.backward();
        classifier.grad!.abs().sum().item<float>().ShouldBeGreaterThan(0);
    }

    private static double CrossEntropy(float[] x, int row, long video) =>
        LogSumExp(Enumerable.Range(0, Videos).Select(k => Dot(x, row, W, k))) - Dot(x, row, W, (int)video);

    private static double LogSumExp(IEnumerable<double> values) => Math.Log(values.Sum(Math.Exp));

    private static double Dot(float[] x, int i, float[] y, int j) => Enumerable.Range(0, D).Sum(k => (double)x[(i * D) + k] * y[(j * D) + k]);
}
