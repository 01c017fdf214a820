using Evoke.Testing;
using Evoke.Training.Optimizers;
using static TorchSharp.torch;
using Adam = Evoke.Training.Optimizers.Adam;
using Parameter = TorchSharp.Modules.Parameter;

namespace Evoke.Training.Tests.Optimizers;

/// <summary>Compares Evoke's optimizers with torch's step by step, on weights whose size is not a multiple of a vector.</summary>
public sealed class OptimizerTests
{
    private const int Size = 40_003;

    public static TheoryData<string> Kinds => ["adam", "adam-l2", "adamw", "sgd", "sgd-momentum", "sgd-nesterov"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void StepsAreTorchs(string kind)
    {
        using var scope = NewDisposeScope();
        Parameter ours = Weight();
        Parameter theirs = Weight();
        using Optimizer optimizer = Ours(kind, ours);
        using optim.Optimizer reference = Theirs(kind, theirs);
        for (int step = 0; step < 12; step++)
        {
            double rate = step < 6 ? 0.01 : 0.003;
            optimizer.LearningRate = rate;
            reference.ParamGroups.Single().LearningRate = rate;
            SetGradient(ours, step);
            SetGradient(theirs, step);
            optimizer.Step();
            reference.step();
        }

        (ours - theirs).abs().max().item<float>().ShouldBeLessThan(1e-6f);
        (ours - Weight()).abs().max().item<float>().ShouldBeGreaterThan(1e-3f);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheWayOfOtherDevicesAgrees(string kind)
    {
        using var scope = NewDisposeScope();
        Parameter onCpu = Weight();
        Parameter anywhere = Weight();
        using Optimizer optimizer = Ours(kind, onCpu);
        using Optimizer other = Ours(kind, anywhere);
        for (int step = 0; step < 5; step++)
        {
            SetGradient(onCpu, step);
            SetGradient(anywhere, step);
            // A gradient that is not contiguous takes the general path.
            anywhere.grad = stack([anywhere.grad!, anywhere.grad!], dim: 1).select(1, 0);
            anywhere.grad!.is_contiguous().ShouldBeFalse();
            optimizer.Step();
            other.Step();
        }

        (onCpu - anywhere).abs().max().item<float>().ShouldBeLessThan(1e-6f);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void StoppedAndRestoredIsTheSameBitByBit(string kind)
    {
        using var scope = NewDisposeScope();
        Parameter straight = Weight();
        Parameter stopped = Weight();
        using Optimizer whole = Ours(kind, straight);
        using Optimizer first = Ours(kind, stopped);
        Run(whole, straight, 0, 10);
        Run(first, stopped, 0, 4);
        Dictionary<string, float[]> saved = first.State.ToDictionary(s => s.Name, s => s.Value.data<float>().ToArray());
        using Optimizer second = Ours(kind, stopped);
        second.Restore(first.Steps, (name, _) => saved[name]);
        Run(second, stopped, 4, 10);
        stopped.data<float>().ToArray().ShouldBe(straight.data<float>().ToArray());
        second.Steps.ShouldBe(10);

        static void Run(Optimizer optimizer, Parameter weight, int from, int to)
        {
            for (int step = from; step < to; step++)
            {
                SetGradient(weight, step);
                optimizer.Step();
            }
        }
    }

    [Fact]
    public void ClippingIsTorchs()
    {
        using var scope = NewDisposeScope();
        Parameter a = Weight(), b = nn.Parameter(ones(7));
        SetGradient(a, 1);
        b.grad = ones(7) * 3;
        NamedParameter[] parameters = [new("a", a), new("b", b)];
        float[] before = a.grad!.data<float>().ToArray();
        double norm = GradientClipping.ClipNorm(parameters, 2);
        norm.ShouldBe(Math.Sqrt(before.Sum(v => (double)v * v) + 63), 1e-3);
        GradientClipping.Norm(parameters).ShouldBe(2, 1e-4);
        a.grad!.data<float>()[5].ShouldBe((float)(before[5] * 2 / (norm + 1e-6)), 1e-6f);
        GradientClipping.ClipNorm(parameters, 100);
        GradientClipping.Norm(parameters).ShouldBe(2, 1e-4);
    }

    [Fact]
    public void SharpnessAwareClimbsByItsRadiusAndReturnsExactly()
    {
        using var scope = NewDisposeScope();
        Parameter w = Weight();
        float[] before = w.data<float>().ToArray();
        SetGradient(w, 2);
        float[] gradient = w.grad!.data<float>().ToArray();
        double length = Math.Sqrt(gradient.Sum(v => (double)v * v));
        using SharpnessAware sam = new([new("w", w)], 0.5);
        sam.Climb();
        w.data<float>()[11].ShouldBe((float)(before[11] + (0.5 * gradient[11] / length)), 1e-6f);
        (w - tensor(before)).norm().item<float>().ShouldBe(0.5f, 1e-4f);
        w.grad!.abs().max().item<float>().ShouldBe(0);
        sam.Return();
        w.data<float>().ToArray().ShouldBe(before);
    }

    [Fact]
    public void AverageIsTheMeanAndTheWeightsComeBackExactly()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Parameter w = Weight();
        using WeightAverage average = new([new("w", w)]);
        double[] sum = new double[Size];
        for (int i = 0; i < 5; i++)
        {
            w.mul_(1.1);
            average.Add();
            float[] values = w.data<float>().ToArray();
            for (int k = 0; k < Size; k++)
            {
                sum[k] += values[k];
            }
        }

        float[] last = w.data<float>().ToArray();
        using (average.Apply())
        {
            float[] mean = w.data<float>().ToArray();
            mean.Select((v, k) => Math.Abs(v - (sum[k] / 5))).Max().ShouldBeLessThan(1e-6);
            Should.Throw<InvalidOperationException>(average.Apply);
        }

        w.data<float>().ToArray().ShouldBe(last);
        average.Count.ShouldBe(5);
    }

    private static Parameter Weight() => nn.Parameter(tensor(GoldenTensor.SymmetricUnits("optimizer.w", Size)));

    private static void SetGradient(Parameter weight, int step) => weight.grad = tensor(GoldenTensor.SymmetricUnits($"optimizer.g{step}", Size));

    private static Optimizer Ours(string kind, Parameter weight) => kind switch
    {
        "adam" => new Adam([new("w", weight)], 0.01, new AdamOptions()),
        "adam-l2" => new Adam([new("w", weight)], 0.01, new AdamOptions { WeightDecay = 0.1, Beta1 = 0.8, Beta2 = 0.9 }),
        "adamw" => new Adam([new("w", weight)], 0.01, new AdamOptions { WeightDecay = 0.1, Decoupled = true }),
        "sgd" => new Sgd([new("w", weight)], 0.01, new SgdOptions()),
        "sgd-momentum" => new Sgd([new("w", weight)], 0.01, new SgdOptions { Momentum = 0.9, WeightDecay = 0.1 }),
        _ => new Sgd([new("w", weight)], 0.01, new SgdOptions { Momentum = 0.9, WeightDecay = 0.1, Nesterov = true }),
    };

    private static optim.Optimizer Theirs(string kind, Parameter weight) => kind switch
    {
        "adam" => optim.Adam([weight], 0.01),
        "adam-l2" => optim.Adam([weight], 0.01, beta1: 0.8, beta2: 0.9, weight_decay: 0.1),
        "adamw" => optim.AdamW([weight], 0.01, weight_decay: 0.1),
        "sgd" => optim.SGD([weight], 0.01),
        "sgd-momentum" => optim.SGD([weight], 0.01, momentum: 0.9, weight_decay: 0.1),
        _ => optim.SGD([weight], 0.01, momentum: 0.9, weight_decay: 0.1, nesterov: true),
    };
}
