using CsCheck;
using Evoke.Heads.Networks;
using Evoke.Kernels.Parameters;
using TorchSharp;

namespace Evoke.Heads.Tests.Networks;

public sealed class HeadConfigTests
{
    private static readonly Gen<HeadConfig> AnyConfig = Gen
        .Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Bool, Gen.Int[0, 2])
        .Where(g => g.Item1 + g.Item2 > 0)
        .Select(HeadConfig (g) => g.Item6 switch
        {
            0 => new GruHeadConfig
            {
                VisualWidth = g.Item1,
                AudioWidth = g.Item2,
                Emotions = g.Item3,
                VisualHidden = 3,
                AudioHidden = 2,
                Layers = g.Item4,
                Bidirectional = g.Item5,
            },
            1 => new EmoBaseHeadConfig
            {
                VisualWidth = g.Item1,
                AudioWidth = g.Item2,
                Emotions = g.Item3,
                VisualHidden = 3,
                AudioHidden = 2,
                Layers = g.Item4,
                Bidirectional = g.Item5,
            },
            _ => new TcnHeadConfig
            {
                VisualWidth = g.Item1,
                AudioWidth = g.Item2,
                Emotions = g.Item3,
                Channels = 4,
                Stacks = g.Item4,
                Levels = 2,
                WeightNorm = g.Item5,
                RegressionHidden = 3,
            },
        });

    [Fact]
    public void AConfigKnowsTheNamesAndShapesOfItsHead() => AnyConfig.Sample(
        config =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using ReactionHead head = config.Create(seed: 3);
            string[] made = [.. head.state_dict().Select(entry => new ParameterSpec(entry.Key, entry.Value.shape).ToString()).Order(StringComparer.Ordinal)];
            made.ShouldBe(config.Parameters.Select(spec => spec.ToString()).Order(StringComparer.Ordinal));
            head.ParameterCount.ShouldBe(config.Parameters.Sum(spec => spec.Count));
        },
        iter: 40, threads: 1);

    [Fact]
    public void EveryShapeOfHeadGivesOneCurvePerEmotionAndGradientsForEveryTensor() => AnyConfig.Sample(
        config =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using ReactionHead head = config.Create(seed: 3);
            torch.Tensor? visual = config.VisualWidth == 0 ? null : GoldenHeads.Input("visual", 2, 7, config.VisualWidth);
            torch.Tensor? audio = config.AudioWidth == 0 ? null : GoldenHeads.Input("audio", 2, 7, config.AudioWidth);
            torch.Tensor curves = head.forward(visual, audio);
            curves.shape.ShouldBe([2, 7, config.Emotions]);
            curves.square().sum().backward();
            foreach ((string name, torch.Tensor parameter) in head.state_dict())
            {
                parameter.grad.ShouldNotBeNull(name);
            }
        },
        iter: 40, threads: 1);

    [Fact]
    public void EveryMistakeOfAConfigIsListed()
    {
        GruHeadConfig config = new() { VisualWidth = 0, AudioWidth = 0, Emotions = 0, Layers = 0, VisualHidden = -1, Dropout = double.NaN };
        string message = Should.Throw<HeadConfigException>(() => config.Create(seed: 3)).Message;
        message.ShouldContain("both widths are 0");
        message.ShouldContain("at least 1 curve; found 0");
        message.ShouldContain("the number of layers must be at least 1; found 0");
        message.ShouldContain("visual hidden units must be at least 1; found -1");
        message.ShouldContain("dropout must be in [0, 1); found NaN");
    }

    [Fact]
    public void TheConvolutionsSeeAsFarBackAsTheConfigSays()
    {
        TcnHeadConfig config = new() { VisualWidth = 1, AudioWidth = 0, Emotions = 1, Channels = 4, Stacks = 1, Levels = 2, RegressionHidden = 4 };
        config.StepsSeenBefore.ShouldBe(12);
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead head = config.Create(seed: 3);
        torch.Tensor input = torch.ones(1, 40, 1).requires_grad_();
        head.forward(input, null)[0, 30, 0].backward();
        float[] reach = GoldenHeads.Values(input.grad!);
        reach.Take((int)(30 - config.StepsSeenBefore)).ShouldAllBe(gradient => gradient == 0);
        reach.Skip(31).ShouldAllBe(gradient => gradient == 0);
        reach[30].ShouldNotBe(0);
    }

    [Fact]
    public void WeightNormStartsAsThePlainConvolution()
    {
        TcnHeadConfig plain = new() { VisualWidth = 3, AudioWidth = 0, Emotions = 2, Channels = 4, Levels = 2, RegressionHidden = 4 };
        using DisposeScope scope = torch.NewDisposeScope();
        using ReactionHead normed = (plain with { WeightNorm = true }).Create(seed: 3);
        using ReactionHead copy = plain.Create(seed: 4);
        Dictionary<string, torch.Tensor> source = normed.state_dict();
        using (torch.no_grad())
        {
            foreach ((string name, torch.Tensor parameter) in copy.state_dict())
            {
                parameter.copy_(source.TryGetValue(name, out torch.Tensor? same) ? same : source[name + "_v"]);
            }
        }

        torch.Tensor input = GoldenHeads.Input("x", 2, 20, 3);
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(normed.forward(input, null)), GoldenHeads.Values(copy.forward(input, null)), 1e-5);
    }

    [Fact]
    public void WeightsThatDoNotFitAreListedByName()
    {
        GruHeadConfig small = GoldenHeads.Small;
        HeldNames held = new(small.Parameters.Where(spec => spec.Name != "linear.bias")
            .Select(spec => spec.Name == "linear.weight" ? new ParameterSpec(spec.Name, 3, 3) : spec).Append(new ParameterSpec("extra", 1)));
        WeightsMismatchException error = Should.Throw<WeightsMismatchException>(() => small.CheckWeights(held, "some/file"));
        error.Missing.ShouldHaveSingleItem().Name.ShouldBe("linear.bias");
        error.Unexpected.ShouldBe(["extra"]);
        error.Misshapen.ShouldBe(["linear.weight: expected [15, 48], found [3, 3]"]);
        error.Message.ShouldContain("some/file");
    }

    private sealed class HeldNames(IEnumerable<ParameterSpec> specs) : IStateDict
    {
        private readonly Dictionary<string, ParameterSpec> _specs = specs.ToDictionary(spec => spec.Name);

        public IReadOnlyCollection<string> Names => _specs.Keys;

        public bool Contains(string name) => _specs.ContainsKey(name);

        public IReadOnlyList<long> ShapeOf(string name) => _specs[name].Shape;

        public void Read(string name, Span<float> destination) => throw new InvalidOperationException("Checking must not read numbers.");
    }
}
