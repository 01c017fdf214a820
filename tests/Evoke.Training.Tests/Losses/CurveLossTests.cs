using Evoke.Testing;
using Evoke.Training.Losses;
using static TorchSharp.torch;

namespace Evoke.Training.Tests.Losses;

/// <summary>Compares every loss with its formula in double precision, and its gradient with finite differences of the formula.</summary>
public sealed class CurveLossTests
{
    private const int B = 3, T = 7, E = 4;

    private static readonly double[] P = [.. GoldenTensor.Units("loss.p", B * T * E).Select(v => (double)(float)(0.05 + (0.9 * v)))];
    private static readonly double[] Y = [.. GoldenTensor.Units("loss.y", B * T * E).Select((v, i) => i % 11 == 3 ? 0.0 : v)];
    private static readonly double[] Mask = [.. GoldenTensor.Units("loss.mask", B * T * E).Select(v => v < 0.7 ? 1.0 : 0.0)];
    private static readonly double[] Ones = [.. Enumerable.Repeat(1.0, B * T * E)];

    public static TheoryData<string> Kinds => [.. LossCatalog.Default.Entries.Select(entry => entry.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ValueIsItsFormula(string kind) => Value(kind, P, Y, null).ShouldBe(Formula(kind, P, Y, Ones), 1e-5);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MaskedElementsDoNotCount(string kind)
    {
        Value(kind, P, Y, Mask).ShouldBe(Formula(kind, P, Y, Mask), 1e-5);
        double[] spoiled = [.. Y.Select((v, i) => Mask[i] == 0 ? 0.77 : v)];
        Value(kind, P, spoiled, Mask).ShouldBe(Value(kind, P, Y, Mask), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GradientIsTheSlopeOfTheFormula(string kind)
    {
        using var scope = NewDisposeScope();
        Tensor p = AsTensor(P).requires_grad_();
        LossCatalog.Default.Create(kind).Forward(p, AsTensor(Y), AsTensor(Mask)).backward();
        float[] gradient = p.grad!.data<float>().ToArray();
        const double h = 1e-6;
        for (int i = 0; i < P.Length; i++)
        {
            double[] above = [.. P], below = [.. P];
            above[i] += h;
            below[i] -= h;
            double slope = (Formula(kind, above, Y, Mask) - Formula(kind, below, Y, Mask)) / (2 * h);
            ((double)gradient[i]).ShouldBe(slope, 2e-4 * Math.Max(1, Math.Abs(slope)), $"element {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ElementsOfLittleWeightPullLess(string kind)
    {
        const int odd = 5;
        double[] half = [.. Ones.Select(_ => 0.5)], less = [.. Ones.Select((one, i) => i == odd ? 0.05 : one)];

        Weighted(kind, half, Mask).Loss.ShouldBe(Value(kind, P, Y, Mask) / 2, 1e-5);
        Weighted(kind, half, null).Loss.ShouldBe(Value(kind, P, Y, null) / 2, 1e-5);
        Math.Abs(Weighted(kind, less, null).Gradient[odd]).ShouldBeLessThan(0.3f * Math.Abs(Weighted(kind, Ones, null).Gradient[odd]));

        (double Loss, float[] Gradient) Weighted(string of, double[] weights, double[]? mask)
        {
            using var scope = NewDisposeScope();
            Tensor p = AsTensor(P).requires_grad_();
            Tensor loss = LossCatalog.Default.Create(of).Forward(p, AsTensor(Y), mask is null ? null : AsTensor(mask), AsTensor(weights));
            loss.backward();
            return (loss.item<float>(), p.grad!.data<float>().ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void RowMaskIsAMaskOfAllEmotions(string kind)
    {
        using var scope = NewDisposeScope();
        double[] rows = [.. Enumerable.Range(0, B * T).Select(i => i % 3 == 0 ? 0.0 : 1.0)];
        double[] all = [.. Enumerable.Range(0, B * T * E).Select(i => rows[i / E])];
        double byRow = LossCatalog.Default.Create(kind).Forward(AsTensor(P), AsTensor(Y), tensor(rows, [B, T])).item<float>();
        byRow.ShouldBe(Value(kind, P, Y, all), 1e-7);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NothingUnmaskedIsZeroWithoutAGradient(string kind)
    {
        using var scope = NewDisposeScope();
        Tensor p = AsTensor(P).requires_grad_();
        Tensor loss = LossCatalog.Default.Create(kind).Forward(p, AsTensor(Y), zeros(B, T, E));
        loss.backward();
        loss.item<float>().ShouldBe(0);
        p.grad!.abs().max().item<float>().ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ConstantCurvesAndZerosStayFinite(string kind)
    {
        using var scope = NewDisposeScope();
        Tensor p = zeros(B, T, E).requires_grad_();
        Tensor loss = LossCatalog.Default.Create(kind).Forward(p, zeros(B, T, E));
        loss.backward();
        float.IsFinite(loss.item<float>()).ShouldBeTrue();
        p.grad!.isfinite().all().item<bool>().ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bfloat16PredictionsAreComparedInFloat32(string kind)
    {
        using var scope = NewDisposeScope();
        Tensor half = AsTensor(P).to(ScalarType.BFloat16);
        Tensor loss = LossCatalog.Default.Create(kind).Forward(half, AsTensor(Y));
        loss.dtype.ShouldBe(ScalarType.Float32);
        loss.item<float>().ShouldBe(LossCatalog.Default.Create(kind).Forward(half.to(ScalarType.Float32), AsTensor(Y)).item<float>());
    }

    [Fact]
    public void ShapesThatDisagreeAreNamed() =>
        Should.Throw<ArgumentException>(() => new L1Loss().Forward(zeros(2, 3, 4), zeros(2, 3, 5))).Message.ShouldContain("[2,3,4] and [2,3,5]");

    private static Tensor AsTensor(double[] values) => tensor(values, [B, T, E], ScalarType.Float32);

    private static double Value(string kind, double[] p, double[] y, double[]? mask)
    {
        using var scope = NewDisposeScope();
        return LossCatalog.Default.Create(kind).Forward(AsTensor(p), AsTensor(y), mask is null ? null : AsTensor(mask)).item<float>();
    }

    private static double Formula(string kind, double[] p, double[] y, double[] mask) => kind switch
    {
        "l1" => Elementwise(p, y, mask, (a, b) => Math.Abs(a - b)),
        "mse" => Elementwise(p, y, mask, (a, b) => (a - b) * (a - b)),
        "kl" => Elementwise(p, y, mask, (a, b) => b == 0 ? 0 : b * (Math.Log(b) - Math.Log(a))),
        "ccc" => Series(p, y, mask, (cov, vx, vy, mx, my) => 2 * cov / (vx + vy + ((mx - my) * (mx - my)))),
        "pearson" => Series(p, y, mask, (cov, vx, vy, _, _) => vx * vy == 0 ? 0 : cov / Math.Sqrt(vx * vy)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static double Elementwise(double[] p, double[] y, double[] mask, Func<double, double, double> f) =>
        Enumerable.Range(0, p.Length).Sum(i => mask[i] * f(p[i], y[i])) / mask.Sum();

    private static double Series(double[] p, double[] y, double[] mask, Func<double, double, double, double, double, double> correlation)
    {
        List<double> losses = [];
        for (int b = 0; b < B; b++)
        {
            for (int e = 0; e < E; e++)
            {
                int[] steps = [.. Enumerable.Range(0, T).Select(t => (((b * T) + t) * E) + e).Where(i => mask[i] == 1)];
                if (steps.Length < 2)
                {
                    continue;
                }

                double mx = steps.Average(i => p[i]), my = steps.Average(i => y[i]);
                losses.Add(1 - correlation(
                    steps.Average(i => (p[i] - mx) * (y[i] - my)), steps.Average(i => (p[i] - mx) * (p[i] - mx)), steps.Average(i => (y[i] - my) * (y[i] - my)),
                    mx, my));
            }
        }

        return losses.Average();
    }
}
